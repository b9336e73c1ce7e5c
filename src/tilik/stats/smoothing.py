"""Chances to be positive, smoothed over the score: what a variance is made of where positives are few.

At 0.5 % prevalence a thousand judgements hold some five positives that a classifier missed, and a variance
estimated from those five is low exactly when the estimate is low: the interval then misses upward.
Variance as expected under smoothed chances (Isaki & Fuller 1982) does not move with the luck of the draw.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import expit, logit

from tilik.stats.sample import Floats

LEAST = 1e-4
SCALE = 2.0
SLOPE_SPREAD = 0.5
BEND_SPREAD = 0.5
STEPS = 50


def fit_chances(y: Floats, score: Floats) -> Callable[[Floats], Floats]:
    """The chance as a function of the score, fitted to judged units.

    Logistic in the score's log-odds and their square, by penalised likelihood. Unweighted, because the draw
    depends on the score and so may be ignored given it (Pfeffermann 1993). The slope is drawn to 1 and the
    bend to 0 by normal priors with the spreads above: a score is roughly right until the judgements say
    otherwise. ``score`` in 0..1; ``y`` 0..1, one unit at least.
    """
    if y.size == 0:
        return lambda other: np.full(other.shape, 0.5)
    centre = float(_odds(score).mean())
    design = _design(score, centre)
    start = np.array([logit((y.sum() + 0.5) / (y.size + 1)), SCALE, 0.0])
    pull = np.diag([1e-6, (SLOPE_SPREAD * SCALE) ** -2, BEND_SPREAD**-2])
    beta = start.copy()
    for _ in range(STEPS):
        p = expit(design @ beta)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + pull
        step = np.linalg.solve(curvature, design.T @ (y - p) - pull @ (beta - start))
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return lambda other: np.asarray(expit(_design(other, centre) @ beta))


def _odds(score: Floats) -> Floats:
    return np.asarray(logit(np.clip(score, LEAST, 1 - LEAST)))


def _design(score: Floats, centre: float) -> Floats:
    turned = (_odds(score) - centre) / SCALE
    return np.column_stack([np.ones_like(turned), turned, turned**2])

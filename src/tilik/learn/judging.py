"""How well scores tell two classes apart and how true their probabilities are, with intervals over groups.

Intervals: bootstrap of whole groups (channels, families), percentile ends; all figures and differences of one
call use the same resamples, so that a difference is paired. AUC: the weighted share of pairs in the right
order, ties half (Hanley & McNeil 1982). Calibration: intercept and slope as in Cox (1958).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from scipy.special import logit

from tilik.kernel import Estimate, Invalid
from tilik.learn.calibration import logistic_line

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Figure = Callable[[Floats], float]
"""A figure as a function of the rows' weights."""
DRAWS = 1000


def auc_of(scores: Floats, y: Floats) -> Figure:
    """The AUC as a function of the weights; sorts once."""
    order = np.argsort(scores, kind="stable")
    _, block = np.unique(scores[order], return_inverse=True)
    positive = y[order] > 0.5

    def figure(weights: Floats) -> float:
        w = weights[order]
        hits = np.bincount(block, np.where(positive, w, 0))
        misses = np.bincount(block, np.where(positive, 0, w))
        below = np.cumsum(misses) - misses
        pairs = hits.sum() * misses.sum()
        return float(hits @ (below + misses / 2) / pairs) if pairs > 0 else float("nan")

    return figure


def auc(scores: Floats, y: Floats, weights: Floats | None = None) -> float:
    """The weighted AUC alone."""
    return auc_of(scores, y)(np.ones(y.size) if weights is None else weights)


def figures_of(probabilities: Floats, y: Floats) -> dict[str, Figure]:
    """AUC, Brier score, calibration in the large (expected less observed share) and calibration slope."""
    odds = np.asarray(logit(np.clip(probabilities, 1e-6, 1 - 1e-6)))
    square, gap = (probabilities - y) ** 2, probabilities - y
    return {
        "auc": auc_of(probabilities, y),
        "brier": lambda w: float(w @ square / w.sum()),
        "calibration in the large": lambda w: float(w @ gap / w.sum()),
        "calibration slope": lambda w: logistic_line(odds, y, w + 1e-12)[0],
    }


def judged(
    figures: Mapping[str, Figure],
    weights: Floats,
    groups: Codes,
    *,
    of: str,
    draws: int = DRAWS,
    seed: int = 0,
    level: float = 0.95,
    inputs: Mapping[str, JsonValue] | None = None,
) -> dict[str, Estimate]:
    """Each figure with its interval; ``of`` is a phrase with ``{}`` for its name. Raises ``Invalid``."""
    count = int(groups.max()) + 1
    if count < 2:
        raise Invalid("groups-too-few", "an interval needs two groups at least")
    random = np.random.default_rng(seed)
    times = (random.multinomial(count, np.full(count, 1 / count))[groups] for _ in range(draws))
    found = np.array([[figure(weights * t) for figure in figures.values()] for t in times])
    mass = np.bincount(groups, weights)
    n_eff = float(mass.sum() ** 2 / (mass**2).sum())
    told: dict[str, Estimate] = {}
    for at, (name, figure) in enumerate(figures.items()):
        value, usable = figure(weights), found[np.isfinite(found[:, at]), at]
        if usable.size < draws / 2 or not np.isfinite(value):
            raise Invalid("figure-undefined", f"{name} is undefined in most resamples", where=of.format(name))
        low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2]).tolist()
        told[name] = Estimate(
            value=value,
            low=min(low, value),
            high=max(high, value),
            n=groups.size,
            n_eff=n_eff,
            method="group-bootstrap-percentile",
            of=of.format(name),
            level=level,
            inputs={**(inputs or {}), "groups": count, "draws": draws, "seed": seed},
        )
    return told


def less(first: Figure, second: Figure) -> Figure:
    """The difference of two figures on the same weights."""
    return lambda weights: first(weights) - second(weights)

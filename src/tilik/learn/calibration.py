"""From scores to probabilities, by a sigmoid or an isotonic curve fitted to out-of-fold scores.

Sigmoid: Platt (1999) with his smoothed targets. Isotonic: Zadrozny & Elkan (2002); it needs about a thousand
rows of the rarer class, or it follows noise (Niculescu-Mizil & Caruana 2005), and is refused below 200.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tilik.kernel import Invalid

Floats = NDArray[np.float64]
How = Literal["sigmoid", "isotonic"]
FEWEST_ISOTONIC = 200
STEPS = 100


@dataclass(frozen=True, eq=False)
class Calibration:
    """``x`` and ``y``: slope and shift of the sigmoid, or the knots of the curve."""

    how: How
    x: Floats
    y: Floats

    def apply(self, scores: Floats) -> Floats:
        """Probabilities 0..1, rising with the score."""
        if self.how == "sigmoid":
            return np.asarray(expit(self.x[0] * scores + self.y[0]))
        return np.asarray(np.interp(scores, self.x, self.y))


def fit_calibration(scores: Floats, y: Floats, weights: Floats, how: How = "sigmoid") -> Calibration:
    """Fit on scores of rows that their model has not seen. Raises ``Invalid``."""
    rarer = int(min((y > 0.5).sum(), (y <= 0.5).sum()))
    if how == "isotonic" and rarer < FEWEST_ISOTONIC:
        raise Invalid(
            "too-few-for-isotonic",
            f"an isotonic curve needs {FEWEST_ISOTONIC} rows of the rarer class, there are {rarer}",
            mend="Use --calibration sigmoid.",
        )
    if how == "isotonic":
        return _isotonic(scores, y, weights)
    slope, shift = logistic_line(scores, _platt_targets(y), weights)
    return Calibration(how, np.array([max(slope, 1e-9)]), np.array([shift]))


def logistic_line(scores: Floats, y: Floats, weights: Floats) -> tuple[float, float]:
    """Slope and shift of a weighted logistic regression on one score, by Newton's method in short steps."""
    spread = float(scores.std()) or 1.0
    design = np.column_stack([scores / spread, np.ones(scores.size)])
    w = weights / weights.mean()
    beta = np.array([1.0, 0.0])
    for _ in range(STEPS):
        p = expit(design @ beta)
        curve = (design * (w * p * (1 - p))[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curve, design.T @ (w * (y - p)))
        step *= min(1.0, 2 / max(float(np.abs(step).max()), 1e-300))
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    return float(beta[0] / spread), float(beta[1])


def pool_adjacent(y: Floats, weights: Floats) -> Floats:
    """The rising sequence nearest to ``y`` in weighted squares (Ayer et al. 1955)."""
    level, mass, size = [], [], []
    for value, weight in zip(y.tolist(), weights.tolist(), strict=True):
        level.append(value)
        mass.append(weight)
        size.append(1)
        while len(level) > 1 and level[-2] >= level[-1]:
            both = mass[-2] + mass[-1]
            level[-2] = (level[-2] * mass[-2] + level[-1] * mass[-1]) / both
            mass[-2], size[-2] = both, size[-2] + size[-1]
            del level[-1], mass[-1], size[-1]
    return np.repeat(np.array(level), size)


def _isotonic(scores: Floats, y: Floats, weights: Floats) -> Calibration:
    x, code = np.unique(scores, return_inverse=True)
    mass = np.bincount(code, weights).astype(float)
    risen = pool_adjacent(np.bincount(code, weights * y) / mass, mass)
    # Never sure: a block of one class only is held half a row away from 0 and 1.
    room = 0.5 / y.size
    ends = np.r_[True, (np.diff(risen) != 0)] | np.r_[np.diff(risen) != 0, True]
    return Calibration("isotonic", x[ends], np.clip(risen[ends], room, 1 - room))


def _platt_targets(y: Floats) -> Floats:
    positive = float((y > 0.5).sum())
    negative = y.size - positive
    return np.where(y > 0.5, (positive + 1) / (positive + 2), 1 / (negative + 2))

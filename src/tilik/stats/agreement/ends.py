"""Intervals for a coefficient: by linearised variance, by bootstrap of units, and for perfect agreement."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

from tilik.kernel import Invalid
from tilik.stats.agreement.codes import Floats
from tilik.stats.agreement.parts import Coefficient

How = Literal["root", "t", "bootstrap"]
Variance = Literal["linearised", "gwet"]

Ends = tuple[float, float]


@dataclass(frozen=True)
class Asked:
    """Which interval: its kind, the variance behind it, its level, and a bootstrap's size and seed."""

    how: How = "root"
    variance: Variance = "linearised"
    level: float = 0.95
    draws: int = 2000
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise Invalid("level-out-of-range", f"a confidence level lies between 0 and 1, not {self.level}")
        if self.how == "bootstrap" and self.draws < 100:
            raise Invalid("draws-too-few", f"{self.draws} bootstrap samples are too few", mend="ask for 100")


def standard_error(weight: Floats, influence: Floats) -> float:
    """Of a weighted mean of independent units: ``√(n/(n-1)·Σ(wz)²)/Σw``, the textbook one for equal w."""
    n = influence.size
    return math.sqrt(n / (n - 1) * float(((weight * influence) ** 2).sum())) / float(weight.sum())


def effective_units(weight: Floats) -> float:
    """Kish (1965): ``(Σw)²/Σw²``, the equally weighted units that would tell as much."""
    return float(weight.sum()) ** 2 / float((weight**2).sum())


def root_ends(value: float, error: float, df: float, level: float) -> Ends:
    """t interval for ``√(1 - κ)``: as for counts, the spread of few disagreements grows with their root.

    Stays below 1, and covers where the plain t interval of a high coefficient promises too much.
    """
    root = math.sqrt(max(1 - value, 0.0))
    half = float(stdtrit(df, 0.5 + level / 2)) * error / (2 * root)
    return 1 - (root + half) ** 2, 1 - max(0.0, root - half) ** 2


def t_ends(value: float, error: float, df: float, level: float) -> Ends:
    """Gwet's interval (2014): t on the coefficient itself, cut at 1."""
    half = float(stdtrit(df, 0.5 + level / 2)) * error
    return value - half, min(1.0, value + half)


def perfect_ends(expected: float, n_eff: float, level: float) -> Ends:
    """Nobody disagreed in ``n_eff`` units: at most ``1 - (α/2)^(1/n_eff)`` of such units would.

    That is the exact bound of Clopper & Pearson (1934) for none found; each is taken as a whole disagreement.
    """
    most = 1 - ((1 - level) / 2) ** (1 / n_eff)
    return 1 - most / expected, 1.0


def bootstrap(coefficient: Coefficient, draws: int, seed: int) -> Floats:
    """The coefficient of ``draws`` samples of units with replacement, each unit with its weight.

    Samples in which it is undefined are left out. Raises ``Invalid`` where fewer than half remain.
    """
    random = np.random.default_rng(seed)
    weight = coefficient.weight
    found: list[float] = []
    for _ in range(draws):
        times = np.bincount(random.integers(0, weight.size, weight.size), minlength=weight.size)
        with np.errstate(invalid="ignore", divide="ignore"):
            value = coefficient.parts(weight * times, weight**2 * times).coefficient
        if value is not None and math.isfinite(value):
            found.append(value)
    if 2 * len(found) < draws:
        raise Invalid(
            "bootstrap-degenerate",
            f"the coefficient was undefined in {draws - len(found)} of {draws} samples",
            mend="use the analytic interval, or more units",
        )
    return np.asarray(found)


def bca_ends(values: Floats, value: float, pull: Floats, level: float) -> Ends:
    """Efron's bias-corrected and accelerated ends (1987); ``pull`` is each unit's weighted influence."""
    below = (float((values < value).sum()) + float((values == value).sum()) / 2) / values.size
    shift = float(ndtri(min(max(below, 0.5 / values.size), 1 - 0.5 / values.size)))
    spread = float((pull**2).sum()) ** 1.5
    lean = float((pull**3).sum()) / (6 * spread) if spread > 0 else 0.0
    tails = shift + ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    low, high = np.quantile(values, ndtr(shift + tails / (1 - lean * tails)))
    return float(low), float(high)

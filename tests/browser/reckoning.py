"""The study's figures once more, from nothing but draws and answers; shares no code with the product.

Hájek's ratio, Brewer's variance of its linearised residuals with half a positive more, and the mid-p interval
(where all agree Korn & Graubard's), for one stratum of which some drawn units were judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import beta, t

Answers = Mapping[str, object]


@dataclass(frozen=True)
class Reckoned:
    """A share with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int
    n_eff: float


def reckon(
    drawn: Mapping[str, tuple[float, float]], judged: Mapping[str, Answers], holds: Callable[[Answers], bool]
) -> Reckoned:
    """The impression-weighted share of videos whose answers hold.

    ``drawn``: video → (impressions, pi) of all units; ``judged``: video → answers of those assessed.
    """
    n = len(judged)
    size = np.array([drawn[video][0] for video in judged])
    pi = np.array([drawn[video][1] for video in judged]) * n / len(drawn)
    y = np.array([float(holds(answers)) for answers in judged.values()])
    weight = size / pi
    share = float((weight * y).sum() / weight.sum())
    residual = weight * (y - share) / weight.sum()
    variance = n / (n - 1) * float(((1 - pi) * (residual - residual.mean()) ** 2).sum())
    variance += float(((1 - pi) * (weight / weight.sum()) ** 2).mean()) / 2
    if 0 < share < 1:
        n_eff = share * (1 - share) / variance
    else:
        n_eff = float(weight.sum() ** 2 / (weight**2).sum())
    low, high = mid_p(share * n_eff, n_eff) if 0 < share < 1 else korn_graubard(share, n_eff, n)
    return Reckoned(share, low, high, n, n_eff)


def mid_p(hits: float, size: float) -> tuple[float, float]:
    """Where the chance of more hits, and half that of as many, is .025 and .975."""

    def passed(share: float) -> float:
        return float(beta.cdf(share, hits, size - hits + 1) + beta.cdf(share, hits + 1, size - hits)) / 2

    low, high = (brentq(lambda p, tail=tail: passed(p) - tail, 0.0, 1.0) for tail in (0.025, 0.975))
    return float(low), float(high)


def korn_graubard(share: float, n_eff: float, n: int) -> tuple[float, float]:
    """Clopper-Pearson on the effective size, shrunk for the degrees of freedom of the design effect.

    In one stratum with every unit uncertain they are n - 1, as in a simple random sample.
    """
    design_df = n - 1
    size = n_eff * min(1.0, float(t.ppf(0.975, n - 1) / t.ppf(0.975, design_df)) ** 2)
    hits = share * size
    low = 0.0 if hits <= 0 else float(beta.ppf(0.025, hits, size - hits + 1))
    high = 1.0 if hits >= size else float(beta.ppf(0.975, hits + 1, size - hits))
    return low, high


def printed(value: float, language: str, digits: int | None = None) -> str:
    """A share as the page prints it, without its sign of per cent."""
    if digits is None:
        digits = 3 if 0 < value < 0.001 else 2 if value < 0.01 else 1
    text = f"{value * 100:.{digits}f}"
    return text.replace(".", ",") if language == "id" else text

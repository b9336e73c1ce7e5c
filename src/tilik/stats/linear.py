"""Ratios and the linearised residuals that their variance is made of (Särndal et al. 1992, ch. 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tilik.stats.sample import Floats, Sample
from tilik.stats.variance import brewer_by_stratum


@dataclass(frozen=True)
class Linear:
    """A ratio and what its variance is made of; ``by_stratum`` has length H.

    ``shown`` is the variance that the judged units show, before anything was allowed for.
    """

    value: float
    by_stratum: Floats
    n: int
    df: int
    shown: float

    @property
    def variance(self) -> float:
        return float(self.by_stratum.sum())


class Unseen(NamedTuple):
    """Units any of which might have been one more of the part, and the ``value`` each would have there."""

    sample: Sample
    value: Floats


def linearise(y: Floats, sample: Sample) -> Linear:
    """Separate ratio where stratum totals are known, combined ratio where they are not."""
    g = sample.expanded
    size = sample.by_stratum(g)
    if sample.known is None:
        centre = np.full(size.size, float(g @ y / g.sum()))
        portion = size / size.sum()
    else:
        centre = sample.by_stratum(g * y) / np.where(size > 0, size, 1)
        portion = sample.known / sample.known.sum()
    lift = portion / np.where(size > 0, size, 1)
    residual = lift[sample.stratum] * sample.measure * (y - centre[sample.stratum])
    by_stratum = brewer_by_stratum(residual, sample.pi, sample.stratum, sample.family)
    return Linear(float(portion @ centre), by_stratum, sample.n, degrees(sample), float(by_stratum.sum()))


def share(y: Floats, sample: Sample) -> Linear:
    """The linearised ratio of a proportion, with a floor under strata where all judged units agree.

    Agreement of few units is no proof of zero spread: such a stratum gets the variance of Jeffreys'
    ``(x+½)/(n+1)`` on its uncertain units, or families.
    """
    line = linearise(y, sample)
    uncertain = (sample.pi < 1) & (sample.measure > 0)
    n = sample.by_stratum(uncertain.astype(float))
    x = sample.by_stratum(uncertain * y)
    g = sample.expanded
    size = sample.by_stratum(g)
    known = size if sample.known is None else sample.known
    portion = sample.by_stratum(g * uncertain) / np.where(size > 0, size, 1) * known / known.sum()
    drawn = sample.drawn_by_stratum()
    guess = (np.where(x > 0, drawn, 0.0) + 0.5) / (drawn + 1)
    floor = portion**2 * guess * (1 - guess) / np.maximum(drawn, 1)
    agreed = (n > 0) & ((x == 0) | (x == n))
    return Linear(
        min(1.0, max(0.0, line.value)),
        np.where(agreed, np.maximum(floor, line.by_stratum), line.by_stratum),
        line.n,
        line.df,
        line.shown,
    )


def with_half_a_positive(line: Linear, sample: Sample, unseen: Unseen | None = None) -> Linear:
    """The line with the variance that half a unit more of the rare kind would bring.

    Where a few positives were found they are mostly the light ones, and the estimated variance is low
    exactly when the estimate is: heavy positives that were not drawn are in neither. What one of them would
    add is known, for the weights of all units are: the mean of ``(1-π)(w/π)²``. Half a count is what
    Jeffreys' prior adds to a proportion. With equal weights the interval is about Korn & Graubard's, and
    where positives are many nothing changes. ``unseen`` says where it may lie, if not just anywhere in
    ``sample``, and how far it would pull.
    """
    size = sample.by_stratum(sample.expanded)
    total = float(size.sum())
    if unseen is not None:
        whole, pull = unseen.sample, unseen.value - line.value
    else:
        whole, pull = sample, np.ones(sample.n)
        if sample.known is not None:
            pull = (sample.known / np.where(size > 0, size, 1))[sample.stratum]
            total = float(sample.known.sum())
    each = whole.by_family(np.sqrt(1 - whole.pi) * whole.expanded * pull / total)
    # Summed by numpy: BLAS would share long sums among threads, whose number decides the last digit.
    more = 0.5 * float(np.square(each).sum()) / max(each.size, 1)
    return Linear(line.value, np.append(line.by_stratum, more), line.n, line.df, line.shown)


def third_cumulant(y: Floats, sample: Sample) -> float:
    """Third cumulant of the share over strata with known totals, as for Poisson sampling in each.

    ``Σ (1-π)(1-2π) a³ · [p̃(1-p)³ - (1-p̃)p³]`` with ``a`` a unit's part in the estimate, ``p`` the share of
    its stratum and ``p̃ = (x+½)/(n+1)``: a stratum that shows no positive may still hold heavy ones. What was
    seen of the cumulant is mostly luck, the weights are not. One stratum has no such chances to go by.
    """
    g = sample.expanded
    size = sample.by_stratum(g)
    known = size if sample.known is None else sample.known
    p = sample.by_stratum(g * y) / np.where(size > 0, size, 1)
    guess = (sample.by_stratum(y) + 0.5) / (sample.by_stratum(np.ones_like(y)) + 1)
    part = (known / known.sum() / np.where(size > 0, size, 1))[sample.stratum] * g
    cubed = (guess * (1 - p) ** 3 - (1 - guess) * p**3)[sample.stratum]
    each = (1 - sample.pi) * (1 - 2 * sample.pi) * part**3 * cubed
    return float((sample.by_family(np.cbrt(each)) ** 3).sum())


def effective_size(line: Linear, y: Floats, sample: Sample) -> float:
    """``p(1-p)/V``; where p is 0 or 1, Kish's (Σg)²/Σg²; in a census, n.

    What ``y`` says of units without measure, such as videos without impressions, moves none of them.
    """
    if np.all(sample.pi == 1):
        return float(sample.n)
    held = y[sample.measure > 0]
    if np.all(held == held[0]) and held[0] in {0.0, 1.0}:
        g = sample.expanded
        if sample.known is not None:
            size = sample.by_stratum(g)
            g = g * (sample.known / np.where(size > 0, size, 1))[sample.stratum]
        g = sample.by_family(g)
        return float(g.sum() ** 2 / np.square(g).sum())
    return line.value * (1 - line.value) / line.variance if line.variance > 0 else float(sample.n)


def degrees(sample: Sample) -> int:
    """Uncertain units (or families) less the strata that hold them, at least 1."""
    drawn = sample.drawn_by_stratum()
    return max(1, int(drawn.sum()) - int((drawn > 0).sum()))

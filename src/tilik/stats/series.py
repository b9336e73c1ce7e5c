"""Estimates of one figure over successive periods: their average, and how samples that overlap correlate.

Where two draws use the same permanent random numbers under the same seed, a unit of both frames is in both
samples with probability ``min(π₁, π₂)`` (Ohlsson 1995), so with linearised residuals ``e`` the covariance of
the two estimates is

    C = Σ over units in both samples of (π₁₂ - π₁π₂)/π₁₂ · (e₁/π₁)(e₂/π₂)

(Nordberg 2000). Under different seeds π₁₂ = π₁π₂ and it is zero, however many units the samples share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Estimate, Invalid
from tilik.stats.estimate import Inputs
from tilik.stats.sample import Floats, Sample, make_sample, make_values
from tilik.stats.variance import brewer_by_stratum


@dataclass(frozen=True, eq=False)
class Panel:
    """One period's judged units; arrays have one element for each.

    ``pi`` is the probability to be judged, ``drawn`` the one to be drawn, which is the same where all that
    was drawn is judged. ``totals``: the frame's measure of each stratum.
    """

    ids: NDArray[np.str_]
    y: Floats
    measure: Floats
    pi: Floats
    drawn: Floats
    strata: NDArray[np.str_]
    totals: Mapping[str, float] | None = None


def panel_correlation(first: Panel, second: Panel) -> tuple[float, int]:
    """The correlation of the two Hájek ratios, and how many units both samples hold.

    Only of draws under one seed with the same permanent random numbers; raises ``Invalid`` where the arrays
    cannot be such samples. 0 where an estimate has no spread.
    """
    (e1, v1), (e2, v2) = _residuals(first), _residuals(second)
    _, at1, at2 = np.intersect1d(first.ids, second.ids, assume_unique=True, return_indices=True)
    d1, d2 = first.drawn[at1], second.drawn[at2]
    # Who answers is decided anew in each period, so both chances to be judged multiply.
    joint = np.minimum(d1, d2) * (first.pi[at1] / d1) * (second.pi[at2] / d2)
    p1, p2 = first.pi[at1], second.pi[at2]
    shared = (joint - p1 * p2) / joint * (e1[at1] / p1) * (e2[at2] / p2)
    if v1 <= 0 or v2 <= 0:
        return 0.0, int(at1.size)
    return float(np.clip(shared.sum() / np.sqrt(v1 * v2), -1.0, 1.0)), int(at1.size)


def average(estimates: Sequence[Estimate], *, of: str, inputs: Inputs | None = None) -> Estimate:
    """The plain mean of independent estimates, such as those of four weeks: MOVER (Zou, Huang & Zhang 2009).

    Raises ``Invalid`` where there is none, one has no point, or the levels differ.
    """
    if not estimates or any(one.value is None for one in estimates):
        raise Invalid("no-point", "an estimate without a point cannot be averaged", where=of)
    if len({one.level for one in estimates}) > 1:
        raise Invalid("levels-differ", "estimates of different levels cannot be averaged", where=of)
    values = np.array([one.value for one in estimates], dtype=float)
    below = values - [one.low for one in estimates]
    above = np.array([one.high for one in estimates]) - values
    mean, k = float(values.mean()), len(estimates)
    return Estimate(
        value=mean,
        low=mean - float(np.sqrt(below @ below)) / k,
        high=mean + float(np.sqrt(above @ above)) / k,
        n=sum(one.n for one in estimates),
        n_eff=sum(one.n_eff for one in estimates),
        method=f"mover-mean({'; '.join(sorted({one.method for one in estimates}))})",
        of=of,
        level=estimates[0].level,
        inputs={**(inputs or {}), "values": values.tolist()},
    )


def _residuals(panel: Panel) -> tuple[Floats, float]:
    sample = make_sample(panel.measure, panel.pi, panel.strata, panel.totals, None)
    if panel.ids.shape != sample.pi.shape or panel.drawn.shape != sample.pi.shape:
        raise Invalid("shapes-differ", "ids, y, measure, pi and drawn must be of one length")
    if np.unique(panel.ids).size != panel.ids.size:
        raise Invalid("ids-repeated", "a unit is named twice in one period", mend="Keep one row a unit.")
    found = _linearised(make_values(panel.y, sample, proportion=True), sample)
    return found, float(brewer_by_stratum(found, sample.pi, sample.stratum, None).sum())


def _linearised(y: Floats, sample: Sample) -> Floats:
    """What each unit adds to the error of the separate ratio, or of the combined one, but for 1/π."""
    g = sample.expanded
    size = sample.by_stratum(g)
    if sample.known is None:
        centre, lift = np.full(size.size, g @ y / g.sum()), np.full(size.size, 1 / g.sum())
    else:
        safe = np.where(size > 0, size, 1)
        centre, lift = sample.by_stratum(g * y) / safe, sample.known / sample.known.sum() / safe
    return np.asarray(lift[sample.stratum] * sample.measure * (y - centre[sample.stratum]))

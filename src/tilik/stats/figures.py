"""Figures of a classifier as functions of the positives on its two sides, and their intervals."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from pydantic import JsonValue

from tilik.kernel import Estimate
from tilik.stats.allowance import at_least
from tilik.stats.estimate import Inputs
from tilik.stats.intervals import Interval, IntervalKind, interval_for, three_cumulants
from tilik.stats.linear import degrees
from tilik.stats.sample import Sample
from tilik.stats.sides import ROUNDING, Side

FEWEST_POSITIVES = 5
SMOOTHED = 0.75
"""The part of the smoothed variance under an interval that takes in the third cumulant."""
TWICE_SMOOTHED = 0.5
"""The same of figures that hang on the flagged side alone, after a second phase."""
BLIND = "nothing was judged on one side of the threshold"
ALL_POSITIVE = "all that was judged is positive"


class Figure(NamedTuple):
    """A value and its slopes in the positives above and below the threshold.

    ``behind`` positives stand behind it (None: any number will do). ``blind`` is what sides without a
    judged unit could add to it; 1 where nothing is known of it. ``smoothed`` is the part that the
    smoothed variance has where it is the larger, and ``interval`` what is laid on the effective size: both
    chosen for coverage by simulation (docs/simulations.md). ``third`` is the modelled third cumulant of a
    figure whose interval takes it in. ``hangs_on`` is a share of few units, and the figure's slope in it,
    whose shape the interval takes.
    """

    value: float
    by_above: float
    by_below: float
    behind: float | None
    blind: float
    smoothed: float
    interval: IntervalKind
    third: float | None = None
    hangs_on: tuple[float, float] | None = None


def figures_of(above: Side, below: Side) -> tuple[Figure, Figure, Figure, Figure]:
    """Prevalence ``(A+B)/W``, precision ``A/W_D``, recall ``A/(A+B)``, specificity ``(W_N-B)/(W-A-B)``."""
    hit, missed = above.positives, below.positives
    found, whole, hits = hit + missed, above.known + below.known, above.hits + below.hits
    share = hit / found if found > 0 else 0.0
    clean = whole - found if whole - found > ROUNDING * whole else 0.0
    calm = min(1.0, (below.known - missed) / clean) if clean > 0 else 1.0
    by_act, by_found, by_clean = _inverse(above.known), _inverse(found), _inverse(clean)
    part = float(any(side.n == 0 and side.known > 0 for side in (above, below)))
    third = _third(above, below)
    part_smoothed = 1.0 if above.third is not None else TWICE_SMOOTHED
    shape: IntervalKind = "korn-graubard" if above.hits in {0, above.n} else "mid-p"
    # Specificity is 1 less the false alarms, and of those the few judged units that were acted on tell.
    slope = above.known * calm * by_clean
    alarms = (hit * by_act, slope) if above.n > 0 and slope > 0 else None
    return (
        _prevalence(above, below, third),
        Figure(hit * by_act, by_act, 0.0, above.hits, float(above.n == 0), part_smoothed, shape),
        Figure(
            share, (1 - share) * by_found, -share * by_found, hits, part if found > 0 else 1.0, 0.5, "wilson"
        ),
        Figure(
            calm,
            calm * by_clean,
            -(1 - calm) * by_clean,
            None,
            part if clean > 0 else 1.0,
            part_smoothed,
            shape,
            None,
            alarms,
        ),
    )


def _prevalence(above: Side, below: Side, third: float | None) -> Figure:
    """With one side blind, the judged side's own share and its interval, brought to its part of the whole."""
    whole = above.known + below.known
    slope, value = 1 / whole, (above.positives + below.positives) / whole
    seen = [side for side in (above, below) if side.n > 0 and side.known > 0]
    known = sum(side.known for side in seen)
    if 0 < known < whole * (1 - ROUNDING):
        of_seen = (value * whole / known, known / whole)
        return Figure(value, slope, slope, None, 1 - known / whole, 1.0, "korn-graubard", hangs_on=of_seen)
    blind = float(known == 0)
    if third is None:
        return Figure(value, slope, slope, None, blind, 1.0, "mid-p")
    return Figure(value, slope, slope, None, blind, SMOOTHED, "mid-p", third / whole**3)


def estimate_of(
    figure: Figure,
    above: Side,
    below: Side,
    sample: Sample,
    *,
    of: str,
    level: float = 0.95,
    inputs: Inputs | None = None,
) -> Estimate:
    """The figure with its interval on ``p(1-p)/V``; without a point where a side it needs has no units."""
    shape = figure.interval if figure.third is None else "three-cumulants"
    method = f"difference+smoothed-variance+{shape}"
    if sample.n == 0 or figure.blind >= 1:
        return _unknown(figure, above, below, sample.n, method, of, level, inputs)
    estimated, variance = _variances(figure, above, below)
    n_eff, ends = _ends(figure, variance, sample, level)
    known = _known(above, below, estimated, variance)
    if figure.blind > 0:
        known["refused"] = BLIND
    estimate = Estimate(
        value=figure.value if figure.blind == 0 else None,
        low=ends.low,
        high=min(1.0, ends.high + figure.blind),
        n=sample.n,
        n_eff=n_eff,
        method=method if figure.blind == 0 else f"{method}+unseen-side-bounds",
        of=of,
        level=level,
        inputs={**(inputs or {}), **known},
    )
    if variance > 0:
        p, slope = figure.hangs_on or (figure.value, 1.0)
        size = _size(p, variance / slope**2)
        estimate = at_least(estimate, p=p, n_eff=size, shown=estimated, used=variance)
    return estimate if figure.behind is None else refuse_few(estimate, figure.behind)


def refuse_few(estimate: Estimate, positives: float) -> Estimate:
    """The estimate without its point where fewer than five positives stand behind it."""
    inputs = {**estimate.inputs, "positives": positives}
    if positives >= FEWEST_POSITIVES:
        return estimate.model_copy(update={"inputs": inputs})
    inputs["refused"] = (
        # 4.997 is not the 5 that are needed, and must not read like it.
        f"what stands behind it is worth {min(positives, FEWEST_POSITIVES - 0.01):.3g} positives, "
        f"and a point needs {FEWEST_POSITIVES}"
    )
    method = f"{estimate.method}+too-few-positives"
    return estimate.model_copy(update={"value": None, "method": method, "inputs": inputs})


def _unknown(
    figure: Figure,
    above: Side,
    below: Side,
    n: int,
    method: str,
    of: str,
    level: float,
    inputs: Inputs | None,
) -> Estimate:
    why = "nothing was judged"
    if n:
        looked_at = above.n > 0 and (below.n > 0 or below.known == 0)
        why = ALL_POSITIVE if looked_at else BLIND
    told: dict[str, JsonValue] = {**(inputs or {}), "refused": why}
    nothing = Estimate(
        value=None, low=0, high=1, n=n, n_eff=0, method=method, of=of, level=level, inputs=told
    )
    return nothing if figure.behind is None else refuse_few(nothing, figure.behind)


def _variances(figure: Figure, above: Side, below: Side) -> tuple[float, float]:
    """As estimated from the judged units, and the one to be used."""
    a, b = figure.by_above**2, figure.by_below**2
    estimated = a * above.variance + b * below.variance
    more = max(0.0, a * above.modelled + b * below.modelled - estimated)
    return estimated, estimated + figure.smoothed * more


def _third(above: Side, below: Side) -> float | None:
    """Of all positives; None after a second phase, and where the units judged all agree."""
    if above.third is None or below.third is None or above.hits + below.hits in {0, above.n + below.n}:
        return None
    return above.third + below.third


def _ends(figure: Figure, variance: float, sample: Sample, level: float) -> tuple[float, Interval]:
    """Effective size and ends. At 0 and 1 the variance is Jeffreys' with ``q = ½/n``, so ``q = √(V/2)``."""
    p = figure.value
    if variance <= 0:
        return float(sample.n), Interval(p, p)
    n_eff = _size(p, variance)
    if figure.third is not None and 0 < p < 1:
        ends = three_cumulants(p, variance, _skew(figure.third, p, variance), level)
    elif figure.hangs_on is not None:
        q, slope = figure.hangs_on
        near = _laid(figure.interval, q, _size(q, variance / slope**2), sample, level)
        ends = Interval(p + slope * (near.low - q), p + slope * (near.high - q))
    else:
        ends = _laid(figure.interval, p, n_eff, sample, level)
    return n_eff, Interval(max(0.0, min(p, ends.low)), min(1.0, max(p, ends.high)))


def _size(p: float, variance: float) -> float:
    inside = p if 0 < p < 1 else min(0.5, (variance / 2) ** 0.5)
    return inside * (1 - inside) / variance


def _laid(kind: IntervalKind, p: float, n_eff: float, sample: Sample, level: float) -> Interval:
    return interval_for(kind, p, n_eff, n=sample.n, df=degrees(sample), level=level)


def _skew(modelled: float, p: float, variance: float) -> float:
    """Third cumulant: the geometric mean of the modelled one and that of a plain count on the effective size.

    The model's alone makes intervals lie too high where the score says nearly all, the count's too low
    where a few positives weigh much.
    """
    plain = (1 - 2 * p) * variance**2 / (p * (1 - p))
    return 0.0 if modelled * plain <= 0 else float(np.copysign((modelled * plain) ** 0.5, plain))


def _known(above: Side, below: Side, estimated: float, variance: float) -> dict[str, JsonValue]:
    return {
        "standard_error": variance**0.5,
        "standard_error_unsmoothed": estimated**0.5,
        "tuning_above": above.tuning,
        "tuning_below": below.tuning,
        "hits_above": above.hits,
        "hits_below": below.hits,
    }


def _inverse(value: float) -> float:
    return 1 / value if value > 0 else 0.0

"""Means, shares and totals of the frame from a probability sample, each with its interval.

Shares are Hájek ratios (1971): ``Σ(w/π)y / Σ(w/π)``. Where the frame's stratum totals are known they
replace the estimated ones (separate ratio estimator). Variance: Brewer's form on linearised residuals.
``families`` names what was drawn together, such as near-duplicates: the variance is then between families.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike
from pydantic import JsonValue
from scipy.special import stdtrit

from tilik.kernel import Estimate, Invalid
from tilik.stats.allowance import at_least
from tilik.stats.intervals import Interval, IntervalKind, interval_for, three_cumulants
from tilik.stats.linear import (
    Linear,
    degrees,
    effective_size,
    linearise,
    share,
    third_cumulant,
    with_half_a_positive,
)
from tilik.stats.sample import Floats, Sample, make_sample, make_values
from tilik.stats.variance import brewer_by_stratum

Inputs = Mapping[str, JsonValue]


def hajek_ratio(
    y: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    totals: Mapping[str, float] | None = None,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
    interval: IntervalKind = "korn-graubard",
) -> Estimate:
    """The share of ``measure`` on which ``y`` is true, e.g. the share of impressions that fails.

    ``y`` 0..1, ``measure`` ≥ 0, ``pi`` in (0, 1], ``strata`` names: arrays over the judged units.
    ``totals``: the frame's total measure of each stratum; strata of which nothing was judged then widen
    the interval by all that they could hold, and no point is given. ``n_eff`` is ``p(1-p)/V``: the
    simple random sample that would know as much. Raises ``Invalid`` on arrays that cannot be such a sample.
    """
    sample = make_sample(measure, pi, strata, totals, families)
    values = make_values(y, sample, proportion=True)
    method = f"hajek+{interval}" if totals is None else f"hajek-separate+{interval}"
    if sample.n == 0 or sample.measure.sum() == 0:
        return nothing_known(sample.n, method=method, of=of, level=level, inputs=inputs)
    line = share(values, sample)
    if interval == "half-positive":
        line = with_half_a_positive(line, sample)
    n_eff = effective_size(line, values, sample)
    ends = _ends(line, n_eff, values, sample, interval, level)
    seen = 1.0 if sample.known is None else sample.known.sum() / (sample.known.sum() + sample.unseen)
    found = Estimate(
        value=line.value if seen == 1 else None,
        low=min(ends.low, line.value) * seen,
        high=max(ends.high, line.value) * seen + (1 - seen),
        n=sample.n,
        n_eff=n_eff,
        method=method if seen == 1 else f"{method}+unseen-strata-bounds",
        of=of,
        level=level,
        inputs={**(inputs or {}), **_counts(line, values, sample, n_eff), **_seen(seen)},
    )
    return at_least(found, p=line.value, n_eff=n_eff, shown=line.shown, used=line.variance)


def shares(
    indicators: Mapping[str, ArrayLike],
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    totals: Mapping[str, float] | None = None,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> dict[str, Estimate]:
    """One :func:`hajek_ratio` for each named 0/1 array, e.g. labels, of which a video may have several.

    ``of`` is a phrase with ``{}`` for the name.
    """
    return {
        name: hajek_ratio(
            y,
            measure,
            pi,
            strata,
            of=of.format(name),
            totals=totals,
            families=families,
            inputs=inputs,
            level=level,
        )
        for name, y in indicators.items()
    }


def share_by_class(
    classes: ArrayLike,
    among: Sequence[str],
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    totals: Mapping[str, float] | None = None,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> dict[str, Estimate]:
    """The share of each class, where every judged unit has exactly one, e.g. its verdict.

    ``among`` names all classes, so that one never seen still gets its upper bound. Raises ``Invalid`` on
    a class outside ``among``.
    """
    held = np.asarray(classes).astype(str)
    strange = sorted(set(held.tolist()) - set(among))
    if strange:
        raise Invalid("class-unknown", f"{', '.join(strange)} is not among {', '.join(among)}")
    flags = {name: held == name for name in among}
    return shares(
        flags, measure, pi, strata, of=of, totals=totals, families=families, inputs=inputs, level=level
    )


def hajek_mean(
    y: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    totals: Mapping[str, float] | None = None,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Estimate:
    """The mean of any real ``y`` weighted by ``measure``, with a t interval on n - H degrees of freedom.

    For the ratio of two totals ``Σy/Σx`` pass ``y/x`` and ``measure = x``. ``n_eff`` is the simple random
    sample of the same spread. Raises ``Invalid`` on fewer than two units.
    """
    sample = make_sample(measure, pi, strata, totals, families)
    values = make_values(y, sample, proportion=False)
    if sample.n < 2 or sample.unseen > 0:
        raise Invalid("sample-too-small", "a mean needs two judged units, and some in every stratum")
    line = linearise(values, sample)
    g = sample.expanded
    spread = float(g @ (values - line.value) ** 2 / g.sum())
    n_eff = spread / line.variance if line.variance > 0 else float(sample.n)
    return _by_t(line, n_eff, method="hajek+t", of=of, level=level, inputs=inputs)


def total(
    y: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Estimate:
    """The frame's total of ``y``: Horvitz & Thompson (1952), Brewer variance, t interval."""
    sample = make_sample(np.ones_like(np.asarray(pi, dtype=float)), pi, strata, None, families)
    values = make_values(y, sample, proportion=False)
    if sample.n < 2:
        raise Invalid("sample-too-small", "a total needs at least two judged units")
    by_stratum = brewer_by_stratum(values, sample.pi, sample.stratum, sample.family)
    whole, shown = float((values / sample.pi).sum()), float(by_stratum.sum())
    line = Linear(whole, by_stratum, sample.n, degrees(sample), shown)
    return _by_t(
        line, float(_families(sample)), method="horvitz-thompson+t", of=of, level=level, inputs=inputs
    )


def _ends(
    line: Linear, n_eff: float, y: Floats, sample: Sample, interval: IntervalKind, level: float
) -> Interval:
    if np.all(sample.pi == 1):
        return Interval(line.value, line.value)
    if interval == "half-positive" and len(sample.names) > 1 and sample.known is not None:
        third = third_cumulant(y, sample)
        if 0 < line.value < 1 and third * (1 - 2 * line.value) > 0:
            ends = three_cumulants(line.value, line.variance, third, level)
            return Interval(max(0.0, ends.low), min(1.0, ends.high))
    return interval_for(interval, line.value, n_eff, n=sample.n, df=line.df, level=level)


def _seen(seen: float) -> dict[str, JsonValue]:
    if seen == 1:
        return {"seen": seen}
    return {"seen": seen, "refused": f"nothing was judged in strata that hold {1 - seen:.1%} of the frame"}


def _counts(line: Linear, y: Floats, sample: Sample, n_eff: float) -> dict[str, JsonValue]:
    families: dict[str, JsonValue] = {} if sample.family is None else {"families": _families(sample)}
    return {
        **families,
        "positives": float(y.sum()),
        "certainty_units": int((sample.pi == 1).sum()),
        "strata": len(sample.names),
        "standard_error": float(np.sqrt(line.variance)),
        "design_effect": sample.n / n_eff if n_eff > 0 else None,
    }


def _families(sample: Sample) -> int:
    return sample.by_family(np.ones(sample.n)).size


def _by_t(
    line: Linear, n_eff: float, *, method: str, of: str, level: float, inputs: Inputs | None
) -> Estimate:
    error = float(np.sqrt(line.variance))
    half = float(stdtrit(line.df, 0.5 + level / 2)) * error
    return Estimate(
        value=line.value,
        low=line.value - half,
        high=line.value + half,
        n=line.n,
        n_eff=n_eff,
        method=method,
        of=of,
        level=level,
        inputs={**(inputs or {}), "standard_error": error},
    )


def nothing_known(n: int, *, method: str, of: str, level: float, inputs: Inputs | None) -> Estimate:
    """0 to 1, no point, and the reason."""
    told: dict[str, JsonValue] = {**(inputs or {}), "refused": "nothing was judged"}
    return Estimate(value=None, low=0, high=1, n=n, n_eff=0, method=method, of=of, level=level, inputs=told)

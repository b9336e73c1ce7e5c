"""Shares within a part of the sample: a domain, the positives, what the classifier acts on.

How many units of a stratum fall into the part is itself a matter of luck. So the units outside stay in the
variance with a residual of zero (Särndal, Swensson & Wretman 1992, ch. 10); left out, as if the strata had
been drawn within the part, intervals are far too short.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid
from tilik.stats.allowance import at_least
from tilik.stats.estimate import Inputs, nothing_known
from tilik.stats.intervals import Interval, IntervalKind, interval_for
from tilik.stats.linear import (
    Linear,
    Unseen,
    degrees,
    effective_size,
    linearise,
    share,
    with_half_a_positive,
)
from tilik.stats.sample import Floats, Sample, make_sample, make_values
from tilik.stats.variance import brewer_by_stratum


def domain_share(
    y: ArrayLike,
    held: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
    interval: IntervalKind = "korn-graubard",
    rare: ArrayLike | None = None,
) -> Estimate:
    """The share of ``measure`` on which ``y`` is true, among units with ``held`` 1: Hájek's ratio there.

    All arrays run over all judged units, those outside the part too. ``n`` counts the units inside.
    ``rare`` 0/1: any of these units might have been one more inside, as any might have been a positive; the
    half of one that ``half-positive`` reckons with is then one of them, and pulls the ratio toward its own
    ``y``. Raises ``Invalid`` on arrays that cannot be such a sample.
    """
    on = np.asarray(held, dtype=float) == 1
    sample = make_sample(measure, pi, strata, None, families)
    values = make_values(y, sample, proportion=True)
    if on.shape != values.shape:
        raise Invalid("shapes-differ", f"held has shape {on.shape}, the sample {values.shape}")
    method, n = f"hajek+{interval}", int(on.sum())
    if n == 0 or sample.measure[on].sum() == 0:
        return nothing_known(n, method=method, of=of, level=level, inputs=inputs)
    inside = _inside(sample, on)
    line = _line(values, sample, on, inside)
    if interval == "half-positive":
        line = with_half_a_positive(line, inside, _unseen(values, sample, rare))
    n_eff = effective_size(line, values[on], inside)
    ends = Interval(line.value, line.value)
    if np.any(inside.pi < 1):
        ends = interval_for(interval, line.value, n_eff, n=n, df=line.df, level=level)
    found = Estimate(
        value=line.value,
        low=min(ends.low, line.value),
        high=max(ends.high, line.value),
        n=n,
        n_eff=n_eff,
        method=method,
        of=of,
        level=level,
        inputs={**(inputs or {}), **_counts(line, values[on], inside, n_eff)},
    )
    return at_least(found, p=line.value, n_eff=n_eff, shown=line.shown, used=line.variance)


def _counts(line: Linear, y: Floats, inside: Sample, n_eff: float) -> dict[str, JsonValue]:
    return {
        **_families(inside),
        "positives": float(y.sum()),
        "certainty_units": int((inside.pi == 1).sum()),
        "strata": int(np.unique(inside.stratum).size),
        "standard_error": float(np.sqrt(line.variance)),
        "design_effect": inside.n / n_eff if n_eff > 0 else None,
    }


def _families(sample: Sample) -> dict[str, JsonValue]:
    return {} if sample.family is None else {"families": int(np.unique(sample.family).size)}


def _unseen(values: Floats, sample: Sample, rare: ArrayLike | None) -> Unseen | None:
    if rare is None:
        return None
    among = np.asarray(rare, dtype=float) == 1
    return Unseen(_inside(sample, among), values[among])


def _inside(sample: Sample, on: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Sample:
    """The sample without the units outside; the strata that are left are coded anew."""
    left, stratum = np.unique(sample.stratum[on], return_inverse=True)
    family = (
        None if sample.family is None else np.unique(sample.family[on], return_inverse=True)[1].reshape(-1)
    )
    return replace(
        sample,
        measure=sample.measure[on],
        pi=sample.pi[on],
        stratum=stratum.reshape(-1),
        names=tuple(sample.names[code] for code in left),
        family=family,
    )


def _line(
    values: Floats, sample: Sample, on: np.ndarray[tuple[int], np.dtype[np.bool_]], inside: Sample
) -> Linear:
    """The ratio inside; its variance over all units, and no less than the floors under strata that agree."""
    line = share(values[on], inside)
    size = float(inside.expanded.sum())
    residual = np.where(on, sample.measure * (values - line.value), 0.0) / size
    whole = brewer_by_stratum(residual, sample.pi, sample.stratum, sample.family)
    left, shown = np.unique(sample.stratum[on]), float(whole.sum())
    floored = line.by_stratum > linearise(values[on], inside).by_stratum
    whole[left] = np.where(floored, np.maximum(whole[left], line.by_stratum), whole[left])
    return Linear(line.value, whole, line.n, degrees(inside), shown)

"""Two estimates side by side: their difference and ratio, and the shares of domains."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid
from tilik.stats.domain import domain_share
from tilik.stats.estimate import Inputs, hajek_mean
from tilik.stats.intervals import IntervalKind


def difference(
    first: Estimate,
    second: Estimate,
    *,
    of: str,
    correlation: float = 0.0,
    inputs: Inputs | None = None,
) -> Estimate:
    """``first - second`` of estimates from independent draws or from disjoint domains: MOVER (Newcombe 1998).

    Each end moves by the root of the squared distances to the two intervals' ends; a skewed interval stays
    skewed. Draws that share units are correlated and the interval is then too wide, not too narrow, unless
    their ``correlation`` is given (:func:`tilik.stats.series.panel_correlation`; Zou 2007). Raises
    ``Invalid`` where one has no point, the levels differ, or the correlation is not within -1..1.
    """
    if not -1 <= correlation <= 1:
        raise Invalid("correlation-out-of-range", f"a correlation of {correlation} cannot be", where=of)
    a, b = _points(first, second)
    low = a - b - _apart(a - first.low, second.high - b, correlation)
    high = a - b + _apart(first.high - a, b - second.low, correlation)
    method, told = "mover-difference", dict(inputs or {})
    if correlation:
        method, told = f"{method}+panel", {**told, "correlation": correlation}
    return _made(a - b, low, high, first, second, method=method, of=of, inputs=told)


def _apart(one: float, other: float, correlation: float) -> float:
    return math.sqrt(max(0.0, one**2 + other**2 - 2 * correlation * one * other))


def ratio(first: Estimate, second: Estimate, *, of: str, inputs: Inputs | None = None) -> Estimate:
    """``first / second`` in the same way (Donner & Zou 2012).

    Raises ``Invalid`` where the second may be 0, and as :func:`difference` does.
    """
    a, b = _points(first, second)
    if second.low <= 0:
        raise Invalid("ratio-by-zero", "the second estimate may be zero, so the ratio has no end", where=of)
    low = _product(first.low, a) / (a * b + _root(a, b, first.low, second.high)) if a > 0 else 0.0
    high = (a * b + _root(a, b, first.high, second.low)) / _product(second.low, b)
    return _made(a / b, low, high, first, second, method="mover-ratio", of=of, inputs=inputs)


def paired_difference(
    y: ArrayLike,
    other: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    totals: Mapping[str, float] | None = None,
    families: ArrayLike | None = None,
    of: str,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Estimate:
    """The difference of two shares over the same judged units, e.g. under two guideline versions."""
    gap = np.asarray(y, dtype=float) - np.asarray(other, dtype=float)
    return hajek_mean(
        gap, measure, pi, strata, of=of, totals=totals, families=families, inputs=inputs, level=level
    )


def shares_by(
    y: ArrayLike,
    by: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
    interval: IntervalKind = "korn-graubard",
) -> dict[str, Estimate]:
    """The share of ``measure`` on which ``y`` is true, in each domain: one sample, many pivots.

    ``by`` names each unit's domain; ``of`` is a phrase with ``{}`` for it. Domains that no unit was drawn
    from cannot be known here and are not in the result.
    """
    domain = np.asarray(by).astype(str)
    values, w, p = (np.asarray(array, dtype=float) for array in (y, measure, pi))
    if not values.shape == w.shape == p.shape == domain.shape:
        raise Invalid("shapes-differ", "y, by, measure and pi must be of one length")
    return {
        str(name): domain_share(
            values,
            domain == name,
            w,
            p,
            strata,
            families=families,
            of=of.format(name),
            inputs=inputs,
            level=level,
            interval=interval,
        )
        for name in np.unique(domain)
    }


def _points(first: Estimate, second: Estimate) -> tuple[float, float]:
    if first.value is None or second.value is None:
        raise Invalid("no-point", "an estimate without a point cannot be compared", where=first.of)
    if first.level != second.level:
        raise Invalid("levels-differ", f"levels {first.level} and {second.level} cannot be compared")
    return first.value, second.value


def _product(end: float, value: float) -> float:
    return end * (2 * value - end)


def _root(a: float, b: float, end: float, other: float) -> float:
    return float(max(0.0, (a * b) ** 2 - _product(end, a) * _product(other, b)) ** 0.5)


def _made(
    value: float,
    low: float,
    high: float,
    first: Estimate,
    second: Estimate,
    *,
    method: str,
    of: str,
    inputs: Inputs | None,
) -> Estimate:
    parts: dict[str, JsonValue] = {"first": first.value, "second": second.value}
    return Estimate(
        value=value,
        low=min(low, value),
        high=max(high, value),
        n=first.n + second.n,
        n_eff=min(first.n_eff, second.n_eff),
        method=f"{method}({first.method}; {second.method})",
        of=of,
        level=first.level,
        inputs={**(inputs or {}), **parts},
    )

"""Confidence intervals for a proportion, on real or effective sample sizes."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from scipy.optimize import brentq
from scipy.special import betainc, betaincinv, gammainc, ndtri, stdtrit

from tilik.kernel import Invalid

IntervalKind = Literal["korn-graubard", "wilson", "mid-p", "half-positive"]
MANY = 2_000.0
"""A Poisson count from here on is as good as normal."""


class Interval(NamedTuple):
    """Two ends, ``low ≤ high``, both within 0..1."""

    low: float
    high: float


def wilson(p: float, n: float, level: float = 0.95) -> Interval:
    """Wilson's score interval (1927) for a proportion ``p`` of ``n`` units; ``n`` may be an effective size.

    Raises ``Invalid`` unless 0 ≤ p ≤ 1, n > 0 and 0 < level < 1.
    """
    _check(p, n, level)
    z = float(ndtri(0.5 + level / 2))
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Interval(0.0 if p == 0 else max(0.0, centre - half), 1.0 if p == 1 else min(1.0, centre + half))


def clopper_pearson(x: float, n: float, level: float = 0.95) -> Interval:
    """The exact binomial interval (Clopper & Pearson 1934) for ``x`` of ``n``; both may be fractional.

    Raises ``Invalid`` unless 0 ≤ x ≤ n, n > 0 and 0 < level < 1.
    """
    _check(x / n if n > 0 else math.nan, n, level)
    tail = (1 - level) / 2
    low = 0.0 if x <= 0 else float(betaincinv(x, n - x + 1, tail))
    high = 1.0 if x >= n else float(betaincinv(x + 1, n - x, 1 - tail))
    # The inverse beta function is off by some 1e-12 for counts near 0, where that exceeds the count.
    return Interval(min(low, x / n), max(high, x / n))


def mid_p(x: float, n: float, level: float = 0.95) -> Interval:
    """The mid-p interval (Lancaster 1961) for ``x`` of ``n``; both may be fractional.

    As Clopper & Pearson's, with half the chance of the observed count: at its level on average, where the
    exact one is above it always. Raises ``Invalid`` unless 0 ≤ x ≤ n, n > 0 and 0 < level < 1.
    """
    _check(x / n if n > 0 else math.nan, n, level)
    tail = (1 - level) / 2

    def passed(p: float) -> float:
        least = 1.0 if x <= 0 else float(betainc(x, n - x + 1, p))
        more = 0.0 if x >= n else float(betainc(x + 1, n - x, p))
        return (least + more) / 2

    low = 0.0 if x <= 0 else brentq(lambda p: passed(p) - tail, 0.0, x / n)
    high = 1.0 if x >= n else brentq(lambda p: passed(p) - (1 - tail), x / n, 1.0)
    return Interval(min(float(low), x / n), max(float(high), x / n))


def three_cumulants(value: float, variance: float, third: float, level: float = 0.95) -> Interval:
    """The interval of an estimator with these first three cumulants, unclipped.

    The estimator is taken for a shifted multiple of a Poisson count, ``a + cX``: ``c = κ₃/κ₂`` and
    ``E X = κ₂/c²`` match the cumulants. X gets its exact interval (Garwood 1936) in the mid-p form (Lancaster
    1961). With ``c = value·κ₂/value²`` it is the interval of a plain count; with κ₃ = 0 the normal one; a
    negative κ₃ turns it round. Raises ``Invalid`` unless the variance is positive.
    """
    if not (variance > 0 and math.isfinite(variance) and math.isfinite(third)):
        raise Invalid("variance-not-positive", f"an interval needs a positive variance, not {variance}")
    _check(0.5, 1.0, level)
    c = abs(third) / variance
    count = variance / c**2 if c > 0 else math.inf
    if count >= MANY:
        half = float(ndtri(0.5 + level / 2)) * math.sqrt(variance)
        below, above = half, half
    else:
        ends = _counted(count, (1 - level) / 2)
        below, above = c * (count - ends.low), c * (ends.high - count)
    return Interval(value - below, value + above) if third >= 0 else Interval(value - above, value + below)


def _counted(x: float, tail: float) -> Interval:
    """Mid-p ends for the mean of a Poisson count ``x``, which may be fractional."""

    def passed(mean: float) -> float:
        return float(gammainc(x, mean) + gammainc(x + 1, mean)) / 2

    least = 1e-12
    low = 0.0 if passed(least) >= tail else brentq(lambda m: passed(m) - tail, least, x)
    return Interval(
        float(low), float(brentq(lambda m: passed(m) - (1 - tail), x, x + 30 * math.sqrt(x) + 30))
    )


def korn_graubard(p: float, n_eff: float, *, n: int, df: float, level: float = 0.95) -> Interval:
    """The exact interval on the effective sample size (Korn & Graubard 1998).

    ``n_eff`` is shrunk by ``(t_{n-1} / t_{df})²``, because the design effect is itself estimated with
    only ``df`` degrees of freedom. Zero positives give ``[0, 1 - (α/2)^(1/n_eff)]``, an honest
    bound. Raises ``Invalid`` unless 0 ≤ p ≤ 1, n_eff > 0 and 0 < level < 1.
    """
    _check(p, n_eff, level)
    tail = (1 - level) / 2
    shrink = (stdtrit(max(n - 1, 1), 1 - tail) / stdtrit(max(df, 1), 1 - tail)) ** 2
    size = n_eff * min(1.0, float(shrink))
    return clopper_pearson(min(size, p * size), size, level)


def interval_for(kind: IntervalKind, p: float, n_eff: float, *, n: int, df: float, level: float) -> Interval:
    """The interval of that name on an effective sample size.

    ``half-positive`` is mid-p on a size that half an unseen positive was reckoned into (see
    :func:`tilik.stats.linear.with_half_a_positive`), and Korn & Graubard's where all units agree.
    """
    if kind == "wilson":
        return wilson(p, n_eff, level)
    if kind == "mid-p" or (kind == "half-positive" and 0 < p < 1):
        return mid_p(min(n_eff, p * n_eff), n_eff, level)
    return korn_graubard(p, n_eff, n=n, df=df, level=level)


def _check(p: float, n: float, level: float) -> None:
    if not 0 <= p <= 1:
        raise Invalid("proportion-out-of-range", f"a proportion lies in 0..1, not {p}")
    if not (n > 0 and math.isfinite(n)):
        raise Invalid("sample-size-not-positive", f"an interval needs a positive sample size, not {n}")
    if not 0 < level < 1:
        raise Invalid("level-out-of-range", f"a confidence level lies between 0 and 1, not {level}")

"""How right each person is, from few answers each: rates that borrow strength from the others' rates.

Person j is right in x of n answers, ``x ~ Binomial(n, θ)``, and θ ~ Beta(μM, (1-μ)M) over people: the
beta-binomial (Skellam 1948). Given μ and M a person's rate is Beta(μM + x, (1-μ)M + n - x): with few answers
it lies near the others', with many it is their own. μ and M are not known, so the rates are averaged over
their posterior, by quadrature of the marginal likelihood: a plug-in maximum would make intervals too short,
above all where people happen to look alike. Priors: μ uniform; ``M/(M + n₀)`` uniform, n₀ the least number
of answers that anybody gave: the uniform shrinkage prior (Christiansen & Morris 1997; Daniels 1999). A larger
n₀ covers too little where people differ somewhat, by simulation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import betainc, betaln, expit, logit

from tilik.kernel import Estimate, Invalid
from tilik.stats.estimate import Inputs
from tilik.stats.sample import Floats

SHRINKS, CENTRES = 40, 31
REACH = 7.0


class Pool(NamedTuple):
    """Pairs of μ and M with their posterior weights: three arrays of one length."""

    centre: Floats
    size: Floats
    weight: Floats


class People(NamedTuple):
    """One rate a person, in the order given; ``pool`` is the mean μ over people, and ``size`` M's median."""

    rates: tuple[Estimate, ...]
    pool: Estimate
    size: float


def pooled_rates(
    right: ArrayLike,
    asked: ArrayLike,
    *,
    of: str = "rate of person {}",
    target: float | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> People:
    """Each person's rate from ``right`` of ``asked`` answers, with an equal-tailed interval.

    ``of`` is a phrase with ``{}`` for the person's number. ``inputs`` hold the unpooled rate and, with a
    ``target``, whether the whole interval lies ``below`` it; only that may flag a person. ``n_eff`` is the
    number of own answers that would tell as much. Raises ``Invalid``.
    """
    x, n = _counts(right, asked)
    if not 0 < level < 1:
        raise Invalid("level-out-of-range", f"a confidence level lies between 0 and 1, not {level}")
    pool = fit_pool(x, n)
    rates = tuple(
        _rate(float(x[j]), float(n[j]), pool, of.format(j + 1), target, level, inputs) for j in range(x.size)
    )
    return People(rates, _mean(pool, x, n, of.format("mean"), level, inputs), _median(pool.size, pool.weight))


def marginal(x: ArrayLike, n: ArrayLike, a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Log-likelihood of counts whose rates are Beta(a, b), less its constant; a and b of one shape."""
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    whole = np.zeros(np.broadcast(first, second).shape)
    pairs, times = np.unique(np.column_stack([x, n]), axis=0, return_counts=True)
    for (hits, asked), count in zip(pairs, times, strict=True):
        whole = whole + count * (betaln(first + hits, second + asked - hits) - betaln(first, second))
    return np.asarray(whole, dtype=float)


def fit_pool(x: Floats, n: Floats) -> Pool:
    """The posterior of μ and M on a grid: Gauss-Legendre in the shrinkage, even in the log-odds of μ."""
    asked = n[n > 0]
    least = max(2.0, float(asked.min()))
    node, width = np.polynomial.legendre.leggauss(SHRINKS)
    share = (node + 1) / 2
    size = least * share / (1 - share)
    p = (x.sum() + 0.5) / (n.sum() + 1)
    # The spread of the pooled log-odds, by the beta-binomial's own variance at each M.
    known = (asked[None, :] * (size[:, None] + 1) / (size[:, None] + asked[None, :])).sum(axis=1)
    step = np.linspace(-REACH, REACH, CENTRES)
    spread = 1 / np.sqrt(np.maximum(known, 1.0) * p * (1 - p) + 0.25)
    odds = float(logit(p)) + spread[:, None] * step[None, :]
    centre = expit(odds)
    a, b = centre * size[:, None], (1 - centre) * size[:, None]
    # A uniform μ has the density μ(1-μ) in its log-odds.
    log = marginal(x, n, np.maximum(a, 1e-12), np.maximum(b, 1e-12)) + np.log(centre) + np.log1p(-centre)
    log += np.log(width * spread)[:, None]
    weight = np.exp(log - log.max())
    return Pool(centre.ravel(), np.repeat(size, CENTRES), (weight / weight.sum()).ravel())


def _rate(
    x: float, n: float, pool: Pool, of: str, target: float | None, level: float, inputs: Inputs | None
) -> Estimate:
    a = np.maximum(pool.centre * pool.size, 1e-12) + x
    b = np.maximum((1 - pool.centre) * pool.size, 1e-12) + n - x
    mean = a / (a + b)
    value = float(pool.weight @ mean)
    spread = float(pool.weight @ (mean * (1 - mean) / (a + b + 1) + (mean - value) ** 2))
    low, high = (_quantile(tail, a, b, pool.weight) for tail in ((1 - level) / 2, (1 + level) / 2))
    told = {**(inputs or {}), "right": x, "own_rate": x / n if n > 0 else None}
    if target is not None:
        told |= {
            "target": target,
            "below": bool(high < target),
            "chance_below": _cdf(target, a, b, pool.weight),
        }
    return Estimate(
        value=value,
        low=min(low, value),
        high=max(high, value),
        n=round(n),
        n_eff=value * (1 - value) / spread if spread > 0 else n,
        method="beta-binomial-pooled",
        of=of,
        level=level,
        inputs=told,
    )


def _mean(pool: Pool, x: Floats, n: Floats, of: str, level: float, inputs: Inputs | None) -> Estimate:
    order = np.argsort(pool.centre)
    passed = np.cumsum(pool.weight[order])
    low, high = np.interp([(1 - level) / 2, (1 + level) / 2], passed, pool.centre[order]).tolist()
    value = float(pool.weight @ pool.centre)
    spread = float(pool.weight @ (pool.centre - value) ** 2)
    return Estimate(
        value=value,
        low=min(low, value),
        high=max(high, value),
        n=round(float(n.sum())),
        n_eff=value * (1 - value) / spread if spread > 0 else float(n.sum()),
        method="beta-binomial-pooled",
        of=of,
        level=level,
        inputs={**(inputs or {}), "right": float(x.sum()), "people": int(x.size)},
    )


def _cdf(at: float, a: Floats, b: Floats, weight: Floats) -> float:
    return float(weight @ betainc(a, b, at))


def _quantile(tail: float, a: Floats, b: Floats, weight: Floats) -> float:
    keep = weight > 1e-9
    a, b, weight = a[keep], b[keep], weight[keep] / weight[keep].sum()
    return float(brentq(lambda at: _cdf(at, a, b, weight) - tail, 0.0, 1.0, xtol=1e-10))


def _median(values: Floats, weight: Floats) -> float:
    order = np.argsort(values)
    return float(values[order][np.searchsorted(np.cumsum(weight[order]), 0.5)])


def _counts(right: ArrayLike, asked: ArrayLike) -> tuple[Floats, Floats]:
    x, n = np.asarray(right, dtype=float), np.asarray(asked, dtype=float)
    if x.ndim != 1 or x.shape != n.shape:
        raise Invalid("shapes-differ", "right and asked must be of one length")
    if not x.size or n.sum() == 0:
        raise Invalid("sample-too-small", "nobody has answered anything whose truth is known")
    if not (np.isfinite(n).all() and np.all((x >= 0) & (x <= n))):
        raise Invalid("counts-unfit", "each count must lie between 0 and the number of answers")
    return x, n

"""Have scores or labels moved between two periods: how far, and is it more than chance among videos?

Three distances of two weighted distributions: PSI ``Σ(q-p)·ln(q/p)`` over classes, which is Jeffreys'
divergence; Jensen & Shannon's divergence in bits (Lin 1991); and the greatest distance of the two
distribution functions (Kolmogorov & Smirnov). None of them is zero where nothing has moved, so each comes
with its null: the same units dealt out to the two periods at random.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid
from tilik.stats.bootstrap import FEWEST_DRAWS, replicates
from tilik.stats.estimate import Inputs, total
from tilik.stats.period import Period, deals, refuse_unlike
from tilik.stats.sample import Floats

NAMES = ("psi", "js", "ks")
FEWEST_DEALS = 99


class Shares(NamedTuple):
    """One class: its name and its share of each period's weight."""

    name: str
    old: float
    new: float


class Drift(NamedTuple):
    """The distances between two periods; ``ks`` only of scores.

    Each has ``p_value``, ``null_median`` and ``null_high`` among its ``inputs``: the part of random deals
    that come as far, and what half and ``level`` of them stay below.
    """

    psi: Estimate
    js: Estimate
    ks: Estimate | None
    shares: tuple[Shares, ...]


class _Asked(NamedTuple):
    of: str
    times: int
    seed: int
    level: float
    inputs: Inputs


def score_drift(
    old: Period,
    new: Period,
    *,
    of: str,
    bins: int = 10,
    times: int = 499,
    seed: int = 0,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Drift:
    """How far numbers have moved: over bins that share out the old period's weight, and without bins (KS).

    ``of`` is a phrase with ``{}`` for the figure's name; ``times`` random deals and, where a period is a
    sample, bootstrap samples. Periods in full give exact distances. Raises ``Invalid``.
    """
    try:
        numbers = np.concatenate([np.asarray(period.values, dtype=float) for period in (old, new)])
    except ValueError:
        raise Invalid("column-not-numbers", "scores must be numbers") from None
    if not np.isfinite(numbers).all():
        raise Invalid("y-not-finite", "scores hold missing or infinite values")
    edges = _tenths(numbers[: old.n], old.weights, bins)
    codes = np.searchsorted(edges, numbers, side="right")
    pooled = _Pooled(codes, _spans(edges), old, new, numbers)
    return _drift(pooled, _Asked(of, times, seed, level, inputs or {}))


def mix_drift(
    old: Period,
    new: Period,
    *,
    of: str,
    times: int = 499,
    seed: int = 0,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Drift:
    """The same for classes, such as verdicts or languages. They have no order, and so there is no KS."""
    held = np.concatenate([period.values.astype(str) for period in (old, new)])
    names, codes = np.unique(held, return_inverse=True)
    pooled = _Pooled(codes.reshape(-1), [str(name) for name in names], old, new, None)
    return _drift(pooled, _Asked(of, times, seed, level, inputs or {}))


def period_totals(period: Period, *, of: str, level: float = 0.95) -> tuple[Estimate, Estimate]:
    """How many units there were, and their total weight; counted, or estimated from the sample."""
    ones = np.ones(period.n)
    found = []
    for name, values in (("units", ones), ("weight", period.sample.measure)):
        if period.sampled:
            made = total(values, period.sample.pi, period.sample.stratum, of=of.format(name), level=level)
        else:
            whole, n = float(values.sum()), period.n
            told = {"value": whole, "low": whole, "high": whole}
            made = Estimate(**told, n=n, n_eff=n, method="counted", of=of.format(name), level=level)
        found.append(made)
    return found[0], found[1]


class _Pooled:
    """The units of both periods in order of number or class, and the distances of any two weightings of them.

    A weighting is handed about as its running total, from which shares and distribution functions are read.
    """

    def __init__(
        self, codes: NDArray[np.intp], names: list[str], old: Period, new: Period, numbers: Floats | None
    ) -> None:
        self.names, self.old, self.new = names, old, new
        self.order = np.argsort(codes if numbers is None else numbers, kind="stable")
        self.ends = np.searchsorted(codes[self.order], np.arange(len(names)), side="right")
        # No share is taken for less than half a unit: not seen is not proof of not there.
        self.floors = (0.5 / max(old.n, 1), 0.5 / max(new.n, 1))
        self.last: NDArray[np.intp] | None = None
        if numbers is not None:
            ranked = numbers[self.order]
            self.last = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))

    def running(self, old: Floats, new: Floats) -> tuple[Floats, Floats]:
        """The running totals of these weights of the old period's units and of the new one's."""
        none_old, none_new = np.zeros(self.old.n), np.zeros(self.new.n)
        first, second = np.concatenate([old, none_new]), np.concatenate([none_old, new])
        return np.cumsum(first[self.order]), np.cumsum(second[self.order])

    def shares(self, total_: Floats) -> Floats:
        """The share of each class."""
        held = np.append(0.0, total_)[self.ends]
        return np.asarray(np.diff(held, prepend=0.0) / total_[-1])

    def gaps(self, old: Floats, new: Floats) -> Floats | None:
        """The old distribution function less the new one, at every number there is; None for classes."""
        if self.last is None:
            return None
        return np.asarray(old[self.last] / old[-1] - new[self.last] / new[-1])

    def distances(self, old: Floats, new: Floats) -> Floats:
        """PSI, JS and, of numbers, KS."""
        p, q = self.shares(old), self.shares(new)
        a, b = (np.maximum(share, floor) for share, floor in zip((p, q), self.floors, strict=True))
        a, b = a / a.sum(), b / b.sum()
        found, gaps = [float((b - a) @ np.log(b / a)), _jensen_shannon(p, q)], self.gaps(old, new)
        return np.array(found if gaps is None else [*found, np.abs(gaps).max()])


def _drift(pooled: _Pooled, asked: _Asked) -> Drift:
    old, new = pooled.old, pooled.new
    if min(old.n, new.n) < 2:
        raise Invalid("periods-too-small", f"periods of {old.n} and {new.n} units cannot be compared")
    if min(old.weights.sum(), new.weights.sum()) <= 0:
        raise Invalid("measure-out-of-range", "a period without any weight cannot be compared")
    refuse_unlike(old, new)
    if asked.times < FEWEST_DEALS:
        raise Invalid("draws-too-few", f"{asked.times} random deals are too few", mend="Ask for 499.")
    running = pooled.running(old.weights, new.weights)
    found, null = pooled.distances(*running), _null(pooled, asked)
    again = _again(pooled, running, asked) if old.sampled or new.sampled else None
    made = [
        _estimate(name, found[k], null[:, k], None if again is None else again[:, k], pooled, asked)
        for k, name in enumerate(NAMES[: found.size])
    ]
    shares = (pooled.shares(one).tolist() for one in running)
    rows = tuple(Shares(*row) for row in zip(pooled.names, *shares, strict=True))
    return Drift(made[0], made[1], made[2] if len(made) > 2 else None, rows)


def _null(pooled: _Pooled, asked: _Asked) -> Floats:
    """The distances of random deals."""
    g = np.concatenate([pooled.old.weights, pooled.new.weights])[pooled.order]
    whole, found = np.cumsum(g), []
    for dealt in deals(pooled.old, pooled.new, asked.times, asked.seed):
        old = np.asarray(np.cumsum(g * dealt[pooled.order]), dtype=float)
        found.append(pooled.distances(old, whole - old))
    return np.array(found)


def _again(pooled: _Pooled, running: tuple[Floats, Floats], asked: _Asked) -> Floats:
    """The distances of bootstrap samples; of KS the greatest move of the gaps. A period in full stays."""
    gaps, times, found = pooled.gaps(*running), max(FEWEST_DRAWS, asked.times), []
    for both in zip(
        replicates(pooled.old.sample, times, asked.seed),
        replicates(pooled.new.sample, times, asked.seed + 1),
        strict=True,
    ):
        moved_to = pooled.running(*both)
        one, moved_gaps = pooled.distances(*moved_to), pooled.gaps(*moved_to)
        if gaps is not None and moved_gaps is not None:
            one[2] = np.abs(moved_gaps - gaps).max()
        found.append(one)
    return np.array(found)


def _ends(name: str, value: float, again: Floats, level: float) -> tuple[float, float]:
    """Of PSI and JS the basic bootstrap's, which take off what chance adds to a distance.

    KS can be off by no more than the greatest move of the gaps, of which ``level`` stay below the half-width.
    """
    if name == "ks":
        half = float(np.quantile(again, level))
        return max(0.0, value - half), min(1.0, value + half)
    below, above = np.quantile(again, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return min(value, max(0.0, 2 * value - above)), max(value, 2 * value - below)


def _estimate(
    name: str, value: float, null: Floats, again: Floats | None, pooled: _Pooled, asked: _Asked
) -> Estimate:
    """The distance with its null; its ends are itself where both periods are there in full."""
    low, high = (value, value) if again is None else _ends(name, value, again, asked.level)
    told: dict[str, JsonValue] = {
        **asked.inputs,
        "p_value": float((1 + (null >= value - 1e-12).sum()) / (1 + null.size)),
        "null_median": float(np.median(null)),
        "null_high": float(np.quantile(null, asked.level)),
        "deals": asked.times,
        "seed": asked.seed,
        "classes": len(pooled.names),
        "units_old": pooled.old.n,
        "units_new": pooled.new.n,
    }
    return Estimate(
        value=value,
        low=low,
        high=high,
        n=pooled.old.n + pooled.new.n,
        n_eff=min(_kish(pooled.old.weights), _kish(pooled.new.weights)),
        method=f"{name}+permutation-null" + ("+rao-wu" if again is not None else "+counted"),
        of=asked.of.format(name),
        level=asked.level,
        inputs=told,
    )


def _spans(edges: Floats) -> list[str]:
    ends = [f"{edge:.4g}" for edge in edges]
    if not ends:
        return ["all"]
    return [f"below {ends[0]}", *(f"{a} – {b}" for a, b in pairwise(ends)), f"{ends[-1]} and above"]


def _tenths(numbers: Floats, g: Floats, bins: int) -> Floats:
    """Edges between bins that each hold as much of the weight; fewer where values repeat."""
    if bins < 2:
        raise Invalid("bins-too-few", f"{bins} bins cannot show a shift")
    order = np.argsort(numbers, kind="stable")
    held = np.cumsum(g[order])
    if not held.size or held[-1] <= 0:
        return np.zeros(0)
    at = np.searchsorted(held, held[-1] * np.arange(1, bins) / bins)
    edges = np.unique(numbers[order][np.minimum(at, numbers.size - 1)])
    return np.asarray(edges[edges > numbers.min()])


def _jensen_shannon(p: Floats, q: Floats) -> float:
    middle = (p + q) / 2

    def surprise(one: Floats) -> float:
        on = one > 0
        return float(one[on] @ np.log2(one[on] / middle[on]))

    return max(0.0, (surprise(p) + surprise(q)) / 2)


def _kish(g: Floats) -> float:
    return float(g.sum() ** 2 / (g @ g)) if g.any() else 0.0


def moved(found: Drift) -> Mapping[str, Estimate]:
    """The distances by name, those that there are."""
    named = zip(NAMES, (found.psi, found.js, found.ks), strict=True)
    return {name: one for name, one in named if one is not None}

"""Sequential Poisson sampling on arrays (Ohlsson 1998), and the inclusion probabilities it aims at.

Each unit has the key ``u/x``; the n smallest keys are drawn; τ is the next key and ``π = min(1, x·τ)``.
Given all other keys, a unit is drawn exactly when its key is below the n-th smallest of the others, which
for a drawn unit is τ. So ``Σ y/π`` is exactly unbiased (Duffield, Lund & Thorup 2007, priority sampling).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Index = NDArray[np.intp]


class Drawn(NamedTuple):
    """``units``: positions of the drawn, in rising order of key; ``tau`` is ∞ when all were drawn."""

    units: Index
    pi: Floats
    tau: float


def sequential_poisson(size: Floats, u: Floats, n: int) -> Drawn:
    """Draw ``n`` of the units with positive ``size``; all of them, with certainty, where there are no more.

    Ties are broken by position, so pass the units in order of id. Two passes over the arrays.
    """
    candidates = _candidates(size, u, n + 1)
    keys = u[candidates] / size[candidates]
    order = candidates[np.argsort(keys, kind="stable")]
    if order.size <= n:
        return Drawn(order, np.ones(order.size), np.inf)
    tau = float(u[order[n]] / size[order[n]])
    return Drawn(order[:n], inclusion(size[order[:n]], tau), tau)


def inclusion(size: Floats, tau: float) -> Floats:
    """``min(1, x·τ)``; 0 where the size is 0."""
    if np.isinf(tau):
        return np.where(size > 0, 1.0, 0.0)
    return np.minimum(1.0, size * tau)


def inclusion_probabilities(size: Floats, n: int) -> Floats:
    """``n·x/Σx`` with units that would exceed 1 taken for certain and the rest shared out again.

    The probabilities of a fixed-size πps design, as ``sps::inclusion_prob`` in R; the sequential Poisson
    π of a draw scatters around them. Units of size 0 get 0. Where ``n`` is not less than the units with a
    size, all of those get 1.
    """
    return inclusion(size, target_tau(np.sort(size[size > 0])[::-1], float(size.sum()), n))


def target_tau(largest: Floats, total: float, n: int) -> float:
    """The τ for which ``Σ min(1, x·τ) = n``; ``largest`` are at least the n+1 largest sizes, falling.

    ∞ where there are no more than n units. Of the counts of certain units the least that fits is right.
    """
    if largest.size <= n:
        return float("inf")
    before = np.concatenate([[0.0], np.cumsum(largest[: max(n - 1, 0)])])
    remaining = total - before
    tau = (n - np.arange(before.size)) / remaining
    fits = largest[: before.size] * tau < 1
    return float(tau[int(np.argmax(fits))])


def _candidates(size: Floats, u: Floats, count: int) -> Index:
    """Positions, rising, of units that hold the ``count`` smallest keys: those below a bound that suffices.

    The bound is twice the key expected at ``count``; sorting the few below it beats partitioning all.
    """
    eligible = size > 0
    if not eligible.any():
        return np.flatnonzero(eligible)
    bound = 2 * (count + 10) / float(size.sum())
    found = np.flatnonzero((u <= bound * size) & eligible)
    return found if found.size >= count else np.flatnonzero(eligible)

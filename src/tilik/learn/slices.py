"""Exact search for the worst slices: conjunctions of up to three conditions on metadata.

Each unit carries an excess ``e`` that sums to zero over the sample: how much more it fails than the average,
times what it weighs. If metadata told nothing, a slice of m of n units would be a random subset, whose sum of
``e`` has mean 0 and variance ``m(1-m/n)S²``, S² being the variance of ``e``: sampling without replacement
(Cochran 1977, theorem 2.2). A slice's score is its sum in these units.

As in SliceLine (Sagadeeva & Boehm, SIGMOD 2021) slices grow a condition at a time, and a slice is not grown
where no slice inside it can reach the k-th best score: of the positive excess P and the largest excess M in a
slice, a subset of m units holds at most ``min(P, mM)``; that over ``√(m(1-m/n)S²)`` is largest at m = P/M.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tilik.kernel import Invalid

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Condition = tuple[int, int]
"""A column's number, and the code of one of its values."""
DEEPEST = 3
MOST_SLICES = 200_000


@dataclass(frozen=True, eq=False)
class Slice:
    """Conditions that all hold, the units on which they do, and the score."""

    conditions: tuple[Condition, ...]
    rows: Codes
    score: float


def scores_of(sums: Floats, sizes: Floats, excess: Floats) -> Floats:
    """Standardised sums of slices of these sizes."""
    n = excess.size
    spread = float(((excess - excess.mean()) ** 2).sum() / (n - 1))
    return np.asarray(sums / np.sqrt(np.maximum(sizes * (1 - sizes / n) * spread, 1e-300)))


def best_slices(
    columns: Sequence[Codes], excess: Floats, *, count: int, least: int = 20, deepest: int = DEEPEST
) -> list[Slice]:
    """The ``count`` slices with the highest scores, exactly, of at least ``least`` and at most n/2 units.

    Slices on the same units are one, told with the fewest conditions. ``columns`` hold a code per unit.
    """
    _check(columns, excess, least, deepest)
    found: dict[bytes, Slice] = {}
    level: list[tuple[tuple[Condition, ...], Codes]] = [((), np.arange(excess.size))]
    for _ in range(deepest):
        level = [
            child
            for conditions, rows in level
            if not conditions or _bound(excess[rows], excess, least) >= _threshold(found, count)
            for child in _grown(columns, conditions, rows, least)
        ]
        for conditions, rows in level:
            if rows.size <= excess.size / 2:
                score = float(scores_of(np.array(excess[rows].sum()), np.array(float(rows.size)), excess))
                found.setdefault(rows.tobytes(), Slice(conditions, rows, score))
    return sorted(found.values(), key=lambda one: -one.score)[:count]


def every_slice(
    columns: Sequence[Codes], units: int, *, least: int = 20, deepest: int = DEEPEST
) -> tuple[list[tuple[Condition, ...]], csr_matrix]:
    """All slices of the size asked, whatever their units' excess, and who is in them (slices × units).

    Raises ``Invalid`` where there are too many to be compared.
    """
    conditions: list[tuple[Condition, ...]] = []
    members: list[Codes] = []
    seen: set[bytes] = set()
    level: list[tuple[tuple[Condition, ...], Codes]] = [((), np.arange(units))]
    for _ in range(deepest):
        level = [child for one in level for child in _grown(columns, *one, least)]
        for name, rows in level:
            if rows.size <= units / 2 and (key := rows.tobytes()) not in seen:
                seen.add(key)
                conditions.append(name)
                members.append(rows)
        if len(level) > MOST_SLICES:
            raise Invalid(
                "too-many-slices",
                f"there are more than {MOST_SLICES:,} slices",
                mend="Name fewer columns, or ask for larger slices.",
            )
    ends = np.cumsum([0, *(rows.size for rows in members)])
    inside = np.concatenate(members) if members else np.empty(0, dtype=np.intp)
    return conditions, csr_matrix((np.ones(inside.size), inside, ends), shape=(len(members), units))


def _grown(
    columns: Sequence[Codes], conditions: tuple[Condition, ...], rows: Codes, least: int
) -> Iterator[tuple[tuple[Condition, ...], Codes]]:
    """The slice with each condition on a later column that leaves enough units."""
    first = conditions[-1][0] + 1 if conditions else 0
    for at in range(first, len(columns)):
        codes = columns[at][rows]
        sizes = np.bincount(codes)
        for value in np.flatnonzero(sizes >= least).tolist():
            yield (*conditions, (at, value)), rows[codes == value]


def _bound(inside: Floats, excess: Floats, least: int) -> float:
    """No slice inside these units scores higher."""
    gain, most = float(inside[inside > 0].sum()), float(inside.max())
    if most <= 0:
        return -np.inf if inside.size <= excess.size / 2 else 0.0
    size = min(max(gain / most, least), inside.size, excess.size / 2)
    return float(scores_of(np.array(min(gain, size * most)), np.array(float(size)), excess))


def _threshold(found: dict[bytes, Slice], count: int) -> float:
    if len(found) < count:
        return -np.inf
    return float(np.partition([one.score for one in found.values()], -count)[-count])


def _check(columns: Sequence[Codes], excess: Floats, least: int, deepest: int) -> None:
    if not 1 <= deepest <= DEEPEST:
        raise Invalid("too-deep", f"a slice has one to {DEEPEST} conditions, not {deepest}")
    if least < 2 or excess.size < 2 * least:
        raise Invalid("sample-too-small", f"{excess.size} units cannot hold two slices of {least}")
    if any(codes.shape != excess.shape for codes in columns):
        raise Invalid("shapes-differ", "every column needs a code for every unit")

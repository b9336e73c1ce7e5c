"""Names to dense codes, and labels to counts: the two steps that touch every label."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]

SPREAD = 4
DENSE = 8


class Entries(NamedTuple):
    """How often each value was given to each unit, where it was: three equally long arrays, by unit."""

    unit: Ints
    value: Ints
    times: Floats


def summed(code: Ints, values: Floats, size: int) -> Floats:
    """The sum of the values under each code 0..size-1."""
    return np.asarray(np.bincount(code, values, minlength=size), dtype=float)


def codes(names: NDArray[Any]) -> tuple[Ints, NDArray[Any]]:
    """Codes 0..K-1 in the names' sorted order, and the K names.

    Whole numbers that lie close together are coded by a table of those present, without sorting.
    """
    if names.dtype.kind in "iu" and names.size:
        low, high = int(names.min()), int(names.max())
        if high - low <= SPREAD * names.size + 1024:
            place = (names - low).astype(np.intp)
            seen = np.zeros(high - low + 1, dtype=bool)
            seen[place] = True
            rank = np.cumsum(seen) - 1
            return rank[place], np.flatnonzero(seen) + low
    found, code = np.unique(names, return_inverse=True)
    return code.astype(np.intp).reshape(-1), found


def entries(unit: Ints, value: Ints, units: int, values: int) -> Entries:
    """Count equal labels of a unit once; by one ``bincount`` where the table is small enough to hold."""
    key = unit * values + value
    if units * values <= DENSE * key.size + 1024:
        table = np.bincount(key, minlength=units * values)
        cell = np.flatnonzero(table)
        count = table[cell]
    else:
        cell, count = np.unique(key, return_counts=True)
    row = cell // max(values, 1)
    return Entries(row, cell - row * values, count.astype(float))

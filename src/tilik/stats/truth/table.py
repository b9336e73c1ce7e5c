"""Crowd labels as one long table of integer codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Invalid

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
# Counting beats sorting while the numbers span no more than this many times the rows.
SPARSE_SPAN = 8


@dataclass(frozen=True, eq=False)
class LabelTable:
    """Who gave which task which label: row r says that ``worker[r]`` labelled ``task[r]`` as ``label[r]``.

    Codes run from 0; ``tasks``, ``workers`` and ``classes`` are how many of each exist, also those
    without a row. ``weight`` (one per row, or None for all 1) counts a label as so many labels.
    The same worker may label a task twice; both rows count, as if given independently.
    """

    task: Codes
    worker: Codes
    label: Codes
    tasks: int
    workers: int
    classes: int
    weight: Floats | None = None


class Coded(NamedTuple):
    """``codes`` from 0 into the sorted distinct ``names``."""

    codes: Codes
    names: NDArray[Any]


def label_table(
    task: ArrayLike,
    worker: ArrayLike,
    label: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    tasks: int | None = None,
    workers: int | None = None,
    classes: int | None = None,
) -> LabelTable:
    """Check three columns of codes (see ``code``) of equal length and make a table of them.

    ``tasks``, ``workers``, ``classes`` default to one more than the largest code. Raises ``Invalid`` for
    no rows, unequal lengths, codes that are not whole numbers from 0, or weights that are not positive.
    """
    columns = _codes(task, "task"), _codes(worker, "worker"), _codes(label, "label")
    rows = len(columns[0])
    if any(len(column) != rows for column in columns):
        raise Invalid("shapes-differ", f"task, worker, label have {[len(c) for c in columns]} rows")
    if rows == 0:
        raise Invalid("no-labels", "there are no labels", mend="Give at least one row.")
    return LabelTable(
        *columns,
        tasks=_size(columns[0], tasks, "task"),
        workers=_size(columns[1], workers, "worker"),
        classes=_size(columns[2], classes, "label"),
        weight=_weights(weight, rows),
    )


def code(values: ArrayLike) -> Coded:
    """Codes and sorted names of raw ids or labels. Whole numbers in a narrow range need no sorting."""
    raw = np.asarray(values)
    if raw.dtype.kind not in "iu" or raw.size == 0:
        names, codes = np.unique(raw, return_inverse=True)
        return Coded(codes, names)
    low, high = int(raw.min()), int(raw.max())
    if high - low > SPARSE_SPAN * raw.size:
        names, codes = np.unique(raw, return_inverse=True)
        return Coded(codes, names)
    shifted = raw.astype(np.intp, copy=False) - low if low else raw.astype(np.intp, copy=False)
    seen = np.zeros(high - low + 1, dtype=bool)
    seen[shifted] = True
    names = (np.flatnonzero(seen) + low).astype(raw.dtype)
    return Coded(shifted if seen.all() else (np.cumsum(seen) - 1)[shifted], names)


def _codes(values: ArrayLike, name: str) -> Codes:
    raw = np.asarray(values)
    if raw.ndim != 1 or (raw.dtype.kind not in "iu" and raw.size):
        raise Invalid(
            "not-codes", f"{name} must be one column of whole numbers", where=name, mend="Use code() first."
        )
    codes = raw.astype(np.intp, copy=False)
    if codes.size and codes.min() < 0:
        raise Invalid("not-codes", f"{name} has the code {codes.min()}", where=name, mend="Codes run from 0.")
    return codes


def _size(codes: Codes, given: int | None, name: str) -> int:
    needed = int(codes.max()) + 1
    if given is not None and given < needed:
        raise Invalid("code-out-of-range", f"{name} has the code {needed - 1}, but {given} exist", where=name)
    return needed if given is None else given


def _weights(weight: ArrayLike | None, rows: int) -> Floats | None:
    if weight is None:
        return None
    weights = np.asarray(weight, dtype=float)
    if weights.shape != (rows,):
        raise Invalid("shapes-differ", f"weight has shape {weights.shape}, the table {rows} rows")
    if not (np.isfinite(weights).all() and (weights > 0).all()):
        raise Invalid("weight-not-positive", "weights must be finite and above 0", where="weight")
    return weights

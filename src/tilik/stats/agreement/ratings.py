"""What people said of each unit: from a long table, a units × raters matrix, or counts by category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Invalid
from tilik.stats.agreement.codes import Entries, Floats, Ints, codes, entries

Categories = Sequence[str] | Sequence[float]


@dataclass(frozen=True, eq=False)
class Ratings:
    """One label per element of ``unit``, ``rater``, ``value`` (dense codes); one ``weight`` per unit.

    ``rater`` is None where only counts by category are known. ``names`` are the categories in the order
    of their codes, ``scores`` their numeric values, None where they are words; ``ordered`` says whether
    the order means anything. Build it with :func:`ratings_from_table` and its sisters.
    """

    unit: Ints
    rater: Ints | None
    value: Ints
    weight: Floats
    names: tuple[str, ...]
    scores: Floats | None
    ordered: bool

    @property
    def units(self) -> int:
        """Units with at least one label."""
        return int(self.weight.size)

    @property
    def categories(self) -> int:
        """Categories that could be chosen."""
        return len(self.names)

    @cached_property
    def raters(self) -> int:
        """People seen, 0 where unknown."""
        return 0 if self.rater is None else int(self.rater.max(initial=-1)) + 1

    @cached_property
    def sizes(self) -> Floats:
        """Labels of each unit."""
        return np.bincount(self.unit, minlength=self.units).astype(float)

    @cached_property
    def entries(self) -> Entries:
        """Counts of each value in each unit, where positive."""
        return entries(self.unit, self.value, self.units, self.categories)

    @cached_property
    def pairable(self) -> Ratings:
        """Only the units with two labels or more; the only ones that show agreement."""
        keep = self.sizes >= 2
        return self if keep.all() else self.only(keep)

    def only(self, keep: NDArray[np.bool_]) -> Ratings:
        """These units alone; categories and people keep their codes."""
        label = keep[self.unit]
        place = np.cumsum(keep) - 1
        return replace(
            self,
            unit=place[self.unit[label]],
            rater=None if self.rater is None else self.rater[label],
            value=self.value[label],
            weight=self.weight[keep],
        )


def ratings_from_table(
    unit: ArrayLike,
    rater: ArrayLike,
    value: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    categories: Categories | None = None,
) -> Ratings:
    """From a long table, one row per label; rows without a value (None, NaN, "") are left out.

    ``weight`` is the design weight of the row's unit, e.g. 1/π, the same in all its rows. ``categories``
    lists all that could be chosen, lowest first; without it, those seen. Raises ``Invalid`` where columns
    differ in length, a person labelled a unit twice, a weight is unfit, or a value is no category.
    """
    columns = [np.asarray(column) for column in (unit, rater, value)]
    if len({column.shape for column in columns}) != 1 or columns[0].ndim != 1:
        raise Invalid("ratings-unequal", "units, raters and values must be columns of one length")
    given = _given(columns[2])
    if not given.any():
        raise Invalid("ratings-empty", "there is no label", mend="give a column of labels with values in it")
    whole = bool(given.all())
    units, raters, values = columns if whole else [column[given] for column in columns]
    unit_code, found = codes(units)
    rater_code, _ = codes(raters)
    _refuse_repeats(unit_code, rater_code)
    chosen = None if weight is None else np.asarray(weight, dtype=float)
    if chosen is not None and chosen.shape != given.shape:
        raise Invalid("ratings-unequal", "weights must be as many as labels")
    by_unit = _unit_weights(unit_code, found.size, None if chosen is None else chosen[given])
    return _ratings(unit_code, rater_code, values, by_unit, categories)


def ratings_from_matrix(
    matrix: ArrayLike, *, weight: ArrayLike | None = None, categories: Categories | None = None
) -> Ratings:
    """From units × raters; None or NaN where a person did not judge. ``weight``: one per unit (row)."""
    table = np.asarray(matrix)
    if table.ndim != 2:
        raise Invalid("ratings-not-a-table", f"units × raters has two dimensions, not {table.ndim}")
    units, raters = table.shape
    rows = None if weight is None else np.repeat(_column(weight, units), raters)
    return ratings_from_table(
        np.repeat(np.arange(units), raters),
        np.tile(np.arange(raters), units),
        table.reshape(-1),
        weight=rows,
        categories=categories,
    )


def ratings_from_counts(
    counts: ArrayLike, *, weight: ArrayLike | None = None, categories: Categories | None = None
) -> Ratings:
    """From units × categories, how many people chose each; who they were is then unknown.

    Raises ``Invalid`` unless the counts are whole and not negative.
    """
    table = np.asarray(counts)
    if table.ndim != 2 or table.dtype.kind not in "iuf" or (table < 0).any() or (table % 1 != 0).any():
        raise Invalid("ratings-not-counts", "units × categories must hold whole numbers, 0 or more")
    names: Categories = list(range(table.shape[1])) if categories is None else categories
    if len(names) != table.shape[1]:
        raise Invalid("ratings-unequal", f"{len(names)} categories are named for {table.shape[1]} columns")
    if not table.any():
        raise Invalid("ratings-empty", "there is no label", mend="give counts above 0")
    rated = table.any(axis=1)
    row, column = np.nonzero(table[rated])
    times = table[rated][row, column].astype(int)
    rows = np.ones(table.shape[0]) if weight is None else _column(weight, table.shape[0])
    values = np.repeat(np.asarray(names)[column], times)
    return _ratings(np.repeat(row, times), None, values, _sound_weights(rows[rated]), names)


def _ratings(
    unit: Ints, rater: Ints | None, values: NDArray[Any], weight: Floats, categories: Categories | None
) -> Ratings:
    plain = _plain(values)
    if categories is None:
        value, found = codes(plain)
    else:
        found = _plain(np.asarray(categories))
        value = _among(plain, found)
    numeric = found.dtype.kind in "iuf"
    return Ratings(
        unit=unit,
        rater=rater,
        value=value,
        weight=weight,
        names=tuple(str(name) for name in found.tolist()),
        scores=found.astype(float) if numeric else None,
        ordered=numeric or categories is not None,
    )


def _among(values: NDArray[Any], categories: NDArray[Any]) -> Ints:
    if (values.dtype.kind in "iuf") != (categories.dtype.kind in "iuf"):
        values, categories = values.astype(str), categories.astype(str)
    order = np.argsort(categories, kind="stable")
    place = np.minimum(np.searchsorted(categories, values, sorter=order), categories.size - 1)
    code = order[place]
    strange = categories[code] != values
    if strange.any():
        named = ", ".join(sorted({str(value) for value in values[strange].tolist()})[:5])
        raise Invalid("category-unknown", f"{named} is not among the categories", mend="name all categories")
    return code


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    """Numbers as numbers, everything else as text."""
    if values.dtype.kind in "iuf":
        return values
    if values.dtype.kind == "O" and all(
        isinstance(v, int | float | np.number) and not isinstance(v, bool) for v in values.tolist()
    ):
        return values.astype(float)
    return values.astype(str)


def _given(values: NDArray[Any]) -> NDArray[np.bool_]:
    if values.dtype.kind == "f":
        return np.asarray(~np.isnan(values))
    if values.dtype.kind == "O":
        return np.array([not _absent(v) for v in values.tolist()], dtype=bool)
    if values.dtype.kind in "US":
        return np.asarray(np.char.str_len(values) > 0)
    return np.ones(values.shape, dtype=bool)


def _absent(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float | np.floating) and bool(np.isnan(value)))


def _refuse_repeats(unit: Ints, rater: Ints) -> None:
    key = unit * (int(rater.max()) + 1) + rater
    spread = int(key.max()) + 1
    if spread <= 8 * key.size + 1024:
        repeated = int(np.bincount(key, minlength=spread).max()) > 1
    else:
        key.sort()
        repeated = bool((key[1:] == key[:-1]).any())
    if repeated:
        raise Invalid(
            "rating-repeated",
            "a person labelled the same unit more than once",
            mend="keep one label per person and unit",
        )


def _unit_weights(unit: Ints, units: int, weight: Floats | None) -> Floats:
    if weight is None:
        return np.ones(units)
    by_unit = np.zeros(units)
    by_unit[unit] = weight
    if not np.array_equal(by_unit[unit], weight):
        raise Invalid("weight-differs", "a unit has different weights in its rows", mend="give each unit one")
    return _sound_weights(by_unit)


def _sound_weights(weight: Floats) -> Floats:
    if not np.isfinite(weight).all() or (weight < 0).any() or weight.sum() <= 0:
        raise Invalid("weight-unfit", "weights must be finite, 0 or more, and not all 0")
    return weight


def _column(values: ArrayLike, length: int) -> Floats:
    column = np.asarray(values, dtype=float)
    if column.shape != (length,):
        raise Invalid("ratings-unequal", f"{length} units need {length} weights")
    return column

"""One way to speak of a frame's columns, whether an engine holds them (Ibis) or memory (numpy).

Formulas are written once over these and use only + - × ÷ √ and comparisons, which IEEE rounds in one way:
so every engine gets the same bits as the arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

Value = Any
"""An Ibis column, or a numpy array."""

Case = tuple[Value, str | float]
BETWEEN = " · "
"""What stands between the values of several columns."""


class Columns(Protocol):
    """What a formula may ask of a frame."""

    def number(self, name: str) -> Value:
        """A column as doubles."""
        ...

    def text(self, name: str, blank: str) -> Value:
        """A column as text, ``blank`` where it has no value."""
        ...

    def joined(self, texts: Sequence[Value]) -> Value:
        """Texts put together row by row, with a dot between."""
        ...

    def constant(self, value: str | float) -> Value:
        """The same value in every row."""
        ...

    def choose(self, cases: Sequence[Case], other: str | float) -> Value:
        """The value of the first case that holds."""
        ...

    def root(self, value: Value) -> Value:
        """The square root."""
        ...

    def greatest(self, values: Sequence[Value]) -> Value:
        """The greatest of several values, row by row."""
        ...

    def within(self, value: Value, least: float, most: float) -> Value:
        """The value, brought into these bounds."""
        ...

    def sums(self, values: Mapping[str, Value], by: Value) -> dict[str, dict[str, float]]:
        """The sum of each value, for each level of the text ``by``; one look at the frame."""
        ...


def six_digits(value: float) -> float:
    """Rounded, so that a constant does not depend on the order in which an engine adds doubles."""
    return float(f"{value:.6g}")


def double(value: float) -> ir.FloatingScalar:
    """A literal that no engine reads as a decimal."""
    return ibis.literal(value, "float64").cast("float64")


class IbisColumns:
    """Columns of an Ibis table, on any backend."""

    def __init__(self, table: ir.Table) -> None:
        self.table = table

    def number(self, name: str) -> ir.Column:
        return self.table[name].cast("float64")

    def text(self, name: str, blank: str) -> ir.Column:
        return self.table[name].cast("string").fill_null(blank)

    def joined(self, texts: Sequence[Value]) -> ir.Value:
        whole = texts[0]
        for text in texts[1:]:
            whole = whole.concat(BETWEEN, text)
        return whole

    def constant(self, value: str | float) -> ir.Value:
        return ibis.literal(value) if isinstance(value, str) else double(value)

    def choose(self, cases: Sequence[Case], other: str | float) -> ir.Value:
        if not cases:
            return self.constant(other)
        held = [(condition, self.constant(value)) for condition, value in cases]
        return ibis.cases(*held, else_=self.constant(other))

    def root(self, value: ir.FloatingColumn) -> ir.Value:
        return value.sqrt()

    def greatest(self, values: Sequence[Value]) -> ir.Value:
        return ibis.greatest(*values)

    def within(self, value: ir.FloatingColumn, least: float, most: float) -> ir.Value:
        return ibis.least(ibis.greatest(value, double(least)), double(most))

    def sums(self, values: Mapping[str, Value], by: Value) -> dict[str, dict[str, float]]:
        laid = self.table.select(level=by, **values)
        summed = {name: laid[name].cast("float64").sum().fill_null(0) for name in values}
        rows = laid.group_by("level").aggregate(**summed).to_pyarrow().to_pylist()
        return {row["level"]: {name: float(row[name]) for name in values} for row in rows}


class ArrayColumns:
    """Columns as numpy arrays of one length."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self.columns = columns
        self.rows = len(next(iter(columns.values())))

    def number(self, name: str) -> NDArray[np.float64]:
        return np.asarray(self.columns[name], dtype=float)

    def text(self, name: str, blank: str) -> NDArray[np.str_]:
        held = self.columns[name]
        if held.dtype.kind == "U":
            return held
        return np.array([blank if value is None else str(value) for value in held.tolist()])

    def joined(self, texts: Sequence[Value]) -> NDArray[np.str_]:
        whole = texts[0]
        for text in texts[1:]:
            whole = np.char.add(np.char.add(whole, BETWEEN), text)
        return np.asarray(whole)

    def constant(self, value: str | float) -> NDArray[Any]:
        return np.full(self.rows, value)

    def choose(self, cases: Sequence[Case], other: str | float) -> NDArray[Any]:
        if not cases:
            return self.constant(other)
        conditions, values = zip(*cases, strict=True)
        return np.asarray(np.select(conditions, values, other))

    def root(self, value: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.sqrt(value)

    def greatest(self, values: Sequence[Value]) -> NDArray[np.float64]:
        return np.asarray(np.maximum.reduce(list(values)))

    def within(self, value: NDArray[np.float64], least: float, most: float) -> NDArray[np.float64]:
        return np.clip(value, least, most)

    def sums(self, values: Mapping[str, Value], by: Value) -> dict[str, dict[str, float]]:
        levels, codes = np.unique(by, return_inverse=True)
        summed = {
            name: np.bincount(codes.reshape(-1), weights=value, minlength=levels.size)
            for name, value in values.items()
        }
        return {
            str(level): {name: float(sums[at]) for name, sums in summed.items()}
            for at, level in enumerate(levels)
        }

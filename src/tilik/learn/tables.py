"""A plain table as the learner sees it: text cells, empty ones as ``None``, and what kind a column is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from tilik.kernel import Invalid, Missing

Kind = Literal["number", "category", "text", "id", "constant"]
Cells = Sequence[str | None]
Floats = NDArray[np.float64]

MISSING = frozenset({"", "n/a", "na", "nan", "null", "none", "-"})
FEW_VALUES = 60
NUMBERS_AT_LEAST = 0.95
TIME = re.compile(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$")
FLAG = {"true": 1.0, "false": 0.0}


@dataclass(frozen=True, eq=False)
class Plain:
    """A table by columns; all have ``rows`` cells."""

    columns: Mapping[str, Cells]
    rows: int

    def column(self, name: str) -> Cells:
        """The cells, ``None`` also for words such as N/A. Raises ``Invalid`` naming the columns there are."""
        return [None if cell is None or cell.strip().lower() in MISSING else cell for cell in self.raw(name)]

    def raw(self, name: str) -> Cells:
        """The cells as they stand: a class may be called *none*. Raises as :meth:`column`."""
        if name not in self.columns:
            there = ", ".join(self.columns)
            raise Invalid("column-missing", f"there is no column {name}; there are {there}")
        return self.columns[name]

    def where(self, rows: Sequence[int]) -> Plain:
        """These rows alone."""
        return Plain({name: [held[at] for at in rows] for name, held in self.columns.items()}, len(rows))

    def numbers(self, name: str) -> Floats:
        """The column as numbers: dates as days, true and false as 1 and 0, what is missing as NaN."""
        return np.array([_number(cell) for cell in self.column(name)], dtype=float)

    def kind(self, name: str) -> Kind:
        """What the column holds, by looking at all of it."""
        return kind_of(self.column(name))


def read_plain(file: Path) -> Plain:
    """A CSV or Parquet file, or a folder of Parquet, all as text. Raises ``Missing`` and ``Invalid``."""
    if not file.exists() or (file.is_dir() and not any(file.glob("*.parquet"))):
        what = "there is no Parquet file in this folder" if file.is_dir() else "there is no such file"
        raise Missing("file-unreadable", what, where=str(file))
    try:
        if file.is_dir() or file.suffix.lower() in {".parquet", ".pq"}:
            table = pyarrow.parquet.read_table(file)
        else:
            table = pyarrow.csv.read_csv(
                file, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True)
            )
        columns = {name: _cells(table[name]) for name in table.column_names}
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise Invalid("table-unreadable", f"cannot be read: {reason}", where=str(file)) from None
    if not table.num_rows:
        raise Invalid("table-empty", "the table has no rows", where=str(file))
    return Plain(columns, table.num_rows)


def kind_of(cells: Cells) -> Kind:
    """``number`` (also dates and true/false), ``category`` (few values), ``id``, ``text`` or ``constant``."""
    held = [cell for cell in cells if cell is not None]
    different = set(held)
    if len(different) < 2 and len(held) in (0, len(cells)):
        return "constant"
    numbers = [_number(cell) for cell in held]
    if sum(not np.isnan(x) for x in numbers) >= NUMBERS_AT_LEAST * len(held):
        return "id" if _counts_rows(np.array(numbers), len(cells)) else "number"
    if len(different) == len(cells) and not any(re.search(r"\s", cell) for cell in held):
        return "id"
    if len(different) <= FEW_VALUES and len(held) >= 2 * len(different):
        return "category"
    return "text"


def _counts_rows(numbers: Floats, rows: int) -> bool:
    """Whether the numbers are nothing but the rows' own numbers."""
    return numbers.size == rows > 2 and bool(np.all(np.diff(np.sort(numbers)) == 1))


def _cells(column: pa.ChunkedArray) -> list[str | None]:
    return [_cell(value) for value in column.to_pylist()]


def _cell(value: object) -> str | None:
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return text if text.strip() else None


def _number(cell: str | None) -> float:
    if cell is None:
        return float("nan")
    text = cell.strip()
    if text.lower() in FLAG:
        return FLAG[text.lower()]
    try:
        if TIME.match(text):
            return datetime.fromisoformat(text).timestamp() / 86_400
        value = float(text)
    except ValueError:
        return float("nan")
    return value if np.isfinite(value) else float("nan")

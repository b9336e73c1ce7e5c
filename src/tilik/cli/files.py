"""Reading what a command was given, with one clear line when it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Invalid, Missing

VIDEO_ENDINGS = frozenset(
    {".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".ts", ".3gp", ".flv"}
)


def read_text(file: Path) -> str:
    """The text of a UTF-8 file. Raises ``Missing``."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Missing("file-unreadable", f"cannot be read: {reason}", where=str(file)) from None


def read_columns(file: Path, names: Sequence[str]) -> Any:
    """These columns of a CSV or Parquet file as an Arrow table; empty names are passed over.

    Raises ``Missing``, or ``Invalid`` naming the columns that are absent.
    """
    import duckdb  # noqa: PLC0415 (an engine; other commands that read files have no use for it)

    if not file.is_file():
        raise Missing("file-unreadable", "there is no such file", where=str(file))
    wanted = list(dict.fromkeys(name for name in names if name))
    try:
        with duckdb.connect() as connection:
            # Types are told from the whole file: a column of numbers may hold a word in its last row.
            parquet = file.suffix.lower() in {".parquet", ".pq"}
            rows = (
                connection.read_parquet(str(file))
                if parquet
                else connection.read_csv(str(file), header=True, sample_size=-1)
            )
            absent = [name for name in wanted if name not in rows.columns]
            if absent:
                raise Invalid(
                    "column-missing",
                    f"there is no column {', '.join(absent)}; there are {', '.join(rows.columns)}",
                    where=str(file),
                    mend="Name the columns with the options of this command.",
                )
            return rows.select(*(duckdb.ColumnExpression(name) for name in wanted)).to_arrow_table()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise Invalid("table-unreadable", f"cannot be read: {reason}", where=str(file)) from None


def read_numbers(file: Path, numbers: Sequence[str], texts: Sequence[str] = ()) -> dict[str, NDArray[Any]]:
    """Columns of a CSV or Parquet file: numbers as doubles, texts as text. Empty names are passed over.

    Raises as :func:`read_columns`, and ``Invalid`` naming a column that holds no numbers or has a gap.
    """
    table = read_columns(file, [*numbers, *texts])
    return {
        name: _numbers(table[name], name, file) if name in numbers else _texts(table[name])
        for name in table.column_names
    }


def _numbers(column: Any, name: str, file: Path) -> NDArray[np.float64]:
    import pyarrow as pa  # noqa: PLC0415

    try:
        values = np.asarray(column.cast(pa.float64()).to_numpy(), dtype=float)
    except pa.ArrowException:
        raise Invalid("column-not-numbers", f"column {name} holds no numbers", where=str(file)) from None
    gaps = np.flatnonzero(~np.isfinite(values))
    if gaps.size:
        raise Invalid(
            "column-has-gaps",
            f"column {name} has no value in {gaps.size:,} rows, first in row {gaps[0] + 1:,}",
            where=str(file),
            mend="Leave out what was not judged, with π made smaller in the same measure.",
        )
    return values


def _texts(column: Any) -> NDArray[np.str_]:
    return np.array(["-" if value is None else str(value) for value in column.to_pylist()], dtype=str)


def find_videos(given: Path) -> list[Path]:
    """The video files of a folder in order of name, or the one file. Raises ``Missing``."""
    if given.is_dir():
        return sorted(f for f in given.iterdir() if f.is_file() and f.suffix.lower() in VIDEO_ENDINGS)
    if not given.is_file():
        raise Missing("file-unreadable", "cannot be read: no such file", where=str(given))
    return [given]

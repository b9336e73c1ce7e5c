"""Where a frame comes from: a Parquet file, a partitioned Parquet folder, CSV, or a table of a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend
from pydantic import BaseModel, ConfigDict, Field

from tilik.frame.address import address_of
from tilik.frame.databases import database_table
from tilik.kernel import Invalid, Missing

RESERVED = "prn"
SCORE_PREFIX = "score_"


class ColumnMap(BaseModel):
    """Which source column is what.

    ``video``, ``impressions``  the source's names of the two columns every frame has;
    ``scores``  canonical score name → source column, e.g. ``{"score_harm": "p_harm"}``; source columns
    already called ``score_…`` need no entry; ``leave_out``  source columns not to be kept.
    All other columns are kept as domains.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    video: str = "video"
    impressions: str = "impressions"
    scores: dict[str, str] = Field(default_factory=dict)
    leave_out: tuple[str, ...] = ()

    def renamed(self) -> dict[str, str]:
        """Canonical name → source name, for the columns that the map names."""
        return {"video": self.video, "impressions": self.impressions, **self.scores}


@contextmanager
def opened(connection: Backend, source: Path | str, table: str, scratch: Path) -> Iterator[ir.Table]:
    """The source as an Ibis table, as long as the block runs; ``table`` is that of a database's address.

    Raises as :func:`open_source` and :func:`tilik.frame.databases.database_table` do.
    """
    address = address_of(source, table)
    if address is not None:
        with database_table(connection, address, scratch) as found:
            yield found
        return
    if table:
        raise Invalid("frame-table-of-file", "a file has no tables to choose from", where=f"--table {table}")
    yield open_source(connection, Path(source))


def open_source(connection: Backend, source: Path) -> ir.Table:
    """The source as an Ibis table with its own column names. CSV values stay text until they are checked.

    Raises ``Missing`` where there is no such path, ``Invalid`` where it is not a frame file.
    """
    if not source.exists():
        raise Missing("frame-not-found", "no such file or folder", where=str(source))
    try:
        return _read(connection, source)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise Invalid("frame-unreadable", f"cannot be read: {reason}", where=str(source)) from error


def _read(connection: Backend, source: Path) -> ir.Table:
    if source.is_dir():
        if not any(source.rglob("*.parquet")):
            raise Invalid("frame-folder-empty", "the folder holds no .parquet file", where=str(source))
        return connection.read_parquet(
            str(source / "**" / "*.parquet"), hive_partitioning=True, union_by_name=True
        )
    name = source.name.lower()
    if name.endswith((".csv", ".csv.gz", ".tsv", ".tsv.gz")):
        return connection.read_csv(str(source), all_varchar=True, header=True)
    if name.endswith((".parquet", ".pq")):
        return connection.read_parquet(str(source))
    raise Invalid(
        "frame-kind-unknown",
        "a frame is a .parquet file, a folder of them, or a .csv file",
        where=str(source),
    )


def canonical(table: ir.Table, columns: ColumnMap, where: str) -> ir.Table:
    """The table under canonical names, blank text as null, scores and domains after ``video, impressions``.

    Raises ``Invalid`` that lists the columns found and says how to map them.
    """
    names = columns.renamed()
    _check_names(table, columns, where)
    taken = set(names.values()) | set(columns.leave_out)
    others = {name: name for name in table.columns if name not in taken}
    chosen = {**names, **others}
    ordered = [*sorted(chosen, key=_place)]
    return table.select(**{name: _blank_as_null(table[chosen[name]]) for name in ordered})


def score_names(table: ir.Table) -> list[str]:
    """The canonical score columns, in order."""
    return [name for name in table.columns if name.startswith(SCORE_PREFIX)]


def domain_names(table: ir.Table) -> list[str]:
    """The columns kept as domains, in order."""
    apart = {"video", "impressions", RESERVED, *score_names(table)}
    return [name for name in table.columns if name not in apart]


def _place(name: str) -> tuple[int, str]:
    order = {"video": 0, "impressions": 1}
    return order.get(name, 2 if name.startswith(SCORE_PREFIX) else 3), name


def _blank_as_null(column: ir.Column) -> ir.Column:
    if column.type().is_string():
        # All that is stripped sorts before "!", and few texts do; stripping every one doubles an import.
        blank = (column < "!") & (column.strip() == "")
        return ibis.ifelse(blank, ibis.null("string"), column)
    return column


def _check_names(table: ir.Table, columns: ColumnMap, where: str) -> None:
    absent = [source for source in [*columns.renamed().values(), *columns.leave_out] if source not in table]
    if absent:
        raise Invalid(
            "frame-columns-missing",
            f"no column {', '.join(absent)}; found {', '.join(table.columns)}.",
            where=where,
            mend="Say which column is which, e.g. ColumnMap(video='id', impressions='views').",
        )
    wrong = [name for name in columns.scores if not name.startswith(SCORE_PREFIX)]
    if wrong or RESERVED in table.columns:
        what = wrong[0] if wrong else RESERVED
        reason = "scores must be called score_…" if wrong else f"the name {RESERVED} is Tilik's own"
        raise Invalid("frame-column-name", f"column {what}: {reason}.", where=where, mend="Rename it.")
    nested = [
        name for name, kind in table.schema().items() if kind.is_nested() and name not in columns.leave_out
    ]
    if nested:
        raise Invalid(
            "frame-column-nested",
            f"column {nested[0]} holds lists or records; a frame has plain values.",
            where=where,
            mend="Flatten it, or name it in leave_out.",
        )


def connect(spill: Path) -> Backend:
    """An in-memory DuckDB that may spill large sorts into ``spill``."""
    return ibis.duckdb.connect(temp_directory=str(spill))

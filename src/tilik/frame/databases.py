"""A frame out of a database: a DuckDB file is read where it lies, any other is copied in batches by Ibis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from tilik.frame.address import FILES, Address
from tilik.kernel import Invalid, Missing, TilikError, Unavailable, new_id

BATCH = 200_000
TABLES_SHOWN = 12
TABLES = "select table_name from information_schema.tables where table_catalog = ? and table_schema = ?"
MEND = "Name it with --table."


@contextmanager
def database_table(connection: Backend, address: Address, scratch: Path) -> Iterator[ir.Table]:
    """The table as one of ``connection``. A copy lies in ``scratch`` as long as the block runs.

    Raises ``Missing`` where there is no such file or table, ``Invalid`` where none is named or the kind of
    database is unknown, ``Unavailable`` where it cannot be reached. No error holds a password.
    """
    if address.scheme in FILES and not address.file.is_file():
        raise Missing("frame-not-found", "no such database file", where=address.shown)
    if address.scheme == "duckdb":
        yield _attached(connection, address)
        return
    copy = scratch / f".staging-{new_id()}.parquet"
    try:
        _copy(address, copy)
        yield connection.read_parquet(str(copy))
    finally:
        copy.unlink(missing_ok=True)


def _attached(connection: Backend, address: Address) -> ir.Table:
    with _said_plainly(address):
        connection.attach(str(address.file), name="source", read_only=True)
        schema, _, table = address.table.rpartition(".")
        place = ("source", schema or "main")
        # Ibis 12 lists tables by a call that DuckDB 2.0 no longer has.
        rows = connection.con.execute(TABLES, list(place)).fetchall()
        _check_table(table, [name for (name,) in rows], address)
        return connection.table(table, database=place)


def _copy(address: Address, into: Path) -> None:
    with _said_plainly(address):
        backend: Any = ibis.connect(address.url)
        try:
            schema, _, table = address.table.rpartition(".")
            place = {"database": schema} if schema else {}
            _check_table(table, backend.list_tables(**place), address)
            rows = backend.to_pyarrow_batches(backend.table(table, **place), chunk_size=BATCH)
            with pq.ParquetWriter(into, rows.schema, compression="zstd") as writer:
                for batch in rows:
                    writer.write_batch(batch)
        finally:
            backend.disconnect()


def _check_table(table: str, there: list[str], address: Address) -> None:
    more = ", …" if len(there) > TABLES_SHOWN else ""
    known = f"There are: {', '.join(sorted(there)[:TABLES_SHOWN])}{more}." if there else "There are none."
    if not table:
        raise Invalid("frame-table-unnamed", "which table?", where=address.shown, mend=f"{MEND} {known}")
    if table not in there:
        raise Missing("frame-table-missing", f"no table {table!r}", where=address.shown, mend=known)


@contextmanager
def _said_plainly(address: Address) -> Iterator[None]:
    """Turns whatever a driver raises into one line without its secrets."""
    try:
        yield
    except TilikError:
        raise
    except ImportError:
        raise Invalid(
            "frame-source-unknown",
            f"reading from {address.scheme} needs more than is installed",
            where=address.shown,
            mend=f"pip install 'ibis-framework[{address.scheme}]'",
        ) from None
    except Exception as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        if reason.startswith("Don't know how to connect"):
            raise Invalid(
                "frame-source-unknown",
                f"{address.scheme} is no kind of database that can be read",
                where=address.shown,
                mend="Give a file, a folder of Parquet, or an address such as postgres://host/db?table=videos.",
            ) from None
        for secret in address.secrets:
            reason = reason.replace(secret, "…")
        what = f"cannot be read: {reason}"
        raise Unavailable("frame-source-unreachable", what, where=address.shown) from None

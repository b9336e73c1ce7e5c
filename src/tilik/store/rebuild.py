"""Folding the log into fresh tables, and comparing two databases row for row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

import tilik.store.tables  # noqa: F401  (declares the tables on the metadata)
from tilik.kernel import Conflict
from tilik.log import fold_into, log_entry, log_head, metadata
from tilik.store.schema import upgrade
from tilik.store.store import Store

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TableMatch:
    """How a rebuilt table compares with the live one; ``differing`` counts rows in one but not the other."""

    table: str
    live: int
    rebuilt: int
    differing: int

    @property
    def equal(self) -> bool:
        """Both hold the same rows."""
        return self.differing == 0


def tables_of(kind: str) -> list[Table]:
    """The tables marked ``folded``, ``erasable`` or ``operational``, in order of name."""
    return [
        metadata.tables[name]
        for name in sorted(metadata.tables)
        if metadata.tables[name].info.get("kind") == kind
    ]


def rebuild(live: Store, fresh: Engine, *, progress: Progress | None = None) -> list[TableMatch]:
    """Fold the live log into ``fresh`` (an empty database) and compare every folded table.

    Erasable rows are copied, since the log holds only their digests. Raises ``Conflict`` if ``fresh``
    already holds a log.
    """
    upgrade(fresh)
    with (
        live.read() as source,
        fresh.connect().execution_options(tilik_writes=True) as target,
        target.begin(),
    ):
        if target.execute(select(func.count()).select_from(log_entry)).scalar_one():
            raise Conflict("rebuild-not-empty", "the database to rebuild into already holds a log")
        _copy(source, target, tables_of("erasable"))
        _fold(source, target, live, progress)
        return [_compare(source, target, table) for table in [log_entry, log_head, *tables_of("folded")]]


def _fold(source: Connection, target: Connection, live: Store, progress: Progress | None) -> None:
    total = source.execute(select(func.count()).select_from(log_entry)).scalar_one()
    for done, _ in enumerate(fold_into(source, target, live.blobs), start=1):
        if progress is not None:
            progress(done, total)


def _copy(source: Connection, target: Connection, tables: list[Table]) -> None:
    for table in tables:
        target.execute(delete(table))
        for rows in source.execute(select(table)).partitions(1000):
            target.execute(insert(table), [dict(row._mapping) for row in rows])


def _compare(source: Connection, target: Connection, table: Table) -> TableMatch:
    live, rebuilt, differing = 0, 0, 0
    for ours, theirs in _pairs(source, target, table):
        live += ours is not None
        rebuilt += theirs is not None
        differing += ours != theirs
    return TableMatch(table.name, live, rebuilt, differing)


def _pairs(
    source: Connection, target: Connection, table: Table
) -> Iterator[tuple[tuple[object, ...] | None, tuple[object, ...] | None]]:
    """Rows of both, matched by primary key; a row without a partner stands beside ``None``."""
    keys = [column.name for column in table.primary_key.columns]
    ours = {tuple(row._mapping[k] for k in keys): tuple(row) for row in source.execute(select(table))}
    theirs = {tuple(row._mapping[k] for k in keys): tuple(row) for row in target.execute(select(table))}
    for key in ours.keys() | theirs.keys():
        yield ours.get(key), theirs.get(key)

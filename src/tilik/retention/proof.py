"""The proof that what was erased is gone: the chain holds, and the log brings nothing back."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from tilik.kernel import to_text
from tilik.log import last, read, verify
from tilik.media.registration import ERASED
from tilik.media.texts import texts_left
from tilik.retention.due import plan
from tilik.retention.media import files_needed
from tilik.store import Store, database_url, open_engine, rebuild
from tilik.store.retention_tables import blob_removal, erasure
from tilik.store.tables import video


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found at ``at``.

    ``entries`` and ``head`` are the chain's; ``breaks`` what does not hold in it; ``differing`` the tables
    that a rebuild makes otherwise; ``back`` by class, how much more the rebuilt tables have than the live
    ones, so came back; ``files_left``: files of erased videos still among the blobs, and erased videos
    with machine-read text; ``waiting``:
    files that an interrupted run has yet to take away; ``erased`` counts items by class.
    """

    at: str
    entries: int
    head: str
    breaks: tuple[str, ...]
    differing: tuple[str, ...]
    back: dict[str, int]
    files_left: int
    waiting: int
    erased: dict[str, int]

    @property
    def holds(self) -> bool:
        """Whether all of it is as it should be."""
        return not (self.breaks or self.differing or self.back or self.files_left or self.waiting)


def prove(store: Store) -> Proof:
    """Walk the chain, rebuild the tables from the log beside the live ones, and look for what was erased.

    Every room's events must be declared (`tilik log rebuild` says how). Takes as long as a rebuild.
    """
    with store.read() as connection:
        entries, head = last(connection)
        breaks = tuple(f"{one.seq}: {one.what}" for one in verify(read(connection), (entries, head)))
        live = _kept(store, connection)
        counts = _erased(connection)
        waiting = connection.execute(select(func.count()).select_from(blob_removal)).scalar_one()
        left = _files_left(store, connection)
    differing, again = _rebuilt(store)
    back = {name: more for name in again if (more := again[name] - live.get(name, 0)) > 0}
    at = to_text(store.clock())
    return Proof(at, entries, head, breaks, differing, back, left, waiting, counts)


def _rebuilt(store: Store) -> tuple[tuple[str, ...], dict[str, int]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(database_url(f"sqlite:///{Path(folder) / 'fresh.db'}"))
        try:
            matches = rebuild(store, engine)
            with engine.connect() as connection:
                again = _kept(store, connection)
        finally:
            engine.dispose()
    return tuple(one.table for one in matches if not one.equal), again


def _kept(store: Store, connection: Connection) -> dict[str, int]:
    planned = plan(connection, store.blobs, store.clock)
    return {one.rule.kind.name: one.kept for one in planned.classes}


def _erased(connection: Connection) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for kind, count in connection.execute(select(erasure.c.kind, erasure.c.count)):
        counts[kind] += count
    return dict(sorted(counts.items()))


def _files_left(store: Store, connection: Connection) -> int:
    needed = files_needed(connection)
    query = select(video.c.content).where(video.c.condition == ERASED).distinct()
    gone = [name for name in connection.execute(query).scalars() if name not in needed]
    return sum(store.blobs.has(name) for name in gone) + len(texts_left(connection))

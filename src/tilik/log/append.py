"""Appending to the chain and reading it, on a connection that ``store`` opened."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, insert, select, update

from tilik.kernel import Clock, canonical, new_id, to_text
from tilik.log.chain import Envelope, seal
from tilik.log.event import Event
from tilik.log.tables import log_entry, log_head

# Built once: making a statement takes longer than running it.
_HEAD = select(log_head.c.seq, log_head.c.hash)
_LOCKED_HEAD, _MOVE_HEAD, _ADD_ENTRY = _HEAD.with_for_update(), update(log_head), insert(log_entry)


def last(connection: Connection) -> tuple[int, str]:
    """``(seq, hash)`` of the last entry; ``(0, GENESIS)`` for an empty log."""
    row = connection.execute(_HEAD).one()
    return (row.seq, row.hash)


def lock_chain(connection: Connection) -> tuple[int, str]:
    """Like :func:`last`, and no other writer gets past this line until the transaction ends.

    A chain is one total order, so writers queue here first. On SQLite ``BEGIN IMMEDIATE`` has already
    done it; on PostgreSQL the row lock does. One lock, taken first, cannot deadlock.
    """
    row = connection.execute(_LOCKED_HEAD).one()
    return (row.seq, row.hash)


def append(connection: Connection, event: Event, *, actor: str, clock: Clock) -> Envelope:
    """Write one event at the end of the chain, inside the caller's transaction."""
    seq, previous = last(connection)
    fields = {
        "seq": seq + 1,
        "id": new_id(),
        "at": to_text(clock()),
        "actor": actor,
        "type": event.type,
        "subject": event.subject()[:128],
        "body": canonical(event.model_dump(mode="json")).decode(),
        "prev": previous,
    }
    envelope = Envelope(**fields, hash=seal(**fields))  # type: ignore[arg-type]
    connection.execute(_ADD_ENTRY, {**fields, "hash": envelope.hash})
    connection.execute(_MOVE_HEAD, {"seq": envelope.seq, "hash": envelope.hash})
    return envelope


def read(connection: Connection, *, after: int = 0, up_to: int | None = None) -> Iterator[Envelope]:
    """Entries in order of ``seq``, streamed; ``up_to`` is the last one wanted."""
    query = select(log_entry).where(log_entry.c.seq > after).order_by(log_entry.c.seq)
    if up_to is not None:
        query = query.where(log_entry.c.seq <= up_to)
    for row in connection.execution_options(yield_per=1000).execute(query):
        yield Envelope(**row._mapping)

"""Texts that no other class knows, so that none is kept for ever because somebody forgot it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, select

from tilik.kernel import to_text
from tilik.retention.holds import Holds
from tilik.retention.items import NEVER, Item
from tilik.store.casebook_tables import case_note
from tilik.store.retention_tables import retention_rule
from tilik.store.tables import note


def other_texts(connection: Connection, holds: Holds, known: Collection[Item]) -> Iterator[Item]:
    """Texts that are not ``known`` to another class, by when their owner's id was made.

    What they are about is not known here: while anything is under a legal hold, all of them stay.
    """
    elsewhere = {(one.table, one.key) for one in known}
    in_force = set(connection.execute(select(retention_rule.c.change)).scalars())
    held = frozenset(one.id for one in holds.raised if one.hold)
    for table in (note, case_note):
        for row in connection.execute(select(*table.primary_key.columns)):
            if (table, tuple(row)) not in elsewhere:
                yield Item(table, tuple(row), made_at(row.owner), held, used=row.owner in in_force)


def made_at(identity: str) -> str:
    """When an id was made, as its first 48 bits say (RFC 9562, UUIDv7); never, of an id of another kind."""
    try:
        found = UUID(identity)
    except ValueError:
        return NEVER
    if found.version != 7:
        return NEVER
    return to_text(datetime.fromtimestamp((found.int >> 80) / 1000, UTC))

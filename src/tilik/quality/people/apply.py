"""How the events of this room change the tables."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert

from tilik.log import Blobs, Envelope, applies
from tilik.quality.people.events import TargetsSet
from tilik.store.tables import quality_setting

NAMES = ("sensitivity", "specificity", "daily")


def setting(name: str, study: str) -> str:
    """Under which name a target is kept: everybody's, or that of one study."""
    return f"target-{name}@{study}" if study else f"target-{name}"


@applies(TargetsSet)
def _set(connection: Connection, event: TargetsSet, _envelope: Envelope, _blobs: Blobs) -> None:
    table = quality_setting
    asked = {setting(name, event.study): getattr(event, name) for name in NAMES}
    connection.execute(delete(table).where(table.c.name.in_(asked)))
    rows = [{"name": name, "value": float(value)} for name, value in asked.items() if value is not None]
    if rows:
        connection.execute(insert(table), rows)

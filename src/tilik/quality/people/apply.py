"""How the events of this room change the tables."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert

from tilik.log import Blobs, Envelope, applies
from tilik.quality.people.events import TargetsSet
from tilik.store.tables import quality_setting

PREFIX = "target-"
NAMES = ("sensitivity", "specificity", "daily")


@applies(TargetsSet)
def _set(connection: Connection, event: TargetsSet, _envelope: Envelope, _blobs: Blobs) -> None:
    table = quality_setting
    connection.execute(delete(table).where(table.c.name.in_([PREFIX + name for name in NAMES])))
    asked = {name: getattr(event, name) for name in NAMES}
    rows = [
        {"name": PREFIX + name, "value": float(value)} for name, value in asked.items() if value is not None
    ]
    if rows:
        connection.execute(insert(table), rows)

"""How the library's events change the tables: the same functions serve the live write and the rebuild."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from tilik.library.events import SiblingsDecided, SiblingsWithdrawn
from tilik.log import Blobs, Envelope, applies
from tilik.store.tables import sibling_decision, task

ASSISTED = "assisted"
"""The state of a task that nobody judged and that ends like a copy's: not open, not settled."""


@applies(SiblingsDecided)
def _decided(connection: Connection, event: SiblingsDecided, envelope: Envelope, _blobs: Blobs) -> None:
    rows = [
        {
            "task": one.task,
            "video": one.video,
            "judged": event.judged,
            "guideline": event.guideline,
            "share": one.share,
            "batch": event.batch,
            "person": envelope.actor,
            "decided_at": envelope.at,
        }
        for one in event.siblings
    ]
    connection.execute(insert(sibling_decision), rows)
    tasks = [one.task for one in event.siblings]
    connection.execute(update(task).where(task.c.id.in_(tasks)).values(state=ASSISTED))


@applies(SiblingsWithdrawn)
def _withdrawn(connection: Connection, event: SiblingsWithdrawn, _envelope: Envelope, _blobs: Blobs) -> None:
    table = sibling_decision.c
    tasks = select(table.task).where(table.batch == event.batch).scalar_subquery()
    # A task that was stopped meanwhile stays stopped.
    connection.execute(
        update(task).where(task.c.id.in_(tasks), task.c.state == ASSISTED).values(state="open")
    )
    connection.execute(delete(sibling_decision).where(table.batch == event.batch))

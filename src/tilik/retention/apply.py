"""How retention's events change the tables: the same functions serve the live write and the rebuild."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, update

from tilik.log import Blobs, Envelope, applies
from tilik.retention.events import DataErased, RetentionBegun, RetentionEnded, RetentionRuleSet
from tilik.store.retention_tables import erasure, retention_rule, retention_run


@applies(RetentionRuleSet)
def _set(connection: Connection, event: RetentionRuleSet, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(delete(retention_rule).where(retention_rule.c.kind == event.kind))
    connection.execute(
        insert(retention_rule).values(
            kind=event.kind,
            days=event.days,
            change=event.change,
            person=envelope.actor,
            changed_at=envelope.at,
        )
    )


@applies(RetentionBegun)
def _begun(connection: Connection, event: RetentionBegun, envelope: Envelope, _blobs: Blobs) -> None:
    row = {"id": event.run, "person": envelope.actor, "begun_at": envelope.at, "ended_at": None}
    connection.execute(insert(retention_run).values(**row))


@applies(DataErased)
def _erased(connection: Connection, event: DataErased, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(erasure).values(
            id=event.batch,
            cause=event.cause,
            kind=event.kind,
            count=event.count,
            digest=event.digest,
            erased_at=envelope.at,
        )
    )


@applies(RetentionEnded)
def _ended(connection: Connection, event: RetentionEnded, envelope: Envelope, _blobs: Blobs) -> None:
    changed = update(retention_run).where(retention_run.c.id == event.run)
    connection.execute(changed.values(ended_at=envelope.at))

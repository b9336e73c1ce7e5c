"""How child safety's events change the tables: the same functions serve the live write and the rebuild."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from tilik.log import Blobs, Envelope, applies
from tilik.safety.events import (
    EscalationAcknowledged,
    EscalationClosed,
    EscalationOpened,
    EscalationReferred,
    EscalationViewed,
    FilesSealed,
    LegalHoldSet,
    SealingKeySet,
)
from tilik.store.safety_tables import escalation_step, sealing_key

Step = (
    EscalationViewed
    | EscalationAcknowledged
    | EscalationReferred
    | EscalationClosed
    | EscalationOpened
    | LegalHoldSet
)


@applies(EscalationViewed)
def _viewed(connection: Connection, event: EscalationViewed, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, event, envelope, "viewed")


@applies(EscalationAcknowledged)
def _acknowledged(
    connection: Connection, event: EscalationAcknowledged, envelope: Envelope, _blobs: Blobs
) -> None:
    _keep(connection, event, envelope, "acknowledged")


@applies(EscalationReferred)
def _referred(connection: Connection, event: EscalationReferred, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, event, envelope, "referred", event.to, event.note)


@applies(EscalationClosed)
def _closed(connection: Connection, event: EscalationClosed, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, event, envelope, "closed", event.finding, event.note)


@applies(LegalHoldSet)
def _held(connection: Connection, event: LegalHoldSet, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, event, envelope, "hold", "on" if event.hold else "off", event.note)


@applies(EscalationOpened)
def _opened(connection: Connection, event: EscalationOpened, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, event, envelope, "opened")


@applies(SealingKeySet)
def _key_set(connection: Connection, event: SealingKeySet, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(sealing_key).values(id=event.key, recipient=event.recipient, set_at=envelope.at)
    )


@applies(FilesSealed)
def _sealed(_connection: Connection, _event: FilesSealed, _envelope: Envelope, _blobs: Blobs) -> None:
    """What is sealed shows in the store of files; the tables do not change."""


def _keep(
    connection: Connection,
    event: Step,
    envelope: Envelope,
    step: str,
    said: str | None = None,
    note: str | None = None,
) -> None:
    connection.execute(
        insert(escalation_step).values(
            id=event.step,
            escalation=event.escalation,
            step=step,
            said=said,
            note=note,
            person=envelope.actor,
            at=envelope.at,
        )
    )

"""How adjudication's events change the tables: the same functions serve the live write and the rebuild."""

from __future__ import annotations

from sqlalchemy import Connection, insert, update

from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.quality.adjudication.events import (
    AdjudicationLeased,
    AdjudicationReleased,
    AdjudicationRenewed,
    AdjudicationRuled,
    DisputeRaised,
    DisputeRuled,
    JudgementsCompared,
    PrecedentMarked,
)
from tilik.store.adjudication_tables import adjudication_lease, comparison, dispute, ruling


@applies(JudgementsCompared)
def _compared(connection: Connection, event: JudgementsCompared, envelope: Envelope, _blobs: Blobs) -> None:
    for contested, tasks in ((False, event.agreed), (True, event.contested)):
        rows = [{"task": task, "contested": contested, "compared_at": envelope.at} for task in tasks]
        if rows:
            connection.execute(insert(comparison), rows)


@applies(AdjudicationLeased)
def _leased(connection: Connection, event: AdjudicationLeased, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(adjudication_lease).values(
            id=event.lease,
            task=event.task,
            person=event.person,
            a=event.a,
            b=event.b,
            dispute=event.dispute,
            granted_at=envelope.at,
            until=event.until,
            ended=None,
        )
    )


@applies(AdjudicationRenewed)
def _renewed(connection: Connection, event: AdjudicationRenewed, _envelope: Envelope, _blobs: Blobs) -> None:
    table = adjudication_lease
    connection.execute(update(table).where(table.c.id == event.lease).values(until=event.until))


@applies(AdjudicationReleased)
def _released(
    connection: Connection, event: AdjudicationReleased, _envelope: Envelope, _blobs: Blobs
) -> None:
    _end(connection, event.lease, "released")


@applies(AdjudicationRuled)
def _ruled(connection: Connection, event: AdjudicationRuled, envelope: Envelope, _blobs: Blobs) -> None:
    body = event.model_dump(mode="json", exclude={"lease", "ruling"})
    for name in ("answers", "marks", "notes"):
        body[name] = canonical(body[name]).decode()
    connection.execute(update(ruling).where(ruling.c.task == event.task).values(stands=False))
    connection.execute(
        insert(ruling).values(
            id=event.ruling, **body, ruled_at=envelope.at, stands=True, precedent=False, question=None
        )
    )
    _end(connection, event.lease, "ruled")


@applies(DisputeRaised)
def _raised(connection: Connection, event: DisputeRaised, envelope: Envelope, _blobs: Blobs) -> None:
    body = event.model_dump(mode="json", exclude={"dispute"})
    connection.execute(insert(dispute).values(id=event.dispute, **body, state="open", raised_at=envelope.at))


@applies(DisputeRuled)
def _dispute_ruled(connection: Connection, event: DisputeRuled, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        update(dispute)
        .where(dispute.c.id == event.dispute)
        .values(
            state="upheld" if event.upheld else "overturned",
            ruled_key=event.key,
            ruled_request=event.request,
            ruled_by=event.person,
            answer=event.answer,
            ruled_at=envelope.at,
        )
    )
    _end(connection, event.lease, "ruled")


@applies(PrecedentMarked)
def _marked(connection: Connection, event: PrecedentMarked, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        update(ruling)
        .where(ruling.c.id == event.ruling)
        .values(precedent=event.precedent, question=event.question)
    )


def _end(connection: Connection, lease: str, how: str) -> None:
    table = adjudication_lease
    connection.execute(update(table).where(table.c.id == lease).values(ended=how))

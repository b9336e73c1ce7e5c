"""How the casebook's events change the tables."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from tilik.casebook.events import (
    CaseFiled,
    CaseHandedOver,
    CaseLeftGroup,
    CaseMoved,
    CaseRemarked,
    CaseRuled,
    CaseSeenAgain,
    CasesGrouped,
    PrecedentWithdrawn,
    RulingAdopted,
    Seen,
)
from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.store.casebook_tables import case_member, case_remark, case_ruling, casebook


@applies(CaseFiled)
def _filed(connection: Connection, event: CaseFiled, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(casebook).values(
            id=event.case,
            number=event.number,
            key=event.key,
            request=event.request,
            kind=event.kind,
            type=event.case_type,
            guideline=event.guideline,
            question=event.question,
            state=event.state,
            head=event.case,
            cell=None if event.cell is None else canonical(event.cell).decode(),
            filed_by=event.person,
            filed_at=envelope.at,
            changed_at=envelope.at,
            owner=None,
            due=None,
            ruling=None,
        )
    )
    if event.seen is not None:
        _add(connection, event.case, event.seen, event.person, envelope)


@applies(CaseSeenAgain)
def _again(connection: Connection, event: CaseSeenAgain, envelope: Envelope, _blobs: Blobs) -> None:
    _add(connection, event.case, event.seen, event.person, envelope)
    _change(connection, [event.case], envelope)


@applies(CaseMoved)
def _moved(connection: Connection, event: CaseMoved, envelope: Envelope, _blobs: Blobs) -> None:
    _change(connection, [event.case], envelope, state=event.state, question=event.question)


@applies(CaseHandedOver)
def _handed(connection: Connection, event: CaseHandedOver, envelope: Envelope, _blobs: Blobs) -> None:
    _change(connection, [event.case], envelope, owner=event.owner, due=event.due)


@applies(CaseRemarked)
def _remarked(connection: Connection, event: CaseRemarked, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(case_remark).values(
            id=event.remark,
            case_id=event.case,
            person=event.person,
            mentions=json.dumps(event.mentions),
            said_at=envelope.at,
        )
    )
    _change(connection, [event.case], envelope)


@applies(CasesGrouped)
def _grouped(connection: Connection, event: CasesGrouped, envelope: Envelope, _blobs: Blobs) -> None:
    _change(connection, event.cases, envelope, head=event.head)


@applies(CaseLeftGroup)
def _left(connection: Connection, event: CaseLeftGroup, envelope: Envelope, _blobs: Blobs) -> None:
    rest = list(
        connection.execute(
            select(casebook.c.id)
            .where(casebook.c.head == event.case, casebook.c.id != event.case)
            .order_by(casebook.c.number)
        ).scalars()
    )
    if rest:  # the one that left stood for the others: the next one does now
        _change(connection, rest, envelope, head=rest[0])
    _change(connection, [event.case], envelope, head=event.case)


@applies(CaseRuled)
def _ruled(connection: Connection, event: CaseRuled, envelope: Envelope, _blobs: Blobs) -> None:
    before = select(casebook.c.ruling).where(casebook.c.id.in_(event.cases), casebook.c.ruling.is_not(None))
    earlier = set(connection.execute(before).scalars())
    connection.execute(update(case_ruling).where(case_ruling.c.id.in_(earlier)).values(current=False))
    connection.execute(
        insert(case_ruling).values(
            id=event.ruling,
            cases=json.dumps(event.cases),
            guideline=event.guideline,
            question=event.question,
            stands=event.stands,
            precedent=event.precedent,
            current=True,
            draft=None,
            ruled_by=event.person,
            ruled_at=envelope.at,
        )
    )
    _change(connection, event.cases, envelope, state=event.state, ruling=event.ruling)


@applies(PrecedentWithdrawn)
def _withdrawn(connection: Connection, event: PrecedentWithdrawn, _envelope: Envelope, _blobs: Blobs) -> None:
    where = case_ruling.c.id == event.ruling
    connection.execute(update(case_ruling).where(where).values(precedent=False))


@applies(RulingAdopted)
def _adopted(connection: Connection, event: RulingAdopted, envelope: Envelope, _blobs: Blobs) -> None:
    where = case_ruling.c.id == event.ruling
    connection.execute(update(case_ruling).where(where).values(draft=event.draft))
    settled = connection.execute(select(casebook.c.id).where(casebook.c.ruling == event.ruling)).scalars()
    _change(connection, list(settled), envelope, state=event.state)


def _add(connection: Connection, case: str, seen: Seen, person: str, envelope: Envelope) -> None:
    place = select(func.count()).where(case_member.c.case_id == case)
    connection.execute(
        insert(case_member).values(
            case_id=case,
            position=connection.execute(place).scalar_one(),
            video=seen.video,
            task=seen.task,
            start=None if seen.span is None else seen.span.start,
            end=None if seen.span is None else seen.span.end,
            person=person,
            added_at=envelope.at,
        )
    )


def _change(
    connection: Connection, cases: list[str] | tuple[str, ...], envelope: Envelope, **values: Any
) -> None:
    where = casebook.c.id.in_(cases)
    connection.execute(update(casebook).where(where).values(changed_at=envelope.at, **values))

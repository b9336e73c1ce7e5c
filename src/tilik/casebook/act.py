"""Looking after cases: adding what was seen, moving, handing over, remarking, grouping."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from tilik.access import list_people
from tilik.casebook.codes import ADOPTED, RULED, known_question, known_state
from tilik.casebook.events import (
    CaseHandedOver,
    CaseLeftGroup,
    CaseMoved,
    CaseRemarked,
    CaseSeenAgain,
    CasesGrouped,
    Seen,
)
from tilik.casebook.notes import digest_of, keep, tidy
from tilik.kernel import Conflict, Invalid, Missing, Span, new_id
from tilik.store import Writing
from tilik.store.casebook_tables import case_member, casebook
from tilik.store.tables import judgement, task, video
from tilik.study import guideline_of

MENTION = re.compile(r"@([A-Za-z]\d{2,})\b")


def find_row(connection: Connection, case: str) -> Row[Any]:
    """The case with this id or number (``12``, ``K-12``). Raises ``Missing``."""
    number = case.upper().removeprefix("K-")
    by_number = number.isascii() and number.isdigit() and len(number) < 10
    where = casebook.c.number == int(number) if by_number else casebook.c.id == case
    row = connection.execute(select(casebook).where(where)).first()
    if row is None:
        raise Missing("case-missing", "there is no such case", where=case, mend="See `tilik casebook list`.")
    return row


def group_of(connection: Connection, row: Row[Any]) -> list[Row[Any]]:
    """The cases of a case's group, itself among them, in order of numbers."""
    query = select(casebook).where(casebook.c.head == row.head).order_by(casebook.c.number)
    return list(connection.execute(query))


def see_again(writing: Writing, person: str, case: str, name: str, span: Span | None = None) -> None:
    """Add a video, or a judgement's video with its task, by id. The same again changes nothing.

    Raises ``Missing``, or ``Conflict`` for a locked video.
    """
    row = find_row(writing.connection, case)
    seen = _seen(writing.connection, name, span)
    there = select(case_member.c.position).where(
        case_member.c.case_id == row.id,
        case_member.c.video == seen.video,
        case_member.c.task == seen.task if seen.task else case_member.c.task.is_(None),
    )
    if writing.connection.execute(there).first() is None:
        writing.record(CaseSeenAgain(case=row.id, seen=seen, person=person))


def move(writing: Writing, case: str, state: str, question: str | None) -> None:
    """Take a case to another state, or say which question it concerns.

    Raises ``Missing``; ``Invalid`` for a state or question that the guideline does not know; ``Conflict``
    where only a ruling leads to the state.
    """
    row = find_row(writing.connection, case)
    guideline = guideline_of(writing.connection, writing.blobs, row.guideline)
    known_state(guideline, state)
    if state != row.state and state in {RULED, ADOPTED}:
        raise Conflict("case-needs-ruling", f"a case becomes {state} by a ruling", where=case)
    if (state, question) != (row.state, row.question):
        question = known_question(guideline, question)
        writing.record(CaseMoved(case=row.id, state=state, question=question))


def hand_over(
    writing: Writing,
    case: str,
    *,
    owner: str | None,
    next_step: str,
    due: str | None,
    impersonal: bool = False,
) -> None:
    """Say who looks after a case, what they do next, and until which day (``2026-03-31``).

    Raises ``Missing``, or ``Invalid`` for a day that is none or somebody who does not work here.
    """
    row = find_row(writing.connection, case)
    here = {one.id for one in list_people(writing.connection) if one.active and not one.simulated}
    if owner is not None and owner not in here:
        raise Invalid("case-owner", "nobody who works here has this id", where="owner")
    if due is not None:
        _refuse_no_day(due)
    text = " ".join(next_step.split())
    digest = digest_of(text) if text else None
    writing.record(CaseHandedOver(case=row.id, owner=owner, next_step=digest, due=due))
    keep(writing, row.id, "next", text, impersonal=impersonal)


def remark(writing: Writing, person: str, case: str, text: str, *, impersonal: bool = False) -> str:
    """Say something about a case; ``@R07`` calls on that person. Returns the remark's id. Raises ``Missing``,
    or ``Invalid`` without text or where nobody has such a pseudonym.
    """
    row = find_row(writing.connection, case)
    plain = tidy(text, "text")
    by_name = {one.pseudonym: one.id for one in list_people(writing.connection)}
    called = [name.upper() for name in MENTION.findall(plain)]
    unknown = [name for name in called if name not in by_name]
    if unknown:
        raise Invalid("case-mention", f"nobody here is called {unknown[0]}", where=f"@{unknown[0]}")
    identity = new_id()
    mentions = tuple(dict.fromkeys(by_name[name] for name in called))
    event = CaseRemarked(
        case=row.id, remark=identity, person=person, said=digest_of(plain), mentions=mentions
    )
    writing.record(event)
    keep(writing, identity, "remark", plain, impersonal=impersonal)
    return identity


def group(writing: Writing, case: str, others: list[str]) -> None:
    """Confirm that these cases ask the same as this one, whose group stands for them all.

    Raises ``Missing``, or ``Invalid`` where edge cases and content gaps would come together.
    """
    head = find_row(writing.connection, case)
    rows = [
        one for name in others for one in group_of(writing.connection, find_row(writing.connection, name))
    ]
    if any(one.kind != head.kind for one in rows):
        raise Invalid("case-group", "edge cases and content gaps are not of one group", where=case)
    moving = tuple(dict.fromkeys(one.id for one in rows if one.head != head.head))
    if moving:
        writing.record(CasesGrouped(head=head.head, cases=moving))


def leave_group(writing: Writing, case: str) -> None:
    """Let a case stand alone again. One that does changes nothing. Raises ``Missing``."""
    row = find_row(writing.connection, case)
    if len(group_of(writing.connection, row)) > 1:
        writing.record(CaseLeftGroup(case=row.id))


def _seen(connection: Connection, name: str, span: Span | None) -> Seen:
    query = select(judgement.c.task, task.c.video).join(task, task.c.id == judgement.c.task)
    judged = connection.execute(query.where(judgement.c.id == name)).first()
    seen = Seen(video=judged.video if judged else name, task=judged.task if judged else None, span=span)
    row = connection.execute(select(video.c.locked).where(video.c.id == seen.video)).first()
    if row is None:
        raise Missing("video-missing", "no video or judgement has this id", where=name)
    if row.locked:
        raise Conflict("video-locked", "this video is locked", where=name)
    return seen


def _refuse_no_day(due: str) -> None:
    try:
        day = date.fromisoformat(due)
    except ValueError:
        day = None
    if day is None or day.isoformat() != due:
        raise Invalid("case-due", "a day is written 2026-03-31", where="due")

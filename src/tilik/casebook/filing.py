"""Filing a case: from the task on the bench, from the last answer of a judgement, from a gap in coverage."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, func, select

from tilik.casebook.codes import first_state, kind_of, known_question
from tilik.casebook.events import CaseFiled, Seen
from tilik.casebook.notes import FreeText, digest_of, keep, tidy
from tilik.guideline import Guideline
from tilik.kernel import Conflict, Invalid, Missing, Refused, Span, digest, new_id
from tilik.log import Event
from tilik.media.record import MediaRecord
from tilik.privacy import Impersonal
from tilik.store import Writing
from tilik.store.casebook_tables import case_member, casebook
from tilik.store.store import follows
from tilik.store.tables import judgement, lease, study, task, video
from tilik.study import active_guideline, guideline_of

Key = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
SLACK = 0.05
"""Seconds by which a span may pass the end: players round."""


class Filing(BaseModel):
    """What the bench sends. ``key`` is made by the client and names this filing for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    key: Key
    task: str
    type: str
    question: str | None = None
    span: Span | None = None
    said: FreeText = ""
    impersonal: Impersonal = False


@dataclass(frozen=True, slots=True)
class Filed:
    """The case, what people call it by, and whether this very filing had been accepted before."""

    case: str
    number: int
    repeated: bool


def file_case(writing: Writing, person: str, sent: Filing) -> Filed:
    """File a case about the task in one's hands. Sending the same again gives the same case.

    Raises ``Missing``; ``Refused`` for a task that was never in this person's hands; ``Conflict`` for
    ``task-stopped`` and ``key-reused``; ``Invalid`` for a type or question that the guideline does not know
    or a span beyond the video's end.
    """
    request = digest([person, sent.model_dump(mode="json")])
    before = _earlier(writing.connection, sent.key, request)
    if before is not None:
        return before
    row = _task(writing.connection, sent.task)
    if row.state == "stopped" or row.locked:
        raise Conflict("task-stopped", "work on this video was stopped", where=sent.task)
    mine = select(lease.c.id).where(lease.c.task == sent.task, lease.c.person == person).limit(1)
    if writing.connection.execute(mine).first() is None:
        raise Refused("case-task", "this task was never in your hands", where=sent.task)
    _refuse_beyond(row, sent.span)
    guideline = guideline_of(writing.connection, writing.blobs, row.guideline)
    said = " ".join(sent.said.split())
    seen = Seen(video=row.video, task=sent.task, span=sent.span)
    return _file(
        *(writing, guideline, row.guideline, sent.type),
        key=sent.key,
        request=request,
        question=known_question(guideline, sent.question),
        seen=seen,
        cell=None,
        person=person,
        text=said,
        impersonal=sent.impersonal,
    )


def file_gap(
    writing: Writing,
    person: str,
    *,
    case_type: str,
    cell: dict[str, str],
    said: str,
    key: str = "",
    impersonal: bool = False,
) -> Filed:
    """File a content gap: ``cell`` names what is lacking. The same gap is filed once.

    Raises ``Invalid`` for a type that is none of the guideline's content gaps, or without a sentence.
    """
    text = tidy(said, "said")
    name = key or digest(["gap", case_type, cell])
    request = digest([case_type, cell])
    before = _earlier(writing.connection, name, request)
    if before is not None:
        return before
    identity = active_guideline(writing.connection)
    guideline = guideline_of(writing.connection, writing.blobs, identity)
    if kind_of(guideline, case_type) != "content-gap":
        raise Invalid("case-type", f"{case_type} is not a content gap", where="type")
    return _file(
        *(writing, guideline, identity, case_type),
        key=name,
        request=request,
        question=None,
        seen=None,
        cell=cell,
        person=person,
        text=text,
        impersonal=impersonal,
    )


@follows("judgement-submitted", "judgement-revised")
def _of_judgement(writing: Writing, event: Event) -> None:
    file_judgement(writing, event.subject())


def file_judgement(writing: Writing, identity: str) -> Filed | None:
    """The case that the last answer of a judgement asks for; ``None`` without one, or where its author filed
    it from the bench already. Their sentence stays where it is, a note of the judgement.
    """
    row = writing.connection.execute(
        select(judgement.c.task, judgement.c.person, judgement.c.answers, judgement.c.marks)
        .add_columns(judgement.c.guideline, task.c.video)
        .join(task, task.c.id == judgement.c.task)
        .where(judgement.c.id == identity)
    ).one()
    answers: dict[str, Any] = json.loads(row.answers)
    case_type = answers.get("edge_case")
    if not isinstance(case_type, str) or _filed_already(writing.connection, row, case_type):
        return None
    question = _one_label(answers)
    said = {"task": row.task, "person": row.person, "type": case_type}
    guideline = guideline_of(writing.connection, writing.blobs, row.guideline)
    return _file(
        *(writing, guideline, row.guideline, case_type),
        key=digest(said),
        request=digest(said),
        question=question,
        seen=Seen(video=row.video, task=row.task, span=_first_span(json.loads(row.marks), question)),
        cell=None,
        person=row.person,
        text="",
    )


def _file(
    writing: Writing,
    guideline: Guideline,
    identity: str,
    case_type: str,
    *,
    text: str,
    impersonal: bool = False,
    **more: Any,
) -> Filed:
    kind = kind_of(guideline, case_type)
    number = (
        writing.connection.execute(select(func.coalesce(func.max(casebook.c.number), 0))).scalar_one() + 1
    )
    case = new_id()
    event = CaseFiled(
        case=case,
        number=number,
        kind=kind,
        case_type=case_type,
        guideline=identity,
        state=first_state(guideline),
        said=digest_of(text) if text else None,
        **more,
    )
    writing.record(event)
    keep(writing, case, "said", text, impersonal=impersonal)
    return Filed(case, number, repeated=False)


def _earlier(connection: Connection, key: str, request: str) -> Filed | None:
    query = select(casebook.c.id, casebook.c.number, casebook.c.request).where(casebook.c.key == key)
    row = connection.execute(query).first()
    if row is None:
        return None
    if row.request != request:
        raise Conflict("key-reused", "this key was used for another case", where=key)
    return Filed(row.id, row.number, repeated=True)


def _filed_already(connection: Connection, row: Any, case_type: str) -> bool:
    query = (
        select(casebook.c.id)
        .join(case_member, case_member.c.case_id == casebook.c.id)
        .where(case_member.c.task == row.task, casebook.c.filed_by == row.person)
        .where(casebook.c.type == case_type)
    )
    return connection.execute(query).first() is not None


def _one_label(answers: dict[str, Any]) -> str | None:
    """The question that the case is about, where only one label was found."""
    found = [name for name, level in answers.items() if name.startswith("label.") and level]
    return found[0] if len(found) == 1 else None


def _first_span(marks: list[dict[str, Any]], question: str | None) -> Span | None:
    own = [mark for mark in marks if question is None or mark["question"] == question]
    return Span(start=own[0]["start"], end=own[0]["end"]) if own else None


def _task(connection: Connection, identity: str) -> Any:
    row = connection.execute(
        select(task.c.video, task.c.state, study.c.guideline, video.c.locked, video.c.prepared)
        .join(study, study.c.id == task.c.study)
        .outerjoin(video, video.c.id == task.c.video)
        .where(task.c.id == identity)
    ).first()
    if row is None:
        raise Missing("task-missing", "there is no such task", where=identity)
    return row


def _refuse_beyond(row: Any, span: Span | None) -> None:
    if span is None or row.prepared is None:
        return
    length = MediaRecord.model_validate_json(row.prepared).duration
    if length and span.end > length + SLACK:
        raise Invalid(
            "mark-beyond",
            f"the span ends at {span.end:g} s, the video at {length:g} s",
            where="span",
            mend="Mark the span again.",
        )

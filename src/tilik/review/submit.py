"""Submitting a judgement: checked against the guideline, written once, however often it is sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator
from sqlalchemy import Connection, Row, bindparam, select

from tilik.guideline import Guideline, check, hands_back
from tilik.kernel import Conflict, Invalid, Missing, Span, canonical, digest, new_id, to_text
from tilik.privacy import Impersonal
from tilik.review.events import JudgementRevised, JudgementSubmitted, Mark
from tilik.review.lease import Lease, find_lease, lease_ended, others_hold
from tilik.review.reopen import refuse_without_room, standing_answers
from tilik.review.second import second_look
from tilik.store import Writing
from tilik.store.tables import judgement, past_judgement, study, task
from tilik.study import guideline_of
from tilik.study.accepting import (
    AnswersRefused,
    FreeText,
    Key,
    digests,
    keep_notes,
    refuse_marks_beyond,
    tidy,
)

Stretch = tuple[float, float, float]
# Built once: making a statement takes longer than running it, and these run with every judgement.
_BY_KEY = tuple(
    select(table.c.id, table.c.request, table.c.person).where(table.c.key == bindparam("key"))
    for table in (judgement, past_judgement)
)
_TASK = (
    select(task, study.c.guideline, study.c.overlap, study.c.seed)
    .join(study, study.c.id == task.c.study)
    .where(task.c.id == bindparam("task"))
)
_MINE = select(judgement.c.id).where(
    judgement.c.task == bindparam("task"), judgement.c.person == bindparam("person")
)


class Submission(BaseModel):
    """What a reviewer's screen sends. ``key`` is made by the client and names this submission for ever.

    ``trace`` is what was watched: ``(from, to, playback rate)`` in seconds; ``active_seconds`` counts time
    at work, never wall time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    key: Key
    task: str
    lease: str
    guideline: str
    answers: dict[str, JsonValue]
    marks: tuple[Mark, ...] = ()
    notes: dict[str, FreeText] = Field(default_factory=dict)
    impersonal: Impersonal = False
    trace: tuple[Stretch, ...] = Field(default=(), max_length=10_000)
    active_seconds: float = Field(ge=0, le=86_400)
    language: Literal["id", "en"]

    @field_validator("answers")
    @classmethod
    def _can_be_stored(cls, answers: dict[str, JsonValue]) -> dict[str, JsonValue]:
        canonical(answers)  # JSON has no NaN, but Python's reader lets it in
        return answers


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement: ``repeated`` when this very submission had been accepted before."""

    id: str
    repeated: bool


def submit(writing: Writing, person: str, sent: Submission) -> Receipt:
    """Keep a judgement for good. Sending the same one again gives the same receipt.

    With a lease that looks at one's own judgement again, the new answers stand instead of it. Raises
    ``AnswersRefused``; ``Invalid`` for ``mark-beyond``; ``Conflict`` for ``key-reused``, ``task-settled``,
    ``task-stopped``, ``already-judged``, ``lease-expired``, ``revised-already``; ``Missing``; ``Refused``
    for somebody else's lease.
    """
    request = digest(sent.model_dump(mode="json"))
    before = _earlier(writing.connection, sent.key)
    if before is not None:
        if (before.request, before.person) != (request, person):
            raise Conflict("key-reused", "this key was used for another judgement", where=sent.key)
        return Receipt(before.id, repeated=True)
    row = _find_task(writing.connection, sent.task)
    held = find_lease(writing.connection, person, sent.lease)
    if held.task != sent.task:
        raise Conflict("lease-other-task", "the lease is for another task", where=sent.lease)
    if held.revises is None:
        _refuse_second(writing.connection, row, person)
        _refuse_lost_lease(writing, held, row, person)
    guideline = _guideline(writing, row, sent)
    problems = check(guideline, sent.answers, _spans(sent), sent.notes)
    if problems:
        raise AnswersRefused(problems)
    refuse_marks_beyond(writing.connection, row.video, _spans(sent))
    identity, texts = new_id(), tidy(sent.notes)
    said = _said(sent, request, person, texts)
    settles = not hands_back(guideline, sent.answers)
    if held.revises is None:
        again = _again(row, guideline, sent, settles=settles, others=row.judged)
        writing.record(JudgementSubmitted(judgement=identity, **said, settles=settles, **again))
    else:
        settled = not hands_back(guideline, standing_answers(writing.connection, held))
        refuse_without_room(writing, held, more=int(settles) - int(settled))
        again = _again(row, guideline, sent, settles=settles, others=row.judged - int(settled))
        writing.record(
            JudgementRevised(
                judgement=identity,
                supersedes=held.revises,
                **said,
                settled_before=settled,
                settles=settles,
                **again,
            )
        )
    keep_notes(writing, identity, texts, impersonal=sent.impersonal)
    return Receipt(identity, repeated=False)


def _again(
    row: Row[Any], guideline: Guideline, sent: Submission, *, settles: bool, others: int
) -> dict[str, Any]:
    """With what chance this first judgement is followed by a second; nothing where others came before it."""
    if row.overlap is None or not settles or others > 0:
        return {}
    return asdict(
        second_look(guideline, sent.answers, overlap=row.overlap, seed=row.seed, task=row.id, before=row.p2)
    )


def _said(sent: Submission, request: str, person: str, texts: dict[str, str]) -> dict[str, Any]:
    return {
        "key": sent.key,
        "request": request,
        "task": sent.task,
        "lease": sent.lease,
        "person": person,
        "guideline": sent.guideline,
        "answers": sent.answers,
        "marks": sent.marks,
        "notes": digests(texts),
        "trace": sent.trace,
        "active_seconds": sent.active_seconds,
        "language": sent.language,
    }


def _spans(sent: Submission) -> list[tuple[str, Span]]:
    return [(mark.question, Span(start=mark.start, end=mark.end)) for mark in sent.marks]


def _earlier(connection: Connection, key: str) -> Row[str, str, str] | None:
    for query in _BY_KEY:
        if (found := connection.execute(query, {"key": key}).first()) is not None:
            return found
    return None


def _find_task(connection: Connection, identity: str) -> Row[Any]:
    row = connection.execute(_TASK, {"task": identity}).first()
    if row is None:
        raise Missing("task-missing", "there is no such task", where=identity)
    if row.state == "stopped":
        raise Conflict("task-stopped", "work on this video was stopped", where=identity)
    return row


def _refuse_second(connection: Connection, row: Row[Any], person: str) -> None:
    if connection.execute(_MINE, {"task": row.id, "person": person}).first() is not None:
        raise Conflict("already-judged", "you have judged this task already", where=row.id)
    if row.state == "settled":
        raise Conflict("task-settled", "this task has all the judgements it wants", where=row.id)


def _refuse_lost_lease(writing: Writing, held: Lease, row: Row[Any], person: str) -> None:
    now = to_text(writing.clock())
    if lease_ended(writing.connection, held.id) is None and held.until > now:
        return
    # A late judgement is still good work: it is kept as long as nobody else has the task by now.
    if row.judged + others_hold(writing.connection, held.task, person, now) >= row.wants:
        raise Conflict("lease-expired", "the lease ended and somebody else has the task", where=held.task)


def _guideline(writing: Writing, row: Row[Any], sent: Submission) -> Guideline:
    if row.guideline != sent.guideline:
        raise Invalid(
            "guideline-other",
            "the answers were given to another guideline than the study's",
            where=sent.guideline[:12],
            mend="Reload the page.",
        )
    return guideline_of(writing.connection, writing.blobs, sent.guideline)

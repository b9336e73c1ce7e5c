"""Ruling on a contested task and on a dispute: checked like a judgement, written once, however often sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator
from sqlalchemy import Connection, select

from tilik.guideline import check, hands_back
from tilik.kernel import Conflict, Invalid, Missing, Span, canonical, digest, digest_bytes, new_id, to_text
from tilik.privacy import Impersonal
from tilik.quality.adjudication.events import AdjudicationRuled, Begun, DisputeRuled, RulingMark, SideError
from tilik.quality.adjudication.lease import Lease, find_lease, held_by_others
from tilik.store import Writing
from tilik.store.adjudication_tables import dispute, ruling
from tilik.store.tables import study, task
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

REASON = "reason"
"""The note of a ruling, a dispute or an answer to one that says why."""


class Ruled(BaseModel):
    """A third person's whole answers: what the screen sends of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    guideline: str
    answers: dict[str, JsonValue]
    marks: tuple[RulingMark, ...] = ()
    notes: dict[str, FreeText] = Field(default_factory=dict)
    impersonal: Impersonal = False
    begun: Begun
    error_a: SideError
    error_b: SideError
    active_seconds: float = Field(ge=0, le=86_400)
    language: Literal["id", "en"]

    @field_validator("answers")
    @classmethod
    def _can_be_stored(cls, answers: dict[str, JsonValue]) -> dict[str, JsonValue]:
        canonical(answers)  # JSON has no NaN, but Python's reader lets it in
        return answers


class RulingSubmission(Ruled):
    """A ruling on a contested task. ``key`` is made by the client and names it for ever."""

    key: Key
    task: str
    lease: str
    reason: FreeText


class DisputeRuling(BaseModel):
    """Whether a disputed ruling is upheld, and why; where it is not, ``ruled`` holds the answers instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    dispute: str
    lease: str
    upheld: bool
    reason: FreeText
    impersonal: Impersonal = False
    ruled: Ruled | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement: ``repeated`` when this very submission had been accepted before."""

    id: str
    repeated: bool


def rule(writing: Writing, person: str, sent: RulingSubmission) -> Receipt:
    """Settle a contested task. Sending the same ruling again gives the same receipt.

    Raises ``AnswersRefused``; ``Invalid`` for ``reason-missing``, ``ruling-hands-back``, ``mark-beyond``,
    ``guideline-other``; ``Conflict`` for ``key-reused``, ``ruled-already``, ``lease-expired``,
    ``task-stopped``; ``Missing``; ``Refused`` for somebody else's lease.
    """
    request = digest(sent.model_dump(mode="json"))
    row = writing.connection.execute(select(ruling).where(ruling.c.key == sent.key)).first()
    if row is not None:
        return _repeated(row.id, (row.request, row.person), (request, person), sent.key)
    lease = _own_lease(writing, person, sent.lease)
    if lease.task != sent.task or lease.dispute is not None:
        raise Conflict("lease-other-task", "the lease is for another task", where=sent.lease)
    if standing(writing.connection, lease.task) is not None:
        raise Conflict("ruled-already", "this task has a ruling by now", where=lease.task)
    return Receipt(_record(writing, lease, sent, sent.key, request, sent.reason), repeated=False)


def rule_on_dispute(writing: Writing, person: str, sent: DisputeRuling) -> Receipt:
    """Uphold or overturn a disputed ruling. Sending the same again gives the same receipt.

    Raises what ``rule`` raises, ``Invalid`` for ``dispute-answers`` where an overturned ruling comes without
    answers or an upheld one with them, and ``Conflict`` for ``dispute-closed``.
    """
    request = digest(sent.model_dump(mode="json"))
    table = dispute.c
    row = writing.connection.execute(select(dispute).where(table.ruled_key == sent.key)).first()
    if row is not None:
        return _repeated(row.id, (row.ruled_request, row.ruled_by), (request, person), sent.key)
    lease = _own_lease(writing, person, sent.lease)
    if lease.dispute != sent.dispute:
        raise Conflict("lease-other-task", "the lease is for another dispute", where=sent.lease)
    state = writing.connection.execute(select(table.state).where(table.id == sent.dispute)).scalar()
    if state != "open":
        raise Conflict("dispute-closed", "this dispute has been ruled on", where=sent.dispute)
    if sent.upheld is not (sent.ruled is None):
        raise Invalid("dispute-answers", "an overturned ruling needs new answers, an upheld one none")
    reason = _reason(sent.reason)
    if sent.ruled is not None:
        _record(writing, lease, sent.ruled, f"dispute-{sent.dispute}", request, sent.reason)
    writing.record(
        DisputeRuled(
            dispute=sent.dispute,
            key=sent.key,
            request=request,
            lease=lease.id,
            person=person,
            upheld=sent.upheld,
            answer=digest_bytes(reason.encode()),
        )
    )
    keep_notes(writing, sent.dispute, {"answer": reason}, impersonal=sent.impersonal)
    return Receipt(sent.dispute, repeated=False)


def standing(connection: Connection, about: str) -> str | None:
    """The ruling that stands on a task, if there is one."""
    query = select(ruling.c.id).where(ruling.c.task == about, ruling.c.stands.is_(True))
    return connection.execute(query).scalar()


def _repeated(identity: str, before: tuple[Any, Any], now: tuple[str, str], key: str) -> Receipt:
    if before != now:
        raise Conflict("key-reused", "this key was used for another ruling", where=key)
    return Receipt(identity, repeated=True)


def _own_lease(writing: Writing, person: str, identity: str) -> Lease:
    lease, ended = find_lease(writing.connection, person, identity)
    now = to_text(writing.clock())
    lost = ended is not None or lease.until <= now
    # A late ruling is still good work: it is kept as long as nobody else has the task by now.
    if ended == "ruled" or (lost and held_by_others(writing.connection, lease.task, person, now)):
        raise Conflict("lease-expired", "the lease ended and somebody else has the task", where=lease.task)
    return lease


def _record(writing: Writing, lease: Lease, sent: Ruled, key: str, request: str, why: str) -> str:
    """Check whole answers against the guideline and keep them as the ruling that stands."""
    row = _task(writing.connection, lease.task)
    if row.guideline != sent.guideline:
        raise Invalid(
            "guideline-other",
            "the answers were given to another guideline than the study's",
            where=sent.guideline[:12],
            mend="Reload the page.",
        )
    document = guideline_of(writing.connection, writing.blobs, sent.guideline)
    spans = [(mark.question, Span(start=mark.start, end=mark.end)) for mark in sent.marks]
    problems = check(document, sent.answers, spans, sent.notes)
    if problems:
        raise AnswersRefused(problems)
    if hands_back(document, sent.answers):
        raise Invalid(
            "ruling-hands-back",
            "such an answer hands the task to somebody else, and a ruling settles it",
            where="assessable",
            mend="Give the task back instead.",
        )
    refuse_marks_beyond(writing.connection, row.video, spans)
    reason, texts, identity = _reason(why), tidy(sent.notes), new_id()
    writing.record(
        AdjudicationRuled(
            ruling=identity,
            key=key,
            request=request,
            task=lease.task,
            video=row.video,
            lease=lease.id,
            person=lease.person,
            a=lease.a,
            b=lease.b,
            notes=digests(texts),
            reason=digest_bytes(reason.encode()),
            dispute=lease.dispute,
            **{name: getattr(sent, name) for name in TAKEN},
        )
    )
    keep_notes(writing, identity, {**texts, REASON: reason}, impersonal=sent.impersonal)
    return identity


TAKEN = (
    "guideline",
    "answers",
    "marks",
    "begun",
    "error_a",
    "error_b",
    "active_seconds",
    "language",
)
"""What the log holds of a ruling just as it was sent."""


def _reason(text: str) -> str:
    found = tidy({REASON: text}).get(REASON)
    if found is None:
        raise Invalid("reason-missing", "a ruling needs a reason", where=REASON, mend="Write one sentence.")
    return found


def _task(connection: Connection, identity: str) -> Any:
    row = connection.execute(
        select(task.c.video, task.c.state, study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .where(task.c.id == identity)
    ).first()
    if row is None:
        raise Missing("task-missing", "there is no such task", where=identity)
    if row.state == "stopped":
        raise Conflict("task-stopped", "work on this video was stopped", where=identity)
    return row

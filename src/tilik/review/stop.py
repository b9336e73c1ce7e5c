"""Stop-work: one key, a minimal record, and nobody sees the video again."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection, select

from tilik.guideline import Escalation, Guideline
from tilik.kernel import Conflict, Invalid, Missing, digest, digest_bytes, new_id
from tilik.media.searching import forget_locked
from tilik.privacy import Impersonal, unstated
from tilik.review.events import WorkStopped
from tilik.review.lease import find_lease
from tilik.review.submit import Receipt
from tilik.store import Writing
from tilik.store.tables import escalation, study, task
from tilik.study import guideline_of
from tilik.study.accepting import FreeText, Key, keep_notes


class Said(BaseModel):
    """What somebody says who stops. ``at`` is the second of the stop."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    escalation: str
    at: float = Field(ge=0, allow_inf_nan=False)
    note: FreeText | None = None
    impersonal: Impersonal = False


class Stop(Said):
    """What a reviewer's bench sends."""

    task: str
    lease: str


class Seen(Said):
    """What a screen sends on which a video is seen without being judged: in a task, or by the video's id."""

    task: str | None = None
    video: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Seen:
        if (self.task is None) is (self.video is None):
            raise ValueError("give a task or a video, and not both")
        return self


@dataclass(frozen=True, slots=True)
class Watched:
    """The video before somebody, in which task if in one; ``guideline`` (its hash) has the escalations."""

    video: str
    guideline: str
    task: str | None = None


def stop_work(writing: Writing, person: str, sent: Stop) -> Receipt:
    """Stop work on a task; where the guideline says so the video is locked for everyone.

    A lease that has run out does not stand in the way: a warning is never too late. Raises ``Missing``,
    ``Refused`` for somebody else's lease, ``Conflict`` for a reused key, ``Invalid`` for an unknown code
    or for free text where the guideline forbids it. A note with personal data is left out.
    """
    if _before(writing, person, sent) is None and (
        find_lease(writing.connection, person, sent.lease).task != sent.task
    ):
        raise Missing("task-missing", "the lease is for another task", where=sent.task)
    return stop_seen(writing, person, sent, watched_in(writing.connection, sent.task))


def stop_seen(writing: Writing, person: str, sent: Said, seen: Watched) -> Receipt:
    """The same for whoever has the video before them elsewhere; that they do is the caller's to know."""
    before = _before(writing, person, sent)
    return before if before is not None else _stop(writing, person, sent, seen)


def watched_in(connection: Connection, about: str) -> Watched:
    """The video of this task. Raises ``Missing``."""
    row = connection.execute(
        select(task.c.video, study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .where(task.c.id == about)
    ).first()
    if row is None:
        raise Missing("task-missing", "there is no such task", where=about)
    return Watched(row.video, row.guideline, about)


def _before(writing: Writing, person: str, sent: Said) -> Receipt | None:
    """The receipt that was given for this stop already."""
    request = digest(sent.model_dump(mode="json"))
    before = writing.connection.execute(select(escalation).where(escalation.c.key == sent.key)).first()
    if before is not None:
        if (before.request, before.person) != (request, person):
            raise Conflict("key-reused", "this key was used for another stop", where=sent.key)
        return Receipt(before.id, repeated=True)
    return None


def _stop(writing: Writing, person: str, sent: Said, seen: Watched) -> Receipt:
    chosen = _escalation(guideline_of(writing.connection, writing.blobs, seen.guideline), sent.escalation)
    text = " ".join((sent.note or "").split())
    if text and chosen.text_fields_disabled:
        raise Invalid("text-not-allowed", "no free text may be written for this escalation", where="note")
    if unstated(text, impersonal=sent.impersonal):
        text = ""  # a stop is never refused for its note, and personal data is never kept
    identity = new_id()
    writing.record(
        WorkStopped(
            escalation=identity,
            key=sent.key,
            request=digest(sent.model_dump(mode="json")),
            task=seen.task,
            video=seen.video,
            guideline=seen.guideline,
            person=person,
            code=chosen.code,
            at_second=sent.at,
            note=digest_bytes(text.encode()) if text else None,
            lock=chosen.lock,
        )
    )
    if chosen.lock:
        forget_locked(writing.connection)
    keep_notes(writing, identity, {"stop": text} if text else {}, impersonal=sent.impersonal)
    return Receipt(identity, repeated=False)


def _escalation(guideline: Guideline, code: str) -> Escalation:
    for entry in guideline.escalations:
        if entry.code == code:
            return entry
    codes = ", ".join(entry.code for entry in guideline.escalations)
    raise Invalid("escalation-unknown", "no such escalation", where=code, mend=f"There are: {codes}.")

"""Stop-work: one key, a minimal record, and nobody sees the video again."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from tilik.guideline import Escalation
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


class Seen(BaseModel):
    """What a screen sends on which a video is seen without being judged. ``at`` is the second of the stop."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    task: str
    escalation: str
    at: float = Field(ge=0, allow_inf_nan=False)
    note: FreeText | None = None
    impersonal: Impersonal = False


class Stop(Seen):
    """What a reviewer's bench sends."""

    lease: str


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
    return stop_seen(writing, person, sent)


def stop_seen(writing: Writing, person: str, sent: Seen) -> Receipt:
    """The same for whoever has the video before them elsewhere; that they do is the caller's to know."""
    before = _before(writing, person, sent)
    return before if before is not None else _stop(writing, person, sent)


def _before(writing: Writing, person: str, sent: Seen) -> Receipt | None:
    """The receipt that was given for this stop already."""
    request = digest(sent.model_dump(mode="json"))
    before = writing.connection.execute(select(escalation).where(escalation.c.key == sent.key)).first()
    if before is not None:
        if (before.request, before.person) != (request, person):
            raise Conflict("key-reused", "this key was used for another stop", where=sent.key)
        return Receipt(before.id, repeated=True)
    return None


def _stop(writing: Writing, person: str, sent: Seen) -> Receipt:
    chosen, watched = _escalation(writing, sent)
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
            task=sent.task,
            video=watched,
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


def _escalation(writing: Writing, sent: Seen) -> tuple[Escalation, str]:
    row = writing.connection.execute(
        select(task.c.video, study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .where(task.c.id == sent.task)
    ).one()
    guideline = guideline_of(writing.connection, writing.blobs, row.guideline)
    for entry in guideline.escalations:
        if entry.code == sent.escalation:
            return entry, row.video
    codes = ", ".join(entry.code for entry in guideline.escalations)
    raise Invalid(
        "escalation-unknown", "no such escalation", where=sent.escalation, mend=f"There are: {codes}."
    )

"""Stop-work on a machine answer: what nobody should read on is taken away from everybody."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import insert, select

from tilik.answers.events import AnswerStopped
from tilik.answers.queue import find_lease
from tilik.answers.submit import Key, Receipt
from tilik.guideline import Escalation
from tilik.kernel import Conflict, Invalid, Missing, digest, digest_bytes, new_id
from tilik.privacy import Impersonal, refuse_personal, unstated
from tilik.store import Writing
from tilik.store.tables import answer_set, answer_stop, answer_task, note
from tilik.study import guideline_of


class AnswerStop(BaseModel):
    """What the screen sends. ``key`` is made by the client and names this report for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    task: str
    lease: str
    escalation: str
    note: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] | None = None
    impersonal: Impersonal = False


def stop(writing: Writing, person: str, sent: AnswerStop) -> Receipt:
    """Stop work on a task for everybody; a lease that has run out does not stand in the way.

    Raises ``Missing``, ``Refused`` for somebody else's lease, ``Conflict`` for a reused key, ``Invalid`` for
    an unknown code or for free text where the guideline forbids it. A note with personal data is left out.
    """
    request = digest(sent.model_dump(mode="json"))
    before = writing.connection.execute(select(answer_stop).where(answer_stop.c.key == sent.key)).first()
    if before is not None:
        if (before.request, before.person) != (request, person):
            raise Conflict("key-reused", "this key was used for another stop", where=sent.key)
        return Receipt(before.id, repeated=True)
    if find_lease(writing.connection, person, sent.lease)[0].task != sent.task:
        raise Missing("task-missing", "the lease is for another task", where=sent.task)
    chosen = _escalation(writing, sent)
    text = " ".join((sent.note or "").split())
    if text and chosen.text_fields_disabled:
        raise Invalid("text-not-allowed", "no free text may be written for this escalation", where="note")
    if unstated(text, impersonal=sent.impersonal):
        text = ""  # a stop is never refused for its note, and personal data is never kept
    identity, kept = new_id(), digest_bytes(text.encode()) if text else None
    writing.record(
        AnswerStopped(
            escalation=identity,
            key=sent.key,
            request=request,
            task=sent.task,
            person=person,
            code=chosen.code,
            note=kept,
        )
    )
    if kept is not None:
        refuse_personal(writing, identity, {"stop": text}, impersonal=sent.impersonal)
        row = {"owner": identity, "question": "stop", "digest": kept, "text": text}
        writing.connection.execute(insert(note).values(**row))
    return Receipt(identity, repeated=False)


def _escalation(writing: Writing, sent: AnswerStop) -> Escalation:
    identity = writing.connection.execute(
        select(answer_set.c.guideline)
        .join(answer_task, answer_task.c.set == answer_set.c.id)
        .where(answer_task.c.id == sent.task)
    ).scalar_one()
    every = guideline_of(writing.connection, writing.blobs, identity).escalations
    found = next((one for one in every if one.code == sent.escalation), None)
    if found is None:
        codes = ", ".join(one.code for one in every)
        raise Invalid(
            "escalation-unknown", "no such escalation", where=sent.escalation, mend=f"There are: {codes}."
        )
    return found

"""Objecting to a ruling: its own author's right, once, and with a reason."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, select

from tilik.kernel import Conflict, Invalid, Missing, digest, digest_bytes, new_id
from tilik.privacy import Impersonal
from tilik.quality.adjudication.events import DisputeRaised
from tilik.quality.adjudication.outcome import settled_by
from tilik.quality.adjudication.rule import REASON, Receipt
from tilik.store import Writing
from tilik.store.adjudication_tables import dispute, ruling
from tilik.store.tables import judgement
from tilik.study import guideline_of
from tilik.study.accepting import FreeText, Key, keep_notes, tidy


class DisputeSubmission(BaseModel):
    """What a reviewer's screen sends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    reason: FreeText
    impersonal: Impersonal = False


def dispute_ruling(writing: Writing, person: str, identity: str, sent: DisputeSubmission) -> Receipt:
    """Object to the ruling that overturned one's own judgement.

    Raises ``Missing`` where the ruling is not on this person's work; ``Conflict`` for ``key-reused``,
    ``disputed-already``, ``dispute-final`` (a ruling that a dispute led to, or that no longer stands) and
    ``not-overturned``; ``Invalid`` without a reason.
    """
    request = digest({**sent.model_dump(mode="json"), "ruling": identity})
    before = writing.connection.execute(select(dispute).where(dispute.c.key == sent.key)).first()
    if before is not None:
        if (before.request, before.person) != (request, person):
            raise Conflict("key-reused", "this key was used for another dispute", where=sent.key)
        return Receipt(before.id, repeated=True)
    row, mine = own_work(writing.connection, person, identity)
    if row.dispute is not None or not row.stands:
        raise Conflict("dispute-final", "this ruling is final", where=identity)
    document = guideline_of(writing.connection, writing.blobs, row.guideline)
    if settled_by(document, json.loads(row.answers)) == settled_by(document, json.loads(mine.answers)):
        raise Conflict("not-overturned", "this ruling agrees with the judgement", where=identity)
    once = select(dispute.c.id).where(dispute.c.ruling == identity, dispute.c.person == person)
    if writing.connection.execute(once).first() is not None:
        raise Conflict("disputed-already", "this ruling can be disputed once", where=identity)
    reason = tidy({REASON: sent.reason}).get(REASON)
    if reason is None:
        raise Invalid("reason-missing", "a dispute needs a reason", where=REASON, mend="Write one sentence.")
    name = new_id()
    writing.record(
        DisputeRaised(
            dispute=name,
            key=sent.key,
            request=request,
            task=row.task,
            ruling=identity,
            judgement=mine.id,
            person=person,
            reason=digest_bytes(reason.encode()),
        )
    )
    keep_notes(writing, name, {REASON: reason}, impersonal=sent.impersonal)
    return Receipt(name, repeated=False)


def own_work(connection: Connection, person: str, identity: str) -> tuple[Any, Any]:
    """A ruling on a task that this person judged, and their judgement. Raises ``Missing``."""
    row = connection.execute(select(ruling).where(ruling.c.id == identity)).first()
    mine = None
    if row is not None:
        query = select(judgement).where(judgement.c.task == row.task, judgement.c.person == person)
        mine = connection.execute(query).first()
    if mine is None:
        raise Missing("ruling-missing", "there is no such ruling on this person's work", where=identity)
    return row, mine

"""Marking a ruling as a precedent: an example that the casebook shows to others."""

from __future__ import annotations

import json

from sqlalchemy import select

from tilik.guideline import questions
from tilik.kernel import Conflict, Invalid, Missing
from tilik.quality.adjudication.events import PrecedentMarked
from tilik.store import Writing
from tilik.store.adjudication_tables import ruling
from tilik.study import guideline_of


def mark_precedent(writing: Writing, identity: str, *, precedent: bool, question: str | None = None) -> None:
    """Make a ruling a precedent on one of its questions, or no longer one. The same again changes nothing.

    Raises ``Missing``; ``Conflict`` where the ruling was overturned; ``Invalid`` without a question that the
    ruling answers.
    """
    row = writing.connection.execute(select(ruling).where(ruling.c.id == identity)).first()
    if row is None:
        raise Missing("ruling-missing", "there is no such ruling", where=identity)
    about = question if precedent else None
    if (row.precedent, row.question) == (precedent, about):
        return
    if precedent and not row.stands:
        raise Conflict("ruling-overturned", "this ruling was overturned", where=identity)
    if precedent:
        document = guideline_of(writing.connection, writing.blobs, row.guideline)
        asked = [one.id for one in questions(document, json.loads(row.answers))]
        if about not in asked:
            raise Invalid(
                "precedent-question",
                "a precedent is about a question that its ruling answers",
                where=about or "question",
                mend="Name one of its questions, such as a label that it gives.",
            )
    writing.record(PrecedentMarked(ruling=identity, precedent=precedent, question=about))

"""What a person sees after a practice item: their answers beside the known ones, and which rule fired."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, select

from tilik.guideline import decide
from tilik.kernel import Missing, Span
from tilik.log import Blobs
from tilik.quality.gold.score import score
from tilik.quality.gold.view import gold_of_task, spans_of
from tilik.store.tables import burst, judgement, lease, note
from tilik.study import guideline_of
from tilik.study.known import Score


@dataclass(frozen=True, slots=True)
class Side:
    """One set of answers: what they are, what was marked and written, the verdict and the rule behind it."""

    answers: Mapping[str, Any]
    marks: tuple[tuple[str, Span], ...]
    notes: Mapping[str, str]
    verdict: str | None
    proposed: str | None
    rule: str | None
    fails: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """One's own side, the known side, and how they compare."""

    task: str
    guideline: str
    own: Side
    known: Side
    score: Score


def feedback_on(connection: Connection, blobs: Blobs, person: str, identity: str) -> Feedback:
    """The feedback on a practice item that this person has judged.

    Raises ``Missing`` for anything else: what is planted among the live is never told.
    """
    item = gold_of_task(connection, identity)
    asked = exists().where(
        lease.c.task == judgement.c.task,
        lease.c.person == person,
        lease.c.burst == burst.c.id,
        burst.c.kind == "practice",
    )
    row = connection.execute(
        select(judgement).where(judgement.c.task == identity, judgement.c.person == person, asked)
    ).first()
    if item is None or row is None or item.pool != "practice":
        raise Missing("feedback-missing", "there is no feedback on this", where=identity)
    guideline = guideline_of(connection, blobs, item.guideline)
    mine, marks = json.loads(row.answers), spans_of(row.marks)

    def side(answers: Mapping[str, Any], at: tuple[tuple[str, Span], ...], *owners: str) -> Side:
        decision = decide(guideline, answers)
        failing = any(one.fails and one.code == decision.verdict for one in guideline.verdict.values)
        return Side(
            *(answers, at, _notes(connection, owners), decision.verdict, decision.verdict_proposed),
            *(decision.rule, failing),
        )

    return Feedback(
        task=identity,
        guideline=item.guideline,
        own=side(mine, marks, row.id),
        known=side(item.answers, item.marks, item.source.partition(":")[2], item.id),
        score=score(guideline, item.known, mine, marks),
    )


def _notes(connection: Connection, owners: tuple[str, ...]) -> dict[str, str]:
    """Reasons as far as they are not erased; those of an item brought in stand under its own id."""
    rows = connection.execute(select(note).where(note.c.owner.in_(owners)))
    return {row.question: row.text for row in rows}

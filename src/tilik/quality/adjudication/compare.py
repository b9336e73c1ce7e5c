"""Finding what is contested: settled tasks with several judgements, each looked at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, exists, select

from tilik.quality.adjudication.events import JudgementsCompared
from tilik.quality.adjudication.outcome import outcome_of
from tilik.store import Writing
from tilik.store.adjudication_tables import comparison
from tilik.store.tables import judgement, study, task
from tilik.study import guideline_of

AT_ONCE = 500
"""Tasks compared in one event; the next request goes on where this one ended."""


def compare_settled(writing: Writing) -> None:
    """Look at tasks that were settled by several judgements since the last time.

    Nobody adds to the judgements of such a task, nor changes them, so that once is enough.
    """
    agreed: list[str] = []
    contested: list[str] = []
    guidelines: dict[str, Any] = {}
    for row in _uncompared(writing.connection):
        if row.guideline not in guidelines:
            guidelines[row.guideline] = guideline_of(writing.connection, writing.blobs, row.guideline)
        said = [one.answers for one in judgements_of(writing.connection, [row.id])[row.id]]
        found = outcome_of(guidelines[row.guideline], said)
        (contested if found.state == "contested" else agreed).append(row.id)
    if agreed or contested:
        writing.record(JudgementsCompared(agreed=tuple(agreed), contested=tuple(contested)))


def _uncompared(connection: Connection) -> Sequence[Any]:
    return connection.execute(
        select(task.c.id, study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .where(task.c.state == "settled", task.c.judged > 1, ~exists().where(comparison.c.task == task.c.id))
        .order_by(task.c.id)
        .limit(AT_ONCE)
    ).all()


class Judged:
    """One judgement of a task, as it stands."""

    __slots__ = ("answers", "id", "marks", "person", "submitted_at")

    def __init__(self, row: Any) -> None:
        self.id: str = row.id
        self.person: str = row.person
        self.answers: dict[str, Any] = json.loads(row.answers)
        self.marks: list[dict[str, Any]] = json.loads(row.marks)
        self.submitted_at: str = row.submitted_at


def judgements_of(connection: Connection, tasks: Sequence[str]) -> dict[str, list[Judged]]:
    """The judgements of each of these tasks in the order in which they were submitted."""
    rows = connection.execute(
        select(judgement)
        .where(judgement.c.task.in_(tasks))
        .order_by(judgement.c.task, judgement.c.submitted_at, judgement.c.id)
    ).all()
    return {name: [Judged(row) for row in found] for name, found in groupby(rows, key=lambda row: row.task)}

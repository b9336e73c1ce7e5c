"""What a study's judgements come to, task by task: outcomes, and how sure several people together are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from tilik.guideline import Guideline, hands_back
from tilik.kernel import Invalid, Missing
from tilik.log import Blobs
from tilik.quality.adjudication.compare import Judged, judgements_of
from tilik.quality.adjudication.outcome import Outcome, outcome_of, settled_by
from tilik.stats.truth import Caution, infer, label_table
from tilik.store.adjudication_tables import ruling
from tilik.store.tables import study, task
from tilik.study import guideline_of

SURE = 0.95
"""From this posterior on a question of a task counts as settled by the people who judged it."""

FAILS = "fails"
BATCH = 500


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """A task's outcome, beside what the model of who is reliable makes of it.

    ``posterior`` maps each question (``fails``, or a family's code) to the chance that it is so, given
    everybody's judgements; ``sure`` whether each of them is settled.
    """

    task: str
    video: str
    judgements: int
    outcome: Outcome
    posterior: Mapping[str, float]
    sure: bool


@dataclass(frozen=True, slots=True)
class StudyOutcomes:
    """All tasks of a study; ``counts`` of outcomes by state; ``cautions`` of the inference by question."""

    study: str
    tasks: tuple[TaskOutcome, ...]
    counts: Mapping[str, int]
    cautions: Mapping[str, tuple[Caution, ...]]


def outcomes(connection: Connection, blobs: Blobs, identity: str, *, sure: float = SURE) -> StudyOutcomes:
    """Every task's outcome and posterior. Rulings are taken as known and teach the model who is reliable.

    ``sure`` is the posterior from which a question counts as settled. Raises ``Missing``, ``Invalid``.
    """
    if not 0.5 < sure < 1:
        raise Invalid(
            "sure-out-of-range", f"a threshold lies between 0.5 and 1, not {sure:g}", where="--sure"
        )
    name = connection.execute(select(study.c.guideline).where(study.c.id == identity)).scalar()
    if name is None:
        raise Missing("study-missing", "there is no such study", where=identity)
    document = guideline_of(connection, blobs, name)
    rows = connection.execute(
        select(task.c.id, task.c.video).where(task.c.study == identity, task.c.state != "stopped")
    ).all()
    heard = _heard(connection, document, [row.id for row in rows])
    ruled = _rulings(connection, identity)
    found = {
        row.id: outcome_of(document, [one.answers for one in heard.get(row.id, [])], ruled.get(row.id))
        for row in rows
    }
    posterior, cautions = _posteriors(document, heard, ruled)
    tasks = tuple(
        TaskOutcome(
            task=row.id,
            video=row.video,
            judgements=len(heard.get(row.id, ())),
            outcome=found[row.id],
            posterior=(chances := posterior.get(row.id, {})),
            sure=bool(chances) and all(max(p, 1 - p) >= sure for p in chances.values()),
        )
        for row in sorted(rows, key=lambda row: str(row.video))
    )
    return StudyOutcomes(identity, tasks, Counter(one.outcome.state for one in tasks), cautions)


def _heard(connection: Connection, document: Guideline, tasks: list[str]) -> dict[str, list[Judged]]:
    """The judgements that count, of each task."""
    found: dict[str, list[Judged]] = {}
    for start in range(0, len(tasks), BATCH):
        for name, said in judgements_of(connection, tasks[start : start + BATCH]).items():
            counting = [one for one in said if not hands_back(document, one.answers)]
            if counting:
                found[name] = counting
    return found


def _rulings(connection: Connection, identity: str) -> dict[str, Any]:
    query = (
        select(ruling.c.task, ruling.c.answers)
        .join(task, task.c.id == ruling.c.task)
        .where(task.c.study == identity, ruling.c.stands.is_(True))
    )
    return {row.task: json.loads(row.answers) for row in connection.execute(query)}


def _posteriors(
    document: Guideline, heard: Mapping[str, list[Judged]], ruled: Mapping[str, Any]
) -> tuple[dict[str, dict[str, float]], dict[str, tuple[Caution, ...]]]:
    """Posterior by task and question, from assessable judgements; questions that nobody affirms are left out,
    but for the verdict."""
    said = [
        (name, one.person, {FAILS} & ({FAILS} if found.fails else set()) | found.families)
        for name, judged in heard.items()
        for one in judged
        if (found := settled_by(document, one.answers)).assessable
    ]
    known = {name: settled_by(document, answers) for name, answers in ruled.items()}
    tasks = sorted({name for name, _, _ in said})
    people = sorted({person for _, person, _ in said})
    place, worker = ({key: n for n, key in enumerate(keys)} for keys in (tasks, people))
    posterior: dict[str, dict[str, float]] = {name: {} for name in tasks}
    cautions: dict[str, tuple[Caution, ...]] = {}
    for question in [FAILS, *sorted(set().union(*(what for _, _, what in said)) - {FAILS})] if said else []:
        table = label_table(
            [place[name] for name, _, _ in said],
            [worker[person] for _, person, _ in said],
            [int(question in what) for _, _, what in said],
            classes=2,
        )
        gold = np.full(len(tasks), -1)
        for name, what in known.items():
            if name in place and what.assessable:
                gold[place[name]] = int(what.fails if question == FAILS else question in what.families)
        inferred = infer(table, gold=gold)
        cautions[question] = inferred.cautions
        for name, chance in zip(tasks, inferred.posterior[:, 1].tolist(), strict=True):
            posterior[name][question] = chance
    return posterior, cautions

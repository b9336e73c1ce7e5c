"""Forty people over HTTP: outcomes are at least as right as the best inference from the same judgements."""

from __future__ import annotations

import random
import uuid
from itertools import cycle
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.visitor import Visitor
from quality.bench import GAMBLING, found
from study.making import answers, make_study, people
from tilik.api import create_app
from tilik.quality.adjudication import StudyOutcomes, outcomes
from tilik.stats.truth import accuracy, infer, label_table
from tilik.store import Workspace, database_url, open_engine, rebuild
from tilik.store.tables import judgement, task

pytestmark = pytest.mark.slow
PEOPLE, TASKS, OVERLAP, PREVALENCE = 40, 300, 0.3, 0.3
YES, NO = found(2), answers()
GIVEN = {
    True: {
        "answers": YES,
        "marks": [{"question": GAMBLING, "start": 0.5, "end": 1}],
        "notes": {GAMBLING: "Ada tautan slot."},
    },
    False: {"answers": NO, "marks": [], "notes": {}},
}


def dawid_skene(labels: np.ndarray, steps: int = 100) -> np.ndarray:
    """Posterior of each task, after Dawid & Skene (1979); rows are task, person, label. Shares no code."""
    tasks, persons = labels[:, 0].max() + 1, labels[:, 1].max() + 1
    p = np.full(tasks, 0.5)
    for at in range(tasks):
        p[at] = labels[labels[:, 0] == at, 2].mean()
    for _ in range(steps):
        share = p.mean()
        sure = np.full((2, persons), 0.5)
        for true, weight in ((1, p), (0, 1 - p)):
            w = weight[labels[:, 0]]
            said = np.bincount(labels[:, 1], weights=w * labels[:, 2], minlength=persons)
            sure[true] = (said + 0.01) / (np.bincount(labels[:, 1], weights=w, minlength=persons) + 0.02)
        logs = np.tile(np.log([[1 - share], [share]]), (1, tasks))
        for true in (0, 1):
            rate = sure[true][labels[:, 1]]
            each = np.where(labels[:, 2] == 1, np.log(rate), np.log(1 - rate))
            logs[true] += np.bincount(labels[:, 0], weights=each, minlength=tasks)
        p = 1 / (1 + np.exp(logs[0] - logs[1]))
    return p


def work(workspace: Workspace, truth: dict[str, bool], skills: list[tuple[float, float]]) -> None:
    """Everybody takes the next task and judges it, in turn, until the queue is empty for all."""
    luck = random.Random(3)
    app = create_app(workspace)
    team = people(workspace, *(f"Orang {n}" for n in range(len(skills))))
    visitors = [Visitor(TestClient(app)).sign_in(workspace, person) for person in team]
    idle = 0
    for visitor, (sensitivity, specificity) in cycle(list(zip(visitors, skills, strict=True))):
        given = visitor.next_task()
        idle = 0 if given else idle + 1
        if given is None:
            if idle == len(visitors):
                break
            continue
        chance = sensitivity if truth[given["task"]] else 1 - specificity
        answer = visitor.judge(given, **GIVEN[luck.random() < chance])
        assert answer.status_code == 200, answer.text
    adjudicators = people(workspace, "Hakim A", "Hakim B", roles=("adjudicator",))
    for visitor in [Visitor(TestClient(app)).sign_in(workspace, person) for person in adjudicators]:
        while (contested := visitor.post("/api/adjudication/next", {}).json()["task"]) is not None:
            right = truth[contested["task"]] if luck.random() < 0.97 else not truth[contested["task"]]
            answer = visitor.post("/api/adjudication/rulings", ruling_of(contested, GIVEN[right]))
            assert answer.status_code == 200, answer.text


def ruling_of(contested: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "task": contested["task"],
        "lease": contested["lease"],
        "guideline": contested["guideline"],
        **given,
        "begun": "own",
        "error_a": "none",
        "error_b": "none",
        "reason": "Ditonton dua kali.",
        "active_seconds": 20,
        "language": "id",
    }


def said(workspace: Workspace) -> tuple[np.ndarray, list[str]]:
    """Every judgement as (task, person, fails), and the tasks in their order."""
    with workspace.store.read() as connection:
        rows = connection.execute(
            select(judgement.c.task, judgement.c.person, judgement.c.answers).order_by(judgement.c.id)
        ).all()
    tasks, persons = sorted({row.task for row in rows}), sorted({row.person for row in rows})
    place, worker = ({name: n for n, name in enumerate(names)} for names in (tasks, persons))
    table = [(place[r.task], worker[r.person], int('"verdict":"Q3"' in r.answers)) for r in rows]
    return np.array(table), tasks


def test_outcomes_of_a_team_are_at_least_as_right_as_the_best_inference(
    sqlite_workspace: Workspace, tmp_path: Any
) -> None:
    study = make_study(sqlite_workspace, TASKS, overlap=OVERLAP)
    luck = random.Random(11)
    with sqlite_workspace.store.read() as connection:
        names = connection.execute(select(task.c.id).order_by(task.c.video)).scalars().all()
    truth = {name: luck.random() < PREVALENCE for name in names}
    skills = [(luck.uniform(0.75, 0.95), luck.uniform(0.88, 0.99)) for _ in range(PEOPLE)]
    work(sqlite_workspace, truth, skills)

    with sqlite_workspace.store.read() as connection:
        result: StudyOutcomes = outcomes(connection, sqlite_workspace.store.blobs, study.id)
    assert set(result.counts) == {"single", "agreed", "ruled"}
    assert sum(result.counts.values()) == TASKS
    assert result.counts["ruled"] > 10
    right = {
        one.task: one.outcome.settled is not None and one.outcome.settled.fails == truth[one.task]
        for one in result.tasks
    }
    ours = sum(right.values()) / TASKS

    labels, tasks = said(sqlite_workspace)
    wanted = np.array([int(truth[name]) for name in tasks])
    table = label_table(*labels.T, classes=2)
    others = {
        "majority": accuracy(infer(table, "majority").posterior, wanted).value or 0.0,
        "Dawid-Skene": float(((dawid_skene(labels) > 0.5) == wanted).mean()),
        "auto": accuracy(infer(table).posterior, wanted).value or 0.0,
    }
    print(f"outcomes {ours:.3f}, {others}")
    assert max(others.values()) > 0.8, "they are no straw men"
    assert ours >= max(others.values()), (ours, others)
    sure = [one for one in result.tasks if one.sure]
    # Sure means a posterior of 0.95 or more: three standard errors below that is no accident.
    assert sum(right[one.task] for one in sure) / len(sure) >= 0.95 - 3 * (0.95 * 0.05 / len(sure)) ** 0.5

    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    try:
        assert [match.table for match in rebuild(sqlite_workspace.store, engine) if not match.equal] == []
    finally:
        engine.dispose()

"""A workspace of many judgements, and what a change of one rule does to them, worked out on its own."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from sqlalchemy import insert, select

from guideline.test_replaying import OLD, judge
from measure.survey import Unit, survey
from tilik.kernel import canonical, new_id
from tilik.store import Workspace
from tilik.store.tables import judgement, task

CODES = [one.code for one in OLD.labels]
STRATA = {"low": 6e6, "high": 4e6}


def filled(
    workspace: Workspace, count: int, *, seed: int = 1, name: str = "march"
) -> tuple[str, list[dict[str, Any]]]:
    """A study of ``count`` draws, all judged and settled; returns its id and the answers by video.

    The rows go into the tables directly: five thousand submissions would be a test of review.
    """
    luck = Random(seed)
    units = [
        Unit(
            f"v{at:05}",
            luck.uniform(0.01, 0.2),
            float(luck.randrange(100, 100_000)),
            luck.choice(list(STRATA)),
        )
        for at in range(count)
    ]
    made = survey(workspace, units, STRATA, name=name)
    with workspace.store.write() as writing:
        tasks = dict(
            writing.connection.execute(select(task.c.video, task.c.id).where(task.c.study == made.id)).all()
        )
        said = [{"video": unit.video, "answers": say(luck)} for unit in units]
        rows = [row(tasks[one["video"]], made.guideline, one["answers"]) for one in said]
        writing.connection.execute(insert(judgement), rows)
        writing.connection.execute(
            task.update().where(task.c.study == made.id).values(state="settled", judged=1)
        )
    return made.id, said


def say(luck: Random) -> dict[str, Any]:
    """What one person says: mostly little, sometimes a verdict of their own."""
    levels = {code: luck.choice((1, 1, 2, 3)) for code in luck.sample(CODES, luck.choice((0, 0, 1, 1, 2, 3)))}
    if luck.random() < 0.02:
        return {"assessable": "NA-GONE"}
    own = luck.choice(("Q1", "Q2", "Q3", "Q4")) if luck.random() < 0.1 else ""
    answers = judge(OLD, levels, own)
    return answers | {"min_age": luck.randrange(0, 18), "confidence": luck.randrange(1, 4)}


def row(task_id: str, guideline: str, answers: dict[str, Any]) -> dict[str, Any]:
    """A row of the table of judgements."""
    return {
        "id": new_id(),
        "key": new_id(),
        "request": "0" * 64,
        "task": task_id,
        "person": new_id(),
        "guideline": guideline,
        "answers": canonical(answers).decode(),
        "marks": "[]",
        "notes": "{}",
        "trace": "[]",
        "active_seconds": 1.0,
        "language": "id",
        "submitted_at": "2026-03-01T00:00:00.000000Z",
    }


def verdict_by_hand(answers: dict[str, Any], *, strict: str = "", under_18: frozenset[str]) -> str | None:
    """The verdict by the shipped rules, written out without the guideline's interpreter.

    With ``strict`` that label at level 1 or above also means Q3.
    """
    if answers["assessable"] != "yes":
        return None
    levels = {key[6:]: value for key, value in answers.items() if key.startswith("label.")}
    if any(level == 3 and code in under_18 for code, level in levels.items()):
        return "Q4"
    if strict and levels.get(strict, 0) >= 1:
        return "Q3"
    worst = sorted(levels.values(), reverse=True)
    if (worst and worst[0] >= 2) or sum(level >= 1 for level in worst) >= 3:
        return "Q3"
    strong = sum(value >= 2 for key, value in answers.items() if key.startswith("strength."))
    return "Q1" if strong >= 2 else "Q2"


def flips_by_hand(said: list[dict[str, Any]], strict: str) -> dict[str, tuple[str, str]]:
    """Video → verdict before and after, where a rule about one label changes it."""
    under_18 = frozenset(one.code for one in OLD.labels if any(band != "AB6" for band in one.ages))
    found = {}
    for one in said:
        before = verdict_by_hand(one["answers"], under_18=under_18)
        after = verdict_by_hand(one["answers"], strict=strict, under_18=under_18)
        given = one["answers"].get("verdict")
        if given == before and before != after:
            found[one["video"]] = (before, after)
    return json.loads(json.dumps(found))

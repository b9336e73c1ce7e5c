"""Nobody can tell gold from live among machine answers: the same trial as for videos.

For each live answer there is a known one of like length, in turns, in band and language: chance that put
different ones into two pools would be a difference to learn, but says nothing of how tasks are served.

    TILIK_SERVED=5000 pytest tests/answers/test_answers_gold_hidden.py

is the whole trial, with areas of at most 0.52; without the setting 300 tasks are served.
"""

from __future__ import annotations

import json
import math
import os
import time
import uuid
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from answers.gold_made import make_gold
from answers.made import make_set, rating
from api.visitor import Visitor
from quality.gold.made import always
from quality.gold.telling import keys_of, mark, refuse_telling
from study.making import people
from tilik.answers import Item, Turn
from tilik.api import create_app
from tilik.store import Workspace, create, open_workspace
from tilik.store.tables import answer_gold, answer_item, answer_task

SERVED = int(os.environ.get("TILIK_SERVED", "300"))
EACH = 100
POOL = SERVED // 2 + 6 * math.isqrt(SERVED)
WORDS = ("anak", "bermain", "di", "taman", "bersama", "teman", "setelah", "belajar", "membaca", "buku")


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_classifier_can_tell_known_answers_from_live_ones(tmp_path: Path) -> None:
    create(tmp_path / "workspace")
    workspace = open_workspace(tmp_path / "workspace")
    make_set(workspace, [made("v", at) for at in range(POOL)])
    make_gold(workspace, [made("g", at) for at in range(POOL)])
    always(workspace, 0.5)
    seen = work(workspace)
    names = kinds(workspace)
    workspace.close()
    table = np.array([features for _, features in seen], dtype=float)
    is_gold, pair = np.array([names[identity] for identity, _ in seen]).T
    is_gold = is_gold.astype(bool)
    assert len(seen) == SERVED
    assert 0.4 < is_gold.mean() < 0.6
    distinct = dict(zip((identity for identity, _ in seen), is_gold, strict=True))
    refuse_telling(table, is_gold, pair, (sum(distinct.values()), sum(~np.array(list(distinct.values())))))


def made(pool: str, at: int) -> Item:
    """An answer whose lengths follow from its number, so that each has a twin in the other pool."""
    luck = Random(at)
    said = [" ".join(luck.choices(WORDS, k=luck.randrange(3, 60))) for _ in range(2)]
    return Item(
        turns=(
            Turn(role="user", text=f"{pool}{at:05} {said[0]}?"),
            Turn(role="assistant", text=f"{said[1]}."),
        ),
        model="a",
        band=luck.choice(("AB2", "AB3", "AB4")),
        language=luck.choice(("id", "en")),
    )


def work(workspace: Workspace) -> list[tuple[str, list[float]]]:
    """People judge one after another, a sitting each; what their browsers could note of each task."""
    app = create_app(workspace)
    seen: list[tuple[str, list[float]]] = []
    for person in people(workspace, *(f"Orang {n}" for n in range(SERVED // EACH))):
        visitor = Visitor(TestClient(app, raise_server_exceptions=False)).sign_in(workspace, person)
        seen += [one(visitor, place) for place in range(EACH)]
    return seen


def one(visitor: Visitor, place: int) -> tuple[str, list[float]]:
    """Take a task, judge it, try to judge it again, look at one's day."""
    given, took = timed(lambda: visitor.post("/api/answers/next", {}))
    task = given.json()["task"]
    kept, kept_in = timed(lambda: visitor.post("/api/answers/judgements", said_of(task)))
    assert kept.status_code == 200, kept.text
    again, again_in = timed(lambda: visitor.post("/api/answers/judgements", said_of(task)))
    day, day_in = timed(lambda: visitor.get("/api/my/day"))
    own, own_in = timed(lambda: visitor.get("/api/my/quality/answers"))
    until = datetime.fromisoformat(task["lease"]["until"]).timestamp() - time.time()
    texts = [len(turn["text"]) for turn in task["first"]]
    features = [
        *(len(given.content), mark(list(given.headers)), mark(keys_of(given.json())), took),
        *(len(kept.content), mark(list(kept.headers)), mark(keys_of(kept.json())), kept_in),
        *(
            again.status_code,
            len(again.content),
            again_in,
            len(day.content),
            day_in,
            len(own.content),
            own_in,
        ),
        *(place, until, *texts, mark([task["language"]]), mark([task["band"]])),
        *(int(task["task"][:4], 16), int(task["task"][14], 16), int(task["lease"]["id"][-4:], 16)),
    ]
    return task["task"], [float(value) for value in features]


def timed(ask: Any) -> tuple[Any, float]:
    begun = time.perf_counter()
    answer = ask()
    return answer, time.perf_counter() - begun


def said_of(task: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()), "task": task["task"], "lease": task["lease"]["id"],
        "guideline": task["guideline"], "said": rating(4), "active_seconds": 5, "language": "id",
    }  # fmt: skip


def kinds(workspace: Workspace) -> dict[str, tuple[bool, int]]:
    """Task → whether it is gold, and the number of its pair."""
    query = select(answer_task.c.id, answer_item.c.turns).join(
        answer_item, (answer_item.c.set == answer_task.c.set) & (answer_item.c.id == answer_task.c.a)
    )
    with workspace.store.read() as connection:
        known = set(connection.execute(select(answer_gold.c.task)).scalars())
        rows = connection.execute(query).all()
    return {row.id: (row.id in known, int(json.loads(row.turns)[0]["text"][1:6])) for row in rows}

"""What a reviewer is sent says nothing of why the task exists, and is the same for every kind of task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import select
from starlette.testclient import TestClient

from api.visitor import Json, Visitor
from study.making import Made, make_study, people
from tilik.api import create_app
from tilik.store import Workspace
from tilik.store.tables import draw, study
from tilik.study.shown import BLIND_KINDS

FORBIDDEN_NAMES = {
    *("score", "scores", "impressions", "pi", "weight", "channel", "purpose", "stratum", "seed", "design"),
    *("study", "video", "frame", "gold", "prediction", "position", "wants", "judged", "simulated"),
}


@pytest.fixture
def reviewer(sqlite_workspace: Workspace) -> Visitor:
    person = people(sqlite_workspace, "Sari")[0]
    return Visitor(TestClient(create_app(sqlite_workspace))).sign_in(sqlite_workspace, person)


def all_tasks(reviewer: Visitor) -> list[Json]:
    """Every task that this person is served, each judged to get at the next."""
    tasks = []
    while (task := reviewer.next_task()) is not None:
        tasks.append(task)
        assert reviewer.judge(task).status_code == 200
    return tasks


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every (path, value) in a JSON document; a signed media link is taken apart as anybody could."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, f"{path}[]")
    elif isinstance(value, str) and value.startswith("/media/"):
        _, inside = URLSafeSerializer("any key").loads_unsafe(value.removeprefix("/media/"))
        assert inside is not None
        yield from leaves(inside, path)
    else:
        yield path, value


def told_apart(workspace: Workspace, made: Made) -> set[str]:
    """Everything that would give a draw away, as text."""
    with workspace.store.read() as connection:
        draws = connection.execute(select(draw).where(draw.c.study == made.id)).all()
        one = connection.execute(select(study).where(study.c.id == made.id)).one()
    facts = {str(fact) for row in draws for fact in (row.video, row.stratum, row.pi, row.impressions)}
    return facts | {one.id, one.name, one.frame, one.purpose, str(one.seed)}


def test_a_blind_task_gives_nothing_away(sqlite_workspace: Workspace, reviewer: Visitor) -> None:
    made = make_study(sqlite_workspace, 4, impressions=lambda index: 123_457.5 + index)
    secrets = told_apart(sqlite_workspace, made)
    tasks = all_tasks(reviewer)
    assert len(tasks) == 4
    for path, value in (leaf for task in tasks for leaf in leaves(task)):
        assert not FORBIDDEN_NAMES & set(path.replace("[]", "").split(".")), path
        assert str(value) not in secrets, (path, value)
        if isinstance(value, str):
            assert not [secret for secret in secrets if len(secret) > 4 and secret in value], (path, value)


def test_the_scan_would_see_a_video_id_inside_a_link() -> None:
    link = "/media/" + URLSafeSerializer("k").dumps(["session", "the-video", "content"])
    assert (".url[]", "the-video") in set(leaves({"url": link}))


def test_a_blind_task_shows_only_what_a_viewer_could_see_or_hear(
    sqlite_workspace: Workspace, reviewer: Visitor
) -> None:
    make_study(sqlite_workspace, 1)
    task = reviewer.next_task()
    assert task is not None
    assert [item["kind"] for item in task["evidence"]] == ["shot"]
    assert {item["kind"] for item in task["evidence"]} <= BLIND_KINDS
    assert task["blind"] is True


def test_an_assisted_task_says_so_and_shows_every_signal(
    sqlite_workspace: Workspace, reviewer: Visitor
) -> None:
    make_study(sqlite_workspace, 1, blind=False)
    task = reviewer.next_task()
    assert task is not None
    assert ([item["kind"] for item in task["evidence"]], task["blind"]) == (["lexicon", "shot"], False)


def test_tasks_of_every_purpose_have_the_same_shape(sqlite_workspace: Workspace, reviewer: Visitor) -> None:
    for purpose in ("random", "high-impact", "synthetic-suspect", "targeted"):
        make_study(sqlite_workspace, 2, purpose=purpose)
    tasks = all_tasks(reviewer)
    assert len(tasks) == 8
    shapes = {tuple((path, type(value).__name__) for path, value in leaves(task)) for task in tasks}
    assert len(shapes) == 1


def test_nobody_sees_the_tasks_of_others(sqlite_workspace: Workspace, reviewer: Visitor) -> None:
    make_study(sqlite_workspace, 3)
    mine = reviewer.next_task()
    other = people(sqlite_workspace, "Budi")[0]
    budi = Visitor(TestClient(create_app(sqlite_workspace))).sign_in(sqlite_workspace, other)
    theirs = budi.next_task()
    assert mine is not None
    assert theirs is not None
    assert [task["task"] for task in budi.get("/api/tasks/held").json()["tasks"]] == [theirs["task"]]
    for act in ("renew", "release"):
        answer = budi.post(f"/api/tasks/{mine['task']}/{act}", {"lease": mine["lease"]["id"]})
        assert (answer.status_code, answer.json()["code"]) == (403, "lease-not-yours")
    answer = budi.judge(mine)
    assert (answer.status_code, answer.json()["code"]) == (403, "lease-not-yours")
    assert [task["task"] for task in reviewer.get("/api/tasks/held").json()["tasks"]] == [mine["task"]]

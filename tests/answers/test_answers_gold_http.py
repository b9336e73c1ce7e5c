"""Gold among machine answers over HTTP: sent and taken like a live one; figures for leads and for oneself."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from answers.gold_made import always, make_gold
from answers.made import item, make_set, rating
from api.visitor import Visitor
from moving_clock import MovingClock
from study.making import people
from tilik.api import create_app
from tilik.store import Workspace
from tilik.store.tables import answer_gold, answer_task


@pytest.fixture
def client(sqlite_workspace: Workspace) -> TestClient:
    return TestClient(create_app(sqlite_workspace))


def shape(sent: Any) -> Any:
    """Keys in their order, and what kind of value and how long a text each holds; ids by their length."""
    if isinstance(sent, dict):
        return [(key, shape(value)) for key, value in sent.items()]
    if isinstance(sent, list):
        return [shape(one) for one in sent]
    return (type(sent).__name__, len(sent) if isinstance(sent, str) else sent)


def seen(answer: Any) -> Any:
    return answer.status_code, list(answer.headers), shape(answer.json())


def said_of(task: dict[str, Any], key: str) -> dict[str, Any]:
    return {
        "key": key, "task": task["task"], "lease": task["lease"]["id"], "guideline": task["guideline"],
        "said": rating(4), "active_seconds": 5, "language": "id",
    }  # fmt: skip


def golden(workspace: Workspace) -> set[str]:
    with workspace.store.read() as connection:
        return set(connection.execute(select(answer_gold.c.task)).scalars())


def test_gold_and_live_come_and_go_alike(
    client: TestClient, sqlite_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    always(monkeypatch)
    make_set(sqlite_workspace, [item(f"p{at}", "a") for at in range(3)])
    make_gold(sqlite_workspace, [item(f"g{at}", "a") for at in range(3)])
    reviewer = Visitor(client).sign_in(sqlite_workspace, people(sqlite_workspace, "Sari")[0])
    kinds, shapes = [], []
    for _ in range(6):
        taken = reviewer.post("/api/answers/next", {})
        task = taken.json()["task"]
        kept = reviewer.post("/api/answers/judgements", said_of(task, str(uuid.uuid4())))
        again = reviewer.post("/api/answers/judgements", said_of(task, str(uuid.uuid4())))
        kinds.append(task["task"] in golden(sqlite_workspace))
        shapes.append((seen(taken), seen(kept), (again.status_code, again.json()["code"])))
    assert kinds == [True] * 3 + [False] * 3
    assert shapes == [shapes[0]] * 6
    assert reviewer.post("/api/answers/next", {}).json() == {"task": None, "reason": "queue-empty"}


def test_a_lead_makes_gold_and_sees_the_team_and_a_reviewer_themselves_a_day_later(
    client: TestClient, sqlite_workspace: Workspace, monkeypatch: pytest.MonkeyPatch, clock: MovingClock
) -> None:
    always(monkeypatch)
    make_set(sqlite_workspace, [item("p", "a")])
    make_set(sqlite_workspace, [item("q", "a"), item("r", "a")], name="more", wants=2)
    tono, sari = people(sqlite_workspace, "Tono", "Sari")
    lead = Visitor(TestClient(client.app)).sign_in(
        sqlite_workspace, people(sqlite_workspace, "Ratna", roles=("lead",))[0]
    )
    first = Visitor(TestClient(client.app)).sign_in(sqlite_workspace, tono)
    task = first.post("/api/answers/next", {}).json()["task"]
    assert lead.post("/api/answers/gold", {"task": task["task"]}).json()["code"] == "gold-not-settled"
    while task is not None:
        assert first.post("/api/answers/judgements", said_of(task, str(uuid.uuid4()))).status_code == 200
        task = first.post("/api/answers/next", {}).json()["task"]
    with sqlite_workspace.store.read() as connection:
        query = select(answer_task.c.id).where(answer_task.c.state == "settled")
        name = connection.execute(query).scalar_one()
    assert lead.post("/api/answers/gold", {"task": name}).json()["code"] == "gold-one-judgement"
    made = lead.post("/api/answers/gold", {"task": name, "vouch": True}).json()
    assert (made["state"], made["kind"], made["fails"], made["judged"]) == ("known", "rating", False, 0)
    assert lead.post("/api/answers/gold", {"task": name, "vouch": True}).json()["code"] == "answer-known"

    second = Visitor(TestClient(client.app)).sign_in(sqlite_workspace, sari)
    task = second.post("/api/answers/next", {}).json()["task"]
    assert task["task"] == made["task"]
    second.post("/api/answers/judgements", said_of(task, str(uuid.uuid4())))
    told = lead.get("/api/quality/answers").json()
    assert [one["right"]["n"] for one in told["people"]] == [1]
    assert "Sari" not in str(told)
    assert {"verdict", "CF1", "SAF"} <= {one["code"] for one in told["asked"]}
    assert lead.get("/api/quality/answers", params={"of": "nothing"}).json()["code"] == "family-unknown"
    assert second.get("/api/my/quality/answers").json() is None, "today's count would tell gold from live"
    clock.now = datetime(2026, 3, 1, 17, 1, tzinfo=UTC)  # a minute past midnight in Jakarta
    second.sign_in(sqlite_workspace, sari)
    own = second.get("/api/my/quality/answers").json()
    assert (own["right"]["n"], own["sensitivity"]) == (1, None)
    lead.sign_in(sqlite_workspace, people(sqlite_workspace, "Rini", roles=("lead",))[0])
    retired = lead.post(f"/api/answers/gold/{made['id']}/state", {"state": "retired"}).json()
    assert (retired["state"], retired["judged"]) == ("retired", 1)
    assert lead.get("/api/answers/gold").json()["items"] == [retired]

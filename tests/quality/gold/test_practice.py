"""Practice: bursts of known items with feedback, apart from everything that is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.visitor import Visitor
from moving_clock import MovingClock
from quality.gold.made import FAMILY, QUESTION, always, failing, make_gold
from review.desk import Desk
from study.making import answers, make_study, people
from tilik.access import Person
from tilik.access.events import Role
from tilik.api import create_app
from tilik.store import Workspace
from tilik.store.tables import gold, task

Enter = Callable[..., Visitor]


@pytest.fixture
def enter(sqlite_workspace: Workspace) -> Enter:
    app = create_app(sqlite_workspace)

    def sign_in(*roles: Role, person: Person | None = None) -> Visitor:
        who = person or people(sqlite_workspace, "Somebody", roles=roles)[0]
        client = TestClient(app, raise_server_exceptions=False)
        return Visitor(client).sign_in(sqlite_workspace, who)

    return sign_in


def begin(visitor: Visitor, count: int) -> str:
    answer = visitor.post("/api/practice", {"count": count, "language": "id"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["burst"]["id"])


def take(visitor: Visitor, burst: str) -> Any:
    return visitor.post(f"/api/practice/{burst}/next", {}).json()["task"]


def pool(workspace: Workspace) -> None:
    make_study(workspace, 3)
    make_gold(workspace, ["p-1", "p-2", "p-3"], pool="practice", fails=True)
    make_gold(workspace, ["p-4", "p-5", "p-6", "p-7"], pool="practice")


def test_a_burst_from_beginning_to_feedback(sqlite_workspace: Workspace, enter: Enter) -> None:
    pool(sqlite_workspace)
    sari = enter("reviewer")
    assert sari.get("/api/practice").json() == {"burst": None, "left": 7}
    burst = begin(sari, 4)
    fails = {row.task: row.fails for row in Desk(sqlite_workspace).rows(gold)}
    seen = []
    while (item := take(sari, burst)) is not None:
        assert take(sari, burst)["lease"] == item["lease"]  # asked twice: the same one in hand
        assert sari.get(f"/api/practice/feedback/{item['task']}").json()["code"] == "feedback-missing"
        assert sari.judge(item).status_code == 200
        seen.append(item["task"])
    assert len(set(seen)) == 4
    assert [fails[one] for one in seen].count(True) == 2
    state = sari.get("/api/practice").json()
    assert (state["burst"]["total"], sorted(state["burst"]["done"]), state["left"]) == (4, sorted(seen), 3)
    missed = next(one for one in seen if fails[one])
    told = sari.get(f"/api/practice/feedback/{missed}").json()
    assert (told["own"]["verdict"], told["known"]["verdict"]) == (answers()["verdict"], failing()["verdict"])
    assert told["known"]["notes"] == {QUESTION: "Bahan sama diputar berulang."}
    assert told["known"]["marks"] == [{"question": QUESTION, "start": 1.0, "end": 2.0}]
    assert (told["questions"][f"family.{FAMILY}"], told["questions"]["verdict"]) == (False, False)
    mine = sari.get("/api/my/practice").json()
    assert (mine["judged"], mine["sensitivity"]["value"], mine["specificity"]["value"]) == (4, 0.0, 1.0)
    assert (mine["sensitivity"]["n"], mine["right"]["value"]) == (2, 0.5)


def test_feedback_is_for_its_author_and_never_on_gold(sqlite_workspace: Workspace, enter: Enter) -> None:
    pool(sqlite_workspace)
    make_gold(sqlite_workspace, ["g-1"])
    always(sqlite_workspace, 0.5)
    sari, budi = enter("reviewer"), enter("reviewer")
    item = take(sari, begin(sari, 1))
    sari.judge(item)
    assert sari.get(f"/api/practice/feedback/{item['task']}").status_code == 200
    assert budi.get(f"/api/practice/feedback/{item['task']}").status_code == 404
    while (one := sari.next_task()) is not None:
        assert sari.judge(one).status_code == 200
        assert sari.get(f"/api/practice/feedback/{one['task']}").status_code == 404
    planted = Desk(sqlite_workspace).rows(gold)[-1]
    assert sari.get(f"/api/practice/feedback/{planted.task}").status_code == 404


def test_practice_is_apart_from_the_bench(sqlite_workspace: Workspace, enter: Enter) -> None:
    pool(sqlite_workspace)
    sari = enter("reviewer")
    before = sari.get("/api/my/day").json()
    item = take(sari, begin(sari, 2))
    assert sari.get("/api/tasks/held").json() == {"tasks": []}
    live = sari.next_task()
    assert live is not None
    assert live["task"] != item["task"]
    assert sari.judge(item).status_code == 200
    assert sari.get("/api/my/judgements").json() == []
    after = sari.get("/api/my/day").json()
    assert {**after, "exposure": None} == {**before, "exposure": None}


def test_a_burst_goes_on_where_it_was_left_and_ends_with_the_pool(
    sqlite_workspace: Workspace, enter: Enter, clock: MovingClock
) -> None:
    pool(sqlite_workspace)
    who = people(sqlite_workspace, "Sari")[0]
    sari = enter(person=who)
    burst = begin(sari, 10)
    first = take(sari, burst)
    clock.move(hours=2)
    sari = enter(person=who)
    again = take(sari, burst)
    assert (again["task"], again["lease"]["id"] == first["lease"]["id"]) == (first["task"], False)
    sari.judge(again)
    for _ in range(6):
        sari.judge(take(sari, burst))
    assert take(sari, burst) is None
    empty = sari.post("/api/practice", {"count": 5})
    assert (empty.status_code, empty.json()["code"]) == (409, "practice-empty")
    assert sari.post("/api/practice", {"count": 51}).json()["code"] == "burst-count"
    assert enter("reviewer").post(f"/api/practice/{burst}/next", {}).status_code == 404


def test_what_was_practised_on_is_not_judged_live(sqlite_workspace: Workspace, enter: Enter) -> None:
    make_study(sqlite_workspace, ["v-1", "v-2"])
    make_gold(sqlite_workspace, ["v-1"], pool="practice", media=False)
    sari = enter("reviewer")
    take(sari, begin(sari, 1))
    videos = {row.id: row.video for row in Desk(sqlite_workspace).rows(task)}
    assert sari.get("/api/my/day").json()["waiting"] == 1
    live = sari.next_task()
    assert live is not None
    assert (videos[live["task"]], sari.next_task(live["task"])) == ("v-2", None)

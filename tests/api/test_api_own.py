"""One's own day and one's own judgements over HTTP: sent to their owner, and to nobody by any id."""

from __future__ import annotations

from collections.abc import Callable

from api.visitor import Visitor
from study.making import answers, make_study
from tilik.store import Workspace


def test_ones_last_ten_are_taken_up_again_over_http(sqlite_workspace: Workspace, reviewer: Visitor) -> None:
    make_study(sqlite_workspace, 3)
    task = reviewer.next_task()
    assert task is not None and task["earlier"] is None
    kept = reviewer.judge(task).json()["judgement"]
    (one,) = reviewer.get("/api/my/judgements").json()
    assert (one["judgement"], one["task"], one["answers"]) == (kept, task["task"], answers())
    assert set(one) == {"judgement", "task", "title", "guideline", "answers", "submitted_at"}
    again = reviewer.post(f"/api/my/judgements/{kept}/reopen", {}).json()
    assert set(again) == set(task), "the same shape as any task"
    assert (again["task"], again["earlier"]["judgement"]) == (task["task"], kept)
    assert [t["task"] for t in reviewer.get("/api/tasks/held").json()["tasks"]] == [task["task"]]
    fresh = reviewer.next_task()
    assert fresh is not None and fresh["task"] != task["task"], "it never comes as the next task"
    answer = reviewer.judge(again, answers=answers({"confidence": 2}))
    assert answer.status_code == 200
    (one,) = reviewer.get("/api/my/judgements").json()
    assert one["answers"]["confidence"] == 2


def test_what_others_judged_is_not_reopened_by_its_id(
    sqlite_workspace: Workspace, reviewer: Visitor, enter: Callable[..., Visitor]
) -> None:
    make_study(sqlite_workspace, 1)
    task = reviewer.next_task()
    assert task is not None
    kept = reviewer.judge(task).json()["judgement"]
    for other in (enter("reviewer"), enter("reviewer", "lead", "admin")):
        assert other.get("/api/my/judgements").json() == []
        answer = other.post(f"/api/my/judgements/{kept}/reopen", {})
        assert (answer.status_code, answer.json()["code"]) == (409, "not-reopenable")


def test_a_day_is_its_owners(
    sqlite_workspace: Workspace, reviewer: Visitor, enter: Callable[..., Visitor]
) -> None:
    make_study(sqlite_workspace, 2)
    task = reviewer.next_task()
    assert task is not None
    reviewer.judge(task, active_seconds=30)
    day = reviewer.get("/api/my/day").json()
    assert (day["judged"], day["active_seconds"]) == (1, 30)
    assert day["exposure"] == {"hour": 0, "day": 0, "hour_budget": 20, "day_budget": 90}
    assert [(hour["judged"], hour["active_seconds"]) for hour in day["hours"]] == [(1, 30)]
    assert enter("reviewer", "lead", "admin").get("/api/my/day").json()["judged"] == 0
    assert enter("lead").get("/api/my/day").status_code == 403


def test_a_mark_beyond_the_end_is_refused_in_both_languages(
    sqlite_workspace: Workspace, reviewer: Visitor
) -> None:
    make_study(sqlite_workspace, 1)
    task = reviewer.next_task()
    assert task is not None
    said = answers({"family.SYN": True, "label.SYN-MASS": 1})
    mark = {"question": "label.SYN-MASS", "start": 1, "end": task["media"]["duration"] + 1}
    answer = reviewer.judge(task, answers=said, marks=[mark], notes={"label.SYN-MASS": "Sama."})
    assert (answer.status_code, answer.json()["code"]) == (422, "mark-beyond")
    assert all(answer.json()["message"][language] for language in ("id", "en"))

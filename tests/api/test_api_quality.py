"""People's quality over HTTP: a lead sees the team, a reviewer themselves, and not before the day is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from api.visitor import Visitor
from moving_clock import MovingClock
from study.making import make_study, people
from tilik.api import create_app
from tilik.store import Workspace

WAYS = ("/api/quality/people", "/api/quality/agreement", "/api/quality/forecast?study=x")


@pytest.fixture
def lead(enter: Callable[..., Visitor]) -> Visitor:
    return enter("lead")


def test_a_lead_sees_the_team_and_sets_targets(lead: Visitor, sqlite_workspace: Workspace) -> None:
    study = make_study(sqlite_workspace, 6, wants=2)
    client = TestClient(create_app(sqlite_workspace))
    for name in ("Sari", "Budi"):
        (one,) = people(sqlite_workspace, name)
        visitor = Visitor(client).sign_in(sqlite_workspace, one)
        while (task := visitor.next_task()) is not None:
            assert visitor.judge(task).status_code == 200
    asked = {"sensitivity": 0.85, "specificity": 0.95, "daily": 5}
    assert lead.send("PUT", "/api/quality/targets", asked).json() == asked
    assert lead.send("PUT", "/api/quality/targets", {"daily": 0}).json()["code"] == "target-out-of-range"
    told = lead.get("/api/quality/people", params={"study": study.id}).json()
    assert (told["targets"], told["of"], told["until"]) == (asked, "verdict", "2026-03-01")
    names = [one["pseudonym"] for one in told["people"]]
    assert names == sorted(names) and len(names) == 2
    assert "Sari" not in str(told)
    first = told["people"][0]
    assert (first["right"]["sources"], first["right"]["flagged"]) == ({"agreed": 6}, False)
    assert (first["right"]["specificity"]["n"], first["work"]["reached"]) == (6, 1)
    assert (first["work"]["seen"], first["work"]["levels"]) == (1, [6, 0, 0, 0])

    agreement = lead.get("/api/quality/agreement").json()
    assert (agreement["tasks"], agreement["people"]) == (6, 2)
    verdict = agreement["rows"][0]
    assert (verdict["kind"], verdict["raw"]["value"], verdict["alpha"]["value"]) == ("verdict", 1, None)
    forecast = lead.get("/api/quality/forecast", params={"study": study.id}).json()
    assert (forecast["done"], forecast["left"], forecast["days"]["value"]) == (12, 0, 0)


def test_a_reviewer_sees_their_own_figures_of_yesterday(
    lead: Visitor, sqlite_workspace: Workspace, clock: MovingClock
) -> None:
    make_study(sqlite_workspace, 1)
    (sari,) = people(sqlite_workspace, "Sari")
    reviewer = Visitor(TestClient(create_app(sqlite_workspace))).sign_in(sqlite_workspace, sari)
    assert {reviewer.get(way).status_code for way in WAYS} == {403}
    assert lead.get("/api/my/quality").status_code == 403
    task = reviewer.next_task()
    assert task is not None
    assert reviewer.judge(task).status_code == 200
    assert reviewer.get("/api/my/quality").json() is None, "today's count would tell gold from live"
    clock.now = datetime(2026, 3, 1, 17, 1, tzinfo=UTC)  # a minute past midnight in Jakarta
    reviewer.sign_in(sqlite_workspace, sari)
    assert reviewer.get("/api/my/quality").json()["work"]["judged"] == 1


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("/api/quality/people?since=tomorrow", "day-unreadable"),
        ("/api/quality/people?since=2026-03-02&until=2026-03-01", "period-upside-down"),
        ("/api/quality/people?study=none", "study-missing"),
        ("/api/quality/people?of=NONE", "family-unknown"),
        ("/api/quality/agreement?language=jv", "agreement-none"),
        ("/api/quality/forecast?study=none", "study-missing"),
    ],
)
def test_what_cannot_be_told(lead: Visitor, sqlite_workspace: Workspace, way: str, code: str) -> None:
    make_study(sqlite_workspace, 1)
    assert lead.get(way).json()["code"] == code

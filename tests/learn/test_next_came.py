"""What to judge next, looked at and opened over HTTP and by command: why each, what came of it, for whom."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

pytest.importorskip("sklearn", reason="the extra `learn` is not installed")

from api.visitor import Visitor
from learn.platform import Platform, make_platform
from study.making import people
from tilik.api import create_app
from tilik.learn import looking_next
from tilik.store import create, database_url, open_engine, open_workspace, rebuild
from tilik.store.tables import draw

TILIK = Path(sys.executable).parent / "tilik"


@dataclass
class Place:
    """An engineer and a reviewer signed in, over a platform with one judged study."""

    platform: Platform
    first: str
    engineer: Visitor
    reviewer: Visitor

    @property
    def base(self) -> str:
        return f"/api/learn/studies/{self.first}/next-best"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("came") / "workspace"
    create(folder)
    opened = open_workspace(folder)
    made = make_platform(opened, robots=2)
    first = made.study("march", 300)
    made.judge(first)
    app = create_app(opened)
    eka, rina = people(opened, "Eka", roles=("ml",))[0], people(opened, "Rina")[0]
    visitors = [Visitor(TestClient(app)).sign_in(opened, one) for one in (eka, rina)]
    yield Place(made, first, *visitors)
    opened.close()


def failing_of(platform: Platform, study: str) -> tuple[int, int]:
    """How many of a study's videos truly fail, and how many it has."""
    with platform.workspace.store.read() as connection:
        videos = set(connection.execute(select(draw.c.video).where(draw.c.study == study)).scalars())
    return len(videos & platform.failing), len(videos)


def test_each_is_shown_with_its_parts_and_how_true_its_chance_is(place: Place) -> None:
    shown = place.engineer.get(place.base, params={"count": 40, "alike": 0.7}).json()
    assert (shown["name"], shown["judged"], shown["pool"], len(shown["videos"])) == ("march", 300, 5_000, 40)
    assert shown["videos"][0]["likeness"] == 0, "nothing was chosen before the first"
    assert any(one["likeness"] > 0 for one in shown["videos"])
    for one in shown["videos"]:
        p = one["chance"]
        entropy = -(p * math.log2(p) + (1 - p) * math.log2(1 - p))
        assert one["unsure"] == pytest.approx(entropy)
        assert one["worth"] == pytest.approx(one["unsure"] * (1 - 0.7 * one["likeness"]))
        assert one["change"] > 0
        assert one["found"]["low"] <= one["found"]["value"] <= one["found"]["high"]
    margin, change = (
        place.engineer.get(place.base, params={"count": 5, "by": by, "alike": 0}).json()["videos"]
        for by in ("margin", "change")
    )
    assert all(one["unsure"] == pytest.approx(1 - abs(1 - 2 * one["chance"])) for one in margin)
    assert all(one["worth"] == pytest.approx(one["change"]) for one in change)


def test_what_came_of_it_is_told_of_the_chosen_alone(place: Place, tmp_path: Path) -> None:
    looked = place.engineer.get(place.base, params={"count": 30}).json()["videos"]
    opened = place.engineer.post(f"{place.base}/studies", {"name": "march next", "count": 30}).json()
    assert opened["drawn"] == 30
    (waits,) = place.engineer.get(f"{place.base}/studies").json()
    assert (waits["name"], waits["drawn"], waits["waiting"]) == ("march next", 30, 30)
    assert (waits["failing"], waits["expected"]) == (None, None)
    again = place.engineer.post(f"{place.base}/studies", {"name": "march next", "count": 30})
    assert (again.status_code, again.json()["code"]) == (409, "study-exists")
    place.platform.judge(opened["study"])
    (came,) = place.engineer.get(f"{place.base}/studies").json()
    failing, many = failing_of(place.platform, opened["study"])
    assert (came["waiting"], came["left_out"], came["failing"]["n"]) == (0, 0, many)
    assert came["failing"]["value"] == pytest.approx(failing / many)
    assert came["failing"]["low"] < came["failing"]["value"] < came["failing"]["high"]
    assert came["expected"] == pytest.approx(sum(one["chance"] for one in looked) / 30)
    refused = place.engineer.get(f"/api/studies/{opened['study']}/measurement")
    assert (refused.status_code, refused.json()["code"]) == (422, "study-assisted")
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    try:
        matches = {one.table: one for one in rebuild(place.platform.workspace.store, engine)}
    finally:
        engine.dispose()
    assert matches["follow_up"].live == 1
    assert matches["follow_up"].equal
    assert matches["draw"].equal


def test_the_command_tells_the_same(place: Place) -> None:
    workspace = place.platform.workspace
    environment = {**os.environ, "COLUMNS": "200"}

    def tilik(*arguments: str) -> Any:
        return subprocess.run(
            [TILIK, "--workspace", workspace.folder, "learn", "next", *arguments],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        ).stdout

    shown = place.engineer.get(place.base, params={"count": 7}).json()
    told = json.loads(tilik("march", "--count", "7", "--json"))
    assert told["videos"] == shown["videos"]
    assert told["opened"] is None
    printed = tilik("march", "--count", "7", "--draw", "by command")
    assert "Opened as by command: it can teach, and is never measured." in printed
    listed = place.engineer.get(f"{place.base}/studies").json()
    assert (listed[0]["name"], listed[0]["drawn"]) == ("by command", 7)
    assert "Study by command: 7 of 7 wait" in printed


def test_what_cannot_be_ranked_is_said(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    get = place.engineer.get
    assert get("/api/learn/studies/none/next-best").status_code == 404
    for wrong in ({"count": 0}, {"count": 501}, {"by": "luck"}, {"alike": 1.5}):
        assert get(place.base, params=wrong).json()["code"] == "invalid-request"
    monkeypatch.setattr(looking_next.refuse_large, "__defaults__", (10,))
    large = get(place.base)
    assert (large.status_code, large.json()["code"]) == (422, "next-too-large")
    monkeypatch.undo()
    few = place.platform.study("few", 40, seed=8)
    place.platform.judge(few)
    assert get(f"/api/learn/studies/{few}/next-best").json()["code"] == "judged-too-few"


def test_reviewers_see_nothing_of_it(place: Place) -> None:
    assert place.reviewer.get(place.base).status_code == 403
    assert place.reviewer.get(f"{place.base}/studies").status_code == 403
    assert place.reviewer.post(f"{place.base}/studies", {"name": "x", "count": 5}).status_code == 403

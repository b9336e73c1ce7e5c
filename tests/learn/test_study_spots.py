"""Blind spots of a study: suspected by its own draws, confirmed or refuted by a second, independent one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, select
from starlette.testclient import TestClient

from api.visitor import Visitor
from learn.platform import PLACE, SCORE, Platform, make_platform
from study.making import people
from tilik.api import create_app
from tilik.kernel import Invalid
from tilik.learn.confirming import open_second, seconds, sensible_budget
from tilik.learn.hunting import Asked, affordable, hunt
from tilik.measure import weeks
from tilik.store import create, open_engine, open_workspace, rebuild
from tilik.store.learn_tables import follow_up
from tilik.store.tables import draw, study

ASKED = Asked(SCORE, 0.5)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform whose study ``march`` of 500 is judged."""
    place = tmp_path_factory.mktemp("platform") / "workspace"
    create(place)
    opened = open_workspace(place)
    made = make_platform(opened)
    made.judge(made.study("march", 500))
    yield made
    opened.close()


def first_of(platform: Platform) -> str:
    with platform.workspace.store.read() as connection:
        return str(connection.execute(select(study.c.id).where(study.c.name == "march")).scalar_one())


def test_suspected_drawn_judged_confirmed(platform: Platform) -> None:
    store, first = platform.workspace.store, first_of(platform)
    with store.read() as connection:
        found = hunt(connection, store.blobs, first, ASKED)
        before = weeks(connection, store.blobs)
    top = found.spots[0]
    assert set(top.conditions) == set(PLACE)
    assert (top.state, top.share.n) == ("suspected", top.units)
    assert top.share.low > (top.rest.high or 0)
    assert {"channel", "title"}.isdisjoint(found.there)
    assert {"language", "topic", "surface", "minutes"} <= set(found.columns)
    assert sensible_budget(found.spots) >= 100

    second = open_second(
        store,
        platform.workspace.scratch,
        found,
        first,
        name="march again",
        budget=600,
        actor="x" * 36,
        seed=8,
    )
    with store.read() as connection:
        (waiting,) = seconds(connection, store.blobs, first)
        row = connection.execute(select(study).where(study.c.id == second)).one()
        strata = connection.execute(select(draw.c.stratum).where(draw.c.study == second)).scalars().all()
    assert (waiting.waiting, waiting.looked) == (600, ())
    assert row.blind
    assert row.seed != 5
    inside = sum(set(dict(PLACE).values()) <= set(one.split(" · ")) for one in strata)
    assert inside > 100, "small cells are looked at: in the frame one video in sixteen lies there"

    platform.judge(second)
    with store.read() as connection:
        (done,) = seconds(connection, store.blobs, first)
        after = weeks(connection, store.blobs)
        kept = connection.execute(select(follow_up)).all()
    at = next(i for i, one in enumerate(done.looked) if set(one.conditions) == set(PLACE))
    gap = done.looked[at].gap
    assert done.looked[at].state == "confirmed"
    assert gap is not None
    assert gap.level == pytest.approx(1 - 2 * 0.05 / len(done.looked))
    assert gap.value == pytest.approx(platform.gap, abs=0.08)
    # A larger study of the same days, and yet not the one that stands for the week.
    assert [one.study for one in after.weeks] == [one.study for one in before.weeks] == [first]
    assert [one.study for one in after.left_out] == [second]
    assert after.weeks[0].failing.estimate.value == before.weeks[0].failing.estimate.value
    assert [(row.second, row.study, row.kind, row.person) for row in kept] == [
        (second, first, "blind-spots", "x" * 36)
    ]


def test_a_rebuild_gives_the_same_tables(platform: Platform, tmp_path: Path) -> None:
    fresh = open_engine(make_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    try:
        matches = {match.table: match for match in rebuild(platform.workspace.store, fresh)}
    finally:
        fresh.dispose()
    assert matches["follow_up"].live == 1
    assert [match.table for match in matches.values() if match.differing] == []


def test_what_cannot_be_looked_for_is_said(platform: Platform) -> None:
    store, first = platform.workspace.store, first_of(platform)
    with store.read() as connection:
        with pytest.raises(Invalid, match="no score 'score_x'"):
            hunt(connection, store.blobs, first, Asked("score_x", 0.5))
        with pytest.raises(Invalid, match="no column weather"):
            hunt(connection, store.blobs, first, Asked(columns=("weather",)))
        with pytest.raises(Invalid, match="between 0 and 1"):
            hunt(connection, store.blobs, first, Asked(SCORE, 1.5))
    small = platform.study("tiny", 20, seed=9)
    with store.read() as connection, pytest.raises(Invalid, match="0 videos are judged"):
        hunt(connection, store.blobs, small, Asked())


def test_many_columns_make_shallow_slices() -> None:
    assert [affordable(5, 5_000), affordable(20, 5_000), affordable(40, 20_000)] == [3, 2, 1]


def test_over_http_with_one_key(platform: Platform) -> None:
    lead = people(platform.workspace, "Budi", roles=("ml",))[0]
    visitor = Visitor(TestClient(create_app(platform.workspace))).sign_in(platform.workspace, lead)
    base = f"/api/learn/studies/{first_of(platform)}/blind-spots"
    shown = visitor.get(base, params={"score": SCORE}).json()
    assert {(one["column"], one["value"]) for one in shown["spots"][0]["conditions"]} == set(PLACE)
    assert (shown["threshold"], shown["units"]) == (0.5, 500)
    narrow = visitor.get(base, params={"score": SCORE, "columns": ["surface"]}).json()
    assert (narrow["columns"], narrow["spots"]) == (["surface"], [])
    asked = {"score": SCORE, "threshold": 0.5, "columns": ["surface"], "name": "again", "budget": 100}
    refused = visitor.post(f"{base}/seconds", asked)
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing-suspected")
    opened = visitor.post(f"{base}/seconds", asked | {"columns": [], "budget": 150}).json()
    assert opened["drawn"] == 150
    listed = visitor.get(f"{base}/seconds").json()
    assert listed[0]["study"] == opened["study"]
    assert {spot["state"] for spot in listed[0]["spots"]} == {"suspected"}
    again = visitor.post(f"{base}/seconds", asked | {"columns": []})
    assert (again.status_code, again.json()["code"]) == (409, "study-exists")

"""Doubted judgements of a study: wrong ones come first, others judge them again, nothing is measured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.visitor import Visitor
from learn.platform import SCORE, Platform, make_platform
from study.making import people
from tilik.api import create_app
from tilik.casebook.coverage import coverage
from tilik.guideline import Guideline
from tilik.kernel import Invalid
from tilik.learn import training_set
from tilik.learn.doubting import doubts
from tilik.learn.hunting import Asked, hunt
from tilik.learn.rereviewing import open_rereview, rereviews
from tilik.measure import classify, gather, measure, weeks
from tilik.measure.progress import progress
from tilik.policy.impact import impact
from tilik.store import create, open_workspace
from tilik.store.tables import judgement, study, task
from tilik.study import find_version, guideline_of

WRONG = 20


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Platform, str, frozenset[str]]]:
    """A platform of two robots whose study of 400 is judged, twenty of them wrongly."""
    folder = tmp_path_factory.mktemp("doubts") / "workspace"
    create(folder)
    opened = open_workspace(folder)
    made = make_platform(opened, robots=2)
    first = made.study("march", 400)
    with opened.store.read() as connection:
        videos = connection.execute(select(task.c.video).where(task.c.study == first)).scalars().all()
    wrong = frozenset(sorted(videos)[::20])
    assert len(wrong) == WRONG
    made.judge(first, but=wrong)
    yield made, first, wrong
    opened.close()


def test_the_wrong_ones_come_first_and_nothing_people_said_is_learned_from(
    place: tuple[Platform, str, frozenset[str]],
) -> None:
    platform, first, wrong = place
    store = platform.workspace.store
    with store.read() as connection:
        found = doubts(connection, store.blobs, first)
    assert len(found.listed) == 400
    assert len({one.video for one in found.listed[:40]} & wrong) >= 15
    assert {*found.features, *found.texts} <= {
        SCORE, "channel", "language", "topic", "surface", "minutes", "title"
    }  # fmt: skip
    with store.read() as connection, pytest.raises(Invalid, match="no label 'XXX'"):
        doubts(connection, store.blobs, first, "XXX")


def test_judged_again_by_others_and_never_measured(place: tuple[Platform, str, frozenset[str]]) -> None:
    platform, first, _ = place
    workspace, store = platform.workspace, platform.workspace.store
    with store.read() as connection:
        found = doubts(connection, store.blobs, first)
        before = weeks(connection, store.blobs)
    with pytest.raises(Invalid, match="do not fit into 400"):
        open_rereview(store, workspace.scratch, found, name="x", top=201, actor="x" * 36)
    second, drawn = open_rereview(
        store, workspace.scratch, found, name="again", top=40, actor="x" * 36, seed=3
    )
    assert drawn == 80
    with store.read() as connection:
        (waiting,) = rereviews(connection, store.blobs, first)
    assert (waiting.waiting, waiting.hits) == (80, None)

    platform.judge(second)
    with store.read() as connection:
        (done,) = rereviews(connection, store.blobs, first)
        rows = connection.execute(
            select(task.c.study, task.c.video, judgement.c.person).join(
                judgement, judgement.c.task == task.c.id
            )
        ).all()
    assert done.hits is not None
    assert (done.hits.top.n, done.hits.control.n, done.left_out) == (40, 40, 0)
    assert done.hits.top.value is not None
    assert done.hits.top.value >= 15 / 40
    assert done.hits.gain.low > 0
    once = {row.video: row.person for row in rows if row.study == first}
    again = {row.video: row.person for row in rows if row.study == second}
    assert len(again) == 80
    assert all(once[video] != person for video, person in again.items()), "nobody judges their own again"

    with store.read() as connection:
        blobs = store.blobs
        for measured in (
            lambda: measure(connection, blobs, second),
            lambda: gather(connection, blobs, second),
            lambda: classify(connection, blobs, second, SCORE, 0.5),
            lambda: coverage(connection, blobs, second, ["language"]),
            lambda: hunt(connection, blobs, second, Asked()),
            lambda: doubts(connection, blobs, second),
        ):
            with pytest.raises(Invalid, match="can teach, and never measure") as refused:
                measured()
            assert refused.value.code == "study-assisted"
        after = weeks(connection, blobs)
        assert [one.study for one in after.weeks] == [first]
        assert [one.why.en for one in after.left_out] == ["its videos were chosen, not drawn"]
        assert after.weeks[0].failing.estimate.value == before.weeks[0].failing.estimate.value
        assert training_set(connection, blobs, second).use == "assisted"
        assert training_set(connection, blobs, first).use == "measurement"
        assert {one.id for one in progress(connection, blobs)} == {first, second}
        row = connection.execute(select(study).where(study.c.id == second)).one()
        same: Guideline = guideline_of(connection, blobs, row.guideline)
        told = impact(connection, blobs, find_version(connection, row.guideline))
        assert same.version == told.draft.version
        assert [one.id for one in told.studies] == [first]


def test_over_http(place: tuple[Platform, str, frozenset[str]]) -> None:
    platform, first, _ = place
    person = people(platform.workspace, "Budi", roles=("ml",))[0]
    visitor = Visitor(TestClient(create_app(platform.workspace))).sign_in(platform.workspace, person)
    base = f"/api/learn/studies/{first}/label-errors"
    shown = visitor.get(base).json()
    assert (shown["ranked"], len(shown["listed"]), shown["questions"][0]["code"]) == (400, 200, "fails")
    assert [one["trust"] for one in shown["listed"]] == sorted(one["trust"] for one in shown["listed"])
    opened = visitor.post(f"{base}/rereviews", {"name": "over http", "top": 10})
    assert opened.json()["drawn"] == 20
    assert visitor.get(f"{base}/rereviews").json()[0]["waiting"] == 20
    refused = visitor.get(f"/api/studies/{opened.json()['study']}/measurement")
    assert (refused.status_code, refused.json()["code"]) == (422, "study-assisted")
    unknown = visitor.get(base, params={"question": "XXX"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "question-unknown")

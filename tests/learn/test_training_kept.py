"""What is kept of a study: training sets and baselines, by content, also after a rebuild, for few alone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

pytest.importorskip("sklearn", reason="the extra `learn` is not installed")

from api.visitor import Visitor
from learn.platform import SCORE, Platform, make_platform
from study.making import people
from tilik.api import create_app
from tilik.kernel import digest_bytes
from tilik.learn import keeping, read_model
from tilik.learn.dataset import training_set
from tilik.store import Workspace, database_url, open_engine, rebuild
from tilik.store.tables import study as study_table
from tilik.store.tables import task

SETS, BASELINES = "/api/learn/studies/{}/training-sets", "/api/learn/studies/{}/baselines"


@dataclass
class Desk:
    """An engineer signed in, over a platform with one judged study."""

    platform: Platform
    study: str
    visitor: Visitor

    def kept(self, identity: str, part: str) -> Any:
        return self.visitor.get(f"/api/learn/kept/{identity}/{part}")


@pytest.fixture
def desk(workspace: Workspace) -> Iterator[Desk]:
    platform = make_platform(workspace)
    study = platform.study("maret", 300)
    platform.judge(study)
    (engineer,) = people(workspace, "Eka", roles=("ml",))
    with TestClient(create_app(workspace)) as client:
        yield Desk(platform, study, Visitor(client).sign_in(workspace, engineer))


def test_a_training_set_is_kept_once_for_the_same_rows(desk: Desk) -> None:
    address = SETS.format(desk.study)
    assert desk.visitor.get(address).json() == []
    made = desk.visitor.post(address, {}).json()
    again = desk.visitor.post(address, {}).json()
    assert again == made
    assert desk.visitor.get(address).json() == [made]
    store = desk.platform.workspace.store
    with store.read() as connection:
        found = training_set(connection, store.blobs, desk.study)
    assert (made["content"], sum(made["splits"].values())) == (found.content, len(found.rows))
    answer = desk.kept(made["id"], "file")
    assert f"training-set-{made['content'][:12]}.zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        told = json.loads(held.read("dataset.json"))
        rows = [
            row
            for name in told["files"]
            for row in pq.read_table(io.BytesIO(held.read(name)), columns=["video"]).to_pylist()
        ]
        assert {name: digest_bytes(held.read(name)) for name in told["files"]} == told["files"]
    assert told["content"] == made["content"]
    assert {row["video"] for row in rows} == {row["video"] for row in found.rows}
    assert "# Training set of study maret" in desk.kept(made["id"], "card").text
    assert desk.kept(made["id"], "model").status_code == 404


def test_a_set_with_a_video_that_was_stopped_is_not_handed_out(desk: Desk) -> None:
    made = desk.visitor.post(SETS.format(desk.study), {}).json()
    with desk.platform.workspace.store.write() as writing:
        one = (
            writing.connection.execute(select(task.c.id).where(task.c.study == desk.study)).scalars().first()
        )
        writing.connection.execute(update(task).where(task.c.id == one).values(state="stopped"))
    answer = desk.kept(made["id"], "file")
    assert (answer.status_code, answer.json()["code"]) == (409, "training-set-withdrawn")
    after = desk.visitor.post(SETS.format(desk.study), {}).json()
    assert after["content"] != made["content"]
    assert sum(after["splits"].values()) == sum(made["splits"].values()) - 1
    assert desk.kept(after["id"], "file").status_code == 200
    assert [one["id"] for one in desk.visitor.get(SETS.format(desk.study)).json()] == [
        after["id"],
        made["id"],
    ]


def test_a_baseline_is_trained_compared_kept_and_the_same_after_a_rebuild(desk: Desk, tmp_path: Path) -> None:
    address = BASELINES.format(desk.study)
    made = desk.visitor.post(address, {"against": SCORE}).json()
    assert desk.visitor.post(address, {"against": SCORE}).json() == made, (
        "the same judgements, the same model"
    )
    assert set(made["figures"]) == {"auc", "brier", "calibration in the large", "calibration slope"}
    gap = made["against"]["auc difference"]
    assert gap["low"] <= gap["value"] <= gap["high"]
    assert gap["value"] == pytest.approx(
        made["figures"]["auc"]["value"] - made["against"][f"{SCORE} auc"]["value"]
    )
    model = desk.kept(made["id"], "model").content
    assert digest_bytes(model) == made["model"]
    (tmp_path / "model.json").write_bytes(model)
    names = {part.name for part in read_model(tmp_path / "model.json").encoder.parts}
    assert {"language", "topic"} <= names
    assert not names & {SCORE, "channel", "family", "video"}
    card = desk.kept(made["id"], "card").text
    assert made["model"] in card
    assert "## Against the incumbent" in card
    without = desk.visitor.post(address, {}).json()
    assert (without["incumbent"], without["against"], without["model"]) == ("", {}, made["model"])
    listed = desk.visitor.get(address).json()
    assert listed["scores"] == [SCORE]
    assert {one["id"] for one in listed["baselines"]} == {made["id"], without["id"]}
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    try:
        matches = rebuild(desk.platform.workspace.store, engine)
    finally:
        engine.dispose()
    assert [match.live for match in matches if match.table == "learned"] == [2]
    assert [match.table for match in matches if not match.equal and match.table == "learned"] == []


def test_what_cannot_be_trained_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    address = BASELINES.format(desk.study)
    unknown = desk.visitor.post(address, {"against": "score_none"})
    assert unknown.status_code == 422
    monkeypatch.setattr("tilik.learn.training_routes.MOST_IN_A_REQUEST", 10)
    assert desk.visitor.post(address, {}).json()["code"] == "baseline-too-large"
    monkeypatch.undo()
    with desk.platform.workspace.store.write() as writing:
        writing.connection.execute(update(study_table).values(blind=False))
    assert desk.visitor.post(address, {}).json()["code"] == "study-assisted"
    assert desk.visitor.post(BASELINES.format("none"), {}).status_code == 404
    assert desk.kept("none", "card").status_code == 404
    assert keeping.MOST_IN_A_REQUEST == 5_000


def test_reviewers_get_nothing_of_it(desk: Desk) -> None:
    made = desk.visitor.post(SETS.format(desk.study), {}).json()
    workspace = desk.platform.workspace
    (reviewer,) = people(workspace, "Rina")
    with TestClient(create_app(workspace)) as client:
        visitor = Visitor(client).sign_in(workspace, reviewer)
        assert visitor.get(SETS.format(desk.study)).status_code == 403
        assert visitor.post(SETS.format(desk.study), {}).status_code == 403
        assert visitor.post(BASELINES.format(desk.study), {}).status_code == 403
        assert visitor.get(f"/api/learn/kept/{made['id']}/file").status_code == 403

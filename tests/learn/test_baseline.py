"""The baseline: no leak enters, what is stored predicts the same, an incumbent is beaten with an interval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the extra `learn` is not installed")

from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik, refused
from learn.worlds import channels, plain, written
from tilik.kernel import Invalid, Missing
from tilik.learn.baseline import Trained, train
from tilik.learn.choosing import Asked, pose
from tilik.learn.judging import auc
from tilik.learn.model import read_model, write_model


@pytest.fixture(scope="module")
def trained() -> Trained:
    table = plain(channels(600, seed=1, odd=0.08), "given")
    asked = Asked("kind", group="channel", leave_out=("score",))
    return train(pose(table, asked, "bad"), label="kind", incumbent="score", draws=200)


def leaky() -> dict[str, list[Any]]:
    made = channels(600, seed=1, odd=0.08)
    bad = np.array(made["kind"]) == "bad"
    random = np.random.default_rng(0)
    made["badCount"] = np.where(bad & (random.random(600) < 0.3), 1, 0).tolist()
    made["risk"] = (bad + random.normal(0, 0.05, 600)).round(3).tolist()
    made["dump"] = [f"{{'label': 'disturbing', 'n': {at}}}" if b else f"n {at} x" for at, b in enumerate(bad)]
    made["removed"] = ["yes" if b and random.random() < 0.4 else "no" for b in bad]
    made["number"] = list(range(600))
    made["kind"] = ["disturbing" if b else "fine" for b in bad]
    made["disturbingRatio"] = made.pop("badCount")
    return made


def test_leaks_are_found_and_named_and_honest_columns_stay() -> None:
    problem = pose(plain(leaky(), "given"), Asked("kind", group="channel"), "disturbing")
    found = {leak.column: set(leak.why) for leak in problem.leaks}
    assert "target-copy" in found["risk"]
    assert {"target-copy", "says-the-outcome"} <= found["dump"]
    assert found["disturbingRatio"] == {"named-for-the-outcome", "one-sided"}
    assert found["removed"] == {"one-sided"}
    assert found["video"] == found["number"] == {"id"}
    assert {*problem.features, *problem.texts} == {"title", "views", "minutes", "lang", "score"}


def test_a_named_column_is_used_but_named_a_leak() -> None:
    problem = pose(plain(leaky()), Asked("kind", features=("risk", "views"), group="channel"), "disturbing")
    assert problem.features == ("risk", "views")
    assert [leak.column for leak in problem.leaks] == ["risk"]


def test_it_is_good_calibrated_and_better_than_the_incumbent(trained: Trained) -> None:
    y = trained.problem.labels.astype(float)
    figures = trained.figures
    assert figures["auc"].value == pytest.approx(auc(trained.probabilities, y))
    assert figures["auc"].low > 0.9
    assert figures["calibration in the large"].low < 0 < figures["calibration in the large"].high
    assert figures["calibration slope"].low < 1 < figures["calibration slope"].high
    assert trained.against["auc difference"].low > 0
    assert trained.against["brier difference"].high < 0


def test_noise_is_called_noise() -> None:
    made = channels(600, seed=5)
    made["kind"] = np.random.default_rng(9).permutation(made["kind"]).tolist()
    problem = pose(plain(made, "given"), Asked("kind", group="channel"), "bad")
    noise = train(problem, label="kind", draws=200).figures["auc"]
    assert noise.low < 0.5 < noise.high
    assert noise.high < 0.58


def test_what_is_stored_predicts_the_same_and_has_the_same_bytes(trained: Trained, tmp_path: Path) -> None:
    first = write_model(trained.model, tmp_path / "a.json")
    model = read_model(tmp_path / "a.json")
    assert write_model(model, tmp_path / "b.json") == first
    fresh = channels(200, seed=77, odd=0.08)
    new = plain(fresh, "kind", "given", "score")
    assert model.predict(new) == pytest.approx(trained.model.predict(new), abs=1e-12)
    assert auc(model.predict(new), np.array([k == "bad" for k in fresh["kind"]]) * 1.0) > 0.85


@pytest.mark.parametrize(
    "change",
    [
        {"format": "pickle"},
        {"shift": "1e999"},
        {"coefficients": [1.0]},
        {"run": "import os"},
        {"calibration": {"how": "sigmoid", "x": [1.0], "y": []}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_file_that_is_no_model_is_refused(trained: Trained, tmp_path: Path, change: dict[str, Any]) -> None:
    file = tmp_path / "model.json"
    write_model(trained.model, file)
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(Invalid) as refused_:
        read_model(file)
    assert refused_.value.code == "model-unreadable"


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_bytes(b"\x80\x04\x95\x1e\x00\x00\x00cposix\nsystem\n(S'true'\ntR.")
    with pytest.raises(Invalid):
        read_model(file)
    with pytest.raises(Missing):
        read_model(tmp_path / "no.json")


def test_weights_count() -> None:
    """Rows whose label is noise weigh nearly nothing: the model learns from the others."""
    made = channels(600, seed=2)
    noise = np.random.default_rng(3).random(600) < 0.5
    turned = {"fine": "bad", "bad": "fine"}
    made["given"] = [turned[k] if n else k for k, n in zip(made["kind"], noise, strict=True)]
    made["w"] = np.where(noise, 1e-4, 1.0).tolist()
    asked = Asked("given", texts=("title",), group="channel", weight="w")
    heavy = train(pose(plain(made), asked, "bad"), label="given", draws=100)
    flat = train(
        pose(plain(made), Asked("given", texts=("title",), group="channel"), "bad"), label="given", draws=100
    )
    truth = (np.array(made["kind"]) == "bad").astype(float)
    assert auc(heavy.probabilities, truth) > 0.9
    assert auc(flat.probabilities, truth) < 0.7


def test_one_class_of_several_is_told_from_the_rest(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    file = written(channels(300), tmp_path / "table.csv")
    options = ("--label", "lang", "--text", "title", "--draws", 100)
    told = tilik("learn", "train", file, *options, "--positive", "jv", "--json").json
    assert told["classes"] == ["the rest", "jv"]
    refused(tilik("learn", "train", file, *options), "3 classes", "--positive")


def test_the_commands(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    file = written(channels(400, seed=1, odd=0.08), tmp_path / "table.csv")
    options = ("--label", "kind", "--positive", "bad", "--group", "channel", "--leave-out", "given")
    more = ("--against", "score", "--draws", 100, "--out", "baseline")
    told = tilik("learn", "train", file, *options, *more, "--json").json
    assert told["figures"]["auc"]["low"] > 0.85
    assert told["against"]["auc difference"]["low"] > 0
    card = Path("baseline/card.md").read_text()
    assert told["model"] in card
    assert "`video`" in card
    spoken = tilik("learn", "train", file, *options, "--draws", 100)
    assert (spoken.code, "calibration slope" in spoken.out) == (0, True)
    assert tilik("learn", "predict", "baseline/model.json", file, "--out", "p.csv").code == 0
    assert Path("p.csv").read_text().startswith('"row","p_bad"\n1,0.')
    refused(tilik("learn", "predict", file, file, "--out", "p.csv"), "no model of the format")
    refused(tilik("learn", "train", file, "--label", "kind", "--positive", "worse"), "worse", "bad, fine")
    refused(tilik("learn", "train", file, *options, "--out", file), "this is a file")

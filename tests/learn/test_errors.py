"""Flipped labels are found in a table, and the command says so."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the extra `learn` is not installed")

from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik, refused
from learn.worlds import channels, plain, written
from tilik.learn.choosing import Asked, pose
from tilik.learn.errors import label_errors
from tilik.learn.hits import hit_rate


def test_flipped_labels_come_first() -> None:
    made = channels(900, seed=3)
    problem = pose(plain(made, "kind", "score"), Asked("given", group="channel", texts=("title",)))
    found = label_errors(problem)
    wrong = np.array(made["kind"]) != np.array(made["given"])
    hits = hit_rate(found.order, wrong, 0.05)
    assert hits.top.value is not None
    assert hits.top.value > 0.9
    assert hits.gain.low > 0.5
    doubted = wrong[found.doubtful]
    assert doubted.mean() > 0.8
    assert doubted.sum() > 0.7 * wrong.sum()
    turned = np.array(problem.classes)[found.suggested][found.doubtful & wrong]
    assert (turned == np.array(made["kind"])[found.doubtful & wrong]).all()


def test_a_model_never_judges_a_channel_it_has_seen() -> None:
    problem = pose(plain(channels(400), "kind"), Asked("given", group="channel", texts=("title",)))
    channel = np.array(problem.table.column("channel"))
    for name in set(channel.tolist()):
        assert len(set(problem.folds[channel == name].tolist())) == 1


def test_copies_of_a_text_are_one_group() -> None:
    made = channels(200, each=1)
    made["title"][7] = made["title"][150] = "lagu anak yang sama di dua saluran"
    problem = pose(plain(made, "kind"), Asked("given", texts=("title",)))
    assert problem.groups[7] == problem.groups[150]
    assert problem.folds[7] == problem.folds[150]


def test_the_command(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    file = written(channels(500, seed=3), tmp_path / "table.csv")
    options = ("--label", "given", "--group", "channel", "--truth", "kind", "--leave-out", "score")
    told = tilik("learn", "errors", file, *options, "--out", "list.csv", "--json").json
    assert told["texts"] == ["title"]
    assert [leak["column"] for leak in told["leaks"]] == ["video"]
    assert told["hits"]["gain"]["low"] > 0.4
    assert len(told["list"]) == told["doubtful"] > 20
    with Path("list.csv").open() as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 500
    trust = [float(row["trust"]) for row in rows]
    assert trust == sorted(trust)
    spoken = tilik("learn", "errors", file, *options)
    assert spoken.code == 0
    assert "labels are probably wrong" in spoken.out
    assert "leaks: video" in spoken.out


def test_several_classes_need_named_columns(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    file = written(channels(200), tmp_path / "table.csv")
    refused(tilik("learn", "errors", file, "--label", "lang"), "3 classes", "--text")
    told = tilik("learn", "errors", file, "--label", "lang", "--text", "title", "--json").json
    assert told["classes"] == ["id", "jv", "su"]
    assert np.array(told["joint"]).sum() == pytest.approx(200)


def test_what_cannot_be_learned_is_said(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    file = written(channels(200), tmp_path / "table.csv")
    refused(tilik("learn", "errors", tmp_path / "no.csv", "--label", "x"), "no such file")
    refused(tilik("learn", "errors", file, "--label", "nothing"), "no column nothing", "there are video")
    refused(tilik("learn", "errors", file, "--label", "video"), "200 different values")
    refused(
        tilik("learn", "errors", file, "--label", "kind", "--features", "title"), "title is text", "--text"
    )
    refused(tilik("learn", "errors", file, "--label", "kind", "--weight", "title"), "every weight")


def test_a_class_may_be_called_none(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    made = channels(200)
    made["kind"] = ["none" if kind == "fine" else "strong" for kind in made["kind"]]
    made["minutes"] = ["N/A" if at % 5 == 0 else x for at, x in enumerate(made["minutes"])]
    file = written(made, tmp_path / "table.csv")
    told = tilik("learn", "errors", file, "--label", "kind", "--features", "minutes", "--json").json
    assert told["classes"] == ["none", "strong"]


def test_without_the_extra_one_line_says_what_to_install(
    tilik: Tilik,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = written(channels(200), tmp_path / "table.csv")
    for part in ("sklearn", "sklearn.linear_model", "sklearn.feature_extraction.text"):
        monkeypatch.setitem(sys.modules, part, None)
    refused(
        tilik("learn", "errors", file, "--label", "given", "--text", "title"), "scikit-learn", "tilik[learn]"
    )

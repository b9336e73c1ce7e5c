"""How far weights count in learning: chosen without a look at what is judged, to the good of the figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the extra `learn` is not installed")

from scipy.sparse import csr_matrix

from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik, refused
from learn.worlds import channels, plain, written
from tilik.kernel import Invalid
from tilik.learn.baseline import Trained, train
from tilik.learn.card import model_card
from tilik.learn.choosing import Asked, pose
from tilik.learn.tempering import POWERS, Rows, Teaching, kish, tempered


def rows(seed: int, *, spread: float, turned: bool, count: int = 1_500, inputs: int = 60) -> Rows:
    """Logistic rows with lognormal weights; ``turned``: the tenth of rows that weighs most is a world of its
    own, in which the inputs say the contrary."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((count, inputs))
    weights = np.exp(spread * random.standard_normal(count))
    line = random.standard_normal(inputs) * 0.4
    heavy = weights >= np.quantile(weights, 0.9)
    odds = x @ line * np.where(heavy & turned, -1, 1)
    y = (random.random(count) < 1 / (1 + np.exp(-odds))).astype(float)
    folds = random.integers(0, 5, count)
    return Rows(csr_matrix(x), y, weights, folds, np.ones(count, dtype=bool), 1.0)


def test_weights_that_tell_nothing_are_not_learned_with() -> None:
    found = [tempered(rows(seed, spread=2.0, turned=False), "chosen") for seed in range(5)]
    assert all(one.power < 1 for one in found)
    assert all(one.learned_size > 2 * one.design_size for one in found)
    assert all(one.losses[one.power] == min(one.losses.values()) for one in found)


def test_weights_that_mark_another_world_are() -> None:
    """What is asked for is the figure by the weights: there the heavy rows rule."""
    found = [tempered(rows(seed, spread=2.0, turned=True), "chosen") for seed in range(5)]
    assert all(one.power == 1 for one in found)


def test_a_folds_power_is_chosen_without_a_look_at_the_fold() -> None:
    made = rows(1, spread=1.5, turned=False)
    before = tempered(made, "chosen")
    for fold in range(5):
        other = made.y.copy()
        other[made.folds == fold] = 1 - other[made.folds == fold]
        weights = np.where(made.folds == fold, made.weights[::-1], made.weights)
        after = tempered(replace(made, y=other, weights=weights), "chosen")
        assert after.by_fold[fold] == before.by_fold[fold]
        assert after.losses != before.losses


def test_there_is_no_choice_where_weights_are_equal_or_rows_too_few() -> None:
    made = rows(1, spread=1.0, turned=False, count=200)
    equal = tempered(replace(made, weights=np.ones(200)), "chosen")
    assert (equal.why, equal.power, equal.losses) == ("equal-weights", 1.0, {})
    assert (equal.design_size, equal.learned_size) == (200, 200)
    assert tempered(replace(made, folds=made.folds % 2), "chosen").why == "too-few-rows"
    lone = np.zeros(200)
    lone[:2] = 1
    assert tempered(replace(made, y=lone, folds=np.arange(200) % 3), "chosen").why == "too-few-rows"
    asked = tempered(made, "even")
    assert (asked.why, asked.power, asked.by_fold) == ("asked", 0.0, (0.0,) * 5)
    assert tempered(made, "design").power == 1.0
    assert kish(np.array([1.0, 1, 1, 1])) == 4
    assert kish(np.array([1.0, 0])) == 1


def weighted(seed: int, teaching: Teaching) -> Trained:
    made = channels(900, seed=seed, odd=0.3)
    made["w"] = np.exp(1.7 * np.random.default_rng(seed).standard_normal(900)).tolist()
    asked = Asked("kind", features=("views", "minutes"), texts=("title",), group="channel", weight="w")
    return train(pose(plain(made), asked, "bad"), label="kind", teaching=teaching, draws=100)


def test_the_weighted_figure_gains_by_learning_evenly() -> None:
    gains = [
        weighted(seed, "chosen").figures["auc"].value - weighted(seed, "design").figures["auc"].value
        for seed in range(6)
    ]
    assert np.mean(gains) > 0.005


def test_figures_rest_on_the_rows_that_are_to_be_judged_and_all_rows_teach() -> None:
    made: dict[str, list[Any]] = channels(600, seed=3, odd=0.08)
    made["recent"] = [str(at >= 400) for at in range(600)]
    asked = Asked("kind", texts=("title",), group="channel", judge_on="recent")
    found = train(pose(plain(made), asked, "bad"), label="kind", incumbent="score", draws=100)
    assert {one.n for one in (*found.figures.values(), *found.against.values())} == {200}
    assert sum(one.found.n for one in found.reliability) == 200
    alone = {name: cells[400:] for name, cells in made.items()}
    only = train(
        pose(plain(alone), Asked("kind", texts=("title",), group="channel"), "bad"), label="kind", draws=100
    )
    assert found.figures["brier"].value < only.figures["brier"].value, "200 more channels' rows teach"
    with pytest.raises(Invalid, match="true or false"):
        pose(plain(made), replace(asked, judge_on="views"), "bad")
    made["recent"] = [str(kind == "bad") for kind in made["kind"]]
    with pytest.raises(Invalid, match="all classes"):
        pose(plain(made), asked, "bad")


def test_the_card_says_how_far_weights_counted_and_why() -> None:
    found = weighted(0, "chosen")
    card = model_card(found, source="s", source_digest="d", model_digest="m")
    assert f"to the power {found.tempering.power:g}: chosen among 1, 0.5, 0" in card
    assert set(found.tempering.losses) == set(POWERS)
    card = model_card(weighted(0, "even"), source="s", source_digest="d", model_digest="m")
    assert "to the power 0: as was asked" in card


def test_the_command(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    made = channels(400, seed=1, odd=0.3)
    made["w"] = np.exp(1.7 * np.random.default_rng(1).standard_normal(400)).tolist()
    made["recent"] = [str(at >= 200) for at in range(400)]
    file = written(made, tmp_path / "table.csv")
    options = ("--label", "kind", "--positive", "bad", "--text", "title", "--weight", "w", "--draws", 100)
    told = tilik("learn", "train", file, *options, "--judge-on", "recent", "--json").json
    assert told["judged"] == 200
    assert told["learning_weights"]["why"] == "chosen"
    assert told["learning_weights"]["n_eff_learned"] > told["learning_weights"]["n_eff_design"]
    told = tilik("learn", "train", file, *options, "--learning-weights", "even", "--json").json
    assert (told["learning_weights"]["power"], told["learning_weights"]["why"]) == (0, "asked")
    refused(tilik("learn", "train", file, *options, "--judge-on", "views"), "true or false")

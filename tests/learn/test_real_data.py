"""On real data: 559 disturbing and 779 suitable channels, and 13,169 Indonesian tweets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the extra `learn` is not installed")

from tilik.learn.baseline import train
from tilik.learn.choosing import Asked, pose
from tilik.learn.errors import label_errors
from tilik.learn.hits import Hits, hit_rate
from tilik.learn.tables import Plain, read_plain


@pytest.fixture(scope="module")
def channels(shared: Path) -> Plain:
    file = shared / "data" / "kids_video" / "channel_features.csv"
    if not file.is_file():
        pytest.skip("no real data beside the repository")
    return read_plain(file)


def test_disturbing_channels_are_told_apart_without_the_columns_that_leak(channels: Plain) -> None:
    problem = pose(channels, Asked("category"), "disturbing")
    assert np.bincount(problem.labels).tolist() == [779, 559]
    why = {leak.column: set(leak.why) for leak in problem.leaks}
    assert set(why) == {
        "id", "videoIds", "disturbingCount", "suitableCount", "suitableRatio", "madeForKidsDisturbing",
    }  # fmt: skip
    assert {"target-copy", "says-the-outcome"} <= why["videoIds"]
    assert "one-sided" in why["madeForKidsDisturbing"]
    figures = train(problem, label="category", draws=200).figures
    assert figures["auc"].low > 0.72
    assert figures["calibration in the large"].low < 0 < figures["calibration in the large"].high
    assert figures["calibration slope"].low < 1 < figures["calibration slope"].high


def test_flipped_channels_are_found(channels: Plain) -> None:
    clean = pose(channels, Asked("category"))
    named = replace(Asked("category"), features=clean.features, texts=clean.texts)
    assert flips(channels, named).gain.low > 0


@pytest.mark.slow
def test_flipped_tweets_are_found(shared: Path) -> None:
    file = shared / "data" / "indonesian" / "tweets_12labels.csv"
    if not file.is_file():
        pytest.skip("no real data beside the repository")
    hits = flips(read_plain(file), Asked("HS", texts=("Tweet",)))
    assert hits.top.low > 0.5
    assert hits.control.high < 0.06


def flips(table: Plain, asked: Asked) -> Hits:
    """The hits in the top 5 % where 5 % of the labels are turned round."""
    cells = list(table.column(asked.label))
    wrong = np.zeros(len(cells), dtype=bool)
    wrong[np.random.default_rng(1).choice(len(cells), round(0.05 * len(cells)), replace=False)] = True
    one, other = sorted({str(cell) for cell in cells})
    turned = {one: other, other: one}
    flipped = [turned[str(cell)] if at else cell for cell, at in zip(cells, wrong.tolist(), strict=True)]
    problem = pose(Plain({**table.columns, asked.label: flipped}, table.rows), asked)
    return hit_rate(label_errors(problem).order, wrong, 0.05)

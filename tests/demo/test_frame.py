"""The demo frame: what it promises about shape, truth and determinism."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from scipy.stats import rankdata

from tilik.demo.frame import DemoFrame, make_demo_frame

ROWS = 60_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFrame:
    return make_demo_frame(tmp_path_factory.mktemp("demo"), rows=ROWS, seed=3)


def auc(score: np.ndarray, truth: np.ndarray) -> float:
    ranks, positives = rankdata(score), truth.sum()
    return (ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * (truth.size - positives))


def test_same_seed_same_bytes_other_seed_other_frame(tmp_path: Path, made: DemoFrame) -> None:
    again = make_demo_frame(tmp_path / "again", rows=ROWS, seed=3)
    other = make_demo_frame(tmp_path / "other", rows=ROWS, seed=4)
    assert pq.read_table(again.frame).equals(pq.read_table(made.frame))
    assert pq.read_table(again.truth).equals(pq.read_table(made.truth))
    assert not pq.read_table(other.frame).equals(pq.read_table(made.frame))


def test_frame_columns_hold_no_truth(made: DemoFrame) -> None:
    assert pq.read_schema(made.frame).names == [
        "video",
        "impressions",
        "channel",
        "language",
        "topic",
        "age_band",
        "surface",
        "score_harm",
        "score_synthetic",
    ]


def test_ids_are_unique_and_shared_with_the_truth(made: DemoFrame) -> None:
    frame, truth = pq.read_table(made.frame), pq.read_table(made.truth)
    assert len(set(frame["video"].to_pylist())) == ROWS
    assert frame["video"].equals(truth["video"])


def test_impressions_are_heavy_tailed(made: DemoFrame) -> None:
    impressions = np.sort(pq.read_table(made.frame)["impressions"].to_numpy())
    assert impressions[0] >= 1
    assert impressions[-ROWS // 100 :].sum() > 0.3 * impressions.sum()


def test_verdict_follows_the_guidelines_rule(made: DemoFrame) -> None:
    for row in pq.read_table(made.truth).slice(0, 20_000).to_pylist():
        levels = [mark["level"] for mark in row["labels"]]
        strong = sum(mark["level"] == 2 for mark in row["strengths"])
        if 3 in levels:
            rule = "Q4"
        elif 2 in levels or levels.count(1) >= 3:
            rule = "Q3"
        else:
            rule = "Q1" if strong >= 2 else "Q2"
        assert row["verdict"] == rule
        assert row["failing"] == (rule in {"Q3", "Q4"})


def test_shares_are_the_truths(made: DemoFrame) -> None:
    impressions = pq.read_table(made.frame)["impressions"].to_numpy()
    truth = pq.read_table(made.truth)
    failing = truth["failing"].to_numpy()
    assert made.failing == pytest.approx(impressions[failing].sum() / impressions.sum())
    assert made.failing_videos == pytest.approx(failing.mean())
    assert sum(made.verdicts.values()) == pytest.approx(1)
    held = np.array([any(m["code"] == "COM-GAMB" for m in marks) for marks in truth["labels"].to_pylist()])
    assert made.labels["COM-GAMB"] == pytest.approx(impressions[held].sum() / impressions.sum())
    assert json.loads(made.shares.read_text())["failing"] == made.failing


def test_scores_rank_well_but_are_not_calibrated(made: DemoFrame) -> None:
    frame = pq.read_table(made.frame)
    failing = pq.read_table(made.truth)["failing"].to_numpy()
    score = frame["score_harm"].to_numpy()
    assert auc(score, failing) == pytest.approx(0.90, abs=0.01)
    assert abs(score.mean() - failing.mean()) > 0.05
    assert score.min() >= 0 and score.max() <= 1


def test_prevalence_of_the_full_frame_is_near_eleven_percent(tmp_path: Path) -> None:
    full = make_demo_frame(tmp_path)
    assert 0.10 <= full.failing <= 0.12
    assert all(share > 0.003 for share in full.labels.values())

"""AUC, calibration and their intervals, against scikit-learn and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from tilik.kernel import Invalid
from tilik.learn.baseline import reliability
from tilik.learn.calibration import fit_calibration, logistic_line, pool_adjacent
from tilik.learn.judging import auc, auc_of, figures_of, judged, less

metrics = pytest.importorskip("sklearn.metrics", reason="the extra `learn` is not installed")
isotonic = pytest.importorskip("sklearn.isotonic", reason="the extra `learn` is not installed")


@pytest.mark.parametrize("seed", range(5))
def test_weighted_auc_and_brier_are_those_of_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    y = (random.random(300) < 0.3).astype(float)
    scores = np.round(expit(random.normal(y, 1)), 2)  # with ties
    w = random.gamma(1, 1, 300)
    assert auc(scores, y, w) == pytest.approx(metrics.roc_auc_score(y, scores, sample_weight=w))
    brier = figures_of(scores, y)["brier"](w)
    assert brier == pytest.approx(metrics.brier_score_loss(y, scores, sample_weight=w))


def test_pool_adjacent_is_scikit_learns_isotonic_regression() -> None:
    random = np.random.default_rng(1)
    y, w = random.random(200) + np.linspace(0, 1, 200), random.gamma(1, 1, 200)
    theirs = isotonic.IsotonicRegression().fit_transform(np.arange(200), y, sample_weight=w)
    assert pool_adjacent(y, w) == pytest.approx(theirs)


def test_calibration_repairs_odds_that_are_twice_too_sure() -> None:
    random = np.random.default_rng(2)
    odds = random.normal(-0.5, 1.5, 20_000)
    y = (random.random(odds.size) < expit(odds)).astype(float)
    scores, w = 2 * odds + 1, np.ones(odds.size)
    slope, shift = logistic_line(scores, y, w)
    assert (slope, shift) == (pytest.approx(0.5, abs=0.03), pytest.approx(-0.5, abs=0.06))
    for how in ("sigmoid", "isotonic"):
        p = fit_calibration(scores, y, w, how).apply(scores)  # type: ignore[arg-type]
        assert np.abs(p - expit(odds)).mean() < 0.02
        assert 0 < p.min() <= p.max() < 1
        for one in reliability(p, y, w):
            assert one.found.low - 0.02 < one.said < one.found.high + 0.02


def test_isotonic_is_refused_where_it_would_follow_noise() -> None:
    y = np.r_[np.ones(20), np.zeros(400)]
    with pytest.raises(Invalid, match="20"):
        fit_calibration(np.arange(420.0), y, np.ones(420), "isotonic")


def test_the_interval_of_clustered_rows_covers_and_one_of_rows_would_not() -> None:
    """Channels of eight like videos: 300 replicates of 60 channels; the truth from one large world."""

    def world(random: np.random.Generator, channels: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        group = np.repeat(np.arange(channels), 8)
        y = (random.random(channels) < 0.4).astype(float)[group]
        scores = y + random.normal(0, 1.2, channels)[group] + random.normal(0, 0.4, group.size)
        return scores, y, group

    scores, y, _ = world(np.random.default_rng(0), 40_000)
    truth = auc(scores, y)
    hits = alone = 0
    for seed in range(300):
        scores, y, group = world(np.random.default_rng(1 + seed), 60)
        figure, w = {"auc": auc_of(scores, y)}, np.ones(y.size)
        by_group = judged(figure, w, group, of="{}", draws=200)["auc"]
        hits += by_group.low <= truth <= by_group.high
        by_row = judged(figure, w, np.arange(y.size), of="{}", draws=200)["auc"]
        alone += by_row.low <= truth <= by_row.high
    assert 0.90 <= hits / 300 <= 0.98  # 300 replicates know the coverage to ± 2.5 points
    assert alone / 300 < 0.65


def test_a_paired_difference_is_sharper_than_two_intervals() -> None:
    random = np.random.default_rng(3)
    y = (random.random(800) < 0.3).astype(float)
    score = y + random.normal(0, 1, 800)
    better = score + 0.3 * y
    figures = {"a": auc_of(better, y), "b": auc_of(score, y)}
    found = judged(figures | {"gap": less(figures["a"], figures["b"])}, np.ones(800), np.arange(800), of="{}")
    assert found["gap"].low > 0
    assert found["gap"].high - found["gap"].low < (found["a"].high - found["a"].low) / 2

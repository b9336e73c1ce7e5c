"""The threshold table: each row is the figures at that threshold, and a simultaneous band holds the curve."""

from itertools import pairwise

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats import (
    FrameTotals,
    assisted,
    brewer_variance,
    hajek_ratio,
    precision,
    recall,
    threshold_table,
    two_phase,
)
from tilik.stats.bands import level_of_each
from tilik.stats.phase import second_phase
from tilik.stats.sample import make_sample
from tilik.stats.variance import brewer_covariance

from .test_classifier import drawn, frame

CUTS = (0.1, 0.2, 0.3, 0.5, 0.7)


def test_each_row_is_the_figures_at_that_threshold() -> None:
    y, score, w, pi = drawn(700, 1, *frame())
    rows = threshold_table(y, score, w, pi, thresholds=CUTS)
    assert [row.threshold for row in rows] == sorted(CUTS, reverse=True)
    for row in rows:
        acts = (score >= row.threshold).astype(float)
        for found, direct in (
            (row.flagged, hajek_ratio(acts, w, pi, of="x", interval="half-positive")),
            (row.precision, precision(y, acts, w, pi, of="x", interval="half-positive")),
            (row.recall, recall(y, acts, w, pi, of="x", interval="half-positive")),
        ):
            assert (found.value, found.low, found.high) == (direct.value, direct.low, direct.high)
            assert (found.inputs["band"], found.inputs["threshold"]) == ("pointwise", row.threshold)
    assert all(a.recall.value <= b.recall.value for a, b in pairwise(rows))


def test_with_the_frame_each_row_is_the_difference_estimator_and_flagged_is_counted() -> None:
    y_all, score_all, w_all = frame()
    y, score, w, pi = drawn(700, 1, y_all, score_all, w_all)
    totals = FrameTotals.at_each(w_all, score_all, CUTS)
    for row in threshold_table(y, score, w, pi, thresholds=CUTS, totals=totals):
        known = FrameTotals.of(w_all, score_all, row.threshold)
        direct = assisted(y, score, w, pi, threshold=row.threshold, totals=known, of="{}")
        assert (row.recall.low, row.recall.value) == pytest.approx((direct.recall.low, direct.recall.value))
        assert row.precision.high == pytest.approx(direct.precision.high)
        assert row.flagged.value == row.flagged.low == pytest.approx(known.above / known.measure)


def test_totals_at_each_threshold_are_those_of_one_by_one() -> None:
    rng = np.random.default_rng(0)
    w, score = rng.lognormal(0, 1, 500), np.round(rng.random(500), 1)
    for cut, totals in zip((0.5, 0.1, 1.0), FrameTotals.at_each(w, score, (0.5, 0.1, 1.0)), strict=True):
        alone = FrameTotals.of(w, score, cut)
        assert (totals.above, totals.score_above) == pytest.approx((alone.above, alone.score_above))
        assert totals.measure == alone.measure


def test_a_second_phase_gives_the_curve_of_the_corrected_figures() -> None:
    y_all, score_all, w_all = frame()
    y, score, w, pi = drawn(900, 2, y_all, score_all, w_all)
    rng = np.random.default_rng(1)
    review = np.where(rng.random(y.size) < 0.95, y, 1 - y)
    pi2 = np.where(review == 1, 0.9, 0.3)
    ruling = np.where(rng.random(y.size) < pi2, y, np.nan)
    totals = FrameTotals.at_each(w_all, score_all, (0.3,))
    rows = threshold_table(
        second_phase(review, ruling, pi2, score), score, w, pi, thresholds=(0.3,), totals=totals
    )
    direct = two_phase(review, ruling, pi2, score, w, pi, threshold=0.3, totals=totals[0], of="{}").corrected
    assert rows[0].recall.value == pytest.approx(direct.recall.value)
    assert rows[0].precision.low == pytest.approx(direct.precision.low)


def test_what_two_phases_withhold_the_curve_withholds_too() -> None:
    y_all, score_all, w_all = frame()
    _, score, w, pi = drawn(400, 2, y_all, score_all, w_all)
    review, ruling = np.zeros(score.size), np.full(score.size, np.nan)
    ruling[:60] = 0
    ruling[:5] = 1
    pi2 = np.full(score.size, 60 / score.size)
    totals = FrameTotals.at_each(w_all, score_all, (0.3,))
    direct = two_phase(review, ruling, pi2, score, w, pi, threshold=0.3, totals=totals[0], of="{}").corrected
    outcome = second_phase(review, ruling, pi2, score)
    (row,) = threshold_table(outcome, score, w, pi, thresholds=(0.3,), totals=totals)
    for found, known in ((row.precision, direct.precision), (row.recall, direct.recall)):
        assert (found.value, found.low, found.high) == (known.value, known.low, known.high)


def test_few_positives_give_bounds_and_the_reason_in_the_curve_too() -> None:
    y, score, w, pi = drawn(300, 5, *frame())
    few = np.zeros_like(y)
    few[np.flatnonzero((score >= 0.5) & (y == 1))[:4]] = 1
    for totals in (None, FrameTotals.at_each(*frame()[:0:-1], CUTS)):
        for row in threshold_table(few, score, w, pi, thresholds=CUTS, totals=totals):
            for found in (row.precision, row.recall):
                assert found.value is None
                assert found.low < found.high
                assert "a point needs 5" in found.inputs["refused"]


def test_covariances_are_brewers_by_polarisation() -> None:
    rng = np.random.default_rng(6)
    e, pi, strata = rng.normal(size=(40, 3)), rng.uniform(0.05, 1, 40), np.repeat(["a", "b"], 20)
    for family in (None, np.arange(40) // 3):
        sample = make_sample(np.ones(40), pi, strata, None, family)
        found = brewer_covariance(e, pi, sample.stratum, sample.family)
        for i in range(3):
            for j in range(3):
                both = [brewer_variance(e[:, i] + sign * e[:, j], pi, strata, family) for sign in (1, -1)]
                assert found[i, j] == pytest.approx((both[0] - both[1]) / 4)


def test_the_level_of_each_is_sidaks_for_independent_figures_and_the_level_for_one() -> None:
    rng = np.random.default_rng(3)
    sample = make_sample(np.ones(20_000), np.full(20_000, 0.01), None, None)
    apart = rng.normal(size=(20_000, 4))
    assert level_of_each(apart, sample, 0.95) == pytest.approx(0.95**0.25, abs=0.002)
    same = np.repeat(apart[:, :1], 4, axis=1)
    assert level_of_each(same, sample, 0.95) == pytest.approx(0.95, abs=0.002)
    assert level_of_each(apart[:, :1], sample, 0.95) == 0.95
    assert level_of_each(np.zeros((20_000, 3)), sample, 0.95) == 0.95


@pytest.mark.parametrize("helped", [False, True])
def test_simultaneous_bands_hold_the_whole_curve_and_pointwise_ones_do_not(helped: bool) -> None:
    """Precision and recall at five thresholds, 160 draws of 600; Monte-Carlo error .02."""
    y_all, score_all, w_all = frame(seed=9)
    totals = FrameTotals.at_each(w_all, score_all, CUTS) if helped else None
    truth = {}
    for cut in CUTS:
        hit = (w_all * y_all)[score_all >= cut].sum()
        truth[cut] = (hit / w_all[score_all >= cut].sum(), hit / (w_all @ y_all))
    held = {"pointwise": np.zeros(2), "simultaneous": np.zeros(2)}
    for seed in range(160):
        sample = drawn(600, seed, y_all, score_all, w_all)
        for band, times in held.items():
            rows = threshold_table(*sample, thresholds=CUTS, totals=totals, band=band)
            for at, name in enumerate(("precision", "recall")):
                figures = [(getattr(row, name), truth[row.threshold][at]) for row in rows]
                times[at] += all(one.low <= known <= one.high for one, known in figures)
    assert (held["simultaneous"] / 160 >= 0.91).all()
    assert (held["pointwise"] < held["simultaneous"]).all()


def test_what_cannot_be_a_table_is_refused() -> None:
    y, score, w, pi = drawn(100, 5, *frame())
    with pytest.raises(Invalid, match="threshold"):
        threshold_table(y, score, w, pi, thresholds=())
    with pytest.raises(Invalid, match="twice"):
        threshold_table(y, score, w, pi, thresholds=(0.5, 0.5))
    with pytest.raises(Invalid, match="totals"):
        threshold_table(y, score, w, pi, thresholds=(0.5,), totals=[])
    with pytest.raises(Invalid, match="second phase"):
        threshold_table(second_phase(y, y, np.ones_like(y), score), score, w, pi, thresholds=(0.5,))
    with pytest.raises(Invalid, match="0 or 1"):
        threshold_table(y * 0.5, score, w, pi, thresholds=(0.5,))

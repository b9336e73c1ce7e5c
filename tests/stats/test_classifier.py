"""Precision, recall, specificity and the difference estimator: written out, refused, bounded, unbiased."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.kernel import Invalid
from tilik.stats import (
    FrameTotals,
    assisted,
    assisted_share,
    brewer_variance,
    hajek_ratio,
    precision,
    recall,
    specificity,
)
from tilik.stats.figures import FEWEST_POSITIVES
from tilik.stats.smoothing import fit_chances

THRESHOLD = 0.5


def frame(rows: int = 4000, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Truth, score and impressions of a whole population."""
    rng = np.random.default_rng(seed)
    score = rng.beta(0.5, 3, rows)
    return (rng.random(rows) < 0.7 * score).astype(float), score, rng.lognormal(3, 1, rows)


def drawn(n: int, seed: int, y: np.ndarray, score: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    pi = np.minimum(1, n * w / w.sum())
    at = np.flatnonzero(rng.random(w.size) < pi)
    return y[at], score[at], w[at], pi[at]


def test_hajek_figures_written_out() -> None:
    y, score, w, pi = drawn(500, 1, *frame())
    acts, g = (score >= THRESHOLD).astype(float), w / pi
    assert precision(y, acts, w, pi, of="p").value == pytest.approx((g * y * acts).sum() / (g * acts).sum())
    assert recall(y, acts, w, pi, of="r").value == pytest.approx((g * y * acts).sum() / (g * y).sum())
    calm, clean = 1 - acts, 1 - y
    assert specificity(y, acts, w, pi, of="s").value == pytest.approx(
        (g * calm * clean).sum() / (g * clean).sum()
    )


def test_a_census_of_the_frame_returns_the_truth_of_all_four() -> None:
    y, score, w = frame(800)
    acts = score >= THRESHOLD
    totals = FrameTotals.of(w, score, THRESHOLD)
    found = assisted(y, score, w, np.ones(800), threshold=THRESHOLD, totals=totals, of="{}")
    truth = (
        (w @ y) / w.sum(),
        (w * y)[acts].sum() / w[acts].sum(),
        (w * y)[acts].sum() / (w @ y),
        (w * (1 - y))[~acts].sum() / (w @ (1 - y)),
    )
    for estimate, known in zip(found, truth, strict=True):
        assert (estimate.value, estimate.low, estimate.high) == (pytest.approx(known),) * 3


def test_the_difference_is_the_formula_written_out() -> None:
    y_all, score_all, w_all = frame()
    y, score, w, pi = drawn(400, 2, y_all, score_all, w_all)
    totals = FrameTotals.of(w_all, score_all)
    estimate = assisted_share(y, score, w, pi, totals=totals, of="x")
    g, c = w / pi, (1 - pi) * (w / pi) ** 2
    centred = score - (g @ score) / g.sum()
    tuning = (c @ (centred * (y - (g @ y) / g.sum()))) / (c @ centred**2)
    by_hand = (g @ (y - tuning * score)) / g.sum() + tuning * totals.score / totals.measure
    assert estimate.inputs["tuning_below"] == pytest.approx(tuning)
    assert estimate.value == pytest.approx(by_hand)
    residual = w * (y - tuning * score - (g @ (y - tuning * score)) / g.sum()) / g.sum()
    assert estimate.inputs["standard_error_unsmoothed"] == pytest.approx(brewer_variance(residual, pi) ** 0.5)


def test_a_score_that_says_nothing_does_no_harm() -> None:
    y, score, w = frame()
    rng = np.random.default_rng(0)
    noise = rng.permutation(score)
    sample = drawn(600, 4, y, noise, w)
    plain = hajek_ratio(sample[0], sample[2], sample[3], of="x")
    helped = assisted_share(*sample, totals=FrameTotals.of(w, noise), of="x")
    assert helped.inputs["tuning_below"] < 0.2
    assert helped.high - helped.low < 1.1 * (plain.high - plain.low)


def test_it_is_unbiased_and_narrower_than_hajek_over_many_draws() -> None:
    y, score, w = frame()
    totals, truth = FrameTotals.of(w, score), (w @ y) / w.sum()
    plain, helped = [], []
    for seed in range(400):
        sample = drawn(300, seed, y, score, w)
        plain.append(hajek_ratio(sample[0], sample[2], sample[3], of="x").value)
        helped.append(assisted_share(*sample, totals=totals, of="x").value)
    error = np.std(helped) / np.sqrt(400)
    assert abs(np.mean(helped) - truth) < 3 * error
    assert np.std(helped) < 0.95 * np.std(plain)


def test_few_positives_give_a_bound_and_no_point() -> None:
    y, score, w = frame()
    sample_y, s, sample_w, pi = drawn(300, 5, y, score, w)
    few = np.zeros_like(sample_y)
    few[np.flatnonzero((s >= THRESHOLD) & (sample_y == 1))[: FEWEST_POSITIVES - 1]] = 1
    totals = FrameTotals.of(w, score, THRESHOLD)
    found = assisted(few, s, sample_w, pi, threshold=THRESHOLD, totals=totals, of="{}")
    assert found.prevalence.value is not None
    for estimate in (found.precision, found.recall, precision(few, s >= THRESHOLD, sample_w, pi, of="p")):
        assert estimate.value is None
        assert estimate.low < estimate.high <= 1
        assert estimate.method.endswith("too-few-positives")
        assert estimate.inputs["positives"] == FEWEST_POSITIVES - 1


def test_no_positive_at_all_still_bounds_the_prevalence() -> None:
    y, score, w = frame()
    _, s, sample_w, pi = drawn(300, 5, y, score, w)
    found = assisted(
        np.zeros(s.size), s, sample_w, pi, threshold=THRESHOLD, totals=FrameTotals.of(w, score, 0.5), of="{}"
    )
    assert found.prevalence.low == 0 < found.prevalence.high < 0.05
    assert (found.recall.low, found.recall.high, found.recall.value) == (0, 1, None)


def test_a_side_of_which_nothing_was_judged_widens_to_all_it_could_hold() -> None:
    y, score, w = frame()
    sample = drawn(300, 5, y, score, w)
    low = sample[1] < THRESHOLD
    totals = FrameTotals.of(w, score, THRESHOLD)
    found = assisted(*(array[low] for array in sample), threshold=THRESHOLD, totals=totals, of="{}")
    assert found.prevalence.value is None
    assert found.prevalence.high > totals.above / totals.measure
    assert (found.precision.value, found.precision.low, found.precision.high) == (None, 0, 1)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 60), st.floats(0, 1), st.floats(0.05, 0.95))
def test_any_sample_gives_ordered_intervals_within_range(seed: int, n: int, share: float, at: float) -> None:
    rng = np.random.default_rng(seed)
    score, w, pi = rng.random(n), rng.lognormal(0, 2, n), rng.uniform(0.01, 1, n)
    y = (rng.random(n) < share).astype(float)
    totals = FrameTotals.of(rng.lognormal(0, 2, 500), rng.random(500), at)
    for estimate in assisted(y, score, w, pi, threshold=at, totals=totals, of="{}"):
        assert 0 <= estimate.low <= estimate.high <= 1
        if estimate.value is not None:
            assert estimate.low - 1e-9 <= estimate.value <= estimate.high + 1e-9


def test_smoothed_chances_follow_the_score_and_keep_the_mean() -> None:
    rng = np.random.default_rng(1)
    score = rng.beta(1, 8, 5000)
    y = (rng.random(5000) < score).astype(float)
    chance = fit_chances(y, score)(score)
    assert chance.mean() == pytest.approx(y.mean(), rel=1e-3)
    assert np.abs(chance - score).mean() < 0.01
    order = np.argsort(score)
    assert np.all(np.diff(chance[order][500:]) >= -1e-9)


def test_smoothed_chances_of_no_positives_are_small_but_not_zero() -> None:
    score = np.linspace(0.01, 0.3, 200)
    chance = fit_chances(np.zeros(200), score)(score)
    assert 0 < chance.min() < chance.max() < 0.2


@pytest.mark.parametrize("totals", [(0.0, 0.0), (10.0, 11.0), (10.0, 5.0, 11.0), (10.0, 5.0, 4.0, 6.0)])
def test_totals_that_no_frame_can_have_are_refused(totals: tuple[float, ...]) -> None:
    with pytest.raises(Invalid):
        FrameTotals(*totals)


def test_outcomes_between_0_and_1_are_refused() -> None:
    with pytest.raises(Invalid):
        assisted_share([0.5], [0.5], [1.0], [0.5], totals=FrameTotals(10, 1), of="x")


def test_unequal_positives_are_counted_by_what_they_are_worth() -> None:
    y, acts, w = np.repeat([1.0, 0.0], [20, 80]), np.ones(100), np.ones(100)
    even, uneven = np.full(100, 0.05), np.where(np.arange(100) == 0, 0.001, 0.5)
    assert precision(y, acts, w, even, of="p").inputs["positives"] == 20
    refused = precision(y, acts, w, uneven, of="p")
    assert refused.value is None
    assert refused.inputs["positives"] == pytest.approx((1000 + 19 * 2) ** 2 / (1000**2 + 19 * 4))
    assert "1.08 positives" in str(refused.inputs["refused"])


def test_where_nothing_was_judged_the_reason_is_said() -> None:
    """Of a sample of positives alone nothing is known of specificity."""
    found = specificity(np.ones(20), np.ones(20), np.ones(20), np.full(20, 0.1), of="s")
    assert (found.value, found.low, found.high, found.n) == (None, 0, 1, 0)
    assert found.inputs["refused"] == "nothing was judged"


def test_units_that_weigh_nothing_do_not_make_a_side_known() -> None:
    """Of a side from which only videos without impressions were judged nothing is known."""
    found = assisted(
        [1, 0, 0, 0, 1],
        [0.9, 0.1, 0.2, 0.1, 0.3],
        [0, 5, 6, 7, 3],
        [0.1] * 5,
        threshold=0.5,
        totals=FrameTotals(1000, 100, 100, 80),
        of="{}",
        inputs={"study": "s"},
    )
    assert (found.precision.value, found.precision.low, found.precision.high) == (None, 0, 1)
    assert found.prevalence.value is None
    assert found.prevalence.high >= 0.1
    assert (found.specificity.value, found.specificity.low, found.specificity.high) == (None, 0, 1)
    assert found.specificity.inputs["study"] == "s"


def test_what_rounding_leaves_below_a_threshold_is_no_side_of_its_own() -> None:
    """A constant score above the threshold: sums in another order differ in their last bits."""
    totals = FrameTotals(1000, 700, 1000 - 1e-10, 700 - 1e-10)
    found = assisted(
        [1, 0, 0, 0, 1], [0.7] * 5, [2, 5, 6, 7, 3], [0.1] * 5, threshold=0.5, totals=totals, of="{}"
    )
    assert found.prevalence.value == pytest.approx(5 / 23)
    assert found.precision.high < 1
    assert FrameTotals(1000, 1000 * (1 + 1e-15)).measure == 1000


def test_of_nothing_negative_there_is_no_specificity() -> None:
    found = assisted(
        [1, 1, 1, 1],
        [0.7, 0.2, 0.1, 0.3],
        [2, 3, 4, 5],
        [0.1] * 4,
        threshold=0.5,
        totals=FrameTotals(140, 14, 20, 14),
        of="{}",
    )
    assert (found.specificity.value, found.specificity.low, found.specificity.high) == (None, 0, 1)
    assert found.specificity.inputs["refused"] == "all that was judged is positive"
    assert found.prevalence.value == 1

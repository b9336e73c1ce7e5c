"""The second phase: unbiased over adjudications, honest about what was not ruled on; bounds; the display."""

from itertools import combinations

import numpy as np
import pytest

from tilik.kernel import Estimate, Invalid
from tilik.sampling import adjudicate
from tilik.stats import FrameTotals, assisted, hajek_ratio, manski, rogan_gladen, two_phase
from tilik.stats.phase import one_phase, second_phase

N = 600


def reviewed(seed: int = 1) -> tuple[np.ndarray, ...]:
    """Truth, review, score, impressions and π of a sample."""
    rng = np.random.default_rng(seed)
    score = rng.beta(0.6, 3, N)
    y = (rng.random(N) < score).astype(float)
    review = np.where(rng.random(N) < np.where(y == 1, 0.85, 0.06), 1.0, 0.0)
    w = rng.lognormal(2, 1, N)
    return y, review, score, w, np.clip(w / w.max(), 0.01, 1)


def totals(score: np.ndarray, w: np.ndarray) -> FrameTotals:
    return FrameTotals.of(np.tile(w, 20), np.tile(score, 20), 0.5)


def test_all_adjudicated_is_the_estimate_by_rulings_whatever_was_reviewed() -> None:
    y, review, score, w, pi = reviewed()
    known = totals(score, w)
    whole = two_phase(review, y, np.ones(N), score, w, pi, threshold=0.5, totals=known, of="{}").corrected
    direct = assisted(y, score, w, pi, threshold=0.5, totals=known, of="{}")
    for one, other in zip(whole, direct, strict=True):
        assert one.value == pytest.approx(other.value)
        assert one.inputs["standard_error_unsmoothed"] == pytest.approx(
            other.inputs["standard_error_unsmoothed"]
        )


def test_outcomes_are_unbiased_over_all_second_phases_of_a_fixed_model() -> None:
    """With every pair of five units equally likely, the mean outcome of û is the ruling when m is fixed."""
    y, pi2 = np.array([1.0, 0, 0, 1, 0]), np.full(5, 2 / 5)
    m = np.array([0.7, 0.1, 0.2, 0.4, 0.3])
    found = np.zeros(5)
    pairs = list(combinations(range(5), 2))
    for pair in pairs:
        settled = np.isin(np.arange(5), pair)
        found += m + np.where(settled, (y - m) / pi2, 0)
    assert found / len(pairs) == pytest.approx(y)


def test_the_outcome_is_the_formula_written_out() -> None:
    y, review, score, _, _ = reviewed()
    pi2 = np.where(review == 1, 0.8, 0.2)
    ruling = np.where(np.random.default_rng(3).random(N) < pi2, y, np.nan)
    outcome = second_phase(review, ruling, pi2, score)
    settled = np.isfinite(ruling)
    assert outcome.value[~settled] == pytest.approx(outcome.chance[~settled])
    gap = (y - outcome.chance)[settled]
    assert outcome.value[settled] == pytest.approx(outcome.chance[settled] + gap / pi2[settled])
    assert outcome.noise[settled] == pytest.approx((1 - pi2[settled]) / pi2[settled] ** 2 * gap**2)
    assert outcome.chance[review == 1].mean() > 5 * outcome.chance[review == 0].mean()


def test_correction_removes_the_bias_of_reviews_over_many_adjudications() -> None:
    y, review, score, w, pi = reviewed()
    known = totals(score, w)
    target = assisted(y, score, w, pi, threshold=0.5, totals=known, of="{}").prevalence.value
    corrected, raw = [], 0.0
    for seed in range(150):
        chosen = adjudicate(review, score, w / pi, np.random.default_rng(seed).random(N), 120)
        ruling = np.full(N, np.nan)
        ruling[chosen.units] = y[chosen.units]
        found = two_phase(review, ruling, chosen.pi2, score, w, pi, threshold=0.5, totals=known, of="{}")
        corrected.append(found.corrected.prevalence.value)
        raw = found.raw.prevalence.value
    assert abs(np.mean(corrected) / target - 1) < 0.03
    assert abs(raw / target - 1) > 0.08


def test_a_second_phase_costs_width_and_says_how_many_were_adjudicated() -> None:
    y, review, score, w, pi = reviewed()
    known = totals(score, w)
    chosen = adjudicate(review, score, w / pi, np.random.default_rng(0).random(N), 100, acts=score >= 0.5)
    ruling = np.full(N, np.nan)
    ruling[chosen.units] = y[chosen.units]
    part = two_phase(review, ruling, chosen.pi2, score, w, pi, threshold=0.5, totals=known, of="{}")
    whole = two_phase(review, y, np.ones(N), score, w, pi, threshold=0.5, totals=known, of="{}")
    for some, every in zip(part.corrected, whole.corrected, strict=True):
        assert some.high - some.low > every.high - every.low
    assert part.corrected.recall.inputs["adjudicated"] == 100
    assert part.raw.prevalence.of.endswith("(reviews taken as true)")


def test_unjudgeable_units_take_part_through_their_own_rulings() -> None:
    y, review, score, w, pi = reviewed()
    lost = np.random.default_rng(5).random(N) < 0.1
    review[lost] = np.nan
    found = two_phase(review, y, np.ones(N), score, w, pi, threshold=0.5, totals=totals(score, w), of="{}")
    direct = assisted(y, score, w, pi, threshold=0.5, totals=totals(score, w), of="{}")
    assert found.corrected.prevalence.value == pytest.approx(direct.prevalence.value)
    assert found.corrected.prevalence.inputs["unjudgeable"] == lost.sum()
    with pytest.raises(Invalid) as refused:
        second_phase(review, np.where(lost, np.nan, y), np.full(N, 0.5), score)
    assert refused.value.code == "no-ruling"


def test_adjudication_takes_what_moves_the_estimate() -> None:
    _, review, score, w, pi = reviewed()
    chosen = adjudicate(review, score, w / pi, np.random.default_rng(0).random(N), 150)
    negative = review == 0
    high, low = negative & (score > 0.3), negative & (score < 0.05)
    assert chosen.units.size == 150
    assert chosen.pi2[high].mean() > 1.5 * chosen.pi2[low].mean()
    assert chosen.pi2[review == 1].mean() > 2 * chosen.pi2[negative].mean()
    assert np.all((chosen.pi2 > 0) & (chosen.pi2 <= 1))
    everything = adjudicate(review, score, w / pi, np.random.default_rng(0).random(N), 10 * N)
    assert np.all(everything.pi2 == 1)


def test_adjudication_expands_to_the_reviewed_on_average() -> None:
    _, review, score, w, pi = reviewed()
    sums = []
    for seed in range(400):
        chosen = adjudicate(review, score, w / pi, np.random.default_rng(seed).random(N), 90)
        sums.append((1 / chosen.pi2[chosen.units]).sum())
    assert abs(np.mean(sums) - N) < 4 * np.std(sums) / 20


def test_reviews_taken_as_true_have_no_noise() -> None:
    outcome = one_phase(np.array([1.0, 0, 0]), np.array([0.5, 0.1, 0.2]))
    assert outcome.noise.tolist() == outcome.modelled.tolist() == [0, 0, 0]


def test_bounds_of_the_unjudgeable_and_their_alarm() -> None:
    y = np.array([1.0] * 10 + [0.0] * 85 + [np.nan] * 5)
    w, pi = np.ones(100), np.full(100, 1e-6)
    found = manski(y, w, pi, of="x")
    assert (found.inputs["if_none"], found.inputs["if_all"]) == (pytest.approx(0.10), pytest.approx(0.15))
    assert found.value is None
    assert found.low == hajek_ratio(np.nan_to_num(y), w, pi, of="x").low
    assert found.high == hajek_ratio(np.where(np.isnan(y), 1, y), w, pi, of="x").high
    assert found.inputs["alarm"] is True
    few = manski(np.array([1.0] * 30 + [0.0] * 69 + [np.nan]), w, pi, of="x")
    assert few.inputs["alarm"] is False
    assert manski(np.nan_to_num(y), w, pi, of="x").value == pytest.approx(0.10)


def share(value: float, half: float) -> Estimate:
    return Estimate(value=value, low=value - half, high=value + half, n=100, n_eff=100, method="m", of="x")


def test_rogan_gladen_inverts_the_expected_raw_share() -> None:
    raw = 0.005 * 0.9 + 0.995 * 0.02
    found = rogan_gladen(share(raw, 0.002), share(0.9, 0.05), share(0.98, 0.01), of="x")
    assert found.value == pytest.approx(0.005)
    assert found.high - found.low > found.value
    assert "display only" in found.method
    with pytest.raises(Invalid):
        rogan_gladen(share(0.5, 0.1), share(0.5, 0.1), share(0.5, 0.1), of="x")


@pytest.mark.parametrize(
    "bad",
    [
        ([1, 0], [1], [0.5, 0.5], [0.5, 0.5]),
        ([1, 2], [1, 0], [0.5, 0.5], [0.5, 0.5]),
        ([1, 0], [1, 0.5], [0.5, 0.5], [0.5, 0.5]),
        ([1, 0], [1, 0], [0.0, 0.5], [0.5, 0.5]),
    ],
)
def test_what_cannot_be_a_second_phase_is_refused(bad: tuple) -> None:
    with pytest.raises(Invalid):
        second_phase(*bad)


def test_where_adjudication_leaves_nearly_nothing_no_point_is_given() -> None:
    """A thousand reviews with 2 % false positives, hardly a true one among them, and few ruled on."""
    rng = np.random.default_rng(4)
    n = 1000
    score, pi = rng.uniform(0.01, 0.6, n), np.full(n, 0.01)
    truth = (np.arange(n) == 7).astype(float)
    review = np.where(rng.random(n) < 0.02, 1.0, truth)
    pi2 = np.where(review == 1, 0.5, 0.05)
    ruling = np.where(rng.random(n) < pi2, truth, np.nan)
    ruling[np.flatnonzero(review == 0)[0]] = 0.0
    whole = FrameTotals.of(np.full(n, 100.0), score, 0.5)
    found = two_phase(
        review, ruling, pi2, score, np.ones(n), pi, threshold=0.5, totals=whole, of="{}"
    ).corrected
    assert found.prevalence.value is None
    assert found.prevalence.high < 0.4
    assert (found.recall.value, found.recall.low, found.recall.high) == (None, 0.0, 1.0)
    assert "positives, and points need 3" in str(found.precision.inputs["refused"])

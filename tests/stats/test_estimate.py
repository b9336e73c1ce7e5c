"""Shares: their value, their honest ends, their refusals, and judged parts of a draw."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.kernel import Invalid
from tilik.stats import clopper_pearson, hajek_mean, hajek_ratio, respondents, share_by_class, shares
from tilik.stats.domain import domain_share
from tilik.stats.intervals import IntervalKind

OF = "impression share of verdict Q3 or Q4"


def sample(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    w = rng.lognormal(5, 2, n)
    return (rng.random(n) < 0.2).astype(float), w, np.minimum(1, w * 3 / w.sum() * 20)


def test_value_is_the_hajek_ratio_written_out() -> None:
    y, w, pi = sample(80)
    estimate = hajek_ratio(y, w, pi, of=OF)
    assert estimate.value == pytest.approx((w / pi * y).sum() / (w / pi).sum())
    assert estimate.low < estimate.value < estimate.high
    assert (estimate.n, estimate.of, estimate.method) == (80, OF, "hajek+korn-graubard")


def test_variance_is_that_of_the_linearised_residual() -> None:
    y, w, pi = sample(80)
    estimate = hajek_ratio(y, w, pi, of=OF)
    z = (w / pi * (y - estimate.value) / (w / pi).sum())[pi < 1]
    free = (1 - pi)[pi < 1]
    by_hand = z.size / (z.size - 1) * (free * (z - z.mean()) ** 2).sum()
    assert estimate.inputs["standard_error"] == pytest.approx(by_hand**0.5)
    assert estimate.n_eff == pytest.approx(estimate.value * (1 - estimate.value) / by_hand)


def test_a_simple_random_sample_gives_the_exact_binomial_interval() -> None:
    y = np.repeat([1.0, 0.0], [13, 187])
    estimate = hajek_ratio(y, np.ones(200), np.full(200, 1e-6), of=OF)
    low, high = clopper_pearson(13 * 199 / 200, 199)
    assert (estimate.low, estimate.high) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


def test_known_totals_weigh_the_strata() -> None:
    y, strata = np.array([1.0, 0, 0, 0, 1, 1, 0, 0]), np.repeat(["low", "high"], 4)
    estimate = hajek_ratio(y, np.ones(8), np.full(8, 0.1), strata, totals={"low": 900, "high": 100}, of=OF)
    assert estimate.value == pytest.approx(0.9 * 0.25 + 0.1 * 0.5)
    assert estimate.method.startswith("hajek-separate")


def test_strata_without_any_judgement_widen_to_all_they_could_hold() -> None:
    y = np.array([1.0, 0, 0, 0, 0, 0])
    totals = {"seen": 80.0, "unseen": 20.0}
    part = hajek_ratio(y, np.ones(6), np.full(6, 0.1), ["seen"] * 6, of=OF)
    whole = hajek_ratio(y, np.ones(6), np.full(6, 0.1), ["seen"] * 6, totals=totals, of=OF)
    assert whole.value is None
    assert whole.low == pytest.approx(0.8 * part.low)
    assert whole.high == pytest.approx(0.8 * part.high + 0.2)
    assert "unseen" in whole.method


@pytest.mark.parametrize("truth", [0.0, 1.0])
def test_agreement_of_all_still_has_a_bound(truth: float) -> None:
    _, w, pi = sample(60)
    pi = np.minimum(pi, 0.9)
    estimate = hajek_ratio(np.full(60, truth), w, pi, of=OF)
    g = w / pi
    kish = g.sum() ** 2 / (g @ g)
    assert estimate.value == truth
    assert estimate.n_eff == pytest.approx(kish)
    assert estimate.high - estimate.low >= 1 - 0.025 ** (1 / kish) - 1e-9


def test_a_stratum_whose_few_units_agree_is_not_taken_as_known() -> None:
    y = np.concatenate([np.zeros(10), np.tile([1.0, 0.0], 50)])
    strata = np.repeat(["few", "many"], [10, 100])
    totals = {"few": 500.0, "many": 500.0}
    estimate = hajek_ratio(y, np.ones(110), np.full(110, 0.01), strata, totals=totals, of=OF)
    spread_of_many = 0.5 * 0.5 / 99**0.5
    assert estimate.inputs["standard_error"] > spread_of_many * 1.1


def test_nothing_judged_says_nothing() -> None:
    estimate = hajek_ratio([], [], [], of=OF)
    assert (estimate.value, estimate.low, estimate.high, estimate.n) == (None, 0, 1, 0)


def test_a_census_is_exact() -> None:
    estimate = hajek_ratio([1, 0, 0], [10, 20, 70], [1, 1, 1], of=OF)
    assert (estimate.value, estimate.low, estimate.high) == (pytest.approx(0.1),) * 3


def test_one_unit_gives_a_wide_interval_not_an_error() -> None:
    estimate = hajek_ratio([1], [5], [0.2], of=OF)
    assert estimate.high == 1
    assert estimate.low < 0.2


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_sample_gives_an_ordered_interval_within_range(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 40))

    def draw(low: float, high: float) -> np.ndarray:
        return np.array(data.draw(st.lists(st.floats(low, high), min_size=n, max_size=n)))

    y = (draw(0, 1) > data.draw(st.floats(0, 1))).astype(float)
    strata = data.draw(st.lists(st.sampled_from("abc"), min_size=n, max_size=n))
    totals = data.draw(st.sampled_from([None, {"a": 5.0, "b": 1.0, "c": 40.0}]))
    for kind in ("korn-graubard", "wilson"):
        estimate = hajek_ratio(y, draw(0.5, 1e6), draw(1e-6, 1), strata, totals=totals, of=OF, interval=kind)
        assert 0 <= estimate.low <= estimate.high <= 1
        if estimate.value is not None:
            assert estimate.low - 1e-9 <= estimate.value <= estimate.high + 1e-9


def test_scaling_the_measure_or_the_probabilities_moves_no_share() -> None:
    y, w, pi = sample(50)
    base = hajek_ratio(y, w, pi / 2, of=OF)
    assert hajek_ratio(y, 1000 * w, pi / 2, of=OF).value == pytest.approx(base.value)
    assert hajek_ratio(y, w, pi / 4, of=OF).value == pytest.approx(base.value)


def test_classes_add_up_and_unseen_classes_get_a_bound() -> None:
    _, w, pi = sample(90)
    verdicts = np.array(["Q1", "Q2", "Q3"] * 30)
    by = share_by_class(verdicts, ["Q1", "Q2", "Q3", "Q4"], w, pi, of="impression share of verdict {}")
    assert sum(by[name].value for name in by) == pytest.approx(1)
    assert by["Q4"].value == 0 < by["Q4"].high
    assert by["Q2"].of == "impression share of verdict Q2"
    with pytest.raises(Invalid, match="Q9"):
        share_by_class(["Q9"], ["Q1"], [1.0], [0.5], of="{}")


def test_labels_may_overlap() -> None:
    by = shares({"A": [1, 1, 0, 0], "B": [1, 0, 1, 1]}, np.ones(4), np.full(4, 0.1), of="{}")
    assert (by["A"].value, by["B"].value) == (0.5, 0.75)


def test_judged_part_scales_the_probabilities_within_strata() -> None:
    pi, strata = np.array([0.1, 0.2, 0.3, 1.0, 1.0, 0.5]), ["a", "a", "a", "b", "b", "b"]
    judged = np.array([True, False, True, True, False, False])
    assert respondents(pi, judged, strata) == pytest.approx([0.1 * 2 / 3, 0.3 * 2 / 3, 1 / 3])


def test_judged_part_of_a_draw_stays_unbiased_over_all_parts() -> None:
    y, pi = np.array([3.0, 1.0, 8.0, 5.0, 2.0]), np.array([0.1, 0.5, 0.4, 1.0, 0.25])
    totals = []
    for part in combinations(range(5), 3):
        judged = np.isin(np.arange(5), part)
        totals.append((y[judged] / respondents(pi, judged)).sum())
    assert np.mean(totals) == pytest.approx((y / pi).sum())


@pytest.mark.parametrize(
    ("arrays", "code"),
    [
        (([1], [1], [0.0]), "pi-out-of-range"),
        (([1], [1], [1.5]), "pi-out-of-range"),
        (([1], [-1], [0.5]), "measure-out-of-range"),
        (([2], [1], [0.5]), "y-out-of-range"),
        (([np.nan], [1], [0.5]), "y-not-finite"),
        (([1, 0], [1], [0.5]), "shapes-differ"),
    ],
)
def test_what_cannot_be_a_sample_is_refused(arrays: tuple[list, list, list], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        hajek_ratio(*arrays, of=OF)
    assert refused.value.code == code


def test_a_stratum_the_frame_does_not_know_is_refused() -> None:
    with pytest.raises(Invalid, match="b"):
        hajek_ratio([1, 0], [1, 1], [0.5, 0.5], ["a", "b"], totals={"a": 3}, of=OF)


def test_a_mean_needs_two_units() -> None:
    with pytest.raises(Invalid):
        hajek_mean([3.0], [1], [0.5], of="mean")


@pytest.mark.parametrize("interval", ["korn-graubard", "half-positive", "wilson", "mid-p"])
def test_a_failing_video_without_impressions_moves_nothing(interval: IntervalKind) -> None:
    """A simple random draw holds such videos; they are no reason to fall silent, and tell nothing."""
    without = hajek_ratio([0, 0, 0], [5, 6, 7], [0.1] * 3, of="x", interval=interval)
    found = hajek_ratio([1, 0, 0, 0], [0, 5, 6, 7], [0.1] * 4, of="x", interval=interval)
    assert found.value == 0
    assert 0.4 < found.high <= 1
    assert found.n_eff == pytest.approx(without.n_eff)
    part = domain_share(
        [1, 0, 0, 0, 0], [1, 1, 1, 1, 0], [0, 5, 6, 7, 8], [0.1] * 5, of="x", interval=interval
    )
    assert (part.value, part.n) == (0, 4)

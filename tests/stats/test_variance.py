"""The design variance against R's survey package and against all samples of small populations."""

from itertools import combinations

import numpy as np
import pytest

from tilik.stats import brewer_variance, hajek_mean, hajek_ratio, total

from .published import column, needs_survey


@needs_survey
def test_apistrat_mean_and_standard_error_as_in_r_survey() -> None:
    """``svymean(~api00, svydesign(id=~1, strata=~stype, weights=~pw, data=apistrat, fpc=~fpc))``."""
    strata = column("apistrat", "stype")
    size = column("apistrat", "fpc").astype(float)
    drawn = np.array([(strata == stratum).sum() for stratum in strata])
    mean = hajek_mean(
        column("apistrat", "api00").astype(float), np.ones(200), drawn / size, strata, of="mean api00"
    )
    assert round(mean.value, 4) == 662.2874
    assert round(mean.inputs["standard_error"], 4) == 9.4089


@needs_survey
def test_apistrat_known_totals_change_nothing_when_the_expanded_ones_are_exact() -> None:
    strata, size = column("apistrat", "stype"), column("apistrat", "fpc").astype(float)
    drawn = np.array([(strata == stratum).sum() for stratum in strata])
    totals = {str(name): float(size[strata == name][0]) for name in np.unique(strata)}
    low_growth = (column("apistrat", "growth").astype(float) < 10).astype(float)
    combined = hajek_ratio(low_growth, np.ones(200), drawn / size, strata, of="x")
    separate = hajek_ratio(low_growth, np.ones(200), drawn / size, strata, totals=totals, of="x")
    assert separate.value == pytest.approx(combined.value)
    assert separate.inputs["standard_error"] == pytest.approx(combined.inputs["standard_error"])


def test_equal_probabilities_give_the_textbook_formula() -> None:
    y = np.array([3.0, 5.0, 9.0, 2.0, 7.0])
    assert brewer_variance(y, np.full(5, 5 / 20)) == pytest.approx(20**2 * (1 - 0.25) * y.var(ddof=1) / 5)


def test_certain_units_add_nothing_and_do_not_move_the_mean() -> None:
    e, pi = np.array([1.0, 4.0, 2.0, 90.0]), np.array([0.2, 0.4, 0.3, 1.0])
    assert brewer_variance(e, pi) == pytest.approx(brewer_variance(e[:3], pi[:3]))
    assert brewer_variance(e, np.ones(4)) == 0


def test_a_lone_unit_is_never_taken_as_known() -> None:
    assert brewer_variance([2.0], [0.5]) == pytest.approx(0.5 * 16)


def test_strata_add_up() -> None:
    rng = np.random.default_rng(5)
    e, pi, strata = rng.normal(size=40), rng.uniform(0.05, 0.9, 40), np.repeat(["a", "b"], 20)
    parts = [brewer_variance(e[strata == name], pi[strata == name]) for name in "ab"]
    assert brewer_variance(e, pi, strata) == pytest.approx(sum(parts))


def conditional_poisson(size: int, odds: np.ndarray) -> tuple[list[tuple[int, ...]], np.ndarray, np.ndarray]:
    """Every sample of ``size`` units, its probability under the highest-entropy design, and exact π."""
    samples = list(combinations(range(odds.size), size))
    chance = np.array([odds[list(sample)].prod() for sample in samples])
    chance /= chance.sum()
    pi = np.zeros(odds.size)
    for sample, p in zip(samples, chance, strict=True):
        pi[list(sample)] += p
    return samples, chance, pi


@pytest.mark.parametrize("size", [5, 6, 7])
def test_total_is_unbiased_and_its_variance_right_over_all_samples(size: int) -> None:
    rng = np.random.default_rng(size)
    odds = rng.lognormal(0, 0.6, 12)
    samples, chance, pi = conditional_poisson(size, odds)
    y = odds * 3 + rng.normal(0, 1, 12)
    values = np.array([(y[list(s)] / pi[list(s)]).sum() for s in samples])
    estimated = np.array([brewer_variance(y[list(s)], pi[list(s)]) for s in samples])
    assert chance @ values == pytest.approx(y.sum())
    assert chance @ estimated == pytest.approx(chance @ (values - y.sum()) ** 2, rel=0.06)


def test_simple_random_variance_is_exactly_unbiased_over_all_samples() -> None:
    y = np.array([1.0, 4.0, 4.0, 9.0, 2.0, 7.0, 0.0])
    samples = list(combinations(range(7), 3))
    values = [y[list(s)].sum() * 7 / 3 for s in samples]
    estimated = [brewer_variance(y[list(s)], np.full(3, 3 / 7)) for s in samples]
    assert np.mean(estimated) == pytest.approx(np.var(values))


def test_total_carries_its_standard_error() -> None:
    y, pi = np.array([3.0, 5.0, 9.0, 2.0]), np.array([0.2, 0.3, 0.5, 0.1])
    estimate = total(y, pi, of="sum of y")
    assert estimate.value == pytest.approx((y / pi).sum())
    assert estimate.inputs["standard_error"] == pytest.approx(brewer_variance(y, pi) ** 0.5)
    assert estimate.low < estimate.value < estimate.high

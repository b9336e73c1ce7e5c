"""Intervals against published figures, scipy, and what they promise."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom, binomtest, poisson, t

from tilik.kernel import Invalid
from tilik.stats import clopper_pearson, korn_graubard, wilson
from tilik.stats.intervals import three_cumulants

proportions = st.floats(0, 1)
sizes = st.integers(1, 5000)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(48, 50, 86.5, 98.9), (97, 100, 91.5, 99.0), (194, 200, 93.6, 98.6), (388, 400, 94.8, 98.3)],
)
def test_wilson_at_97_percent_observed(hits: int, n: int, low: float, high: float) -> None:
    """Published with one decimal; 97 % of 50 is 48.5, and the figure is that of 48."""
    interval = wilson(hits / n, n)
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (low, high)


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from([0.8, 0.95, 0.99]))
def test_whole_counts_agree_with_scipy(hits: int, misses: int, level: float) -> None:
    n = hits + misses
    if n == 0:
        return
    test = binomtest(hits, n)
    for ours, method in ((wilson(hits / n, n, level), "wilson"), (clopper_pearson(hits, n, level), "exact")):
        theirs = test.proportion_ci(level, method=method)
        assert ours.low == pytest.approx(theirs.low, abs=1e-9)
        assert ours.high == pytest.approx(theirs.high, abs=1e-9)


@given(proportions, sizes, st.floats(1, 5000))
def test_intervals_hold_their_point_and_stay_in_range(p: float, n: int, n_eff: float) -> None:
    for interval in (wilson(p, n_eff), korn_graubard(p, n_eff, n=n, df=max(1, n - 3))):
        assert 0 <= interval.low <= p + 1e-12
        assert p - 1e-12 <= interval.high <= 1


@given(st.floats(0.02, 0.98), st.floats(2, 2000))
def test_more_units_make_wilson_narrower(p: float, n: float) -> None:
    assert wilson(p, 2 * n).high - wilson(p, 2 * n).low < wilson(p, n).high - wilson(p, n).low


def test_korn_graubard_is_exact_binomial_when_the_sample_is_simple() -> None:
    assert korn_graubard(0.12, 250, n=250, df=249) == clopper_pearson(30, 250)


def test_korn_graubard_written_out() -> None:
    size = 310 * (t.ppf(0.975, 399) / t.ppf(0.975, 12)) ** 2
    low, high = korn_graubard(0.07, 310, n=400, df=12)
    assert low == pytest.approx(beta.ppf(0.025, 0.07 * size, 0.93 * size + 1))
    assert high == pytest.approx(beta.ppf(0.975, 0.07 * size + 1, 0.93 * size))


def test_zero_positives_print_the_exact_upper_bound() -> None:
    assert korn_graubard(0, 100, n=100, df=99) == (0, pytest.approx(1 - 0.025 ** (1 / 100)))
    assert korn_graubard(1, 100, n=100, df=99) == (pytest.approx(0.025 ** (1 / 100)), 1)
    assert wilson(0, 100).low == 0 < wilson(0, 100).high


@pytest.mark.parametrize(("n", "p"), [(40, 0.03), (120, 0.1), (300, 0.5)])
def test_clopper_pearson_never_covers_less_than_it_says(n: int, p: float) -> None:
    covered = sum(binom.pmf(x, n, p) for x in range(n + 1) if (i := clopper_pearson(x, n)).low <= p <= i.high)
    assert covered >= 0.95


@pytest.mark.parametrize(
    "bad", [(-0.1, 10, 0.95), (1.1, 10, 0.95), (0.5, 0, 0.95), (0.5, math.inf, 0.95), (0.5, 9, 1)]
)
def test_nonsense_is_refused(bad: tuple[float, float, float]) -> None:
    with pytest.raises(Invalid):
        wilson(*bad)


@pytest.mark.parametrize(("x", "scale"), [(3.0, 1.0), (17.0, 0.2), (140.0, 5.0)])
def test_three_cumulants_of_a_multiple_of_a_count_give_the_exact_interval(x: float, scale: float) -> None:
    """A Poisson count's mid-p ends by its own distribution function, times the scale."""
    low, high = three_cumulants(scale * x, scale**2 * x, scale**3 * x)
    for end, tail in ((low, 0.975), (high, 0.025)):
        mean = end / scale
        assert poisson.cdf(x, mean) - poisson.pmf(x, mean) / 2 == pytest.approx(tail, abs=1e-9)


def test_three_cumulants_turn_round_and_end_up_normal() -> None:
    low, high = three_cumulants(0.5, 0.01, 0.0)
    assert (low, high) == pytest.approx((0.5 - 1.959964 * 0.1, 0.5 + 1.959964 * 0.1))
    up, down = three_cumulants(0.5, 0.01, 4e-4), three_cumulants(0.5, 0.01, -4e-4)
    assert (down.low, down.high) == pytest.approx((1 - up.high, 1 - up.low))
    assert up.high - 0.5 > 0.5 - up.low
    almost = three_cumulants(0.5, 0.01, 2.3e-5)
    assert (almost.low, almost.high) == pytest.approx((low, high), rel=2e-2)
    with pytest.raises(Invalid, match="positive variance"):
        three_cumulants(0.5, 0.0, 0.0)

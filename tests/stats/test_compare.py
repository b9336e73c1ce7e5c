"""Differences, ratios and domains: published figures, coverage, refusals."""

import numpy as np
import pytest
from scipy.stats import binom

from tilik.kernel import Estimate, Invalid
from tilik.stats import difference, hajek_ratio, mid_p, paired_difference, ratio, shares_by, wilson


def share(hits: int, n: int) -> Estimate:
    y = np.repeat([1.0, 0.0], [hits, n - hits])
    return hajek_ratio(y, np.ones(n), np.full(n, 1e-9), of="share", interval="wilson")


def exact(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, n=50, n_eff=50, method="given", of="x")


def test_newcombe_s_published_difference() -> None:
    """Newcombe (1998), method 10, row (a): 56/70 - 48/80, interval .0524 to .3339."""
    one, two = (exact(hits / n, *wilson(hits / n, n)) for hits, n in ((56, 70), (48, 80)))
    found = difference(one, two, of="d")
    assert found.value == pytest.approx(0.2)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


def test_a_ratio_of_an_exact_denominator_is_the_scaled_interval() -> None:
    found = ratio(exact(0.4, 0.3, 0.55), exact(0.5, 0.5, 0.5), of="r")
    assert (found.value, found.low, found.high) == pytest.approx((0.8, 0.6, 1.1))


def test_a_ratio_of_an_exact_numerator_turns_the_interval_around() -> None:
    found = ratio(exact(0.4, 0.4, 0.4), exact(0.5, 0.4, 0.8), of="r")
    assert (found.low, found.high) == pytest.approx((0.5, 1.0))


def test_differences_and_ratios_cover() -> None:
    rng = np.random.default_rng(2)
    hit = np.zeros(2)
    for _ in range(400):
        one, two = share(rng.binomial(300, 0.3), 300), share(rng.binomial(300, 0.2), 300)
        gap, quotient = difference(one, two, of="d"), ratio(one, two, of="r")
        hit += [gap.low <= 0.1 <= gap.high, quotient.low <= 1.5 <= quotient.high]
    assert np.all((hit / 400 > 0.92) & (hit / 400 < 0.98))


def test_bounds_and_zeros_cannot_be_compared() -> None:
    bound = Estimate(value=None, low=0, high=0.2, n=3, n_eff=3, method="bound", of="x")
    with pytest.raises(Invalid):
        difference(bound, share(3, 10), of="d")
    with pytest.raises(Invalid):
        ratio(share(3, 10), share(0, 10), of="r")


def test_paired_judgements_know_more_than_two_samples() -> None:
    rng = np.random.default_rng(4)
    old = (rng.random(500) < 0.3).astype(float)
    new = np.where(rng.random(500) < 0.05, 1 - old, old)
    w, pi = rng.lognormal(2, 1, 500), np.full(500, 0.01)
    paired = paired_difference(new, old, w, pi, of="d")
    apart = difference(hajek_ratio(new, w, pi, of="n"), hajek_ratio(old, w, pi, of="o"), of="d")
    assert paired.value == pytest.approx(apart.value)
    assert paired.high - paired.low < 0.6 * (apart.high - apart.low)


def test_domains_are_the_ratios_of_their_units() -> None:
    rng = np.random.default_rng(5)
    y, w, pi = (rng.random(90) < 0.4).astype(float), rng.lognormal(2, 1, 90), rng.uniform(0.1, 0.9, 90)
    by = rng.choice(["id", "jv"], 90)
    found = shares_by(y, by, w, pi, of="failing in {}")
    assert set(found) == {"id", "jv"}
    on = by == "jv"
    assert found["jv"].value == pytest.approx((w / pi * y)[on].sum() / (w / pi)[on].sum())
    assert found["jv"].of == "failing in jv"


def test_mid_p_at_zero_and_against_the_exact_binomial() -> None:
    assert mid_p(0, 100).high == pytest.approx(1 - 0.05 ** (1 / 100))
    low, high = mid_p(10, 40)
    assert binom.sf(10, 40, low) + binom.pmf(10, 40, low) / 2 == pytest.approx(0.025)
    assert binom.cdf(9, 40, high) + binom.pmf(10, 40, high) / 2 == pytest.approx(0.025)
    assert mid_p(40, 40).high == 1

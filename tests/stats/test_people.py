"""Rates with partial pooling: a published example, another quadrature, and coverage."""

import numpy as np
import pytest
from scipy.stats import beta, betabinom

from tilik.kernel import Invalid
from tilik.stats import pooled_rates
from tilik.stats.people import fit_pool, marginal

RATS = """
0/20 0/20 0/20 0/20 0/20 0/20 0/20 0/19 0/19 0/19 0/19 0/18 0/18 0/17 1/20 1/20 1/20 1/20 1/19 1/19 1/18
1/18 2/25 2/24 2/23 2/20 2/20 2/20 2/20 2/20 2/20 1/10 5/49 2/19 5/46 3/27 2/17 7/49 7/47 3/20 3/20 2/13
9/48 10/50 4/20 4/20 4/20 4/20 4/20 4/20 4/20 10/48 4/19 4/19 4/19 5/22 11/46 12/49 5/20 5/20 6/23 5/19
6/22 6/20 6/20 6/20 16/52 15/47 15/46 9/24 4/14
"""
"""Tarone's 71 groups of rats, as in Gelman et al., Bayesian Data Analysis, 3rd ed., table 5.1."""


def rats() -> tuple[np.ndarray, np.ndarray]:
    pairs = np.array([[int(part) for part in one.split("/")] for one in RATS.split()], dtype=float)
    return pairs[:, 0], pairs[:, 1]


def test_the_marginal_likelihood_reproduces_the_published_posterior_means() -> None:
    """BDA3, 5.3: under the prior (α+β)^(-5/2) the posterior means are α 2.4 and β 14.3."""
    x, n = rats()
    assert x.size == 71
    odds, size = np.meshgrid(np.linspace(-2.6, -1.1, 400), np.linspace(0.5, 6.5, 400), indexing="ij")
    a = np.exp(odds + size) / (1 + np.exp(odds))
    b = np.exp(size) - a
    # The Jacobian of (log α/β, log(α+β)) is αβ.
    log = marginal(x, n, a, b) - 2.5 * size + np.log(a) + np.log(b)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    assert round(float((weight * a).sum()), 1) == 2.4
    assert round(float((weight * b).sum()), 1) == 14.3


def test_rates_are_those_of_another_quadrature() -> None:
    """Four people; an even grid over μ and the shrinkage, with scipy's beta-binomial."""
    x, n = np.array([9.0, 18.0, 3.0, 1.0]), np.array([10.0, 20.0, 8.0, 4.0])
    steps = (np.arange(700) + 0.5) / 700
    mu, share = np.meshgrid(steps, steps, indexing="ij")
    size = 4 * share / (1 - share)
    a, b = mu * size, (1 - mu) * size
    weight = np.prod([betabinom.pmf(hits, asked, a, b) for hits, asked in zip(x, n, strict=True)], axis=0)
    weight /= weight.sum()
    found = pooled_rates(x, n, target=0.6)
    assert found.pool.value == pytest.approx(float((weight * mu).sum()), abs=5e-4)
    for j in range(4):
        value = float((weight * (a + x[j]) / (size + n[j])).sum())
        below = float((weight * beta.cdf(0.6, a + x[j], b + n[j] - x[j])).sum())
        assert found.rates[j].value == pytest.approx(value, abs=5e-4)
        assert found.rates[j].inputs["chance_below"] == pytest.approx(below, abs=1e-3)


def test_few_answers_lie_near_the_others_and_many_are_ones_own() -> None:
    right, asked = [95, 92, 97, 94, 5, 850, 0], [100, 100, 100, 100, 10, 1000, 0]
    found = pooled_rates(right, asked, target=0.9)
    few, many, none = found.rates[4:]
    assert 0.6 < few.value < 0.9
    assert few.high < 0.97
    assert many.value == pytest.approx(0.85, abs=0.005)
    assert many.inputs["below"] is True
    assert found.rates[0].inputs["below"] is False
    assert (none.inputs["own_rate"], none.n) == (None, 0)
    assert none.low < found.pool.value < none.high
    assert few.n_eff > few.n


def test_where_all_are_alike_the_intervals_are_those_of_the_pool() -> None:
    alike = pooled_rates(np.full(40, 18), np.full(40, 20)).rates[0]
    alone = beta.ppf([0.025, 0.975], 18.5, 2.5)
    assert alike.high - alike.low < 0.6 * (alone[1] - alone[0])
    assert alike.value == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize("size", [8.0, 40.0, 1e6])
def test_intervals_cover_each_persons_rate_on_average(size: float) -> None:
    """40 teams of 25 people with 5 to 60 answers; rates spread by Beta(.9·size, .1·size); error .007.

    Where all are alike (the last) nobody can know it, and the intervals are wider than they had to be.
    """
    held = total = narrow = 0.0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        truth = rng.beta(0.9 * size, 0.1 * size, 25)
        asked = rng.integers(5, 61, 25)
        right = rng.binomial(asked, truth)
        for rate, known, x, n in zip(pooled_rates(right, asked).rates, truth, right, asked, strict=True):
            held += rate.low <= known <= rate.high
            low, high = beta.ppf([0.025, 0.975], x + 0.5, n - x + 0.5)
            narrow += (rate.high - rate.low) / (high - low)
            total += 1
    assert held / total >= 0.93
    assert narrow / total < (0.95 if size < 10 else 0.75)


def test_flags_are_rare_among_people_at_the_target() -> None:
    flagged = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        asked = rng.integers(10, 80, 20)
        found = pooled_rates(rng.binomial(asked, 0.95), asked, target=0.95)
        flagged += sum(bool(rate.inputs["below"]) for rate in found.rates)
    assert flagged / (40 * 20) < 0.025


@pytest.mark.parametrize(("right", "asked"), [([3], [2]), ([1, 1], [2]), ([], []), ([0], [0]), ([-1], [3])])
def test_counts_that_are_none_are_refused(right: list[int], asked: list[int]) -> None:
    with pytest.raises(Invalid):
        pooled_rates(right, asked)


def test_the_posterior_is_a_distribution_even_at_the_ends() -> None:
    for right in (0.0, 500.0):
        pool = fit_pool(np.full(30, right), np.full(30, 500.0))
        assert pool.weight.sum() == pytest.approx(1)
        assert abs((pool.weight @ pool.centre) - right / 500) < 0.005

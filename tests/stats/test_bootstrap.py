"""The rescaled bootstrap: its variance over all resamples is Brewer's, and its intervals cover."""

from itertools import product

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats import bootstrap, bootstrap_ratio, brewer_variance, hajek_ratio
from tilik.stats.bootstrap import replicates
from tilik.stats.sample import make_sample

from .published import column, needs_survey


def factors(pi: np.ndarray) -> np.ndarray:
    """Every resample of k-1 of k units, each equally likely."""
    k = pi.size
    rows = [np.bincount(drawn, minlength=k) for drawn in product(range(k), repeat=k - 1)]
    return 1 + np.sqrt(1 - pi) * (np.array(rows) * k / (k - 1) - 1)


@pytest.mark.parametrize("pi", [np.full(5, 0.3), np.full(5, 1e-9)])
def test_over_all_resamples_mean_and_variance_are_the_textbooks(pi: np.ndarray) -> None:
    e = np.array([3.0, 1.0, 4.0, 1.5, 9.0]) * pi
    sums = factors(pi) @ (e / pi)
    assert sums.mean() == pytest.approx((e / pi).sum())
    assert sums.var() == pytest.approx(brewer_variance(e, pi))


def test_unequal_probabilities_come_close_to_brewer() -> None:
    rng = np.random.default_rng(1)
    pi = rng.uniform(0.02, 0.5, 6)
    e = rng.normal(size=6)
    e = pi * (e / pi - ((1 - pi) * e / pi).sum() / (1 - pi).sum())
    assert (factors(pi) @ (e / pi)).var() == pytest.approx(brewer_variance(e, pi), rel=0.03)


def test_the_replicates_are_those_resamples() -> None:
    """Mean 1, and variance 1-π for each unit, in each stratum; certain units never move."""
    pi = np.array([0.1, 0.4, 0.9, 1.0, 0.3, 0.3, 0.6])
    sample = make_sample(np.ones(7), pi, ["a", "a", "a", "a", "b", "b", "c"], None)
    found = np.array(list(replicates(sample, 20_000, 5))) * pi
    assert found.min() >= 0
    assert found.mean(axis=0) == pytest.approx(np.ones(7), abs=0.03)
    assert found.var(axis=0) == pytest.approx(1 - pi, abs=0.03)
    assert np.corrcoef(found[:, 0], found[:, 4])[0, 1] == pytest.approx(0, abs=0.03)


def test_a_family_moves_as_one() -> None:
    family = np.array([0, 0, 0, 1, 1, 2, 3, 4])
    sample = make_sample(np.ones(8), np.full(8, 0.2), None, None, family)
    for g in replicates(sample, 100, 1):
        assert np.ptp(g[:3]) == np.ptp(g[3:5]) == 0


@needs_survey
def test_apistrat_and_apiclus1_have_the_published_errors() -> None:
    """R survey: 9.4089 by strata; 23.5422 by clusters, of which there are 15."""
    strata, size = column("apistrat", "stype"), column("apistrat", "fpc").astype(float)
    drawn = np.array([(strata == name).sum() for name in strata])
    y = column("apistrat", "api00").astype(float)
    found = bootstrap(lambda g: g @ y / g.sum(), np.ones(200), drawn / size, strata, draws=4000, seed=1)
    assert found.std() == pytest.approx(9.4089, rel=0.03)
    y, district = column("apiclus1", "api00").astype(float), column("apiclus1", "dnum")
    pi = np.full(183, 15 / 757)
    found = bootstrap(lambda g: g @ y / g.sum(), np.ones(183), pi, families=district, draws=4000, seed=1)
    assert found.std() == pytest.approx(23.5422, rel=0.05)


def test_the_check_agrees_with_the_linearised_error() -> None:
    rng = np.random.default_rng(8)
    w = rng.lognormal(0, 1, 600)
    pi = np.minimum(1, 0.3 * w / w.mean())
    y, strata = (rng.random(600) < 0.2).astype(float), np.repeat(["a", "b", "c"], 200)
    totals = {"a": 2000.0, "b": 3000.0, "c": 1500.0}
    for known in (None, totals):
        found = bootstrap_ratio(y, w, pi, strata, totals=known, draws=3000, of="x")
        plain = hajek_ratio(y, w, pi, strata, totals=known, of="x")
        assert found.value == plain.value
        assert found.inputs["standard_error_linearised"] == pytest.approx(plain.inputs["standard_error"])
        assert found.inputs["standard_error"] == pytest.approx(plain.inputs["standard_error"], rel=0.05)
        again = bootstrap_ratio(y, w, pi, strata, totals=known, draws=3000, of="x")
        assert (again.low, again.high) == (found.low, found.high)


def test_its_interval_covers() -> None:
    rng = np.random.default_rng(3)
    w = rng.lognormal(0, 1, 5000)
    y = (rng.random(5000) < 0.3).astype(float)
    pi = np.minimum(1, 200 * w / w.sum())
    truth, held = (w @ y) / w.sum(), 0
    for seed in range(300):
        at = np.flatnonzero(np.random.default_rng(seed).random(5000) < pi)
        found = bootstrap_ratio(y[at], w[at], pi[at], draws=300, seed=seed, of="x")
        held += found.low <= truth <= found.high
    assert 0.915 <= held / 300 <= 0.985


@pytest.mark.parametrize("y", [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
def test_where_all_agree_it_says_nothing(y: list[float]) -> None:
    with pytest.raises(Invalid, match="differ"):
        bootstrap_ratio(y, np.ones(3), np.full(3, 0.1), of="x")


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(Invalid, match="too few"):
        bootstrap(np.sum, np.ones(3), np.full(3, 0.1), draws=10)

"""Linearised variance against differences and the jackknife; intervals against what they promise."""

import math
from typing import Any

import numpy as np
import pytest

from tilik.stats.agreement import (
    METRICS,
    Name,
    agreement,
    agreement_value,
    ratings_from_matrix,
)
from tilik.stats.agreement.agree import coefficient
from tilik.stats.agreement.ends import bca_ends, bootstrap, root_ends, t_ends
from tilik.stats.agreement.parts import influence, point

from .worlds import judged

NAMES: tuple[Name, ...] = ("alpha", "gwet", "fleiss", "brennan-prediger", "conger", "raw")


def graded(seed: int, units: int = 40) -> Any:
    random = np.random.default_rng(seed)
    said = np.clip(np.round(random.uniform(1, 5, units)[:, None] + random.normal(0, 0.8, (units, 4))), 1, 5)
    said[random.random(said.shape) < 0.3] = np.nan
    said[np.isnan(said).all(axis=1), 0] = 3
    return ratings_from_matrix(said, weight=random.lognormal(0, 0.6, units))


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", NAMES)
def test_slopes_are_derivatives(name: Name, metric: Any) -> None:
    found = coefficient(graded(1), name, metric)
    weight, step = found.weight, 1e-6
    observed, expected = found.slopes(weight, np.zeros_like(weight))
    for unit in range(0, weight.size, 7):
        up, down = weight.copy(), weight.copy()
        up[unit] += step
        down[unit] -= step
        high, low = (found.parts(at, np.zeros_like(at)) for at in (up, down))
        # A scale that moves with the labels has no fixed unit: only the ratio of the two has a derivative.
        ours = observed[unit] / high.observed - expected[unit] / high.expected
        rise = math.log(high.observed / low.observed) - math.log(high.expected / low.expected)
        assert ours / weight.sum() == pytest.approx(rise / (2 * step), abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_linearised_error_is_the_jackknifes(name: Name) -> None:
    ratings = graded(2, 250)
    stated = agreement(ratings, name, of="test").inputs["standard_error"]
    base = coefficient(ratings, name, "nominal").weight.size
    keep = np.ones(ratings.units, dtype=bool)
    left = []
    units = np.flatnonzero(ratings.sizes >= 2) if name == "alpha" else np.arange(ratings.units)
    for out in units:
        keep[out] = False
        left.append(agreement_value(ratings.only(keep), name))
        keep[out] = True
    spread = np.array(left) - np.mean(np.array(left))
    assert stated == pytest.approx(math.sqrt((base - 1) / base * float((spread**2).sum())), rel=0.03)


def test_units_with_one_label_do_not_blow_up_our_error_as_they_do_irrcacs() -> None:
    random = np.random.default_rng(5)
    said = judged(random, np.full(2000, 0.3), 2, 0.9, 0.95)
    said[200:, 1] = np.nan
    ours, theirs = (
        agreement(ratings_from_matrix(said), "raw", of="test", variance=variance).inputs["standard_error"]
        for variance in ("linearised", "gwet")
    )
    among = agreement(ratings_from_matrix(said[:200]), "raw", of="test").inputs["standard_error"]
    assert ours == pytest.approx(among, rel=0.01)
    assert theirs > 2 * ours  # type: ignore[operator]


def covers(name: Name, truth: float, how: Any, worlds: Any, draws: int = 400) -> tuple[float, float]:
    """Share of intervals that hold the truth, and its Monte-Carlo standard error."""
    held = [
        estimate.low <= truth <= estimate.high
        for estimate in (agreement(world, name, of="test", how=how, draws=draws) for world in worlds)
    ]
    share = float(np.mean(held))
    return share, math.sqrt(0.95 * 0.05 / len(held))


def truth_of(name: Name, prevalence: float, se: float, sp: float, people: int, missing: float) -> float:
    random = np.random.default_rng(99)
    large = ratings_from_matrix(judged(random, np.full(300_000, prevalence), people, se, sp, missing))
    value = agreement_value(large, name)
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("units", "prevalence", "se", "sp", "people", "missing"),
    [(100, 0.3, 0.9, 0.95, 3, 0.0), (200, 0.05, 0.9, 0.99, 3, 0.2), (60, 0.4, 0.85, 0.9, 4, 0.3)],
)
@pytest.mark.parametrize("name", ["alpha", "gwet", "conger", "raw"])
def test_analytic_intervals_cover(
    name: Name, units: int, prevalence: float, se: float, sp: float, people: int, missing: float
) -> None:
    truth = truth_of(name, prevalence, se, sp, people, missing)
    random = np.random.default_rng(11)
    worlds = (
        ratings_from_matrix(
            judged(random, np.full(units, prevalence), people, se, sp, missing), categories=[0, 1]
        )
        for _ in range(800)
    )
    share, error = covers(name, truth, "root", worlds)
    assert 0.93 - 1.5 * error <= share <= 0.97 + 1.5 * error


@pytest.mark.parametrize("name", ["alpha", "gwet"])
def test_weighted_intervals_cover_the_population(name: Name) -> None:
    """Videos drawn by impressions, with disagreement that grows with them; weights bring the videos back."""
    random = np.random.default_rng(21)
    size = random.lognormal(0, 1, 200_000)
    chance = np.clip(0.1 * size, 0.02, 0.6)
    everyone = judged(random, chance, 3, 0.9, 0.95)
    truth = agreement_value(ratings_from_matrix(everyone), name)
    assert truth is not None
    share_of = size / size.sum()
    picked = (random.choice(size.size, 250, p=share_of) for _ in range(600))
    worlds = (ratings_from_matrix(everyone[units], weight=1 / size[units]) for units in picked)
    share, error = covers(name, truth, "root", worlds)
    assert 0.93 - 1.5 * error <= share <= 0.97 + 1.5 * error
    plain = agreement_value(ratings_from_matrix(everyone[random.choice(size.size, 20_000, p=share_of)]), name)
    assert abs((plain or 0) - truth) > 0.05  # without weights it would be another population's figure


def test_bootstrap_intervals_cover() -> None:
    truth = truth_of("alpha", 0.3, 0.9, 0.95, 3, 0.0)
    random = np.random.default_rng(31)
    worlds = (ratings_from_matrix(judged(random, np.full(100, 0.3), 3, 0.9, 0.95)) for _ in range(250))
    share, error = covers("alpha", truth, "bootstrap", worlds)
    assert 0.93 - 1.5 * error <= share <= 0.97 + 1.5 * error


def test_bootstrap_spread_is_the_linearised_error_and_repeats_by_seed() -> None:
    ratings = graded(4, 300)
    for name in NAMES:
        found = coefficient(ratings, name, "ordinal")
        values = bootstrap(found, 600, 7)
        stated = agreement(ratings, name, metric="ordinal", of="test").inputs["standard_error"]
        assert float(values.std()) == pytest.approx(stated, rel=0.12)
        assert np.array_equal(values, bootstrap(found, 600, 7))
        pull = found.weight * influence(found, point(found))
        low, high = bca_ends(values, float(np.median(values)), pull, 0.95)
        assert low < float(np.median(values)) < high


def test_the_root_interval_leans_down_and_never_passes_one() -> None:
    low, high = root_ends(0.95, 0.03, 200, 0.95)
    plain_low, plain_high = t_ends(0.95, 0.03, 200, 0.95)
    assert plain_high == 1 > high
    assert low < plain_low
    assert root_ends(0.2, 0.01, 200, 0.95) == pytest.approx(t_ends(0.2, 0.01, 200, 0.95), abs=3e-4)


def test_a_coefficient_that_rests_on_few_shared_rare_labels_says_so() -> None:
    """400 units at .5 %: two or so are called 1 by both, alpha's interval covers .82."""
    random = np.random.default_rng(3)
    rare = ratings_from_matrix(judged(random, np.full(400, 0.005), 2, 0.9, 0.98), categories=[0, 1])
    common = ratings_from_matrix(judged(random, np.full(400, 0.2), 2, 0.9, 0.98), categories=[0, 1])
    assert "another label than 0" in str(agreement(rare, "alpha", of="test").inputs["thin"])
    assert "thin" not in agreement(rare, "gwet", of="test").inputs
    assert "thin" not in agreement(common, "alpha", of="test").inputs


def test_what_rests_on_too_little_is_refused_with_the_reason() -> None:
    """The world in which alpha's interval covers .82: the range, no value. AC1 and raw agreement stay."""
    random = np.random.default_rng(3)
    rare = ratings_from_matrix(judged(random, np.full(400, 0.005), 2, 0.9, 0.98), categories=[0, 1])
    for name in ("alpha", "fleiss", "conger", "cohen"):
        found = agreement(rare, name, of="test")
        assert (found.value, found.low, found.high) == (None, -1, 1)
        assert "another label than the most common one" in found.inputs["refused"]
        assert agreement(rare, name, of="test", refuse=False).value == agreement_value(rare, name)
    assert agreement(rare, "gwet", of="test").value is not None
    assert agreement(rare, "raw", of="test").value is not None


def test_many_rare_labels_on_which_nobody_agrees_are_no_reason_to_refuse() -> None:
    random = np.random.default_rng(4)
    labels = np.where(random.random((900, 3)) < 0.1, 1, 0)
    labels[(labels == 1).sum(axis=1) > 1] = [1, 0, 0]
    found = agreement(ratings_from_matrix(labels, categories=[0, 1]), "alpha", of="test")
    assert found.value is not None
    assert "thin" in found.inputs


def test_four_units_give_an_interval_and_no_value() -> None:
    labels = np.array([[0, 0], [1, 1], [0, 1], [1, 1], [0, np.nan]])
    for name in NAMES:
        found = agreement(ratings_from_matrix(labels), name, of="test")
        assert found.value is None
        assert "refused" in found.inputs
    raw = agreement(ratings_from_matrix(labels), "raw", of="test")
    assert raw.inputs["refused"].startswith("4 units")
    assert raw.low < 0.75 < raw.high
    assert raw.method.endswith("too-thin")

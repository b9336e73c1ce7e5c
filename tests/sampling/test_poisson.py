"""The array kernel: published probabilities, unbiased weights, nesting, ties, the edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.sampling import inclusion_probabilities, sequential_poisson
from tilik.sampling.poisson import inclusion

SPS = np.array([0, 1, 2, 3, 4, 10, 9, 8, 5, 6, 7, 0], dtype=float)


def test_inclusion_probabilities_as_in_sps() -> None:
    assert inclusion_probabilities(SPS, 4) == pytest.approx(4 * SPS / 55)


def test_a_unit_too_big_is_certain_as_in_sps() -> None:
    with_giant = inclusion_probabilities(np.append(SPS, 100), 4)
    assert with_giant[:-1] == pytest.approx(3 * SPS / 55)
    assert with_giant[-1] == 1


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60), st.integers(1, 30))
def test_inclusion_probabilities_add_up_to_the_sample_size(sizes: list[float], n: int) -> None:
    size = np.where(np.array(sizes) < 1e-3, 0.0, np.array(sizes))
    pi = inclusion_probabilities(size, n)
    assert np.all((pi >= 0) & (pi <= 1))
    assert np.all(pi[size == 0] == 0)
    assert pi.sum() == pytest.approx(min(n, (size > 0).sum()))
    open_ = (pi < 1) & (size > 0)
    if open_.sum() > 1:
        assert np.ptp(pi[open_] / size[open_]) <= 1e-9 * (pi[open_] / size[open_]).max()


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 400), st.integers(1, 50), st.integers(0, 10_000))
def test_it_takes_the_smallest_keys_and_the_next_is_the_threshold(rows: int, n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = np.where(rng.random(rows) < 0.1, 0.0, rng.lognormal(3, 3, rows))
    u = rng.random(rows)
    drawn = sequential_poisson(size, u, n)
    eligible = np.flatnonzero(size > 0)
    by_key = eligible[np.argsort(u[eligible] / size[eligible], kind="stable")]
    assert drawn.units.tolist() == by_key[:n].tolist()
    if eligible.size <= n:
        assert np.all(drawn.pi == 1)
        assert drawn.tau == np.inf
    else:
        assert drawn.tau == u[by_key[n]] / size[by_key[n]]
        assert np.array_equal(drawn.pi, np.minimum(1, size[drawn.units] * drawn.tau))


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 1000))
def test_a_bigger_budget_contains_the_smaller(first: int, second: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    size, u = rng.lognormal(2, 2, 100), rng.random(100)
    few, many = sorted([first, second])
    small, large = sequential_poisson(size, u, few), sequential_poisson(size, u, many)
    assert large.units[:few].tolist() == small.units.tolist()


def test_equal_keys_go_by_position() -> None:
    assert sequential_poisson(np.ones(6), np.full(6, 0.5), 3).units.tolist() == [0, 1, 2]


def test_no_units_no_draw() -> None:
    assert sequential_poisson(np.zeros(4), np.full(4, 0.5), 2).units.size == 0


def test_every_unit_expands_to_one_on_average() -> None:
    """E[1/π; drawn] = 1 exactly, also in a population far too small for any large-sample argument."""
    size = np.array([1.0, 2.0, 4.0, 9.0, 9.5, 30.0])
    rng = np.random.default_rng(0)
    expanded = np.zeros((20_000, size.size))
    for row in expanded:
        drawn = sequential_poisson(size, rng.random(size.size), 3)
        row[drawn.units] = 1 / drawn.pi
    error = expanded.std(axis=0) / np.sqrt(len(expanded))
    assert np.all(np.abs(expanded.mean(axis=0) - 1) < 4 * error)


def test_threshold_without_end_means_all() -> None:
    assert inclusion(np.array([0.0, 3.0]), np.inf).tolist() == [0.0, 1.0]

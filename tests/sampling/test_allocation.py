"""Sharing out a budget: sums, bounds, and no stratum ever loses by a bigger budget."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilik.kernel import Invalid
from tilik.sampling.allocation import allocate

strata = st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 60)), min_size=1, max_size=7)


@given(strata, st.integers(0, 300), st.integers(2, 8))
def test_it_spends_the_budget_within_the_bounds(
    given_: list[tuple[float, int]], extra: int, minimum: int
) -> None:
    wanted, available = zip(*given_, strict=True)
    least = sum(min(minimum, room) for room in available)
    n = allocate(wanted, available, least + extra, minimum)
    assert n.sum() == min(least + extra, sum(available))
    assert all(min(minimum, room) <= held <= room for held, room in zip(n, available, strict=True))


@given(strata, st.integers(0, 200), st.integers(0, 50))
def test_a_bigger_budget_takes_nothing_away(given_: list[tuple[float, int]], extra: int, more: int) -> None:
    wanted, available = zip(*given_, strict=True)
    least = sum(min(2, room) for room in available)
    small = allocate(wanted, available, least + extra, 2)
    assert np.all(allocate(wanted, available, least + extra + more, 2) >= small)


def test_it_is_proportional_where_there_is_room() -> None:
    assert allocate([50, 30, 20], [999, 999, 999], 100, 2).tolist() == [50, 30, 20]


def test_the_known_paradox_of_largest_remainders_does_not_occur() -> None:
    """Alabama 1880: with remainders a state lost a seat when the house grew."""
    wanted = [6, 6, 2]
    held = [allocate(wanted, [99] * 3, budget, 0).tolist() for budget in range(10, 12)]
    assert all(b >= a for a, b in zip(*held, strict=True))


def test_a_budget_below_the_minima_is_refused() -> None:
    with pytest.raises(Invalid, match="budget of 30"):
        allocate([1] * 5, [100] * 5, 30, 10)

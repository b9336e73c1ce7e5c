"""A short seeded run of second looks; ``python -m tests.simulations.second_looks`` makes the table."""

import pytest

from simulations.second_looks import CASES, tally

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("out", [0.0, 0.3])
def test_second_looks_remove_the_bias_and_their_intervals_cover(out: float) -> None:
    found = tally(CASES["10 %"], frames=2, draws=50, out=out)
    least = 0.95 - 3 * (0.05 * 0.95 / 100) ** 0.5
    assert abs(found["corrected"].bias) < 4
    assert found["corrected"].coverage >= least
    assert abs(found["scoreless"].bias) < 5
    assert found["scoreless"].coverage >= least
    assert abs(found["plain"].bias) > abs(found["corrected"].bias)


def test_a_rare_positive_would_be_overstated_without_them() -> None:
    found = tally(CASES["2 %"], frames=2, draws=40)
    assert found["plain"].bias > 40
    assert abs(found["corrected"].bias) < 8

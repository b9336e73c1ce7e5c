"""A short seeded run of raters' rates; ``python -m tests.simulations.raters`` makes the table."""

import pytest

from simulations.raters import Case, tally

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("case", ["machine", "people"])
def test_the_rates_of_raters_cover(case: Case) -> None:
    for found in tally(case, draws=400).values():
        assert found.coverage >= 0.95 - 3 * (0.05 * 0.95 / 400) ** 0.5
        assert abs(found.bias) < 1.5

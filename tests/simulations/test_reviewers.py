"""A short seeded run with reviewers who err; ``python -m tests.simulations.full`` makes the table."""

import pytest

from simulations.reviewers import CASES, FIGURES, reviewed

pytestmark = pytest.mark.slow


def test_the_second_phase_removes_the_bias_and_its_intervals_cover() -> None:
    """An earlier trial at 1 %: half-width 49.7 %, naive bias +68 %."""
    found = reviewed(CASES["1 %"], frames=4, draws=50)
    least = 0.94 - 2 * (0.05 * 0.95 / 200) ** 0.5
    for figure in FIGURES:
        assert found["two phases", figure].coverage >= least, figure
        assert abs(found["two phases", figure].bias) < 6
    assert found["two phases", "prevalence"].half_width <= 1.06 * 49.7
    assert found["raw", "prevalence"].bias > 30
    assert found["raw", "prevalence"].coverage < 0.7


def test_unjudgeable_videos_that_are_adjudicated_do_not_bias() -> None:
    found = reviewed(CASES["10 %"], frames=2, draws=50, unjudgeable=0.08)
    assert abs(found["two phases", "prevalence"].bias) < 3
    assert found["two phases", "prevalence"].coverage >= 0.9
    assert found["two phases", "recall"].coverage >= 0.9

"""A short seeded run of made-up teams; ``python -m tests.simulations.people`` makes the table."""

import pytest

from simulations.people import TEAMS, tally


@pytest.mark.parametrize("name", ["usual", "very different"])
def test_pooled_intervals_hold_the_truth_as_often_as_they_say(name: str) -> None:
    found = tally(TEAMS[name], 8)
    assert 0.93 <= found.coverage <= 0.97 + 0.01, "400 intervals: ± 1 point of chance above"
    assert found.flagged <= 0.05 * found.above


def test_whoever_is_at_the_target_is_flagged_one_time_in_twenty_at_most() -> None:
    found = tally(TEAMS["usual"], 8, edge=True)
    assert found.above == 200
    assert found.flagged <= 0.05 * found.above
    assert found.tested <= 0.05 * found.above

"""Some cells of the grid, shortly; ``python -m tests.simulations.full --only grid`` makes the table."""

import pytest

from simulations.grid import DESIGNS, ESTIMATORS, FIGURES, LEAST, Key, run
from simulations.tallies import Tally

FRAMES, DRAWS = 3, 20
LUCK = 3 * (0.05 * 0.95 / (FRAMES * DRAWS)) ** 0.5


@pytest.fixture(scope="module", params=[("0.5 %", "pareto"), ("10 %", "lognormal")], ids=" ".join)
def tallies(request: pytest.FixtureRequest) -> dict[Key, Tally]:
    case, impressions = request.param
    return run(case, impressions, FRAMES, DRAWS, first=900)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_intervals_cover_in_every_cell(tallies: dict[Key, Tally], estimator: str) -> None:
    held = {key: tally for key, tally in tallies.items() if key[1] == estimator}
    assert len(held) == len(DESIGNS) * len(FIGURES)
    low = {key: tally.coverage for key, tally in held.items() if tally.coverage < LEAST - LUCK}
    assert not low
    assert sum(tally.coverage for tally in held.values()) / len(held) > 0.9


def test_the_difference_is_no_wider_than_the_plain_ratio(tallies: dict[Key, Tally]) -> None:
    for key, tally in tallies.items():
        if key[1] == "difference" and key[4] == "prevalence":
            plain = tallies[key[0], "hajek", *key[2:]]
            assert tally.half_width < 1.05 * plain.half_width

"""A short seeded run of the headline; ``python -m tests.simulations.full`` makes docs/simulations.md."""

import pytest

from simulations.headline import CASES, REFERENCE, Tallies, headline

pytestmark = pytest.mark.slow

FRAMES, DRAWS = 6, 50
LEAST = 0.94 - 2 * (0.05 * 0.95 / (FRAMES * DRAWS)) ** 0.5


@pytest.fixture(scope="module", params=["0.5 %", "1 %, AUC .97"])
def tallies(request: pytest.FixtureRequest) -> tuple[str, Tallies]:
    return request.param, headline(CASES[request.param], FRAMES, DRAWS)


def test_intervals_cover_and_are_as_narrow_as_the_reference(tallies: tuple[str, Tallies]) -> None:
    name, found = tallies
    for figure, widest in zip(("prevalence", "precision", "recall"), REFERENCE[name], strict=True):
        tally = found["difference", figure]
        assert tally.coverage >= LEAST, figure
        assert tally.half_width <= 1.06 * widest, figure


def test_smoothing_mends_the_misses_above_the_interval(tallies: tuple[str, Tallies]) -> None:
    _, found = tallies
    smoothed, raw = found["difference", "prevalence"], found["unsmoothed", "prevalence"]
    assert smoothed.below < raw.below
    assert smoothed.half_width < 1.2 * raw.half_width


def test_a_sample_by_impressions_alone_is_much_wider(tallies: tuple[str, Tallies]) -> None:
    _, found = tallies
    for figure, factor in (("prevalence", 1.3), ("precision", 2.0), ("recall", 1.3)):
        assert found["pps", figure].half_width > factor * found["difference", figure].half_width

"""A short half-year with a known truth; ``python -m tests.simulations.half_year`` makes the tables."""

import pytest

from simulations.half_year import FIGURES, LAST, HalfYear, run
from simulations.half_year_world import CLASSIFIER, DEFINED, NEW, WEEKS

SHORT = (DEFINED - 1, DEFINED, *range(CLASSIFIER, WEEKS + 1))


@pytest.fixture(scope="module")
def year() -> HalfYear:
    return run(0, weeks=SHORT, draws=199)


@pytest.mark.slow
def test_intervals_of_the_weeks_hold_the_truth(year: HalfYear) -> None:
    """46 intervals at 95 %, of which 6 may miss: more would in one run of 100, were they independent."""
    held = [one for name in FIGURES for one in year.held[name]]
    assert len(held) == 3 * len(SHORT) + len(SHORT) - 2
    assert sum(held) >= len(held) - 6


@pytest.mark.slow
def test_the_new_definition_and_the_real_change_are_told_apart(year: HalfYear) -> None:
    assert year.step is not None
    assert year.both
    assert year.definition > 0
    assert year.real < 0, "what fails is seen less in this world from the same week on"
    assert year.step.definition is not None and year.step.real is not None
    assert year.step.definition.low > 0 > year.step.real.high


@pytest.mark.slow
def test_the_new_kind_is_found_and_confirmed(year: HalfYear) -> None:
    assert year.before is not None
    assert year.before.place is None, "it is not there yet"
    last = year.after[LAST - NEW]
    assert last.place in (1, 2, 3)
    assert last.again is not None
    assert last.again.state == "confirmed"


@pytest.mark.slow
def test_a_baseline_learned_from_the_labels_beats_the_classifier(year: HalfYear) -> None:
    assert year.new["auc difference"].low > 0

"""Every figure of a study equals the one computed by hand from the same draws and judgements."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measure.by_hand import ByHand, share
from measure.survey import (
    BOTH,
    CLEAN,
    GAMBLING,
    GONE,
    HANDED_BACK,
    LOCKED,
    STOPPED,
    TEMPLATE,
    Say,
    Survey,
    Surveyed,
    Unit,
    hire,
    judge,
    measured,
    survey,
)
from tilik.kernel import Estimate, Missing
from tilik.measure import Measurement, figures
from tilik.store import Workspace, create, open_workspace

SAYS: dict[str, Callable[[tuple[str, ...]], bool]] = {
    "failing": bool,
    "Q2": lambda labels: not labels,
    "Q3": bool,
    "SYN-MASS": lambda labels: "SYN-MASS" in labels,
    "COM-GAMB": lambda labels: "COM-GAMB" in labels,
}
"""Figures that the answers of these tests move; a clear label gives Q3, none gives Q2. All others are 0."""


def pps(*says: tuple[Say, ...]) -> list[Unit]:
    """Draws of one stratum; every fifth is so large that it was certain."""
    return [
        Unit(
            f"v{at:02}",
            1.0 if at % 5 == 0 else 0.01 + 0.03 * at,
            900.0 if at % 5 == 0 else 40.0 + at,
            says=said,
        )
        for at, said in enumerate(says)
    ]


def assert_same(found: Estimate, wanted: ByHand) -> None:
    assert found.n == wanted.n
    assert (found.value is None) == (wanted.value is None)
    if found.value is not None:
        assert found.value == pytest.approx(wanted.value, rel=1e-9, abs=1e-12)
    assert (found.low, found.high) == (
        pytest.approx(wanted.low, abs=1e-9),
        pytest.approx(wanted.high, abs=1e-9),
    )
    assert found.n_eff == pytest.approx(wanted.n_eff, rel=1e-9)


def assert_all_by_hand(made: Survey, result: Measurement, wants: int = 1) -> None:
    for _, figure in figures(result):
        assert_same(figure.estimate, share(made, SAYS.get(figure.code, lambda _: False), wants=wants))
    assert {*SAYS} < {figure.code for _, figure in figures(result)}


def test_a_draw_by_impressions_with_certain_units(surveyed: Surveyed) -> None:
    made, result = surveyed(
        pps(*[(TEMPLATE,) if at % 3 == 0 else (CLEAN,) for at in range(18)]), {"all": 40_000.0}
    )
    assert_all_by_hand(made, result)
    assert 0.05 < (result.overall.estimate.value or 0) < 0.6
    assert result.overall.estimate.method == "hajek-separate+half-positive"


def test_what_waits_cannot_be_judged_stopped_or_handed_back_is_left_out(surveyed: Surveyed) -> None:
    says: list[tuple[Say, ...]] = [
        (TEMPLATE,),
        (CLEAN,),
        (),
        (GONE,),
        (STOPPED,),
        (HANDED_BACK, GAMBLING),
        (HANDED_BACK,),
        (CLEAN,),
        (BOTH,),
        (CLEAN,),
        (HANDED_BACK, HANDED_BACK, CLEAN),
    ]
    made, result = surveyed(pps(*says), {"all": 9_000.0})
    assert_all_by_hand(made, result)
    study = result.study
    assert (study.drawn, study.judged, study.unjudgeable, study.stopped, study.waiting) == (11, 7, 1, 1, 2)
    assert result.overall.estimate.inputs["stopped"] == 1


def test_several_judgements_of_a_task_count_by_their_share(surveyed: Surveyed) -> None:
    says: list[tuple[Say, ...]] = [
        (TEMPLATE, CLEAN),
        (CLEAN, CLEAN),
        (BOTH, GAMBLING),
        (CLEAN,),  # one of two: it waits
        (GONE, TEMPLATE),
        (GONE, GONE),
        (HANDED_BACK, CLEAN, TEMPLATE),
        (CLEAN, STOPPED),
        (CLEAN, CLEAN),
    ]
    made, result = surveyed(pps(*says), {"all": 9_000.0}, wants=2)
    assert_all_by_hand(made, result, wants=2)
    study = result.study
    assert (study.judged, study.unjudgeable, study.stopped, study.waiting) == (6, 1, 1, 1)


BANDS = {"0.0-0.3": 6_000.0, "0.3-0.9": 900.0, "0.9-1.0": 100.0}


def bands(says: dict[str, list[tuple[Say, ...]]]) -> list[Unit]:
    pi = {"0.0-0.3": 0.02, "0.3-0.9": 0.2, "0.9-1.0": 1.0}
    return [
        Unit(f"{band}-{at}", pi[band], 30.0 + 7 * at, band, said)
        for band, found in says.items()
        for at, said in enumerate(found)
    ]


def test_score_bands_with_their_known_totals(surveyed: Surveyed) -> None:
    units = bands(
        {
            "0.0-0.3": [(CLEAN,), (CLEAN,), (CLEAN,), (TEMPLATE,), (CLEAN,), ()],
            "0.3-0.9": [(TEMPLATE,), (CLEAN,), (GAMBLING,), (CLEAN,)],
            "0.9-1.0": [(BOTH,), (BOTH,), (TEMPLATE,)],
        }
    )
    assert_all_by_hand(*surveyed(units, BANDS))


def test_bands_in_which_all_agree_and_one_with_a_single_judgement(surveyed: Surveyed) -> None:
    units = bands(
        {
            "0.0-0.3": [(CLEAN,), (CLEAN,), (CLEAN,)],
            "0.3-0.9": [(TEMPLATE,), (), ()],
            "0.9-1.0": [(BOTH,), (BOTH,), ()],
        }
    )
    assert_all_by_hand(*surveyed(units, BANDS))


def test_a_band_of_which_nothing_was_judged_could_hold_anything(surveyed: Surveyed) -> None:
    units = bands(
        {"0.0-0.3": [(CLEAN,), (TEMPLATE,), (CLEAN,)], "0.3-0.9": [(CLEAN,), (GAMBLING,)], "0.9-1.0": [()]}
    )
    made, result = surveyed(units, BANDS)
    assert_all_by_hand(made, result)
    estimate = result.overall.estimate
    assert estimate.value is None
    assert estimate.high - estimate.low > 100 / 7000


def test_a_census_has_no_interval(surveyed: Surveyed) -> None:
    units = [Unit(f"v{at}", 1.0, 10.0, says=((TEMPLATE,) if at < 3 else (CLEAN,))) for at in range(12)]
    made, result = surveyed(units, {"all": 120.0})
    assert_all_by_hand(made, result)
    estimate = result.overall.estimate
    assert (estimate.low, estimate.value, estimate.high) == (0.25, 0.25, 0.25)


VERY_DIFFERENT = st.tuples(
    st.sampled_from([0.02, 0.3, 0.97, 1.0]),
    st.sampled_from([1.0, 40.0, 90_000.0]),
    st.sampled_from(["low", "high"]),
    st.sampled_from([(CLEAN,), (CLEAN,), (TEMPLATE,), (BOTH,), (GONE,), (STOPPED,), ()]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VERY_DIFFERENT, min_size=1, max_size=9))
def test_whatever_was_drawn_and_said(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[float, float, str, tuple[Say, ...]]]
) -> None:
    folder = tmp_path_factory.mktemp("survey")
    create(folder)
    workspace = open_workspace(folder)
    try:
        units = [Unit(f"v{at}", pi, w, h, says) for at, (pi, w, h, says) in enumerate(drawn)]
        made = survey(workspace, units, {"low": 5_000_000.0, "high": 70_000.0})
        judge(workspace, made, hire(workspace, "Robot", simulated=True))
        assert_all_by_hand(made, measured(workspace, made.id))
    finally:
        workspace.close()


def test_no_judgement_at_all_yet(workspace: Workspace) -> None:
    made = survey(workspace, pps((), (), ()), {"all": 500.0})
    result = measured(workspace, made.id)
    for _, figure in figures(result):
        estimate = figure.estimate
        assert (estimate.value, estimate.low, estimate.high, estimate.n, estimate.n_eff) == (None, 0, 1, 0, 0)
    assert (result.study.drawn, result.study.waiting, result.simulated) == (3, 3, 0)


def test_nothing_but_what_could_not_be_judged(surveyed: Surveyed) -> None:
    _, result = surveyed(pps((GONE,), (STOPPED,)), {"all": 500.0})
    estimate = result.overall.estimate
    assert (estimate.value, estimate.low, estimate.high) == (None, 0, 1)


def test_a_video_locked_in_one_study_leaves_every_other(sqlite_workspace: Workspace) -> None:
    robots = hire(sqlite_workspace, "Robot", simulated=True)
    people = hire(sqlite_workspace, "Sari", simulated=False)
    first = survey(
        sqlite_workspace,
        [Unit("a", 0.5, 10, says=(CLEAN,), clip=True), Unit("b", 0.5, 10, says=(TEMPLATE,))],
        {"all": 90.0},
    )
    judge(sqlite_workspace, first, [*robots, *people])
    assert measured(sqlite_workspace, first.id).overall.estimate.n == 2
    second = survey(sqlite_workspace, [Unit("a", 0.9, 10, says=(LOCKED,))], {"all": 90.0}, name="april")
    judge(sqlite_workspace, second, people)
    after = measured(sqlite_workspace, first.id)
    assert (after.overall.estimate.n, after.study.stopped) == (1, 1)


def test_judgements_of_simulated_people_are_counted(surveyed: Surveyed) -> None:
    units = [Unit(f"v{at}", 0.4, 10.0, says=(CLEAN,), clip=at < 2) for at in range(5)]
    _, result = surveyed(units, {"all": 900.0})
    assert (result.study.judged, result.simulated, result.study.simulated) == (5, 3, 3)


def test_known_truth_stands_beside_its_figure(sqlite_workspace: Workspace) -> None:
    made = survey(sqlite_workspace, pps((), ()), {"all": 500.0})
    found = {
        f.code: f.truth for _, f in figures(measured(sqlite_workspace, made.id, {"failing": 0.1, "Q3": 0.0}))
    }
    assert (found["failing"], found["Q3"], found["Q2"]) == (0.1, 0.0, None)


def test_a_figure_names_what_it_is_a_function_of(surveyed: Surveyed) -> None:
    made, result = surveyed(pps((CLEAN,), (TEMPLATE,), ()), {"all": 500.0})
    inputs = result.overall.estimate.inputs
    assert inputs["log"] == f"{result.as_of.seq}:{result.as_of.hash}"
    assert (inputs["study"], inputs["guideline"], inputs["seed"], inputs["drawn"]) == (
        made.id,
        made.guideline,
        7,
        3,
    )
    assert result.overall.estimate.of == "impression share of failing"


def test_the_words_say_the_numbers_of_this_study(surveyed: Surveyed) -> None:
    _, result = surveyed(pps((CLEAN,), (TEMPLATE,), (GONE,), (STOPPED,), ()), {"all": 500.0})
    said = "\n".join(line.en for line in result.how.lines)
    for part in (
        "5 videos were drawn",
        "1 of them with certainty",
        "2 have been judged",
        "judged: 1. Stopped: 1",
    ):
        assert part in said
    assert all(line.id and line.id != line.en for line in result.how.lines)


def test_an_unknown_study_is_missing(sqlite_workspace: Workspace) -> None:
    with pytest.raises(Missing, match="no such study"):
        measured(sqlite_workspace, "nobody")

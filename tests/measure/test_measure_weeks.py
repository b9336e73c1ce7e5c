"""Periods beside each other: which study stands for which, how the change is told, what is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guideline.versions import with_rule
from measure.series import make_series
from measure.survey import Unit, survey
from tilik.measure import leakage, measure, thresholds, weeks
from tilik.measure.classifiers import classify
from tilik.policy.trend import trend
from tilik.review import open_study
from tilik.sampling import PpsDesign
from tilik.stats import average, difference
from tilik.store import Workspace, as_of


def test_three_weeks_with_their_changes_and_what_stands_outside(
    sqlite_workspace: Workspace, tmp_path: Path
) -> None:
    made = make_series(sqlite_workspace, tmp_path)
    survey(sqlite_workspace, [Unit("x", 0.5, 3.0)], {"all": 6.0}, name="undated")
    store = sqlite_workspace.store
    with store.read() as connection:
        found = weeks(connection, store.blobs)
        alone = [measure(connection, store.blobs, study).overall.estimate for study in made.studies]
        early = weeks(connection, store.blobs, until=date(2026, 2, 15))
    assert [week.study for week in found.weeks] == list(made.studies)
    assert next((week.first, week.last) for week in found.weeks) == (date(2026, 2, 2), date(2026, 2, 8))
    assert [week.failing.estimate for week in found.weeks] == alone
    assert [(left.name, left.why.en) for left in found.left_out] == [("undated", "its frame names no period")]
    first, second, third = found.weeks
    assert (first.since_last, first.four, first.follows) == (None, None, False)
    assert second.since_last is not None and third.since_last is not None and third.four is not None
    assert second.since_last.low == pytest.approx(difference(alone[1], alone[0], of="d").low)
    assert third.four.value == pytest.approx(average(alone[:2], of="m").value)
    assert third.since_last.value == pytest.approx((alone[2].value or 0) - (alone[1].value or 0))
    assert [week.study for week in early.weeks] == list(made.studies[:2])
    assert all(week.simulated == week.judged == 120 for week in found.weeks)
    for week, truth in zip(found.weeks, made.truths, strict=True):
        assert week.failing.estimate.low <= truth <= week.failing.estimate.high


def test_a_second_draw_replaces_nothing_and_an_extension_what_it_contains(
    sqlite_workspace: Workspace, tmp_path: Path
) -> None:
    made = make_series(sqlite_workspace, tmp_path, weeks=1, budget=60)
    store = sqlite_workspace.store

    def drawn(name: str, budget: int, seed: int) -> str:
        study, _ = open_study(
            store,
            sqlite_workspace.scratch,
            name=name,
            frame="2026-W06",
            design=PpsDesign(),
            budget=budget,
            seed=seed,
        )
        return study

    def standing() -> tuple[str, set[str]]:
        with store.read() as connection:
            found = weeks(connection, store.blobs)
        (week,) = found.weeks
        return week.study, {left.name for left in found.left_out}

    drawn("confirming", 20, seed=1)
    drawn("once more", 60, seed=2)
    assert standing() == (made.studies[0], {"confirming", "once more"})
    extended = drawn("extended", 90, seed=100)
    assert standing() == (extended, {"confirming", "once more", "2026-W06"})


def test_a_shared_panel_shortens_the_interval_of_the_change(
    sqlite_workspace: Workspace, tmp_path: Path
) -> None:
    make_series(sqlite_workspace, tmp_path, weeks=2, seeds=(9,), scores=False)
    with sqlite_workspace.store.read() as connection:
        one, two = weeks(connection, sqlite_workspace.store.blobs).weeks
    assert two.since_last is not None
    plain = difference(two.failing.estimate, one.failing.estimate, of="d")
    assert two.shared > 40
    assert two.since_last.method.startswith("mover-difference+panel")
    assert two.since_last.high - two.since_last.low < 0.9 * (plain.high - plain.low)


def test_a_new_definition_is_told_apart_from_a_real_change(
    sqlite_workspace: Workspace, tmp_path: Path
) -> None:
    rule = with_rule("SYN-MASS, COM-PROMO, BEH-LANG, ATT-LOOP", 1, "Q3")
    text = rule.replace('version: "0.1.0"', 'version: "0.2.0"')
    make_series(sqlite_workspace, tmp_path, weeks=2, budget=250, changed=text, scores=False)
    with sqlite_workspace.store.read() as connection:
        found = trend(connection, sqlite_workspace.store.blobs)
    one, two = found.weeks.weeks
    (step,) = found.steps
    assert (step.before, step.after, two.new_version) == ("0.1.0", "0.2.0", True)
    assert step.definition is not None and step.real is not None
    assert (step.definition.value or 0) > 0, "what was slight fails now"
    whole = (two.failing.estimate.value or 0) - (one.failing.estimate.value or 0)
    assert (step.definition.value or 0) + (step.real.value or 0) == pytest.approx(whole)
    assert step.real.low < (step.real.value or 0) < step.real.high
    assert step.definition.method.startswith("hajek") and step.real.method.startswith("mover")


def test_weeks_come_again_exactly_as_they_stood(workspace: Workspace, tmp_path: Path) -> None:
    make_series(workspace, tmp_path, weeks=2, budget=60, seeds=(4,), judged=70)
    with workspace.store.read() as connection:
        before = trend(connection, workspace.store.blobs)
    survey(workspace, [Unit("x", 0.5, 3.0)], {"all": 6.0}, name="undated")
    with as_of(workspace, str(before.weeks.as_of.seq)) as store, store.read() as connection:
        assert trend(connection, store.blobs).model_dump_json() == before.model_dump_json()


def test_leaks_and_thresholds_agree_with_the_classifier(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    made = make_series(sqlite_workspace, tmp_path, weeks=1, budget=400)
    store, (study,) = sqlite_workspace.store, made.studies
    with store.read() as connection:
        found = leakage(connection, store.blobs, study, "score_harm", 0.5)
        table = thresholds(connection, store.blobs, study, "score_harm")
        one = classify(connection, store.blobs, study, "score_harm", 0.5)
    recall = next(figure for figure in one.figures if figure.code == "recall")
    assert recall.beside is not None
    assert found.missed.value == pytest.approx(1 - (recall.beside.value or 0))
    assert found.items == sorted(found.items, key=lambda leak: -leak.impressions)
    assert all(leak.score < 0.5 and leak.verdict in {"Q3", "Q4"} for leak in found.items)
    assert 0 < len(found.items) <= found.found
    half = next(row for row in table.rows if row.threshold == 0.5)
    assert half.recall.value == pytest.approx(recall.estimate.value)
    assert half.flagged.value == pytest.approx(one.flagged)
    assert half.recall.high - half.recall.low > recall.estimate.high - recall.estimate.low, (
        "it holds everywhere"
    )
    flagged = [row.flagged.value or 0 for row in table.rows]
    assert flagged == sorted(flagged), "the highest threshold comes first and acts on the least"

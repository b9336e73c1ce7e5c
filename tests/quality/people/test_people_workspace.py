"""Figures of people from real work: hidden gold, second looks, rulings; targets as events; agreement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quality.bench import GAMBLING, Court, found, ruling
from quality.gold.made import always, is_gold, make_gold
from review.desk import submission
from study.making import Made, answers, make_study, people
from tilik.access import Person
from tilik.kernel import Invalid
from tilik.quality.people import (
    Agreement,
    Member,
    Targets,
    agreement_in,
    forecast,
    overlap_in,
    own_quality,
    period_of,
    set_targets,
    targets_of,
    team_quality,
)
from tilik.review.events import Mark
from tilik.store import Workspace, database_url, open_engine, rebuild

GIVEN: dict[bool, dict[str, Any]] = {
    True: {
        "answers": found(3),
        "marks": (Mark(question=GAMBLING, start=0.5, end=1),),
        "notes": {GAMBLING: "Ada tautan slot."},
    },
    False: {"answers": answers(), "marks": (), "notes": {}},
}


def team_of(workspace: Workspace, **more: str) -> dict[str, Member]:
    now = workspace.store.clock()
    with workspace.store.read() as connection:
        found = team_quality(connection, workspace.store.blobs, period_of(now), **more)
    return {one.person: one for one in found.people}


def ask(workspace: Workspace, targets: Targets) -> None:
    with workspace.store.write() as writing:
        set_targets(writing, targets)


def test_a_study_has_its_own_targets_where_they_are_set(workspace: Workspace) -> None:
    study = make_study(workspace, 2)
    ask(workspace, Targets(0.85, 0.95, 150))
    with workspace.store.write() as writing:
        set_targets(writing, Targets(sensitivity=0.9), study.id)

    def holding(where: str) -> Targets:
        with workspace.store.read() as connection:
            return targets_of(connection, where)

    assert (holding(study.id), holding("")) == (Targets(0.9, 0.95, 150), Targets(0.85, 0.95, 150))
    with workspace.store.read() as connection:
        shown = team_quality(
            connection, workspace.store.blobs, period_of(workspace.store.clock()), study=study.id
        )
    assert (shown.targets, shown.own) == (Targets(0.9, 0.95, 150), Targets(sensitivity=0.9))
    with workspace.store.write() as writing:
        set_targets(writing, Targets(), study.id)
    assert holding(study.id) == holding("")


def judge(court: Court, person: Person, study: Made, says: bool) -> str:
    lease = court.take(person)
    court.send(person, submission(lease, study, **GIVEN[says]))
    return lease.task


def test_gold_tells_how_right_somebody_is(sqlite_workspace: Workspace) -> None:
    study = make_study(sqlite_workspace, 30)
    make_gold(sqlite_workspace, ["g1", "g2"], fails=True)
    always(sqlite_workspace)
    court = Court(sqlite_workspace)
    (reviewer,) = people(sqlite_workspace, "Sari")
    done, met = 0, False
    while not met:
        lease = court.take(reviewer)
        met = is_gold(sqlite_workspace, lease)
        court.send(reviewer, submission(lease, study))
        done += 1
    member = team_of(sqlite_workspace)[reviewer.id]
    assert member.right.sources == {"gold": 1}
    assert (member.right.sensitivity.n, member.right.sensitivity.inputs["right"]) == (1, 0)
    assert member.work.judged == done, "a gold task is work like any other"
    assert member.work.minutes == pytest.approx(done * 4 / 60)
    with sqlite_workspace.store.read() as connection:
        blobs = sqlite_workspace.store.blobs
        assert own_quality(connection, blobs, reviewer.id, sqlite_workspace.store.clock()) is None


def test_the_first_of_two_looks_is_not_compared_and_both_of_two_independent_ones_are(
    sqlite_workspace: Workspace,
) -> None:
    court = Court(sqlite_workspace)
    first, second, third = people(sqlite_workspace, "Satu", "Dua", "Tiga", roles=("reviewer", "adjudicator"))
    looked = make_study(sqlite_workspace, 1, overlap=0.2)
    judge(court, first, looked, True)
    judge(court, second, looked, False)
    lease = court.called(third)
    assert lease is not None
    assert team_of(sqlite_workspace)[second.id].right.sources == {}, "contested: nobody knows yet"
    court.rule(third, ruling(lease, looked, 3))
    members = team_of(sqlite_workspace, study=looked.id)
    assert members[first.id].right.sources == {}
    assert members[second.id].right.sources == {"ruled": 1}
    assert members[second.id].right.sensitivity.inputs["right"] == 0

    twice = make_study(sqlite_workspace, 1, wants=2)
    judge(court, first, twice, True)
    judge(court, second, twice, True)
    members = team_of(sqlite_workspace, study=twice.id)
    assert {one.pseudonym: one.right.sources for one in members.values()} == {
        first.pseudonym: {"agreed": 1},
        second.pseudonym: {"agreed": 1},
    }
    assert [one.pseudonym for one in members.values()] == sorted(one.pseudonym for one in members.values())
    assert team_of(sqlite_workspace, of="COM")[second.id].right.sensitivity.n == 2
    with pytest.raises(Invalid, match="no family"):
        team_of(sqlite_workspace, of="NONE")


def test_targets_are_events_that_a_rebuild_repeats(workspace: Workspace, tmp_path: Path) -> None:
    ask(workspace, Targets(0.9, 0.95, 120))
    ask(workspace, Targets(0.85, None, 120))
    with workspace.store.read() as connection:
        assert targets_of(connection) == Targets(0.85, None, 120)
    for unfit in (Targets(0.4), Targets(specificity=1.0), Targets(daily=0), Targets(daily=99_999)):
        with pytest.raises(Invalid):
            ask(workspace, unfit)
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    try:
        assert [one.table for one in rebuild(workspace.store, engine) if not one.equal] == []
    finally:
        engine.dispose()


def agreed(workspace: Workspace, study: Made, **more: str) -> Agreement:
    with workspace.store.read() as connection:
        return agreement_in(overlap_in(connection, workspace.store.blobs, study.id), **more)


def test_agreement_and_forecast_of_a_study(sqlite_workspace: Workspace) -> None:
    court = Court(sqlite_workspace)
    one, other = people(sqlite_workspace, "Satu", "Dua")
    study = make_study(sqlite_workspace, 20, wants=2)
    assert agreed(sqlite_workspace, study).rows == ()
    for n in range(16):
        judge(court, one, study, n % 2 == 0)
        judge(court, other, study, n % 2 == 0 and n > 0)
    told = agreed(sqlite_workspace, study)
    assert (told.tasks, told.people) == (16, 2)
    rows = {(row.kind, row.code): row for row in told.rows}
    verdict = rows["verdict", "verdict"]
    assert verdict.raw.value == pytest.approx(15 / 16)
    assert verdict.kappa.value == pytest.approx(0.875)
    assert verdict.kappa.method.startswith("cohen")
    assert "bootstrap" in verdict.alpha.method
    assert rows["label", "COM-GAMB"].gwet.value == pytest.approx(0.875, abs=0.01)
    assert ("question", "confidence") not in rows
    with pytest.raises(Invalid, match="language"):
        agreed(sqlite_workspace, study, language="jv")
    with pytest.raises(Invalid, match="version"):
        agreed(sqlite_workspace, study, guideline="x")

    sqlite_workspace.store.clock.move(days=1)  # type: ignore[attr-defined]
    with sqlite_workspace.store.read() as connection:
        soon = forecast(connection, study.id, sqlite_workspace.store.clock())
    assert (soon.pace, soon.days.value, soon.on) == ((32,), None, None), "one day tells nothing"
    sqlite_workspace.store.clock.move(days=2)  # type: ignore[attr-defined]
    with sqlite_workspace.store.read() as connection:
        now = sqlite_workspace.store.clock()
        ahead = forecast(connection, study.id, now)
        assert (ahead.done, ahead.left, ahead.pace) == (32, 8, (32, 0, 0))
        assert ahead.days.low == 1
        assert ahead.days.value is not None
        assert ahead.earliest == now.date()
        with pytest.raises(Invalid):
            forecast(connection, study.id, now, last_days=1)
        assert own_quality(connection, sqlite_workspace.store.blobs, one.id, now) is not None


def test_agreement_is_told_of_blind_studies_only(sqlite_workspace: Workspace) -> None:
    study = make_study(sqlite_workspace, 2, wants=2, blind=False)
    with pytest.raises(Invalid, match="blind"):
        agreed(sqlite_workspace, study)

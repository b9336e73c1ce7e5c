"""What protects the people who watch: a count of hard content, and families one would rather not judge."""

from __future__ import annotations

from typing import Any

import pytest

from review.desk import Desk
from study.making import answers, make_study
from tilik.access import Person
from tilik.access.preferences import Preferences, set_preferences
from tilik.review import day_of
from tilik.review.exposure import Exposure, exposure_of, hardness
from tilik.store import Workspace

SENS = answers({"family.ATT": True, "label.ATT-SENS": 3})
NOTED: dict[str, Any] = {
    "answers": SENS,
    "marks": [{"question": "label.ATT-SENS", "start": 0.0, "end": 1.0}],
    "notes": {"label.ATT-SENS": "Terlalu bising."},
}


def met(workspace: Workspace, person: Person) -> Exposure:
    """Since the clock's own morning."""
    store = workspace.store
    with store.read() as connection:
        return exposure_of(connection, person.id, store.clock().replace(hour=0), store.clock())


@pytest.mark.parametrize(
    ("said", "level"),
    [({}, 0), (answers(), 0), (SENS, 3), ({"label.A": 1, "label.B": 2}, 2), ({"assessable": "NA-WELL"}, 3)],
)
def test_the_highest_level_counts(said: dict[str, Any], level: int) -> None:
    assert hardness(said) == level


def test_severity_minutes_are_level_times_active_minutes(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any
) -> None:
    study = make_study(workspace, 4)
    desk.judge(sari, desk.take(sari), study, active_seconds=600)
    assert met(workspace, sari) == Exposure(0, 0)
    desk.judge(sari, desk.take(sari), study, **NOTED, active_seconds=90)
    desk.stop(sari, desk.take(sari), "ESC-DANGER")
    assert (met(workspace, sari).hour, met(workspace, sari).day) == (3 * 1.5 + 3, 3 * 1.5 + 3)
    clock.move(minutes=61)
    assert (met(workspace, sari).hour, met(workspace, sari).day) == (0, 7.5)
    assert met(workspace, budi) == Exposure(0, 0), "one's own alone"


def test_a_day_is_told_by_the_hour(workspace: Workspace, desk: Desk, sari: Person, clock: Any) -> None:
    study = make_study(workspace, 3)
    for minutes in (0, 30, 40):
        clock.move(minutes=minutes)
        desk.judge(sari, desk.take(sari), study, active_seconds=10)
    store = workspace.store
    with store.read() as connection:
        day = day_of(connection, store.blobs, sari.id, store.clock().replace(hour=0), store.clock())
    assert (day.judged, day.active_seconds) == (3, 30)
    assert day.hours == (("2026-03-01T08:00:00Z", 2, 20), ("2026-03-01T09:00:00Z", 1, 10))


def test_what_one_opted_out_of_is_served_to_others(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    study = make_study(workspace, 1, wants=2)
    with workspace.store.write(sari.id) as writing:
        set_preferences(writing, sari.id, Preferences(opt_out=("ATT",)))
    desk.judge(budi, desk.take(budi), study, **NOTED)
    assert desk.lease(sari) is None
    with workspace.store.write(sari.id) as writing:
        set_preferences(writing, sari.id, Preferences(opt_out=("SYN",)))
    assert desk.lease(sari) is not None, "another family does not keep it away"

"""Gold is served in the place of live tasks, to people who never met the video, and nothing tells."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import create_engine

from moving_clock import MovingClock
from quality.gold.made import FAMILY, always, is_gold, make_gold
from review.desk import Desk
from study.making import Made, clip_record, make_study, people, robot
from tilik.access import Person
from tilik.access.preferences import Preferences, set_preferences
from tilik.media.registration import add_video, keep_prepared
from tilik.quality.gold import change_state, list_gold
from tilik.review import day_of, planting
from tilik.store import Workspace, rebuild
from tilik.store.tables import gold, lease, task


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    return Desk(workspace)


@pytest.fixture
def sari(workspace: Workspace) -> Person:
    return people(workspace, "Sari")[0]


class Rigged:
    """Chance that always plants: the draw below every rate, the first of what fits."""

    def random(self) -> float:
        return 0.0

    def getrandbits(self, bits: int) -> int:
        return 0


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planting, "CHANCE", Rigged())


def waiting(workspace: Workspace, person: Person, now: datetime) -> int:
    with workspace.store.read() as connection:
        return day_of(
            connection, workspace.store.blobs, person.id, datetime(2026, 2, 28, tzinfo=UTC), now
        ).waiting


def work(desk: Desk, person: Person, study: Made, most: int = 100) -> list[bool]:
    """Judge until nothing is left: which of the tasks were gold."""
    seen = []
    while len(seen) < most and (granted := desk.lease(person)) is not None:
        seen.append(is_gold(desk.workspace, granted))
        desk.judge(person, granted, study)
    return seen


def test_each_task_takes_one_from_what_waits_gold_or_live(
    workspace: Workspace, desk: Desk, sari: Person, clock: MovingClock, planted: None
) -> None:
    study = make_study(workspace, 6)
    make_gold(workspace, ["g-1", "g-2"])
    counts = [waiting(workspace, sari, clock())]
    kinds = []
    while (granted := desk.lease(sari)) is not None:
        assert waiting(workspace, sari, clock()) == counts[-1]
        kinds.append(is_gold(workspace, granted))
        desk.judge(sari, granted, study)
        counts.append(waiting(workspace, sari, clock()))
    assert counts == [6, 5, 4, 3, 2, 1, 0]
    assert (kinds, sum(kinds)) == ([True, True, False, False, False, False], 2)
    # What gold stood in for comes back after a pause.
    assert desk.lease(sari) is None
    clock.move(minutes=31)
    assert waiting(workspace, sari, clock()) == 2
    assert work(desk, sari, study) == [False, False]
    assert waiting(workspace, sari, clock()) == 0
    clock.move(days=1)
    assert desk.lease(sari) is None


def test_what_gold_stood_in_for_waits_for_others_meanwhile(
    workspace: Workspace, desk: Desk, sari: Person, planted: None
) -> None:
    make_study(workspace, 1)
    make_gold(workspace, ["g-1"])
    assert is_gold(workspace, desk.take(sari))
    budi = people(workspace, "Budi")[0]
    with workspace.store.write() as writing:
        change_state(writing, "g-1", "retired")
    assert not is_gold(workspace, desk.take(budi))


def test_nobody_gets_what_they_met_or_made_known(workspace: Workspace, desk: Desk, planted: None) -> None:
    sari, lead = people(workspace, "Sari", "Ratna")
    study = make_study(workspace, ["v-1", "v-2", "v-3", "v-4", "v-5"])
    first = desk.take(sari)
    desk.judge(sari, first, study)
    met = next(row.video for row in desk.rows(task) if row.id == first.task)
    make_gold(workspace, [met], media=False)
    make_gold(workspace, ["g-1"], actor=lead.id)
    assert work(desk, sari, study, 2) == [True, False]
    assert work(desk, lead, study, 2) == [True, False]
    served = {(row.person, row.task) for row in desk.rows(lease) if row.instead}
    by_task = {row.task: row.video for row in desk.rows(gold)}
    assert {(person, by_task[one]) for person, one in served} == {(sari.id, "g-1"), (lead.id, met)}


def test_gold_is_never_served_twice_and_never_once_retired_or_stopped(
    workspace: Workspace, desk: Desk, sari: Person, planted: None
) -> None:
    study = make_study(workspace, 8)
    items = make_gold(workspace, ["g-1", "g-2", "g-3"])
    with workspace.store.write() as writing:
        change_state(writing, items[0].id, "retired")
    assert sum(work(desk, sari, study, 6)) == 2
    budi = people(workspace, "Budi")[0]
    granted = desk.take(budi)
    assert is_gold(workspace, granted)
    desk.stop(budi, granted)
    citra = people(workspace, "Citra")[0]
    assert sum(work(desk, citra, study, 3)) == 1


def test_gold_left_lying_comes_again_in_the_same_place(
    workspace: Workspace, desk: Desk, sari: Person, clock: MovingClock, planted: None
) -> None:
    make_study(workspace, 3)
    make_gold(workspace, ["g-1", "g-2"])
    first = desk.take(sari)
    clock.move(minutes=45)
    assert desk.take(sari).task == first.task


def test_gold_of_another_version_of_the_file_is_not_served(
    workspace: Workspace, desk: Desk, sari: Person, planted: None, tmp_path: Any
) -> None:
    make_study(workspace, 2)
    make_gold(workspace, ["g-1"])
    (tmp_path / "other").write_bytes(b"another cut of the clip")
    with workspace.store.write() as writing:
        content = add_video(writing, video="g-1", title="", file=tmp_path / "other")
        blob = writing.blobs.put(b"poster")
        keep_prepared(writing, video="g-1", content=content, record=clip_record(content, blob, blob))
    assert not is_gold(workspace, desk.take(sari))


def test_gold_stands_in_only_for_blind_tasks_of_its_guideline(
    workspace: Workspace, desk: Desk, sari: Person, planted: None
) -> None:
    make_study(workspace, 2, blind=False)
    make_gold(workspace, ["g-1"])
    assert not is_gold(workspace, desk.take(sari))


def test_who_opted_out_of_a_family_gets_no_gold_with_it(
    workspace: Workspace, desk: Desk, sari: Person, planted: None
) -> None:
    study = make_study(workspace, 3)
    make_gold(workspace, ["g-1"], fails=True)
    with workspace.store.write() as writing:
        set_preferences(writing, sari.id, Preferences(opt_out=(FAMILY,)))
    assert work(desk, sari, study, 2) == [False, False]


def test_simulated_people_get_gold_without_a_video(workspace: Workspace, desk: Desk, planted: None) -> None:
    study = make_study(workspace, 4, with_media=lambda _: False)
    make_gold(workspace, ["g-1"], media=False)
    make_gold(workspace, ["g-2"])
    assert work(desk, robot(workspace), study) == [True, False, False, False, False]


def test_the_rate_is_kept_by_chance(workspace: Workspace, desk: Desk) -> None:
    study = make_study(workspace, 150, with_media=lambda _: False)
    make_gold(workspace, [f"g-{n}" for n in range(60)], media=False)
    always(workspace, 0.3)
    seen = work(desk, robot(workspace), study, 100)
    assert 12 <= sum(seen) <= 50  # 30 expected; a chance of less than 1 in 10,000 on either side
    always(workspace, 0.0)
    assert not any(work(desk, robot(workspace), study, 20))


def test_the_list_of_ones_last_closes_gold_as_it_closes_live(
    workspace: Workspace, desk: Desk, planted: None
) -> None:
    sari, budi = people(workspace, "Sari", "Budi")
    study = make_study(workspace, 1, wants=2)
    make_gold(workspace, ["g-1"])
    granted = desk.take(sari)
    desk.judge(sari, granted, study)
    assert [one.task for one in desk.last(sari)] == [granted.task]
    with workspace.store.write() as writing:
        change_state(writing, "g-1", "retired")
    desk.judge(budi, desk.take(budi), study)
    assert [one.task for one in desk.last(budi)] != []
    # Two places, one taken by Budi; with Sari's judgement the live one would be settled with others.
    assert desk.last(sari) == []
    assert desk.refused(desk.reopen, sari, desk.rows(gold)[0].id) == "Conflict not-reopenable"


def test_the_tables_are_the_fold_of_the_log(
    workspace: Workspace, desk: Desk, sari: Person, planted: None, tmp_path: Any
) -> None:
    study = make_study(workspace, 5)
    make_gold(workspace, ["g-1", "g-2"], fails=True)
    work(desk, sari, study, 4)
    always(workspace, 0.25)
    with workspace.store.write() as writing:
        change_state(writing, "g-1", "contested")
    (found,) = [one for one in _items(workspace) if one.state == "contested"]
    assert sum(voice.count for voice in found.voices) == 2
    matches = rebuild(workspace.store, create_engine(f"sqlite:///{tmp_path / 'again.db'}"))
    assert [match.table for match in matches if not match.equal] == []
    assert {match.table: match.live for match in matches}["gold"] == 2
    assert [row.instead is not None for row in desk.rows(lease)].count(True) == 2


def _items(workspace: Workspace) -> list[Any]:
    with workspace.store.read() as connection:
        return list_gold(connection)

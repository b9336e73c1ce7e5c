"""One's last ten judgements can be said anew; the earlier ones stay in the log and count no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from review.desk import Desk
from study.making import Made, answers, make_study, people
from tilik.access import Person
from tilik.review import Lease, view_task
from tilik.review.reopen import LAST
from tilik.store import Workspace, open_engine, rebuild
from tilik.store.engine import database_file
from tilik.store.tables import judgement, past_judgement, task

OTHER = answers({"min_age": 10, "confidence": 2})
WELL = answers({"assessable": "NA-WELL"})


@pytest.fixture
def study(workspace: Workspace) -> Made:
    return make_study(workspace, 3, wants=2)


def judge_one(desk: Desk, person: Person, study: Made, **changes: Any) -> tuple[str, Lease]:
    """Judge the next task; returns the judgement's id and its lease."""
    lease = desk.take(person)
    return desk.judge(person, lease, study, **changes).id, lease


def test_a_new_judgement_stands_instead_of_the_old_one(desk: Desk, study: Made, sari: Person) -> None:
    first, lease = judge_one(desk, sari, study)
    again = desk.reopen(sari, first)
    assert (again.task, again.revises) == (lease.task, first)
    second = desk.judge(sari, again, study, answers=OTHER)
    (stands,) = desk.rows(judgement)
    (was,) = desk.rows(past_judgement)
    assert (stands.id, json.loads(stands.answers)) == (second.id, OTHER)
    assert (was.id, was.superseded_by, json.loads(was.answers)) == (first, second.id, answers())
    assert len(desk.events("judgement-submitted")) == 1, "what was said stays said"
    (revised,) = desk.events("judgement-revised")
    assert json.loads(revised.body)["supersedes"] == first


def test_it_counts_once(desk: Desk, study: Made, sari: Person) -> None:
    first, lease = judge_one(desk, sari, study)
    desk.judge(sari, desk.reopen(sari, first), study, answers=OTHER)
    row = next(row for row in desk.rows(task) if row.id == lease.task)
    assert (row.judged, row.state) == (1, "open")


def test_the_reader_begins_with_what_was_said(
    workspace: Workspace, desk: Desk, study: Made, sari: Person
) -> None:
    said = answers({"family.SYN": True, "label.SYN-MASS": 1})
    mark = {"question": "label.SYN-MASS", "start": 1.0, "end": 2.0}
    first, _ = judge_one(
        desk, sari, study, answers=said, marks=[mark], notes={"label.SYN-MASS": "Sama semua."}
    )
    again = desk.reopen(sari, first)
    with workspace.store.read() as connection:
        found = view_task(connection, workspace.store.blobs, again).earlier
    assert found is not None
    assert (found.judgement, found.answers, found.notes) == (first, said, {"label.SYN-MASS": "Sama semua."})
    assert found.marks == [mark]
    assert (found.trace, found.active_seconds) == ([[0.0, 4.0, 1.0]], 12.5)


def test_a_task_that_others_settled_is_closed(desk: Desk, study: Made, sari: Person, budi: Person) -> None:
    first, lease = judge_one(desk, sari, study)
    again = desk.reopen(sari, first)
    other = desk.take(budi)
    assert other.task == lease.task, "looking again keeps nobody from the task"
    second = desk.judge(budi, other, study).id
    assert desk.state(lease.task) == "settled"
    assert desk.refused(desk.judge, sari, again, study, answers=OTHER) == "Conflict task-settled"
    assert desk.refused(desk.reopen, sari, first) == "Conflict not-reopenable"
    assert desk.refused(desk.reopen, budi, second) == "Conflict not-reopenable"
    assert (desk.last(sari), desk.last(budi)) == ([], [])


def test_a_task_that_only_oneself_has_judged_stays_ones_own(
    workspace: Workspace, desk: Desk, sari: Person
) -> None:
    study = make_study(workspace, 1)
    first, lease = judge_one(desk, sari, study)
    assert desk.state(lease.task) == "settled"
    desk.judge(sari, desk.reopen(sari, first), study, answers=OTHER)
    assert [json.loads(row.answers) for row in desk.rows(judgement)] == [OTHER]
    assert desk.state(lease.task) == "settled"


def test_only_the_last_ten_and_only_ones_own(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any
) -> None:
    study = make_study(workspace, LAST + 2, wants=2)
    done = []
    for _ in range(LAST + 2):
        clock.move(seconds=30)
        done.append(judge_one(desk, sari, study)[0])
    assert [one.id for one in desk.last(sari)] == done[:1:-1]
    assert desk.refused(desk.reopen, sari, done[1]) == "Conflict not-reopenable"
    assert desk.refused(desk.reopen, budi, done[-1]) == "Conflict not-reopenable"
    assert desk.last(budi) == []


def test_asking_twice_is_the_same_and_one_is_open_at_a_time(desk: Desk, study: Made, sari: Person) -> None:
    first, _ = judge_one(desk, sari, study)
    second, _ = judge_one(desk, sari, study)
    again = desk.reopen(sari, first)
    assert desk.reopen(sari, first) == again
    assert desk.reopen(sari, second).revises == second
    assert len(desk.held(sari)) == 1, "the first one went back unchanged"
    assert [one.id for one in desk.last(sari)] == [second, first]


def test_it_takes_no_place_among_the_tasks_in_hand(workspace: Workspace, desk: Desk, sari: Person) -> None:
    study = make_study(workspace, 6)
    first, _ = judge_one(desk, sari, study)
    for _ in range(4):
        desk.take(sari)
    desk.reopen(sari, first)
    assert desk.refused(desk.lease, sari) == "Conflict enough-held"
    assert len(desk.held(sari)) == 5


def test_changed_in_two_places_the_second_is_refused(desk: Desk, study: Made, sari: Person) -> None:
    first, _ = judge_one(desk, sari, study)
    again = desk.reopen(sari, first)
    desk.judge(sari, again, study, answers=OTHER)
    assert desk.refused(desk.judge, sari, again, study) == "Conflict revised-already"


def test_the_key_of_a_superseded_judgement_still_names_it(desk: Desk, study: Made, sari: Person) -> None:
    lease = desk.take(sari)
    receipt = desk.judge(sari, lease, study, key="key-of-the-first")
    desk.judge(sari, desk.reopen(sari, receipt.id), study, answers=OTHER)
    repeated = desk.judge(sari, lease, study, key="key-of-the-first")
    assert (repeated.id, repeated.repeated) == (receipt.id, True)


def test_answers_that_hand_back_give_the_place_away_and_take_it_again(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    study = make_study(workspace, 1)
    first, lease = judge_one(desk, sari, study)
    second = desk.judge(sari, desk.reopen(sari, first), study, answers=WELL).id
    assert desk.state(lease.task) == "open"
    other = desk.take(budi)
    again = desk.reopen(sari, second)
    assert desk.refused(desk.judge, sari, again, study) == "Conflict lease-expired"
    desk.release(budi, other)
    desk.judge(sari, again, study)
    assert desk.state(lease.task) == "settled"


def test_a_stop_on_an_item_looked_at_again_is_kept(desk: Desk, study: Made, sari: Person) -> None:
    first, lease = judge_one(desk, sari, study)
    again = desk.reopen(sari, first)
    desk.stop(sari, again, "ESC-CSAM")
    assert desk.state(lease.task) == "stopped"
    assert desk.last(sari) == []
    assert desk.refused(desk.judge, sari, again, study) == "Conflict task-stopped"


def test_the_log_folds_to_the_same_tables(
    workspace: Workspace, desk: Desk, study: Made, sari: Person, clock: Any, tmp_path: Path
) -> None:
    first, _ = judge_one(desk, sari, study)
    clock.move(seconds=40)
    second = desk.judge(sari, desk.reopen(sari, first), study, answers=OTHER)
    desk.judge(sari, desk.reopen(sari, second.id), study, answers=WELL)
    third = people(workspace, "Ayu")[0]
    desk.reopen(third, judge_one(desk, third, study)[0])
    fresh = open_engine(database_file(tmp_path / "again.db"))
    matches = rebuild(workspace.store, fresh)
    fresh.dispose()
    assert [match for match in matches if not match.equal] == []
    assert {m.table: m.live for m in matches}["past_judgement"] == 2


def test_a_judgement_by_a_late_lease_ends_the_one_that_was_taken_since(
    desk: Desk, study: Made, sari: Person, clock: Any
) -> None:
    first, _ = judge_one(desk, sari, study)
    late = desk.reopen(sari, first)
    clock.move(minutes=31)
    later = desk.reopen(sari, first)
    assert later.id != late.id
    desk.judge(sari, late, study, answers=OTHER)
    assert desk.held(sari) == [], (
        "a lease on a judgement that is no more would stand in the way of all others"
    )

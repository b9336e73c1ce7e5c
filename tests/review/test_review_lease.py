"""Who gets which task: one pair of hands for each judgement wanted, never the same pair twice."""

from __future__ import annotations

from typing import Any

from review.desk import Desk
from study.making import add_unprepared, make_study, people, robot
from tilik.access import Person
from tilik.kernel import to_text
from tilik.review import task_id
from tilik.review.lease import LEASE_LIFE
from tilik.store import Workspace
from tilik.store.tables import lease as lease_table


def test_a_task_that_wants_one_judgement_is_never_in_two_hands(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    make_study(workspace, 1)
    assert desk.lease(sari) is not None
    assert desk.lease(budi) is None


def test_two_people_get_different_tasks(workspace: Workspace, desk: Desk, sari: Person, budi: Person) -> None:
    make_study(workspace, 2)
    assert desk.take(sari).task != desk.take(budi).task


def test_a_task_that_wants_two_judgements_has_room_for_two_people_and_no_third(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    study = make_study(workspace, 1, wants=2)
    first, second = desk.take(sari), desk.take(budi)
    assert first.task == second.task
    third = people(workspace, "Ayu")[0]
    assert desk.lease(third) is None
    desk.judge(sari, first, study)
    assert desk.lease(third) is None, "one judged and one in hand make two"
    desk.release(budi, second)
    assert desk.take(third).task == first.task


def test_nobody_fills_both_places_of_a_task_that_wants_two(
    workspace: Workspace, desk: Desk, sari: Person
) -> None:
    make_study(workspace, 2, wants=2)
    assert desk.take(sari).task != desk.take(sari).task


def test_a_person_holds_four_tasks_at_most(workspace: Workspace, desk: Desk, sari: Person) -> None:
    study = make_study(workspace, 6)
    taken = [desk.take(sari) for _ in range(4)]
    assert desk.refused(desk.lease, sari) == "Conflict enough-held"
    assert desk.held(sari) == [one.task for one in taken]
    desk.judge(sari, taken[0], study)
    assert desk.lease(sari) is not None


def test_an_expired_lease_frees_the_task_for_others_and_for_its_holder(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any
) -> None:
    make_study(workspace, 1)
    before = desk.take(sari)
    clock.move(seconds=LEASE_LIFE.total_seconds() - 1)
    assert desk.lease(budi) is None
    clock.move(seconds=1)
    assert desk.held(sari) == []
    after = desk.take(budi)
    assert (after.task, after.id != before.id) == (before.task, True)
    clock.move(seconds=LEASE_LIFE.total_seconds())
    assert desk.take(sari).task == before.task


def test_a_renewed_lease_lasts(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any
) -> None:
    make_study(workspace, 1)
    granted = desk.take(sari)
    clock.move(minutes=20)
    renewed = desk.renew(sari, granted)
    assert renewed.until == to_text(clock() + LEASE_LIFE)
    clock.move(minutes=20)
    assert desk.lease(budi) is None
    assert desk.held(sari) == [granted.task]


def test_an_ended_lease_cannot_be_renewed(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any
) -> None:
    study = make_study(workspace, 3)
    judged, given_back, expired = desk.take(sari), desk.take(sari), desk.take(budi)
    desk.judge(sari, judged, study)
    desk.release(sari, given_back)
    clock.move(hours=1)
    for person, lease in ((sari, judged), (sari, given_back), (budi, expired)):
        assert desk.refused(desk.renew, person, lease) == "Conflict lease-expired"


def test_leases_belong_to_their_holder(workspace: Workspace, desk: Desk, sari: Person, budi: Person) -> None:
    make_study(workspace, 1)
    granted = desk.take(sari)
    assert desk.refused(desk.renew, budi, granted) == "Refused lease-not-yours"
    assert desk.refused(desk.release, budi, granted) == "Refused lease-not-yours"
    assert desk.held(sari) == [granted.task]


def test_what_was_given_back_goes_to_somebody_else(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    make_study(workspace, 1)
    granted = desk.take(sari)
    desk.release(sari, granted)
    desk.release(sari, granted)
    assert len(desk.events("task-released")) == 1
    assert desk.lease(sari) is None
    assert desk.take(budi).task == granted.task


def test_what_was_judged_is_not_served_to_its_judge_again(
    workspace: Workspace, desk: Desk, sari: Person
) -> None:
    study = make_study(workspace, 2, wants=2)
    served = []
    while (granted := desk.lease(sari)) is not None:
        desk.judge(sari, granted, study)
        served.append(granted.task)
    assert sorted(served) == sorted(task_id(study.id, video) for video in study.videos)


def test_people_get_only_videos_that_are_prepared_and_not_locked(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    study = make_study(workspace, ["ready", "raw", "absent", "locked"], with_media=lambda n: n in {0, 3})
    add_unprepared(workspace, "raw")
    while (granted := desk.take(budi)).task != task_id(study.id, "locked"):
        pass
    desk.stop(budi, granted, "ESC-CSAM")
    for lease in [row for row in desk.rows(lease_table) if row.person == budi.id and row.ended is None]:
        desk.release(budi, lease)
    assert desk.take(sari).task == task_id(study.id, "ready")
    assert desk.lease(sari) is None


def test_simulated_people_get_only_tasks_without_media(
    workspace: Workspace, desk: Desk, sari: Person
) -> None:
    study = make_study(workspace, 6, with_media=lambda n: n < 3)
    machine = robot(workspace)
    add_unprepared(workspace, study.videos[3])
    served = set()
    while (granted := desk.lease(machine)) is not None:
        desk.judge(machine, granted, study)
        served.add(granted.task)
    assert served == {task_id(study.id, video) for video in study.videos[4:]}
    assert desk.take(sari).task in {task_id(study.id, video) for video in study.videos[:3]}

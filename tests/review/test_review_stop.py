"""Stop-work: one act, a minimal record, and nobody sees the video again."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from review.desk import Desk
from study.making import Made, make_study, people
from tilik.access import Person
from tilik.kernel import Missing, digest_bytes, new_id
from tilik.media.registration import add_video, list_videos
from tilik.review import Lease, Receipt, Stop, WorkStopped, task_id, view_task
from tilik.store import Workspace, rebuild
from tilik.store.tables import escalation, judgement, note, video
from tilik.store.tables import lease as lease_table


@pytest.fixture
def study(workspace: Workspace) -> Made:
    return make_study(workspace, ["v-1"])


@pytest.fixture
def granted(desk: Desk, study: Made, sari: Person) -> Lease:
    return desk.take(sari)


def test_stop_locks_the_video_in_every_study(
    workspace: Workspace, desk: Desk, study: Made, sari: Person, budi: Person, granted: Lease
) -> None:
    twin = make_study(workspace, ["v-1", "v-2"])
    desk.stop(sari, granted, "ESC-CSAM")
    assert [row.locked for row in desk.rows(video) if row.id == "v-1"] == [True]
    assert desk.state(task_id(study.id, "v-1")) == desk.state(task_id(twin.id, "v-1")) == "stopped"
    assert desk.state(task_id(twin.id, "v-2")) == "open"
    assert desk.take(budi).task == task_id(twin.id, "v-2")
    assert desk.lease(budi) is None


def test_a_locked_video_is_stopped_in_studies_drawn_later(
    workspace: Workspace, desk: Desk, study: Made, sari: Person, granted: Lease
) -> None:
    desk.stop(sari, granted, "ESC-CSAM")
    later = make_study(workspace, ["v-1"])
    assert desk.state(task_id(later.id, "v-1")) == "stopped"
    assert desk.lease(sari) is None


def test_a_stop_without_a_lock_ends_this_task_only(
    workspace: Workspace, desk: Desk, sari: Person, granted: Lease
) -> None:
    twin = make_study(workspace, ["v-1"])
    desk.stop(sari, granted, "ESC-SELF")
    assert [row.locked for row in desk.rows(video)] == [False]
    assert (desk.state(granted.task), desk.state(task_id(twin.id, "v-1"))) == ("stopped", "open")


def test_other_peoples_leases_end_and_their_work_is_refused(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    study = make_study(workspace, ["v-1"], wants=2)
    mine, theirs = desk.take(sari), desk.take(budi)
    desk.stop(sari, mine)
    assert (desk.held(sari), desk.held(budi)) == ([], [])
    assert {row.ended for row in desk.rows(lease_table)} == {"stopped"}
    assert desk.refused(desk.judge, budi, theirs, study) == "Conflict task-stopped"
    assert desk.refused(desk.judge, sari, mine, study) == "Conflict task-stopped"
    assert desk.refused(desk.renew, budi, theirs) == "Conflict lease-expired"
    assert desk.rows(judgement) == []


def test_a_stopped_video_is_shown_to_nobody_who_had_it(
    workspace: Workspace, desk: Desk, sari: Person, granted: Lease
) -> None:
    desk.stop(sari, granted)
    with workspace.store.read() as connection, pytest.raises(Missing, match="stopped"):
        view_task(connection, workspace.store.blobs, granted)


def test_the_record_is_minimal(desk: Desk, sari: Person, granted: Lease) -> None:
    desk.stop(sari, granted, "ESC-CSAM")
    (entry,) = desk.events("work-stopped")
    body = json.loads(entry.body)
    assert set(body) == {
        *("escalation", "key", "request", "task", "video", "guideline", "person", "code", "at_second"),
        *("note", "lock"),
    }
    assert (body["note"], body["lock"], body["at_second"]) == (None, True, 1.5)
    assert desk.rows(note) == []


def test_free_text_is_refused_where_the_guideline_forbids_it(
    desk: Desk, sari: Person, granted: Lease
) -> None:
    for code in ("ESC-CSAM", "ESC-GROOM"):
        refusal = desk.refused(desk.stop, sari, granted, code, note="what was seen")
        assert refusal == "Invalid text-not-allowed"
    assert desk.rows(escalation) == []
    desk.stop(sari, granted, "ESC-CSAM", note="  ")
    assert desk.rows(note) == []


def test_free_text_where_allowed_lives_outside_the_log(desk: Desk, sari: Person, granted: Lease) -> None:
    receipt = desk.stop(sari, granted, "ESC-DANGER", note="  di menit\npertama ")
    (kept,) = desk.rows(note)
    assert (kept.owner, kept.question, kept.text) == (receipt.id, "stop", "di menit pertama")
    (entry,) = desk.events("work-stopped")
    assert "pertama" not in entry.body
    assert json.loads(entry.body)["note"] == kept.digest == digest_bytes(kept.text.encode())


def test_sent_again_it_is_one_escalation(desk: Desk, sari: Person, budi: Person, granted: Lease) -> None:
    key = str(uuid.uuid4())
    first = desk.stop(sari, granted, key=key)
    assert desk.stop(sari, granted, key=key) == Receipt(first.id, repeated=True)
    assert desk.refused(desk.stop, sari, granted, key=key, at=9.0) == "Conflict key-reused"
    assert desk.refused(desk.stop, budi, granted, key=key) == "Conflict key-reused"
    assert len(desk.rows(escalation)) == 1


def test_a_warning_is_never_too_late(
    desk: Desk, study: Made, sari: Person, granted: Lease, clock: Any
) -> None:
    desk.judge(sari, granted, study)
    clock.move(hours=5)
    desk.stop(sari, granted)
    assert desk.state(granted.task) == "stopped"


def test_only_the_holder_of_a_lease_stops_its_task(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, granted: Lease
) -> None:
    make_study(workspace, ["v-2"])
    other = desk.take(budi)
    assert desk.refused(desk.stop, budi, granted) == "Refused lease-not-yours"
    assert desk.refused(desk.stop, sari, granted, task=other.task) == "Missing task-missing"
    assert desk.refused(desk.stop, sari, granted, "ESC-NONE") == "Invalid escalation-unknown"
    assert {row.locked for row in desk.rows(video)} == {False}


def test_the_second_to_stop_is_heard_too(workspace: Workspace, desk: Desk, sari: Person) -> None:
    make_study(workspace, ["v-1"], wants=2)
    other = people(workspace, "Ayu")[0]
    mine, theirs = desk.take(sari), desk.take(other)
    desk.stop(sari, mine, "ESC-SELF")
    desk.stop(other, theirs, "ESC-CSAM")
    assert [row.locked for row in desk.rows(video)] == [True]
    assert len(desk.rows(escalation)) == 2


def test_where_it_was_stopped_must_be_a_time() -> None:
    body = {"key": "12345678", "task": "t", "lease": "l", "escalation": "ESC-CSAM"}
    for at in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="at"):
            Stop(**body, at=at)


def test_the_same_file_under_another_id_is_hidden_too(
    workspace: Workspace, desk: Desk, sari: Person, tmp_path: Path
) -> None:
    make_study(workspace, ["first", "other"])
    (tmp_path / "film").write_bytes(b"the same bytes")
    with workspace.store.write() as writing:
        for video in ("first", "again"):
            add_video(writing, video=video, title="", file=tmp_path / "film")
        lock_before = [v.id for v in list_videos(writing.connection) if v.locked]
        writing.record(
            WorkStopped(
                escalation=new_id(), key="k" * 8, request="0" * 64, task=new_id(), video="first",
                guideline="0" * 64, person=sari.id, code="ESC-CSAM", at_second=0.0, note=None, lock=True,
            )
        )  # fmt: skip
        add_video(writing, video="later", title="", file=tmp_path / "film")
        locked = [v.id for v in list_videos(writing.connection) if v.locked]
    assert (lock_before, locked) == ([], ["again", "first", "later"])
    matches = rebuild(workspace.store, create_engine("sqlite://"))
    assert [match for match in matches if not match.equal] == []

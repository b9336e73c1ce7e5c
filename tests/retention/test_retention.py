"""What is kept too long is erased and nothing else; holds win; the log proves it and brings nothing back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import tilik.cli.log
from casebook.conftest import Room
from quality.bench import GAMBLING, found
from study.making import make_study, people
from tilik.access import PersonErased, change_person, issue_link, sign_in
from tilik.casebook import remark
from tilik.guideline.words import Text
from tilik.kernel import Invalid, Missing, utc_now
from tilik.log import log_entry
from tilik.media.registration import add_video, find_video
from tilik.retention import Planned, plan, prove, rules, run, running, runs, set_rule
from tilik.retention.events import DataErased, RetentionRuleSet
from tilik.retention.media import remove_files
from tilik.retention.views import shown
from tilik.review.events import Mark
from tilik.safety import acknowledge, close, find_escalation, hold, view
from tilik.store import Workspace
from tilik.store.casebook_tables import case_note
from tilik.store.retention_tables import blob_removal
from tilik.store.tables import note, session

REASON, REMARK = "Ada tautan slot di detik pertama.", "Setuju, ini iklan terselubung."
YEAR = 366


@pytest.fixture(autouse=True)
def _every_event() -> None:
    tilik.cli.log.load_rooms()


class Office(Room):
    """A workspace in which people have written, signed in and left."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.dewi = people(workspace, "Dewi Lestari", roles=("privacy",))[0]
        self.rini = people(workspace, "Rini", roles=("child-safety",))[0]

    def reason(self, text: str = REASON) -> str:
        """A judgement by Sari with this reason; the task."""
        lease = self.desk.take(self.sari)
        more = {"marks": (Mark(question=GAMBLING, start=0.5, end=1),), "notes": {GAMBLING: text}}
        self.desk.judge(self.sari, lease, self.study, answers=found(3), **more)
        return lease.task

    def plan(self) -> Planned:
        store = self.workspace.store
        with store.read() as connection:
            return plan(connection, store.blobs, store.clock)

    def due(self) -> dict[str, tuple[int, dict[str, int]]]:
        """Class → (may be erased, held by why), where there is something."""
        return {
            one.rule.kind.name: (len(one.items), {each.why: each.count for each in one.held})
            for one in self.plan().classes
            if one.oldest
        }

    def texts(self) -> list[str]:
        with self.workspace.store.read() as connection:
            said = connection.execute(select(note.c.text)).scalars().all()
            return sorted([*said, *connection.execute(select(case_note.c.text)).scalars()])

    def bodies(self, event: type[Any]) -> list[Any]:
        with self.workspace.store.read() as connection:
            query = select(log_entry.c.body).where(log_entry.c.type == event.type).order_by(log_entry.c.seq)
            return [event.model_validate_json(body) for body in connection.execute(query).scalars()]


@pytest.fixture
def office(workspace: Workspace) -> Office:
    return Office(workspace)


@pytest.fixture
def desk(sqlite_workspace: Workspace) -> Office:
    return Office(sqlite_workspace)


def test_only_what_is_older_than_its_rule_goes_and_the_log_holds_none_of_it(
    office: Office, clock: Any
) -> None:
    office.reason()
    case = office.file(office.sari, office.desk.take(office.sari))
    office.act(remark, office.tia.id, case.case, REMARK)
    clock.move(days=2 * YEAR)
    office.reason("Alasan baru yang tetap ada.")
    assert office.due()["judgement-texts"] == (1, {})
    assert "case-texts" not in office.due()
    ran = run(office.workspace.store, office.dewi.id)
    assert ran.erased == {"judgement-texts": 1}
    assert ran.ended_at and ran.overwritten
    assert office.texts() == sorted(["Alasan baru yang tetap ada.", "Apakah ini iklan?", REMARK])
    (erased,) = office.bodies(DataErased)
    assert (erased.cause, erased.kind, erased.count) == (ran.id, "judgement-texts", 1)
    assert REASON not in str(erased)
    proof = prove(office.workspace.store)
    assert proof.holds, proof
    assert proof.erased == {"judgement-texts": 1}
    again = run(office.workspace.store)
    assert (again.erased, len(office.bodies(DataErased))) == ({}, 1)


def test_a_rule_is_changed_with_a_ground_and_goes_for_the_next_run(office: Office, clock: Any) -> None:
    office.reason()
    clock.move(days=31)
    assert "judgement-texts" not in office.due()
    ground = Text(id="Kontrak meminta 30 hari.", en="The contract asks for 30 days.")
    with office.workspace.store.write(office.dewi.id) as writing:
        set_rule(writing, "judgement-texts", 30, ground)
    assert office.due()["judgement-texts"] == (1, {})
    with office.workspace.store.read() as connection:
        rule = rules(connection)[0]
    assert (rule.days, rule.ground, rule.set_by) == (30, ground, office.dewi.id)
    (event,) = office.bodies(RetentionRuleSet)
    assert "Kontrak" not in str(event), "the log holds digests of grounds"
    run(office.workspace.store)
    assert office.texts() == ["Kontrak meminta 30 hari.", "The contract asks for 30 days."]
    assert prove(office.workspace.store).holds


def test_no_text_is_forgotten_because_no_class_knows_it(desk: Office, clock: Any) -> None:
    with desk.workspace.store.write(desk.dewi.id) as writing:
        set_rule(writing, "sessions", 30, Text(id="Alasan lama.", en="A former ground."))
        set_rule(writing, "sessions", 40, Text(id="Alasan kini.", en="The ground now."))
    clock.now = utc_now()  # ids are made by the world's clock
    assert "other-texts" not in desk.due()
    clock.move(days=6 * YEAR)
    assert desk.due()["other-texts"] == (2, {"in-use": 2})
    identity = stopped(desk)
    act(desk, hold, identity, "Diminta penyidik.", on=True)
    assert desk.due()["other-texts"] == (0, {"legal-hold": 4})
    act(desk, hold, identity, "Dicabut penyidik.", on=False)
    run(desk.workspace.store)
    assert {"Alasan kini.", "The ground now."} <= set(desk.texts())
    assert not {"Alasan lama.", "A former ground."} & set(desk.texts())


@pytest.mark.parametrize(
    ("kind", "days", "said", "error"),
    [
        ("judgement-texts", 0, "Kontrak.", Invalid),
        ("judgement-texts", 36_501, "Kontrak.", Invalid),
        ("judgement-texts", 30, "Tanya dewi@contoh.id.", Invalid),
        ("everything", 30, "Kontrak.", Missing),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    desk: Office, kind: str, days: int, said: str, error: type[Exception]
) -> None:
    with pytest.raises(error), desk.workspace.store.write(desk.dewi.id) as writing:
        set_rule(writing, kind, days, Text(id=said, en="Contract."))
    assert desk.bodies(RetentionRuleSet) == []


def stopped(office: Office) -> str:
    """Work that Budi stopped on a video that Sari has written about; the escalation."""
    task = office.reason()
    lease = office.desk.take(office.budi)
    while lease.task != task:
        office.desk.judge(office.budi, lease, office.study)
        lease = office.desk.take(office.budi)
    return office.desk.stop(office.budi, lease, "ESC-DANGER", note="Anak menangis sendirian.").id


def act(office: Office, what: Callable[..., Any], *arguments: Any, **more: Any) -> None:
    with office.workspace.store.write(office.rini.id) as writing:
        what(writing, *arguments, **more)


def test_a_legal_hold_and_an_open_escalation_keep_what_is_due(office: Office, clock: Any) -> None:
    identity = stopped(office)
    clock.move(days=6 * YEAR)
    assert office.due()["judgement-texts"] == (0, {"open-escalation": 1})
    assert office.due()["escalation-texts"] == (0, {"open-escalation": 1})
    act(office, acknowledge, identity)
    act(office, close, identity, "unfounded", "Adegan film.")
    act(office, hold, identity, "Diminta penyidik.", on=True)
    clock.move(days=6 * YEAR)
    planned = {one.rule.kind.name: one for one in office.plan().classes}
    (held,) = planned["judgement-texts"].held
    assert (held.why, held.count, held.escalations) == ("legal-hold", 1, (identity,))
    assert office.due()["escalation-texts"] == (0, {"legal-hold": 3})
    before = office.texts()
    ran = run(office.workspace.store)
    assert ran.held["escalation-texts"] == 3
    assert office.texts() == before
    video = find_held(office, identity)
    assert office.workspace.store.blobs.has(video.content), "nothing of a held video goes"
    act(office, hold, identity, "Dicabut penyidik.", on=False)
    clock.move(days=6 * YEAR)
    run(office.workspace.store)
    assert office.texts() == []


def find_held(office: Office, identity: str) -> Any:
    with office.workspace.store.read() as connection:
        video = find_escalation(connection, office.workspace.store.blobs, identity).video
        return find_video(connection, video or "")


def finish(office: Office) -> None:
    for person in (office.sari, office.budi):
        while (lease := office.desk.lease(person)) is not None:
            office.desk.judge(person, lease, office.study)


def test_files_go_once_no_open_study_needs_them_and_can_come_back(
    office: Office, clock: Any, tmp_path: Path
) -> None:
    clock.move(days=2 * YEAR)
    assert "media" not in office.due(), "the study is open"
    finish(office)
    clock.move(days=2 * YEAR)
    assert office.due()["media"] == (6, {})
    store = office.workspace.store
    with store.read() as connection:
        before = find_video(connection, office.study.videos[0])
    assert run(store).erased["media"] == 6
    with store.read() as connection:
        after = find_video(connection, office.study.videos[0])
    assert (after.record.condition, after.record.duration) == ("erased", 4.0)
    assert not any(store.blobs.has(name) for name in (before.content, *before.record.contents()))
    assert prove(store).holds
    file = tmp_path / "again"
    file.write_bytes(b"the same video, brought in again")
    with store.write() as writing:
        add_video(writing, video=before.id, title="", file=file)
        assert find_video(writing.connection, before.id).record.condition == "added"


def test_ended_sessions_and_people_without_access_go(office: Office, clock: Any) -> None:
    with office.workspace.store.write() as writing:
        sign_in(writing, issue_link(writing, office.budi.id))
        change_person(writing, office.budi.id, active=False)
    clock.move(days=YEAR)
    with office.workspace.store.write() as writing:
        sign_in(writing, issue_link(writing, office.sari.id))
    ran = run(office.workspace.store)
    assert (ran.erased["sessions"], ran.erased["people-gone"]) == (2, 1)
    assert [event.person for event in office.bodies(PersonErased)] == [office.budi.id]
    with office.workspace.store.read() as connection:
        assert connection.execute(select(session.c.person)).scalars().all() == [office.sari.id]
    assert prove(office.workspace.store).holds


def test_what_is_needed_again_since_the_plan_stays(
    desk: Office, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(desk)
    with desk.workspace.store.write() as writing:
        change_person(writing, desk.budi.id, active=False)
    clock.move(days=2 * YEAR)
    stale = desk.plan()
    assert (desk.due()["media"], desk.due()["people-gone"]) == ((6, {}), (1, {}))
    with desk.workspace.store.write() as writing:
        change_person(writing, desk.budi.id, active=True)
    drawn = make_study(desk.workspace, desk.study.videos[:2], with_media=lambda _: False)
    assert len(drawn.videos) == 2
    monkeypatch.setattr(running, "plan", lambda *_: stale)
    assert run(desk.workspace.store).erased == {"media": 4}
    assert desk.bodies(PersonErased) == []


def test_the_list_of_views_says_who_was_shown_what(office: Office, clock: Any) -> None:
    identity = stopped(office)
    clock.move(days=1)
    act(office, view, identity)
    with office.workspace.store.read() as connection:
        every = shown(connection)
        by_rini = shown(connection, pseudonym=office.rini.pseudonym)
        videos = {one.subject for one in every if one.what == "video"}
        assert shown(connection, since="2026-03-03") == []
        assert shown(connection, until="2026-03-02") == every[1:]
    assert [(one.person, one.what, one.subject) for one in by_rini] == [
        (office.rini.pseudonym, "escalation", identity)
    ]
    assert every[0] == by_rini[0]
    assert {one.person for one in every[1:]} == {office.sari.pseudonym, office.budi.pseudonym}
    assert videos <= set(office.study.videos)


KILLED = """
import os, signal, sys
from pathlib import Path
import tilik.cli.log
from moving_clock import MovingClock
from tilik.retention import items, run
from tilik.store import open_workspace
from tilik.store.blobs import BlobStore

items.BATCH = 2
left = int(sys.argv[2])
def remove(self, name, really=BlobStore.remove):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    really(self, name)
BlobStore.remove = remove
tilik.cli.log.load_rooms()
clock = MovingClock()
clock.move(days=int(sys.argv[3]))
run(open_workspace(Path(sys.argv[1]), clock=clock).store)
"""


def test_a_run_that_is_killed_loses_nothing_and_the_next_goes_on(desk: Office, clock: Any) -> None:
    desk.reason()
    finish(desk)
    store, folder = desk.workspace.store, desk.workspace.folder
    tests = str(Path(__file__).parents[1])
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), "3", str(3 * YEAR)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([tests, os.environ.get("PYTHONPATH", "")])},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    clock.move(days=3 * YEAR)
    with store.read() as connection:
        assert runs(connection)[0].ended_at is None
        waiting = connection.execute(select(blob_removal.c.name)).scalars().all()
    assert waiting
    assert not prove(store).holds, "files wait"
    before = len(desk.bodies(DataErased))
    assert run(store).ended_at
    assert len(desk.bodies(DataErased)) == before, "what was erased is not erased again"
    assert prove(store).holds
    assert remove_files(store) == 0
    assert sum(one.count for one in desk.bodies(DataErased) if one.kind == "media") == 6
    assert json.dumps(desk.texts()) == "[]"

"""Escalations: taken on in time, without media, every view logged."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select
from starlette.testclient import TestClient

from answers.made import item, make_set, take
from api.visitor import Visitor
from review.desk import Desk
from study.making import make_study, people
from tilik.access import Person
from tilik.answers.stop import AnswerStop, stop
from tilik.api import create_app
from tilik.kernel import Conflict, Invalid, Missing, from_text, to_text
from tilik.log import log_entry
from tilik.safety import acknowledge, close, escalations, find_escalation, hold, refer, view
from tilik.store import Workspace, rebuild
from tilik.store.tables import note

CODES = {"ESC-CSAM": 15, "ESC-GROOM": 30, "ESC-DANGER": 30, "ESC-SELF": 30, "ESC-TERROR": 120}


class Safety:
    """A workspace in which somebody stopped work, and somebody who answers for it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        make_study(workspace, 6)
        self.sari = people(workspace, "Sari")[0]
        self.rini = people(workspace, "Rini", roles=("child-safety",))[0]
        self.desk = Desk(workspace)

    def raised(self, code: str = "ESC-DANGER", **changes: Any) -> str:
        return self.desk.stop(self.sari, self.desk.take(self.sari), code, **changes).id

    def act(self, act: Any, /, *arguments: Any, **more: Any) -> Any:
        with self.workspace.store.write(self.rini.id) as writing:
            return act(writing, *arguments, **more)

    def read(self, look: Any, /, *arguments: Any) -> Any:
        with self.workspace.store.read() as connection:
            return look(connection, self.workspace.store.blobs, *arguments)


@pytest.fixture
def safety(sqlite_workspace: Workspace) -> Safety:
    return Safety(sqlite_workspace)


@pytest.mark.parametrize(("code", "minutes"), CODES.items())
def test_each_code_has_its_own_time(safety: Safety, code: str, minutes: int) -> None:
    found = safety.read(find_escalation, safety.raised(code))
    due = from_text(found.due)
    assert due - from_text(found.raised_at) == timedelta(minutes=minutes)
    assert found.state == "waiting"
    assert not found.late(found.due)
    assert found.late(to_text(due + timedelta(microseconds=1)))


def test_what_waits_comes_first_by_when_it_is_due(safety: Safety) -> None:
    slow, quick, done = (safety.raised(code) for code in ("ESC-TERROR", "ESC-CSAM", "ESC-CSAM"))
    safety.act(acknowledge, done)
    assert [one.id for one in safety.read(escalations)] == [quick, slow, done]


def test_taking_on_stops_the_timer_once(safety: Safety) -> None:
    identity = safety.raised()
    safety.act(acknowledge, identity)
    first = safety.read(find_escalation, identity)
    safety.act(acknowledge, identity)
    assert safety.read(find_escalation, identity).acknowledged_at == first.acknowledged_at
    assert first.state == "acknowledged"
    assert not first.late("2999-01-01T00:00:00.000000Z")


def test_nothing_is_referred_or_closed_that_nobody_took_on_or_that_is_closed(safety: Safety) -> None:
    identity = safety.raised()
    with pytest.raises(Conflict, match="taken"):
        safety.act(close, identity, "unfounded", "Bukan anak sungguhan.")
    safety.act(acknowledge, identity)
    safety.act(refer, identity, "kpai", "Diserahkan dengan nomor perkara.")
    with pytest.raises(Invalid, match="note"):
        safety.act(close, identity, "confirmed", "  ")
    safety.act(close, identity, "confirmed", "KPAI menindaklanjuti.")
    assert safety.read(find_escalation, identity).state == "closed"
    with pytest.raises(Conflict, match="closed"):
        safety.act(refer, identity, "police")
    with pytest.raises(Missing):
        safety.act(acknowledge, "nothing")


def test_notes_are_scanned_and_stay_outside_the_log(safety: Safety) -> None:
    identity = safety.raised()
    safety.act(acknowledge, identity)
    with pytest.raises(Invalid, match="e-mail"):
        safety.act(refer, identity, "police", "Kirim ke polisi@contoh.id")
    safety.act(refer, identity, "police", "Laporan diterima.")
    with safety.workspace.store.read() as connection:
        assert "Laporan diterima." in connection.execute(select(note.c.text)).scalars().all()
        assert not any("diterima" in body for body in connection.execute(select(log_entry.c.body)).scalars())


def test_a_legal_hold_is_put_on_and_lifted_even_when_all_is_closed(safety: Safety) -> None:
    identity = safety.raised()
    safety.act(hold, identity, "Diminta penyidik.", on=True)
    assert safety.read(find_escalation, identity).hold
    safety.act(acknowledge, identity)
    safety.act(close, identity, "confirmed", "Selesai.")
    safety.act(hold, identity, "Dicabut penyidik.", on=False)
    assert not safety.read(find_escalation, identity).hold


def test_every_view_is_logged_with_who_and_when(safety: Safety) -> None:
    identity = safety.raised()
    safety.act(view, identity)
    safety.act(view, identity)
    steps = safety.read(find_escalation, identity).steps
    assert [(one.step, one.person) for one in steps] == [("viewed", safety.rini.id)] * 2
    with safety.workspace.store.read() as connection:
        query = select(log_entry.c.actor).where(log_entry.c.type == "escalation-viewed")
        assert connection.execute(query).scalars().all() == [safety.rini.id] * 2


def test_a_stopped_machine_answer_is_an_escalation_too(sqlite_workspace: Workspace) -> None:
    make_set(sqlite_workspace, [item("Berapa 1 + 1?", "satu")])
    sari = people(sqlite_workspace, "Sari")[0]
    lease = take(sqlite_workspace, sari)
    assert lease is not None
    with sqlite_workspace.store.write(sari.id) as writing:
        sent = AnswerStop(key="k-12345678", task=lease.task, lease=lease.id, escalation="ESC-GROOM")
        stop(writing, sari.id, sent)
    with sqlite_workspace.store.read() as connection:
        (found,) = escalations(connection, sqlite_workspace.store.blobs)
    assert (found.about, found.video, found.code) == ("answer", None, "ESC-GROOM")


def test_the_tables_are_the_fold_of_the_log(safety: Safety, tmp_path: Path) -> None:
    identity = safety.raised()
    safety.act(acknowledge, identity)
    safety.act(refer, identity, "platform")
    safety.act(close, identity, "undecided", "Tidak cukup bukti.")
    safety.act(hold, identity, "Diminta penyidik.", on=True)
    engine = create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    matches = {one.table: one for one in rebuild(safety.workspace.store, engine)}
    assert matches["escalation_step"].equal
    assert matches["escalation_step"].rebuilt == 4


def at_a_browser(workspace: Workspace, person: Person) -> Visitor:
    client = TestClient(create_app(workspace), raise_server_exceptions=False)
    return Visitor(client).sign_in(workspace, person)


def test_over_http_the_list_names_no_video_and_a_record_holds_no_media(safety: Safety) -> None:
    identity = safety.raised(note="Anak menangis sendirian.")
    video = safety.read(find_escalation, identity).video
    visitor = at_a_browser(safety.workspace, safety.rini)
    listed = visitor.send("GET", "/api/safety/escalations", None)
    assert listed.status_code == 200
    assert video not in listed.text
    assert "menangis" not in listed.text
    record = visitor.send("POST", f"/api/safety/escalations/{identity}/acknowledge", {}).json()
    assert (record["video"], record["note"]) == (video, "Anak menangis sendirian.")
    assert [one["step"] for one in record["steps"]] == ["acknowledged", "viewed"]
    assert "/media" not in str(record)
    closed = visitor.send(
        "POST", f"/api/safety/escalations/{identity}/close", {"finding": "unfounded", "note": "Adegan film."}
    ).json()
    assert closed["escalation"]["state"] == "closed"
    refused = visitor.send("POST", f"/api/safety/escalations/{identity}/refer", {"to": "police"})
    assert (refused.status_code, refused.json()["code"]) == (409, "escalation-closed")

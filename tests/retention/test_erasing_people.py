"""Nobody finds out any more who a person is: not in the database's file, the log, the blobs or an export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import tilik.cli.log
from measure.survey import CLEAN, TEMPLATE, Unit, hire, judge, measured, survey
from retention.test_retention import REASON, Office, act, stopped
from study.making import people
from tilik.access import (
    add_person,
    change_person,
    find_person,
    issue_link,
    issue_token,
    link_owner,
    preferences_of,
    set_email,
    set_preferences,
    sign_in,
)
from tilik.access.attempts import by_person, failed
from tilik.access.emails import who_is
from tilik.access.identities import person_of
from tilik.access.oidc import Claims
from tilik.access.passwords import set_password
from tilik.access.sessions import find_session
from tilik.access.tokens import token_session
from tilik.kernel import Conflict, Invalid, Refused, new_id
from tilik.log import metadata
from tilik.retention import erase_person, person_due, prove
from tilik.safety import acknowledge, close, hold
from tilik.store import Workspace, as_of
from tilik.study.accepting import keep_notes

NAME, EMAIL, SUBJECT = "Wulandari Kusumawijaya", "wulan.kw@contoh.id", "google-oauth2|99120"
GROUND = "Permintaan tertulis tanggal 1 Maret."
OFTEN = 40


@pytest.fixture(autouse=True)
def _every_event() -> None:
    tilik.cli.log.load_rooms()


class Known(Office):
    """An office in which one person has left all that a person can leave."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        store = workspace.store
        with store.write() as writing:
            self.wulan = add_person(writing, name=NAME, roles=("reviewer",))
            set_email(writing, self.wulan.id, EMAIL)
            set_password(writing, self.wulan.id, "kuda hijau makan awan")
            set_preferences(writing, self.wulan.id, preferences_of(writing.connection, self.wulan.id))
            person_of(writing, Claims("https://login.contoh.id", SUBJECT, EMAIL, NAME))
            self.cookie, _ = sign_in(writing, issue_link(writing, self.wulan.id))
            self.link = issue_link(writing, self.wulan.id)
            self.secret, _ = issue_token(writing, self.wulan.id, label="laptop", scopes=("read",), days=9)
            failed(writing, [by_person(EMAIL)])
        self.sari = self.wulan
        self.reason()
        self.file(self.budi, self.desk.take(self.budi), f"Menurut {NAME}, ini iklan?")

    def erase(self, **more: Any) -> None:
        with self.workspace.store.write(self.dewi.id) as writing:
            erase_person(writing, self.wulan.id, GROUND, **more)
        assert self.workspace.store.overwrite_deleted()


@pytest.fixture
def known(workspace: Workspace) -> Known:
    return Known(workspace)


def rows(workspace: Workspace) -> Iterator[str]:
    """Every row of every table, as text."""
    with workspace.store.read() as connection:
        for table in metadata.tables.values():
            yield from (f"{table.name} {tuple(row)}" for row in connection.execute(select(table)))


def found_on_disk(place: Path) -> list[str]:
    wanted = [text.encode(code) for text in (NAME, EMAIL, SUBJECT) for code in ("utf-8", "utf-16-le")]
    return [
        f"{file.name}: {text!r}"
        for file in place.rglob("*")
        if file.is_file()
        for text in wanted
        if text.lower() in file.read_bytes().lower()
    ]


def test_no_row_of_any_table_tells_who_it_was(known: Known) -> None:
    assert any(NAME in row for row in rows(known.workspace))
    known.erase(texts=True, naming=True)
    told = [row for row in rows(known.workspace) for text in (NAME, EMAIL, SUBJECT) if text in row]
    assert told == []
    keyed = {
        table.name
        for table in metadata.tables.values()
        if "person" in table.c and table.info.get("kind") != "folded"
    }
    mine = {row.partition(" ")[0] for row in rows(known.workspace) if known.wulan.id in row}
    assert keyed >= {"person_name", "person_email", "session", "credential"}
    assert mine & keyed == set(), "no erasable or operational row is theirs"
    with known.workspace.store.read() as connection:
        assert find_person(connection, known.wulan.id).pseudonym == known.wulan.pseudonym
    assert prove(known.workspace.store).holds


def test_no_byte_on_disk_tells_who_it_was(sqlite_workspace: Workspace) -> None:
    place = sqlite_workspace.folder
    known = Known(sqlite_workspace)
    with sqlite_workspace.store.write() as writing:  # so that pages split and are given free
        for number in range(OFTEN):
            other = add_person(writing, name=f"{NAME} {number}", roles=("reviewer",))
            erase_person(writing, other.id, GROUND)
    with as_of(sqlite_workspace, "5"):
        pass  # a database of an earlier state lies in the workspace, too
    assert found_on_disk(place)
    known.erase(texts=True, naming=True)
    assert found_on_disk(place) == []


def test_no_way_in_is_left_and_none_can_be_given(known: Known) -> None:
    store, clock = known.workspace.store, known.workspace.store.clock
    known.erase()
    with store.read() as connection:
        assert find_session(connection, known.cookie, clock) is None
        assert token_session(connection, known.secret, clock) is None
        assert who_is(connection, EMAIL) is None
        with pytest.raises(Refused):
            link_owner(connection, known.link, clock)
    for act_ in (
        lambda w: issue_link(w, known.wulan.id),
        lambda w: set_email(w, known.wulan.id, EMAIL),
        lambda w: change_person(w, known.wulan.id, active=True),
        lambda w: erase_person(w, known.wulan.id, GROUND),
        lambda w: person_of(w, Claims("https://login.contoh.id", SUBJECT, EMAIL, NAME)),
    ):
        with pytest.raises((Conflict, Refused)), store.write() as writing:
            act_(writing)


def test_texts_stay_unless_asked(known: Known) -> None:
    texts = known.texts()
    with known.workspace.store.read() as connection:
        due = person_due(connection, known.workspace.store.blobs, known.wulan.id)
    assert (due.texts, due.naming, due.identities, due.sessions, due.email) == (1, 1, 1, 1, True)
    known.erase()
    assert known.texts() == sorted([*texts, GROUND])


def test_no_figure_changes(sqlite_workspace: Workspace) -> None:
    units = [Unit(f"v{at}", 0.3, 50 + at, says=((TEMPLATE,) if at % 4 == 0 else (CLEAN,))) for at in range(8)]
    made = survey(sqlite_workspace, units, {"all": 4_000.0})
    (robot,) = hire(sqlite_workspace, "Robot Satu", simulated=True)
    judge(sqlite_workspace, made, [robot])
    before = measured(sqlite_workspace, made.id)
    with sqlite_workspace.store.write() as writing:
        erase_person(writing, robot.id, GROUND, texts=True)
    after = measured(sqlite_workspace, made.id)
    for one, other in zip([before.overall, *before.labels], [after.overall, *after.labels], strict=True):
        assert one.estimate.model_dump(exclude={"inputs"}) == other.estimate.model_dump(exclude={"inputs"})


def test_a_ground_is_given_and_names_nobody(known: Known) -> None:
    for ground in ("", " ", f"{NAME} memintanya.", f"Diminta lewat {EMAIL}."):
        with pytest.raises(Invalid), known.workspace.store.write() as writing:
            erase_person(writing, known.wulan.id, ground)
    assert any(NAME in row for row in rows(known.workspace)), "nothing is half erased"


def test_whoever_a_legal_hold_needs_stays(sqlite_workspace: Workspace) -> None:
    office = Office(sqlite_workspace)
    identity = stopped(office)
    act(office, acknowledge, identity)
    act(office, close, identity, "unfounded", "Adegan film.")
    act(office, hold, identity, "Diminta penyidik.", on=True)
    with pytest.raises(Conflict, match="hold"), sqlite_workspace.store.write() as writing:
        erase_person(writing, office.budi.id, GROUND)
    with sqlite_workspace.store.read() as connection:
        assert person_due(connection, sqlite_workspace.store.blobs, office.budi.id).held_by == (identity,)
    with sqlite_workspace.store.write() as writing:
        keep_notes(writing, new_id(), {"said": "Sari tahu soal ini."})
        erase_person(writing, office.sari.id, GROUND, texts=True, naming=True)
    assert REASON in office.texts(), "what she wrote about the held video stays"
    assert "Sari tahu soal ini." in office.texts(), "nobody knows whether it is about the held video"
    act(office, hold, identity, "Dicabut penyidik.", on=False)
    with sqlite_workspace.store.write() as writing:
        erase_person(writing, office.budi.id, GROUND)


def test_the_last_administrator_cannot_be_erased(sqlite_workspace: Workspace) -> None:
    admin = people(sqlite_workspace, "Siti", roles=("admin",))[0]
    with pytest.raises(Conflict) as refused, sqlite_workspace.store.write() as writing:
        erase_person(writing, admin.id, GROUND)
    assert refused.value.code == "last-admin"

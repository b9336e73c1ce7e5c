"""Cases are filed, looked after, grouped and ruled; the log alone makes the same tables again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from casebook.conftest import Room
from tilik.casebook import (
    Said,
    cases,
    file_gap,
    find_case,
    group,
    hand_over,
    leave_group,
    move,
    remark,
    remarks_of,
    rule,
    rulings,
    see_again,
    withdraw,
)
from tilik.casebook.drafting import adopt
from tilik.kernel import Span, TilikError
from tilik.log import log_entry
from tilik.store import database_url, open_engine, rebuild
from tilik.store.casebook_tables import case_note, casebook
from tilik.store.tables import video

SAID = Said(
    id="Termasuk bila ada tautan belanja.", en="It counts when there is a shop link.", stands="counts"
)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    yield engine
    engine.dispose()


def refused(room: Room, act: Any, /, *arguments: Any, **more: Any) -> str:
    """The code with which an act of the casebook is refused; nothing of it may be left in the log."""
    before = len(room.desk.rows(log_entry))
    with pytest.raises(TilikError) as error:
        room.act(act, *arguments, **more)
    assert len(room.desk.rows(log_entry)) == before
    return f"{type(error.value).__name__} {error.value.code}"


def lived_in(room: Room) -> None:
    """Everything that can happen in a casebook, once at least."""
    first, second, third = room.filed(["Ini iklan?", "Iklan atau bukan?", "Logo di pojok"])
    room.act(move, first.case, "triaged", "label.COM-PROMO")
    room.act(see_again, room.tia.id, first.case, room.study.videos[0], Span(start=0, end=1))
    room.act(hand_over, first.case, owner=room.tia.id, next_step="Tanya Budi", due="2026-03-20")
    room.act(remark, room.tia.id, first.case, f"@{room.budi.pseudonym} apa pendapatmu?")
    room.act(group, first.case, [second.case, third.case])
    room.act(leave_group, third.case)
    ruling = room.act(rule, room.tia.id, second.case, SAID)
    room.act(adopt, ruling)
    again = room.act(rule, room.tia.id, first.case, SAID)
    room.act(withdraw, again)
    gap = {"language": "su", "topic": "belajar"}
    room.act(file_gap, room.tia.id, case_type="topic_uncovered", cell=gap, said="Kosong")
    room.judge(room.budi, room.desk.take(room.budi), {"edge_case": "new_format"})


def test_the_log_makes_the_same_tables_again(room: Room, fresh: Engine) -> None:
    lived_in(room)
    matches = rebuild(room.workspace.store, fresh)
    assert {one.table: one.differing for one in matches if not one.equal} == {}
    counted = {one.table: one.live for one in matches if one.table.startswith("case")}
    assert counted == {"casebook": 5, "case_member": 5, "case_remark": 1, "case_ruling": 2}


def test_no_sentence_enters_the_log(one_room: Room) -> None:
    lived_in(one_room)
    bodies = " ".join(row.body for row in one_room.desk.rows(log_entry))
    for said in ("Ini iklan?", "Tanya Budi", "apa pendapatmu", "tautan belanja", "Kosong"):
        assert said not in bodies
    assert {row.part for row in one_room.desk.rows(case_note)} == {"said", "next", "remark", "id", "en"}


def test_a_case_is_filed_once_with_its_span_and_number(room: Room) -> None:
    lease = room.desk.take(room.sari)
    filed = room.file(room.sari, lease, "  Iklan \n atau cerita? ", key="the-same-key")
    assert room.file(room.sari, lease, "  Iklan \n atau cerita? ", key="the-same-key").repeated
    assert filed.number == 1
    (found,) = room.read(cases)
    assert (found.said, found.type, found.question) == (
        "Iklan atau cerita?",
        "two_labels_compete",
        "label.COM-PROMO",
    )
    assert (found.kind, found.state, found.filed_by) == ("edge-case", "open", room.sari.pseudonym)
    (seen,) = found.seen
    assert (seen.task, seen.span, seen.by) == (lease.task, Span(start=1, end=2.5), room.sari.pseudonym)
    assert room.file(room.sari, lease).number == 2


def test_the_last_answer_of_a_judgement_files_a_case(room: Room) -> None:
    lease = room.desk.take(room.sari)
    chosen = {"edge_case": "level_between", "family.COM": True, "label.COM-PROMO": 2, "verdict": "Q3"}
    marks = [{"question": "label.COM-PROMO", "start": 0.5, "end": 1.5}]
    notes = {"label.COM-PROMO": "Promosi", "edge_case": "Tingkat 1 atau 2?", "verdict": "Begitulah"}
    kept = room.judge(room.sari, lease, chosen, marks=marks, notes=notes)
    (found,) = room.read(cases)
    assert (found.type, found.question, found.said) == (
        "level_between",
        "label.COM-PROMO",
        "Tingkat 1 atau 2?",
    )
    (seen,) = found.seen
    assert (seen.judgement, seen.span) == (kept.id, Span(start=0.5, end=1.5))
    assert json.loads(seen.answers or "{}")["edge_case"] == "level_between"


def test_what_was_filed_from_the_bench_is_not_filed_again_by_the_judgement(one_room: Room) -> None:
    lease = one_room.desk.take(one_room.sari)
    one_room.file(one_room.sari, lease, type="new_format")
    first = one_room.judge(one_room.sari, lease, {"edge_case": "new_format"})
    again = one_room.desk.reopen(one_room.sari, first.id)
    one_room.judge(one_room.sari, again, {"edge_case": "new_format", "min_age": 3})
    (found,) = one_room.read(cases)
    assert found.seen[0].judgement not in (None, first.id), "its author's standing judgement"
    one_room.judge(one_room.sari, one_room.desk.take(one_room.sari), {})
    assert len(one_room.read(cases)) == 1


def test_what_cannot_be_filed_is_refused(one_room: Room) -> None:
    room, lease = one_room, one_room.desk.take(one_room.sari)

    def trial(person: Any, **changes: Any) -> str:
        with pytest.raises(TilikError) as error:
            room.file(person, lease, **changes)
        return f"{type(error.value).__name__} {error.value.code}"

    assert trial(room.budi) == "Refused case-task"
    assert trial(room.sari, task="nowhere") == "Missing task-missing"
    assert trial(room.sari, type="strange") == "Invalid case-type"
    assert trial(room.sari, question="label.NOT-ONE") == "Invalid case-question"
    assert trial(room.sari, span={"start": 1, "end": 9}) == "Invalid mark-beyond"
    room.file(room.sari, lease, key="one-key-one-body")
    assert trial(room.sari, key="one-key-one-body", said="else") == "Conflict key-reused"
    room.desk.stop(room.sari, lease)
    assert trial(room.sari) == "Conflict task-stopped"


def test_what_cannot_be_done_to_a_case_is_refused(one_room: Room) -> None:
    room = one_room
    (filed,) = room.filed(["Iklan?"])
    room.act(file_gap, room.tia.id, case_type="language_uncovered", cell={"language": "mad"}, said="Madura")
    assert refused(room, move, "K-99", "triaged", None) == "Missing case-missing"
    assert refused(room, move, "K-1", "asleep", None) == "Invalid case-state"
    assert refused(room, move, "K-1", "ruled", None) == "Conflict case-needs-ruling"
    assert refused(room, move, "1", "triaged", "label.NO") == "Invalid case-question"
    handed = {"owner": None, "next_step": "", "due": None}
    assert refused(room, hand_over, "1", **{**handed, "due": "20.3.2026"}) == "Invalid case-due"
    assert refused(room, hand_over, "1", **{**handed, "owner": "nobody"}) == "Invalid case-owner"
    assert refused(room, remark, room.tia.id, "1", " ") == "Invalid case-text"
    assert refused(room, remark, room.tia.id, "1", "@R99 halo") == "Invalid case-mention"
    assert refused(room, group, "1", ["2"]) == "Invalid case-group"
    assert refused(room, rule, room.tia.id, "2", SAID) == "Conflict case-no-ruling"
    assert refused(room, rule, room.tia.id, filed.case, SAID.model_copy(update={"en": ""})) == (
        "Invalid case-text"
    )
    assert refused(room, see_again, room.tia.id, "1", "no-video") == "Missing video-missing"
    assert refused(room, withdraw, "nothing") == "Missing ruling-missing"


def test_a_case_is_looked_after(room: Room) -> None:
    (filed,) = room.filed(["Iklan?"])
    room.act(move, filed.case, "triaged", "label.COM-PROMO")
    room.act(hand_over, "k-1", owner=room.tia.id, next_step="Cari tiga contoh lagi", due="2026-03-20")
    room.act(remark, room.tia.id, "1", f"Menurut @{room.budi.pseudonym} bukan")
    found = room.read(find_case, "K-1")
    assert (found.state, found.owner, found.next_step, found.due) == (
        "triaged",
        room.tia.id,
        "Cari tiga contoh lagi",
        "2026-03-20",
    )
    assert found.calls_on == {room.budi.id}
    (said,) = room.read(remarks_of, found)
    assert (said.by, said.text) == (room.tia.pseudonym, f"Menurut @{room.budi.pseudonym} bukan")
    room.act(hand_over, "1", owner=None, next_step="", due=None)
    assert room.read(find_case, "1").next_step == ""


def test_one_ruling_settles_the_group_and_takes_the_place_of_the_earlier_one(room: Room) -> None:
    first, second, third = room.filed(["Satu", "Dua", "Tiga"])
    room.act(group, second.case, [third.case])
    early = room.act(rule, room.tia.id, third.case, SAID)
    room.act(group, first.case, [second.case])
    assert {one.head for one in room.read(cases)} == {first.case}, "a group comes whole"
    late = room.act(rule, room.tia.id, second.case, SAID)
    assert {(one.state, one.ruling) for one in room.read(cases)} == {("ruled", late)}
    assert [(one.id, one.current) for one in room.read(rulings)] == [(late, True), (early, False)]


def test_whoever_stands_for_a_group_may_leave_it(one_room: Room) -> None:
    first, second, third = one_room.filed(["Satu", "Dua", "Tiga"])
    one_room.act(group, first.case, [second.case, third.case])
    one_room.act(leave_group, first.case)
    heads = {one.id: one.head for one in one_room.read(cases)}
    assert heads == {first.case: first.case, second.case: second.case, third.case: second.case}
    one_room.act(leave_group, first.case)


def test_of_a_locked_video_nothing_is_shown(one_room: Room) -> None:
    room = one_room
    lease = room.desk.take(room.sari)
    room.file(room.sari, lease, "Yang tertulis tentangnya")
    room.act(remark, room.tia.id, "1", "Bicara tentangnya")
    room.desk.stop(room.sari, lease, "ESC-CSAM")
    assert [row.locked for row in room.desk.rows(video) if row.locked], "this escalation locks"
    (found,) = room.read(cases)
    assert (found.hidden, found.said, found.next_step) == (True, "", "")
    assert (found.seen[0].title, found.seen[0].answers) == ("", None)
    assert room.read(remarks_of, found) == []


def test_an_erased_sentence_leaves_the_case_standing(one_room: Room) -> None:
    (filed,) = one_room.filed(["Nama dan nomor telepon"])
    with one_room.workspace.store.write() as writing:
        writing.connection.execute(update(case_note).values(text=""))
    assert one_room.read(find_case, filed.case).said == ""
    with one_room.workspace.store.read() as connection:
        assert connection.execute(select(casebook.c.id)).scalar() == filed.case

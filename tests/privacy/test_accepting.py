"""No free text is stored before it was scanned, whichever way it comes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

import tilik
from answers.made import item, make_set, rating, send, submission, take
from casebook.conftest import Room
from quality.bench import GAMBLING, found
from review.desk import Desk
from review.desk import submission as judgement
from study.making import make_study, people
from tilik.casebook import remark
from tilik.kernel import Invalid
from tilik.log import log_entry
from tilik.privacy import TextStatedImpersonal
from tilik.review import submit
from tilik.review.events import Mark
from tilik.store import Workspace
from tilik.store.tables import escalation, note
from tilik.study import active_guideline

ROOT = Path(tilik.__file__).parent
EMAIL, NIK, PHONE = "Ada budi@contoh.id", "Ada NIK 3201234504890001", "Ada nomor 0812-3456-7890"


def reason(workspace: Workspace, text: str, *, impersonal: bool = False) -> str:
    """Judge a video with this reason; what is kept of it."""
    study = make_study(workspace, ["v-1"])
    sari = people(workspace, "Sari")[0]
    lease = Desk(workspace).take(sari)
    sent = judgement(
        lease,
        study,
        answers=found(3),
        marks=(Mark(question=GAMBLING, start=0.5, end=1),),
        notes={GAMBLING: text},
        impersonal=impersonal,
    )
    with workspace.store.write(sari.id) as writing:
        submit(writing, sari.id, sent)
    with workspace.store.read() as connection:
        return connection.execute(select(note.c.text)).scalar_one()


@pytest.mark.parametrize("text", [EMAIL, NIK, PHONE])
@pytest.mark.parametrize("impersonal", [False, True])
def test_a_reason_is_kept_only_without_personal_data(
    workspace: Workspace, text: str, impersonal: bool
) -> None:
    if text == PHONE and impersonal:
        assert reason(workspace, text, impersonal=True) == text
        return
    with pytest.raises(Invalid) as refused:
        reason(workspace, text, impersonal=impersonal)
    assert refused.value.code.startswith("personal-data-")
    assert refused.value.where == GAMBLING
    with workspace.store.read() as connection:
        assert connection.execute(select(note.c.owner)).all() == []


def test_the_log_keeps_that_a_number_was_stated_to_be_nobodys(workspace: Workspace) -> None:
    reason(workspace, PHONE, impersonal=True)
    with workspace.store.read() as connection:
        query = select(log_entry.c.body).where(log_entry.c.type == TextStatedImpersonal.type)
        stated = TextStatedImpersonal.model_validate_json(connection.execute(query).scalar_one())
        owner = connection.execute(select(note.c.owner)).scalar_one()
    assert (stated.owner, stated.part, stated.kinds) == (owner, GAMBLING, ("phone",))


def test_nothing_is_logged_of_a_text_in_which_nothing_was_found(workspace: Workspace) -> None:
    reason(workspace, "Ada tautan slot.", impersonal=True)
    with workspace.store.read() as connection:
        types = connection.execute(select(log_entry.c.type)).scalars().all()
    assert TextStatedImpersonal.type not in types


def test_a_remark_and_a_filed_case_are_scanned(workspace: Workspace) -> None:
    room = Room(workspace)
    lease = room.desk.take(room.sari)
    with pytest.raises(Invalid, match="e-mail"):
        room.file(room.sari, lease, EMAIL)
    case = room.file(room.sari, lease, PHONE, impersonal=True)
    with pytest.raises(Invalid, match="NIK"):
        room.act(remark, room.tia.id, case.case, NIK)
    with pytest.raises(Invalid, match="telephone"):
        room.act(remark, room.tia.id, case.case, PHONE)
    room.act(remark, room.tia.id, case.case, PHONE, impersonal=True)


def test_what_is_written_of_a_machine_answer_is_scanned(workspace: Workspace) -> None:
    make_set(workspace, [item("Berapa 1 + 1?", "satu")])
    sari = people(workspace, "Sari")[0]
    lease = take(workspace, sari)
    assert lease is not None
    with workspace.store.read() as connection:
        guideline = active_guideline(connection)
    with pytest.raises(Invalid, match="telephone"):
        send(workspace, sari, submission(lease, guideline, rating(better=PHONE)))
    with pytest.raises(Invalid, match="e-mail"):
        send(workspace, sari, submission(lease, guideline, rating(better=EMAIL), impersonal=True))
    send(workspace, sari, submission(lease, guideline, rating(better=PHONE), impersonal=True))


def test_whatever_stores_free_text_scans_it() -> None:
    storing = re.compile(r"insert\((?:note|case_note|escalation_note)\)")
    files = [file for file in ROOT.rglob("*.py") if storing.search(file.read_text(encoding="utf-8"))]
    assert len(files) >= 4
    careless = [file.name for file in files if "refuse_personal(" not in file.read_text(encoding="utf-8")]
    assert careless == []


def test_a_stop_is_never_refused_for_its_note_and_keeps_no_personal_data(workspace: Workspace) -> None:
    make_study(workspace, ["v-1"])
    sari = people(workspace, "Sari")[0]
    desk = Desk(workspace)
    desk.stop(sari, desk.take(sari), "ESC-DANGER", note=EMAIL)
    with workspace.store.read() as connection:
        assert connection.execute(select(escalation.c.note)).scalar_one() is None
        assert connection.execute(select(note.c.owner)).all() == []

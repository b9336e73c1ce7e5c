"""What is said in a calibration session and the ground of a certificate are erased like everything else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert

from retention.test_retention import YEAR, Office
from tilik.kernel import digest_bytes, new_id, to_text
from tilik.retention import erase_person, person_due, run
from tilik.retention.views import shown
from tilik.store import Workspace
from tilik.store.calibration_tables import calibration, calibration_item, calibration_remark, calibration_vote
from tilik.store.certification_tables import certificate
from tilik.study.accepting import keep_notes

SAID, REASON, GROUND = "Tautannya kecil.", "Tautan terlihat jelas.", "Lulus di kantor lama."


@pytest.fixture
def office(sqlite_workspace: Workspace) -> Office:
    return Office(sqlite_workspace)


def discussed(office: Office) -> str:
    """A session, still open, in which Sari said something and a lead ruled; a certificate by Dewi; a task."""
    now, task = to_text(office.workspace.store.clock()), office.reason("Ada tautan.")
    session, remark, ruling, given = (new_id() for _ in range(4))
    with office.workspace.store.write() as writing:
        add = writing.connection.execute
        add(insert(calibration).values(id=session, study=office.study.id, guideline="g", opened_at=now))
        item = {
            "question": "q",
            "position": 1,
            "split": 1.0,
            "state": "ruled",
            "ruling": ruling,
            "ruled_at": now,
        }
        add(insert(calibration_item).values(session=session, task=task, says=True, reason="r", **item))
        sari = {"session": session, "task": task, "person": office.sari.id}
        digest = digest_bytes(SAID.encode())
        add(insert(calibration_remark).values(id=remark, digest=digest, said_at=now, **sari))
        add(insert(calibration_vote).values(round=1, says=True, voted_at=now, **sari))
        whose = {"person": office.sari.id, "guideline": "g", "language": "", "by": office.dewi.id}
        state = {"state": "valid", "source": "lead", "since": now}
        add(insert(certificate).values(id=given, ground="d", **whose, **state))
        for owner, part, text in (
            (remark, "remark", SAID),
            (ruling, "reason", REASON),
            (given, "ground", GROUND),
        ):
            keep_notes(writing, owner, {part: text})
    return task


def test_they_go_by_their_rule(office: Office, clock: Any) -> None:
    discussed(office)
    clock.move(days=6 * YEAR)
    assert office.due()["ruling-texts"] == (2, {"in-use": 1})
    run(office.workspace.store)
    assert {SAID, REASON, GROUND} & set(office.texts()) == {REASON}, "a precedent is shown with its reason"


def test_what_one_said_there_goes_with_ones_own_texts(office: Office) -> None:
    discussed(office)
    store = office.workspace.store
    with store.read() as connection:
        assert person_due(connection, store.blobs, office.sari.id).texts == 2
        views = shown(connection, pseudonym=office.sari.pseudonym)
    assert {one.what for one in views} == {"video", "calibration"}
    with store.write() as writing:
        erase_person(writing, office.sari.id, "Permintaan tertulis.", texts=True)
    assert SAID not in office.texts()
    assert {REASON, GROUND} <= set(office.texts())


def test_the_files_of_what_an_open_session_discusses_stay(office: Office, clock: Any) -> None:
    discussed(office)
    for person in (office.sari, office.budi):
        while (lease := office.desk.lease(person)) is not None:
            office.desk.judge(person, lease, office.study)
    clock.move(days=2 * YEAR)
    assert office.due()["media"] == (5, {"in-use": 1})

"""Stop-work on a machine answer, and what the screen is never told."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select, update

from answers.made import item, make_set, person, rating, send, submission, take
from study.making import prepare, shipped
from tilik.access import Person
from tilik.answers.export import export_answers
from tilik.answers.queue import HELD_AT_ONCE, Lease, held
from tilik.answers.report import report
from tilik.answers.routes import _task
from tilik.answers.stop import AnswerStop, stop
from tilik.answers.submit import Receipt
from tilik.kernel import Conflict, Invalid, Refused
from tilik.log import log_entry
from tilik.review.lease import HELD_AT_ONCE as REVIEW_HELD
from tilik.store import Workspace
from tilik.store.rebuild import rebuild
from tilik.store.tables import answer_set, answer_stop, answer_task, note, video


def must_take(workspace: Workspace, who: Person) -> Lease:
    lease = take(workspace, who)
    assert lease is not None
    return lease


def stopped(workspace: Workspace, who: Person, lease: Lease, code: str = "SW4", **more: Any) -> Receipt:
    body = {"key": str(uuid.uuid4()), "task": lease.task, "lease": lease.id, "escalation": code, **more}
    with workspace.store.write(who.id) as writing:
        return stop(writing, who.id, AnswerStop.model_validate(body))


def escalations(workspace: Workspace) -> dict[bool, str]:
    """A code that forbids free text, and one that allows it."""
    return {one.text_fields_disabled: one.code for one in shipped().escalations}


def test_nobody_is_shown_it_again_nor_what_else_shows_it(workspace: Workspace, tmp_path: Path) -> None:
    items = [
        item("p", "a", "Jawaban a."),
        item("p", "b", "Jawaban b."),
        item("q", "a"),
        item("q", "b", "Lain."),
    ]
    identity = make_set(workspace, items, pairs=2, wants=2)
    sari, budi = person(workspace), person(workspace, "Budi")
    codes = escalations(workspace)
    lease = must_take(workspace, sari)
    beside = must_take(workspace, budi)
    assert beside.task == lease.task, "both wanted"
    assert not stopped(workspace, sari, lease, codes[False], note="Ada alamat rumah.").repeated
    with workspace.store.read() as connection:
        of = connection.execute(select(answer_task).where(answer_task.c.id == lease.task)).one()
        shown = {of.a, of.b} - {None}
        rows = connection.execute(select(answer_task)).all()
        assert {row.state == "stopped" for row in rows if {row.a, row.b} & shown} == {True}
        assert {row.state for row in rows if not {row.a, row.b} & shown} == {"open"}
        assert held(connection, budi.id, "2026-03-01T08:00:00Z") == []
        logged = connection.execute(
            select(log_entry.c.body).where(log_entry.c.type == "answer-stopped")
        ).scalar_one()
        assert connection.execute(select(note.c.text)).scalar_one() == "Ada alamat rumah."
    assert "alamat" not in logged
    guideline = guideline_of_set(workspace)
    with pytest.raises(Conflict) as caught:
        send(workspace, budi, submission(beside, guideline, rating()))
    assert caught.value.code == "task-stopped"
    left = set()
    while (more := take(workspace, sari)) is not None:
        left.add(more.task)
        with workspace.store.read() as connection:
            kind = connection.execute(
                select(answer_task.c.kind).where(answer_task.c.id == more.task)
            ).scalar_one()
        said = rating() if kind == "rating" else {"kind": "pair", "choice": "same"}
        send(workspace, sari, submission(more, guideline, said))
    assert lease.task not in left
    with workspace.store.read() as connection:
        export_answers(connection, identity, tmp_path / "out")
        known = report(connection, workspace.store.blobs, identity)
    assert known.judgements == len(left)
    assert [one.table for one in rebuild(workspace.store, create_engine("sqlite://")) if not one.equal] == []


def guideline_of_set(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return str(connection.execute(select(answer_set.c.guideline)).scalar_one())


def test_what_was_judged_before_leaves_report_and_export(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    identity = make_set(sqlite_workspace, [item("p", "a"), item("q", "a")], wants=2)
    sari, budi = person(sqlite_workspace), person(sqlite_workspace, "Budi")
    first = must_take(sqlite_workspace, sari)
    send(sqlite_workspace, sari, submission(first, guideline_of_set(sqlite_workspace), rating()))
    stopped(sqlite_workspace, budi, must_take(sqlite_workspace, budi), escalations(sqlite_workspace)[False])
    with sqlite_workspace.store.read() as connection:
        assert export_answers(connection, identity, tmp_path / "out")["ratings.parquet"] == 0
        assert report(connection, sqlite_workspace.store.blobs, identity).judgements == 0


def test_a_report_is_kept_once_and_its_rules_hold(sqlite_workspace: Workspace) -> None:
    make_set(sqlite_workspace, [item("p", "a"), item("q", "a")])
    sari, budi = person(sqlite_workspace), person(sqlite_workspace, "Budi")
    codes, key = escalations(sqlite_workspace), str(uuid.uuid4())
    lease = must_take(sqlite_workspace, sari)
    with pytest.raises(Refused):
        stopped(sqlite_workspace, budi, lease, codes[False])
    with pytest.raises(Invalid) as unknown:
        stopped(sqlite_workspace, sari, lease, "SW99")
    with pytest.raises(Invalid) as text:
        stopped(sqlite_workspace, sari, lease, codes[True], note="Tidak boleh.")
    assert (unknown.value.code, text.value.code) == ("escalation-unknown", "text-not-allowed")
    first = stopped(sqlite_workspace, sari, lease, codes[True], key=key)
    again = stopped(sqlite_workspace, sari, lease, codes[True], key=key)
    assert (again.id, again.repeated) == (first.id, True)
    with pytest.raises(Conflict):
        stopped(sqlite_workspace, sari, lease, codes[False], key=key)
    with sqlite_workspace.store.read() as connection:
        assert len(connection.execute(select(answer_stop)).all()) == 1


def test_one_holds_as_many_as_at_the_bench(sqlite_workspace: Workspace) -> None:
    make_set(sqlite_workspace, [item(f"p{n}", "a") for n in range(6)])
    sari = person(sqlite_workspace)
    assert HELD_AT_ONCE == REVIEW_HELD
    for _ in range(HELD_AT_ONCE):
        must_take(sqlite_workspace, sari)
    with pytest.raises(Conflict) as caught:
        take(sqlite_workspace, sari)
    assert caught.value.code == "enough-held"


def test_the_screen_gets_the_title_and_no_platform_id(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    make_set(sqlite_workspace, [item("p", "a", video="yt-4711")])
    with sqlite_workspace.store.write() as writing:
        prepare(writing, "yt-4711", tmp_path)
        writing.connection.execute(update(video).values(title="Kelinci di kebun"))
    sent = _task(sqlite_workspace.store, must_take(sqlite_workspace, person(sqlite_workspace))).model_dump()
    assert (sent["about_video"], sent["title"]) == (True, "Kelinci di kebun")
    assert "yt-4711" not in json.dumps(sent)

"""What is told, and what never is: the outbox is one with the events that it tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from answers.made import item, make_set, take
from exchange.conftest import Line
from quality.bench import Court, ruling
from study.making import make_study, people
from tilik.answers.stop import AnswerStop, stop
from tilik.exchange.events import VideoMatched
from tilik.exchange.webhooks import Delivery, endpoints, rotate_secret, seal_of
from tilik.exchange.webhooks.messages import resend
from tilik.exchange.webhooks.noticing import KEPT_DAYS, forget_old
from tilik.kernel import Conflict
from tilik.log import log_entry
from tilik.safety import acknowledge
from tilik.store import database_url, open_engine, rebuild
from tilik.store.webhook_tables import webhook_delivery, webhook_message


def told(line: Line) -> list[dict[str, Any]]:
    """Everything that was said, in order, once it was sent."""
    line.send()
    return [got.said for got in line.receiver.got]


def state_of(line: Line, kind: str) -> str:
    (found,) = [one for one in line.listed() if one.kind == kind]
    return found.state


def rows(line: Line, table: Any) -> list[Any]:
    with line.workspace.store.read() as connection:
        return list(connection.execute(table.select()))


# ------------------------------------------------------------------------------------------ escalations
def test_an_escalation_says_its_code_and_time_and_nothing_else(line: Line) -> None:
    study = make_study(line.workspace, 2)
    desk, sari = Court(line.workspace), people(line.workspace, "Sari")[0]
    identity = desk.stop(sari, desk.take(sari), "ESC-DANGER", note="Anak di tepi jurang.").id
    (said,) = told(line)
    assert said == {
        "type": "escalation.raised",
        "timestamp": "2026-03-01T08:00:00.000000Z",
        "data": {
            "id": identity,
            "code": "ESC-DANGER",
            "raised_at": "2026-03-01T08:00:00.000000Z",
            "due": "2026-03-01T08:30:00.000000Z",
        },
    }
    raw = line.receiver.got[0].body.decode()
    assert not [
        secret for secret in (*study.videos, study.id, sari.id, sari.pseudonym, "jurang") if secret in raw
    ]


def test_a_stopped_machine_answer_is_an_escalation_too(line: Line) -> None:
    make_set(line.workspace, [item("q1", "m1")])
    budi = people(line.workspace, "Budi")[0]
    lease = take(line.workspace, budi)
    assert lease is not None
    with line.workspace.store.write(budi.id) as writing:
        stop(
            writing, budi.id, AnswerStop(key="k" * 36, task=lease.task, lease=lease.id, escalation="ESC-SELF")
        )
    (said,) = told(line)
    assert (said["type"], said["data"]["code"]) == ("escalation.raised", "ESC-SELF")


def test_what_is_overdue_is_told_once(line: Line) -> None:
    make_study(line.workspace, 3)
    desk, sari = Court(line.workspace), people(line.workspace, "Sari")[0]
    late, taken = (desk.stop(sari, desk.take(sari)).id for _ in range(2))
    with line.workspace.store.write(sari.id) as writing:
        acknowledge(writing, taken)
    line.clock.move(minutes=30)
    assert {one["type"] for one in told(line)} == {"escalation.raised"}
    line.clock.move(seconds=1)
    (*_, said) = told(line)
    assert (said["type"], said["data"]["id"]) == ("escalation.overdue", late)
    line.clock.move(days=1)
    assert len(told(line)) == 3


# ----------------------------------------------------------------------------------------------- outcomes
def test_a_settled_task_a_ruling_and_a_done_study_are_told(line: Line) -> None:
    study = make_study(line.workspace, 1, overlap=0.0)
    names = ("Sari", "Budi", "Citra")
    sari, budi, citra = people(line.workspace, *names, roles=("reviewer", "adjudicator"))
    court = Court(line.workspace)
    task = court.find(sari, study)
    assert told(line) == [], "a second person is to look"
    court.clear(budi, study)
    lease = court.called(citra)
    assert lease is not None
    about = court.rule(citra, ruling(lease, study)).id
    about_task = {"study": study.id, "task": task, "video": study.videos[0]}
    nothing = {"assessable": True, "fails": False, "families": []}
    expected = {
        "judgement.settled": {**about_task, "outcome": "contested"},
        "study.done": {"study": study.id},
        "adjudication.ruled": {
            **about_task,
            "ruling": about,
            "disputed": False,
            "outcome": "ruled",
            **nothing,
        },
    }
    assert {one["type"]: one["data"] for one in told(line)} == expected
    assert len(line.receiver.got) == 3


def test_only_what_was_asked_for_is_told_and_nobody_leaves_no_message(line: Line) -> None:
    study = make_study(line.workspace, 2)
    desk, sari = Court(line.workspace), people(line.workspace, "Sari")[0]
    _, narrow = line.add(kinds=("study.done",))
    desk.judge(sari, desk.take(sari), study)
    assert [(one.kind, one.webhook) for one in line.listed()] == [("judgement.settled", line.id)]
    desk.judge(sari, desk.take(sari), study)
    assert {one.kind for one in line.listed() if one.webhook == narrow} == {"study.done"}


def test_what_is_undone_is_not_told(line: Line) -> None:
    make_study(line.workspace, 1)
    desk, sari = Court(line.workspace), people(line.workspace, "Sari")[0]
    lease = desk.take(sari)
    with pytest.raises(RuntimeError), line.workspace.store.write() as writing:
        writing.record(VideoMatched(video="v", content="0" * 64, banks=("b",)))
        raise RuntimeError
    with pytest.raises(RuntimeError), line.workspace.store.write(sari.id) as writing:
        _stop(writing, sari.id, lease)
        raise RuntimeError
    assert line.listed() == []


def _stop(writing: Any, person: str, lease: Any) -> None:
    from tilik.review import Stop, stop_work  # noqa: PLC0415

    stop_work(
        writing, person, Stop(key="k" * 36, task=lease.task, lease=lease.id, escalation="ESC-CSAM", at=1)
    )


# ------------------------------------------------------------------------------------------ stopped items
def test_of_a_stopped_video_nothing_more_is_told(line: Line) -> None:
    first, second = make_study(line.workspace, ["same"]), make_study(line.workspace, ["same"])
    sari, budi = people(line.workspace, "Sari", "Budi")
    desk = Court(line.workspace)
    desk.judge(sari, desk.take(sari), first)
    waits = next(one for one in line.listed() if one.kind == "judgement.settled")
    desk.stop(budi, desk.take(budi), "ESC-CSAM")
    assert state_of(line, "judgement.settled") == "withheld"
    said = told(line)
    assert sorted(one["type"] for one in said) == ["escalation.raised", "study.done", "study.done"]
    assert not [got for got in line.receiver.got if b"same" in got.body]
    assert not [row for row in rows(line, webhook_message) if "same" in row.body or row.video == "same"]
    with pytest.raises(Conflict, match="stopped"), line.workspace.store.write() as writing:
        resend(writing, waits.message, line.id)
    assert first.id != second.id


def test_a_delivered_message_of_a_video_found_in_a_hash_list_cannot_be_sent_again(line: Line) -> None:
    study = make_study(line.workspace, 2)
    desk, sari = Court(line.workspace), people(line.workspace, "Sari")[0]
    lease = desk.take(sari)
    desk.judge(sari, lease, study)
    (said,) = told(line)
    with line.workspace.store.write() as writing:
        writing.record(VideoMatched(video=said["data"]["video"], content="0" * 64, banks=("b",)))
    found: Delivery = line.only()
    assert found.state == "delivered"
    with pytest.raises(Conflict), line.workspace.store.write() as writing:
        resend(writing, found.message, line.id)


# ----------------------------------------------------------------------------------------------- keeping
def test_a_leaked_database_opens_nothing(line: Line) -> None:
    with line.workspace.store.write() as writing:
        newer = rotate_secret(writing, seal_of(line.workspace), line.id)
    line.test()
    line.send()
    held = b"".join(file.read_bytes() for file in line.workspace.folder.glob("tilik.db*"))
    assert line.id.encode() in held
    assert not [s for s in (line.secret, newer, line.secret[6:30], "secret-path") if s.encode() in held]


def test_the_log_says_who_was_told_and_folds_to_the_same(line: Line, tmp_path: Path) -> None:
    line.test()
    with line.workspace.store.write() as writing:
        rotate_secret(writing, seal_of(line.workspace), line.id)
    bodies = [json.loads(row.body) for row in rows(line, log_entry) if row.type.startswith("webhook-")]
    assert [set(body) for body in bodies] == [
        {"webhook", "host", "kinds", "private"},
        {"webhook", "message"},
        {"webhook", "former_until"},
    ]
    assert bodies[0]["host"] == f"http://127.0.0.1:{line.receiver.server_port}"
    fresh = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    assert all(match.equal for match in rebuild(line.workspace.store, fresh))
    fresh.dispose()


def test_old_messages_are_forgotten_and_those_that_wait_are_not(line: Line) -> None:
    line.test()
    line.send()
    line.receiver.answers = [500]
    waits = line.test()
    line.send()
    line.clock.move(days=KEPT_DAYS, seconds=1)
    forget_old(line.workspace.store)
    assert [one.message for one in line.listed()] == [waits]
    assert len(rows(line, webhook_delivery)) == 1


def test_without_the_workspaces_secret_nothing_is_sent(line: Line) -> None:
    (line.workspace.folder / "secret").write_bytes(b"x" * 32)
    line.test()
    line.send()
    assert line.receiver.got == []
    assert "secret" in line.only().said
    with line.workspace.store.read() as connection:
        assert len(endpoints(connection)) == 1

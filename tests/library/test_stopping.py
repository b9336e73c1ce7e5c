"""A warning is never in the wrong place: whoever rules or calibrates can stop work as well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import create_engine, select

from quality.bench import Court
from study.making import Made, make_study, people
from tilik.access import Person
from tilik.casebook import Filing, file_case
from tilik.kernel import Conflict, Missing
from tilik.library.stopping import stop_where_seen
from tilik.media.registration import add_video, list_videos
from tilik.quality.adjudication import next_adjudication
from tilik.quality.calibration import open_session
from tilik.quality.calibration.act import vote
from tilik.quality.calibration.view import session_of
from tilik.review import Receipt, Seen, lease_next
from tilik.safety import escalations
from tilik.store import Workspace, rebuild
from tilik.store.tables import task


@pytest.fixture
def differing(workspace: Workspace) -> tuple[Made, Court]:
    """A study of one video on which two people differ."""
    made, court = make_study(workspace, 1, wants=2), Court(workspace)
    one, other = people(workspace, "Sari", "Budi")
    court.clear(one, made)
    court.find(other, made)
    return made, court


def stop(workspace: Workspace, person: Person, task: str, **more: Any) -> Receipt:
    sent = Seen(**{"key": "stop-12345678", "task": task, "escalation": "ESC-CSAM", "at": 2.0, **more})
    with workspace.store.write(person.id) as writing:
        return stop_where_seen(writing, person, sent)


def raised(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace.store.read() as connection:
        return [(one.code, one.state) for one in escalations(connection, workspace.store.blobs)]


def test_an_adjudicator_stops_what_they_were_given(
    workspace: Workspace, differing: tuple[Made, Court]
) -> None:
    _, court = differing
    rules, another = people(workspace, "Rina", "Tono", roles=("adjudicator",))
    held = court.called(rules)
    assert held is not None
    with pytest.raises(Missing):
        stop(workspace, another, held.task)
    receipt = stop(workspace, rules, held.task)
    assert stop(workspace, rules, held.task) == Receipt(receipt.id, repeated=True)
    assert raised(workspace) == [("ESC-CSAM", "waiting")]
    for person in (rules, another):
        with workspace.store.write(person.id) as writing:
            assert next_adjudication(writing, person.id) is None


def test_a_calibration_forgets_what_was_stopped_in_it(
    workspace: Workspace, differing: tuple[Made, Court]
) -> None:
    made, _ = differing
    (voter,) = people(workspace, "Tuti")
    with workspace.store.write() as writing:
        session = open_session(writing, made.id)

    def items() -> list[str]:
        with workspace.store.read() as connection:
            return [one.task for one in session_of(connection, session, voter.id).items]

    (task,) = items()
    stop(workspace, voter, task)
    assert items() == []
    with workspace.store.write(voter.id) as writing, pytest.raises(Conflict, match="stopped"):
        vote(writing, voter.id, session, task, says=True)


def test_who_keeps_cases_stops_what_a_case_shows(workspace: Workspace) -> None:
    make_study(workspace, 1)
    (keeper,) = people(workspace, "Kiki", roles=("policy",))
    (reviewer, other) = people(workspace, "Tuti", "Sari")
    with workspace.store.write(reviewer.id) as writing:
        held = lease_next(writing, reviewer.id)
    assert held is not None
    with pytest.raises(Missing):
        stop(workspace, keeper, held.task)
    with workspace.store.write(reviewer.id) as writing:
        body = {"key": "case-12345678", "task": held.task, "type": "definition_silent", "said": "Begini?"}
        file_case(writing, reviewer.id, Filing.model_validate(body))
    with pytest.raises(Missing):
        stop(workspace, other, held.task)
    stop(workspace, keeper, held.task)
    assert raised(workspace) == [("ESC-CSAM", "waiting")]


def test_a_lead_stops_a_video_that_nobody_drew(workspace: Workspace, tmp_path: Path) -> None:
    made = make_study(workspace, ["drawn"])
    (tmp_path / "film").write_bytes(b"never drawn")
    with workspace.store.write() as writing:
        add_video(writing, video="found", title="", file=tmp_path / "film")
    (lead,) = people(workspace, "Rina", roles=("lead",))
    for outsider in people(workspace, "Kiki", roles=("policy",)) + people(workspace, "Sari"):
        with pytest.raises(Missing):
            stop(workspace, outsider, task=None, video="found")
    receipt = stop(workspace, lead, task=None, video="found")
    assert stop(workspace, lead, task=None, video="found") == Receipt(receipt.id, repeated=True)
    with workspace.store.read() as connection:
        (one,) = escalations(connection, workspace.store.blobs)
        assert [video.id for video in list_videos(connection) if video.locked] == ["found"]
    assert (one.task, one.video, one.code, one.at_second) == (None, "found", "ESC-CSAM", 2.0)
    stop(workspace, lead, task=None, video="drawn", key="stop-87654321", escalation="ESC-SELF")
    with workspace.store.read() as connection:
        states = connection.execute(select(task.c.state).where(task.c.study == made.id)).scalars().all()
    assert states == ["open"]  # without a lock, who judges it goes on
    matches = rebuild(workspace.store, create_engine("sqlite://"))
    assert [match for match in matches if not match.equal] == []


def test_who_may_still_judge_a_video_blind_stops_it_on_the_bench_alone(workspace: Workspace) -> None:
    make_study(workspace, ["drawn"])
    (both,) = people(workspace, "Rina", roles=("lead", "reviewer"))
    with pytest.raises(Missing):
        stop(workspace, both, task=None, video="drawn")


def test_a_stop_says_which_and_only_one() -> None:
    common = {"key": "stop-12345678", "escalation": "ESC-CSAM", "at": 0.0}
    for more in ({}, {"task": "a", "video": "b"}):
        with pytest.raises(ValidationError, match="a task or a video"):
            Seen.model_validate({**common, **more})

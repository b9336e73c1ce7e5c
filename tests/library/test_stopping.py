"""A warning is never in the wrong place: whoever rules or calibrates can stop work as well."""

from __future__ import annotations

from typing import Any

import pytest

from quality.bench import Court
from study.making import Made, make_study, people
from tilik.access import Person
from tilik.kernel import Conflict, Missing
from tilik.library.stopping import stop_where_seen
from tilik.quality.adjudication import next_adjudication
from tilik.quality.calibration import open_session
from tilik.quality.calibration.act import vote
from tilik.quality.calibration.view import session_of
from tilik.review import Receipt, Seen
from tilik.safety import escalations
from tilik.store import Workspace


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
        return stop_where_seen(writing, person.id, sent)


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

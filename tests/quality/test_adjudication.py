"""Contested tasks: who may rule, blind and once; disputes; precedents; the same after a rebuild."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from quality.bench import GAMBLING, Court, found, ruled, ruling
from study.making import Made, answers, make_study, people, shipped
from tilik.access import Person
from tilik.quality.adjudication import DisputeRuling, Lease, outcome_of
from tilik.quality.adjudication.view import own_rulings, view_adjudication
from tilik.quality.adjudication.wire import AdjudicationOut
from tilik.store import Workspace, database_url, open_engine, rebuild
from tilik.store.adjudication_tables import adjudication_lease, comparison, dispute
from tilik.store.adjudication_tables import ruling as ruling_table
from tilik.store.tables import judgement, note

Case = tuple[Court, Made, dict[str, Person]]


@pytest.fixture
def court(workspace: Workspace) -> Court:
    return Court(workspace)


@pytest.fixture
def case(court: Court) -> Case:
    """Sari found gambling at level 3 in one video, Budi nothing."""
    study = make_study(court.workspace, 1, overlap=0.0)
    names = ("Sari", "Budi", "Citra", "Dewi", "Eka")
    team = dict(zip(names, people(court.workspace, *names, roles=("reviewer", "adjudicator")), strict=True))
    court.find(team["Sari"], study)
    court.clear(team["Budi"], study)
    return court, study, team


def taken(case: Case, name: str = "Citra") -> Lease:
    lease = case[0].called(case[2][name])
    assert lease is not None
    return lease


# -------------------------------------------------------------------------------------------- outcome
def test_outcomes() -> None:
    document, gone = shipped(), answers({"assessable": "NA-GONE"})
    assert outcome_of(document, []).state == "waiting"
    assert outcome_of(document, [answers({"assessable": "NA-LANG"})]).state == "waiting"
    assert outcome_of(document, [answers()]).state == "single"
    assert outcome_of(document, [found(2), found(3)]).state == "agreed", "both clear, the verdict fails"
    assert outcome_of(document, [found(1), answers()]).state == "agreed"
    assert outcome_of(document, [gone, answers({"assessable": "NA-AUDIO"})]).state == "agreed"
    contested = outcome_of(document, [found(2), answers()])
    assert (contested.state, contested.settled, contested.answers) == ("contested", None, None)
    assert outcome_of(document, [gone, answers()]).state == "contested"
    ruled_on = outcome_of(document, [found(2), answers()], found(2))
    assert ruled_on.state == "ruled"
    assert ruled_on.settled is not None
    assert (ruled_on.settled.fails, ruled_on.settled.families) == (True, frozenset({"COM"}))


# -------------------------------------------------------------------------------------------- serving
def test_who_judged_never_rules_and_who_gave_back_never_gets_it_again(case: Case) -> None:
    court, _, team = case
    assert court.called(team["Sari"]) is None
    assert court.called(team["Budi"]) is None
    lease = taken(case)
    assert taken(case) == lease, "asking again gives what is held"
    assert court.called(team["Dewi"]) is None, "one at a time"
    court.hand_back(team["Citra"], lease)
    assert court.called(team["Citra"]) is None
    assert taken(case, "Dewi").task == lease.task


def test_agreement_is_no_case(court: Court) -> None:
    study = make_study(court.workspace, 1, overlap=0.0)
    sari, budi, citra = people(court.workspace, "Sari", "Budi", "Citra")
    court.find(sari, study)
    court.find(budi, study, level=2)
    assert court.called(citra) is None
    assert [row.contested for row in court.rows(comparison)] == [False]


def test_the_sides_come_in_an_order_by_chance_and_tell_nothing_of_people(case: Case) -> None:
    court, _study, team = case
    first = {row.person: row.id for row in court.rows(judgement)}
    orders = set()
    for _ in range(12):
        (someone,) = people(court.workspace, f"X{len(orders)}{uuid.uuid4().hex[:4]}", roles=("adjudicator",))
        lease = court.called(someone)
        assert lease is not None
        assert {lease.a, lease.b} == set(first.values())
        orders.add(lease.a)
        with court.workspace.store.read() as connection:
            view = view_adjudication(connection, court.workspace.store.blobs, lease)
        told = json.dumps([view.a.answers, view.b.answers, view.a.marks, view.a.notes])
        for person in team.values():
            assert person.id not in told
            assert person.name not in told
        court.hand_back(someone, lease)
    assert orders == set(first.values()), "both orders in twelve, but once in 2,048"
    assert {(row.a, row.b) for row in court.rows(adjudication_lease)} > set()
    sent = set(AdjudicationOut.model_fields)
    assert not sent & {"person", "people", "submitted_at", "active_seconds", "study", "video", "p2"}


# --------------------------------------------------------------------------------------------- ruling
def test_a_ruling_settles_the_task_and_is_written_once(case: Case) -> None:
    court, study, team = case
    lease = taken(case)
    sent = ruling(lease, study, level=3)
    receipt = court.rule(team["Citra"], sent)
    assert not receipt.repeated
    assert court.rule(team["Citra"], sent) == type(receipt)(receipt.id, repeated=True)
    other = sent.model_copy(update={"reason": "Lain."})
    assert court.refused(court.rule, team["Citra"], other) == "Conflict key-reused"
    (row,) = court.rows(ruling_table)
    assert (row.a, row.b, row.stands, row.precedent) == (lease.a, lease.b, True, False)
    assert json.loads(row.answers) == found(3)
    assert {one.text for one in court.rows(note) if one.owner == receipt.id} == {
        "Promosi slot terdengar.",
        "Tautannya nyata.",
    }
    (event,) = court.events("adjudication-ruled")
    assert "slot" not in event.body, "free text never enters the log"
    assert court.called(team["Dewi"]) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "Invalid reason-missing"),
        ({"guideline": "0" * 64}, "Invalid guideline-other"),
        ({"answers": {}}, "AnswersRefused answers-incomplete"),
        ({"answers": answers({"assessable": "NA-CONFLICT"})}, "Invalid ruling-hands-back"),
        ({"task": "another"}, "Conflict lease-other-task"),
    ],
)
def test_what_cannot_be_a_ruling_is_refused(case: Case, changes: dict[str, Any], code: str) -> None:
    court, study, team = case
    assert court.refused(court.rule, team["Citra"], ruling(taken(case), study, **changes)) == code


def test_a_mark_beyond_the_end_and_a_foreign_lease_are_refused(case: Case) -> None:
    court, study, team = case
    lease = taken(case)
    mark = [{"question": GAMBLING, "start": 3, "end": 9}]
    long = ruling(lease, study, level=3, marks=mark)
    assert court.refused(court.rule, team["Citra"], long) == "Invalid mark-beyond"
    assert court.refused(court.rule, team["Dewi"], ruling(lease, study)) == "Refused lease-not-yours"


# ------------------------------------------------------------------------------------------- disputes
def settled(case: Case) -> str:
    """Citra rules that nothing is there, which overturns Sari."""
    court, study, team = case
    return court.rule(team["Citra"], ruling(taken(case), study)).id


def test_whoever_was_overturned_may_object_once(case: Case) -> None:
    court, _, team = case
    name = settled(case)
    assert court.refused(court.dispute, team["Budi"], name) == "Conflict not-overturned"
    assert court.refused(court.dispute, team["Dewi"], name) == "Missing ruling-missing"
    assert court.refused(court.dispute, team["Sari"], name, " ") == "Invalid reason-missing"
    court.dispute(team["Sari"], name)
    assert court.refused(court.dispute, team["Sari"], name) == "Conflict disputed-already"


def own(court: Court, person: Person) -> Any:
    with court.workspace.store.read() as connection:
        return own_rulings(connection, court.workspace.store.blobs, person.id)


def test_a_dispute_that_overturns_moves_everybodys_accuracy(case: Case, tmp_path: Path) -> None:
    court, study, team = case
    name = settled(case)
    assert (own(court, team["Sari"]).accuracy.value, own(court, team["Budi"]).accuracy.value) == (0.0, 1.0)
    (mine,) = own(court, team["Sari"]).rulings
    assert (mine.may_dispute, mine.state, mine.why) == (True, None, "Tautannya nyata.")
    objection = court.dispute(team["Sari"], name).id
    assert court.called(team["Citra"]) is None, "not who ruled"
    assert court.called(team["Sari"]) is None, "nor who objects"
    lease = taken(case, "Dewi")
    assert lease.dispute == objection
    with court.workspace.store.read() as connection:
        view = view_adjudication(connection, court.workspace.store.blobs, lease)
    assert view.disputed is not None
    assert (view.disputed.why, view.disputed.objection) == ("Tautannya nyata.", "Tautannya tidak terlihat.")
    key = str(uuid.uuid4())
    sent = DisputeRuling(
        key=key, dispute=objection, lease=lease.id, upheld=False, reason="Ada di 0,5 detik.",
        ruled=ruled(study, level=3),
    )  # fmt: skip
    wrong = sent.model_copy(update={"ruled": None})
    assert court.refused(court.answer, team["Dewi"], wrong) == "Invalid dispute-answers"
    court.answer(team["Dewi"], sent)
    assert court.answer(team["Dewi"], sent).repeated
    assert [(row.stands, row.dispute) for row in sorted(court.rows(ruling_table), key=by_time)] == [
        (False, None),
        (True, objection),
    ]
    assert [row.state for row in court.rows(dispute)] == ["overturned"]
    assert (own(court, team["Sari"]).accuracy.value, own(court, team["Budi"]).accuracy.value) == (1.0, 0.0)
    (mine,) = own(court, team["Sari"]).rulings
    assert (mine.state, mine.answer, mine.may_dispute) == ("overturned", "Ada di 0,5 detik.", False)
    (final,) = [row.id for row in court.rows(ruling_table) if row.stands]
    assert court.refused(court.dispute, team["Budi"], final) == "Conflict dispute-final"
    court.mark(final, True, GAMBLING)
    court.mark(final, True, GAMBLING)
    assert len(court.events("precedent-marked")) == 1
    assert court.refused(court.mark, final, True, "label.NONE") == "Invalid precedent-question"
    assert court.refused(court.mark, name, True, "verdict") == "Conflict ruling-overturned"
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    try:
        assert [match.table for match in rebuild(court.workspace.store, engine) if not match.equal] == []
    finally:
        engine.dispose()


def test_a_dispute_that_fails_leaves_the_ruling_standing(case: Case) -> None:
    court, _, team = case
    name = settled(case)
    objection = court.dispute(team["Sari"], name).id
    lease = taken(case, "Dewi")
    key = str(uuid.uuid4())
    court.answer(
        team["Dewi"],
        DisputeRuling(key=key, dispute=objection, lease=lease.id, upheld=True, reason="Putusan tepat."),
    )
    assert [(row.stands, row.id) for row in court.rows(ruling_table)] == [(True, name)]
    assert [row.state for row in court.rows(dispute)] == ["upheld"]
    (mine,) = own(court, team["Sari"]).rulings
    assert (mine.state, mine.answer, mine.may_dispute) == ("upheld", "Putusan tepat.", False)
    assert court.called(team["Eka"]) is None


def test_a_stopped_video_leaves_the_queue(case: Case) -> None:
    court, study, team = case
    more = make_study(court.workspace, study.videos, overlap=0.0)
    lease = court.take(team["Eka"])
    assert more.id
    court.stop(team["Eka"], lease, "ESC-CSAM")
    assert court.called(team["Citra"]) is None


def by_time(row: Any) -> str:
    return str(row.ruled_at)

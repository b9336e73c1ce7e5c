"""A judgement is kept once, checked by the guideline, and by nobody twice."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from pydantic import ValidationError

from review.desk import Desk, submission
from study.making import Made, answers, make_study, people
from tilik.access import Person
from tilik.kernel import canonical, digest_bytes
from tilik.review import Lease, Receipt
from tilik.store import Workspace, open_engine, rebuild
from tilik.store.engine import database_file
from tilik.store.tables import judgement, note, task
from tilik.store.tables import lease as lease_table
from tilik.study.accepting import AnswersRefused

LABELLED = answers({"family.SYN": True, "label.SYN-MASS": 1})


@pytest.fixture
def study(workspace: Workspace) -> Made:
    return make_study(workspace, 3)


@pytest.fixture
def granted(desk: Desk, study: Made, sari: Person) -> Lease:
    return desk.take(sari)


def test_a_judgement_holds_what_was_sent(desk: Desk, study: Made, sari: Person, granted: Lease) -> None:
    sent = submission(granted, study, language="en", active_seconds=7.25)
    receipt = desk.send(sari, sent)
    (row,) = desk.rows(judgement)
    assert (row.id, receipt.repeated) == (receipt.id, False)
    assert json.loads(row.answers) == sent.answers
    assert json.loads(row.trace) == [[0.0, 4.0, 1.0]]
    assert (row.task, row.person, row.language, row.active_seconds) == (granted.task, sari.id, "en", 7.25)
    assert (desk.state(granted.task), desk.held(sari)) == ("settled", [])


# ---------------------------------------------------------------------------------------------- once
def test_sent_again_it_gives_the_same_receipt_and_changes_nothing(
    desk: Desk, study: Made, sari: Person, granted: Lease
) -> None:
    sent = submission(granted, study)
    first = desk.send(sari, sent)
    assert desk.send(sari, sent) == Receipt(first.id, repeated=True)
    assert len(desk.rows(judgement)) == len(desk.events("judgement-submitted")) == 1


def test_the_same_key_with_another_body_is_told_apart(
    desk: Desk, study: Made, sari: Person, granted: Lease
) -> None:
    sent = submission(granted, study)
    desk.send(sari, sent)
    changes: list[dict[str, Any]] = [
        {"active_seconds": 12.75},
        {"answers": answers({"confidence": 2})},
        {"language": "en"},
        {"trace": ()},
        {"task": str(uuid.uuid4())},
        {"lease": str(uuid.uuid4())},
    ]
    for change in changes:
        other = sent.model_copy(update=change)
        assert desk.refused(desk.send, sari, other) == "Conflict key-reused", change


def test_another_persons_key_opens_nothing(
    desk: Desk, study: Made, sari: Person, budi: Person, granted: Lease
) -> None:
    sent = submission(granted, study)
    desk.send(sari, sent)
    assert desk.refused(desk.send, budi, sent) == "Conflict key-reused"


def test_a_second_judgement_of_the_same_task_is_refused(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    study = make_study(workspace, 1, wants=2)
    mine = desk.take(sari)
    desk.judge(sari, mine, study)
    assert desk.refused(desk.judge, sari, mine, study) == "Conflict already-judged"
    desk.judge(budi, desk.take(budi), study)
    assert desk.state(mine.task) == "settled"
    assert desk.refused(desk.judge, sari, mine, study) == "Conflict already-judged"


# ------------------------------------------------------------------------------------------- answers
REFUSED: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    ({"answers": {}}, {("unanswered", "assessable")}),
    ({"answers": {**answers(), "min_age": "ten"}}, {("out-of-range", "min_age")}),
    ({"answers": {**answers(), "label.SYN-MASS": 1}}, {("never-asked", "label.SYN-MASS")}),
    ({"answers": LABELLED}, {("span-missing", "label.SYN-MASS"), ("reason-missing", "label.SYN-MASS")}),
    ({"notes": {"label.SYN-MASS": "x"}}, {("note-never-asked", "label.SYN-MASS")}),
]


def test_answers_are_held_to_the_guideline(desk: Desk, study: Made, sari: Person, granted: Lease) -> None:
    for changes, problems in REFUSED:
        with pytest.raises(AnswersRefused) as caught:
            desk.judge(sari, granted, study, **changes)
        assert {(problem.code, problem.question) for problem in caught.value.problems} == problems
        assert all(problem.text.id and problem.text.en for problem in caught.value.problems)
    assert desk.rows(judgement) == []
    assert desk.held(sari) == [granted.task], "the task stays in one's hands to be completed"


def test_answers_to_another_guideline_are_refused(
    desk: Desk, study: Made, sari: Person, granted: Lease
) -> None:
    assert desk.refused(desk.judge, sari, granted, study, guideline="0" * 64) == "Invalid guideline-other"


@pytest.mark.parametrize(
    "change",
    [
        {"active_seconds": float("nan")},
        {"active_seconds": -1},
        {"trace": ((0.0, float("inf"), 1.0),)},
        {"trace": ((0.0, float("nan"), 1.0),)},
        {"answers": {"min_age": float("nan")}},
        {"marks": [{"question": "label.SYN-MASS", "start": 3, "end": 1}]},
        {"key": "short"},
        {"language": "jv"},
        {"reason": "unknown field"},
    ],
    ids=str,
)
def test_a_body_that_cannot_be_kept_is_refused(change: dict[str, Any]) -> None:
    granted, study = Lease("lease", "task", "person", ""), Made("study", "0" * 64, ())
    with pytest.raises(ValidationError):
        submission(granted, study, **change)


# --------------------------------------------------------------------------------------------- notes
def test_notes_live_outside_the_log_which_holds_their_digest(
    desk: Desk, study: Made, sari: Person, granted: Lease
) -> None:
    reason = "  Gambar yang\n sama, Rahasia-17  "
    mark = {"question": "label.SYN-MASS", "start": 1.0, "end": 2.5}
    receipt = desk.judge(
        sari,
        granted,
        study,
        answers=LABELLED,
        marks=[mark],
        notes={"label.SYN-MASS": reason, "edge_case": " "},
    )
    (kept,) = desk.rows(note)
    assert (kept.owner, kept.question, kept.text) == (
        receipt.id,
        "label.SYN-MASS",
        "Gambar yang sama, Rahasia-17",
    )
    (entry,) = desk.events("judgement-submitted")
    assert "Rahasia-17" not in entry.body
    assert json.loads(entry.body)["notes"] == {"label.SYN-MASS": kept.digest}
    assert kept.digest == digest_bytes(kept.text.encode())
    (row,) = desk.rows(judgement)
    assert "Rahasia-17" not in canonical(dict(row._mapping)).decode()


# --------------------------------------------------------------------------------------------- marks
@pytest.mark.parametrize(
    ("end", "code"), [(4.04, ""), (4.06, "Invalid mark-beyond"), (3600.0, "Invalid mark-beyond")]
)
def test_a_mark_ends_where_the_video_ends(
    desk: Desk, study: Made, sari: Person, granted: Lease, end: float, code: str
) -> None:
    mark = {"question": "label.SYN-MASS", "start": 3.0, "end": end}
    said = {"answers": LABELLED, "marks": [mark], "notes": {"label.SYN-MASS": "Sama saja."}}
    if code:
        assert desk.refused(desk.judge, sari, granted, study, **said) == code
        assert desk.held(sari) == [granted.task]
    else:
        assert not desk.judge(sari, granted, study, **said).repeated


# ------------------------------------------------------------------------------------ late and elsewhere
def test_a_late_judgement_is_kept_while_nobody_else_has_the_task(
    desk: Desk, study: Made, sari: Person, granted: Lease, clock: Any
) -> None:
    clock.move(hours=3)
    assert not desk.judge(sari, granted, study).repeated
    assert desk.state(granted.task) == "settled"


def test_a_late_judgement_is_refused_once_somebody_else_has_the_task(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any
) -> None:
    study = make_study(workspace, 1)
    late = desk.take(sari)
    clock.move(hours=3)
    now = desk.take(budi)
    assert desk.refused(desk.judge, sari, late, study) == "Conflict lease-expired"
    desk.judge(budi, now, study)
    assert desk.refused(desk.judge, sari, late, study) == "Conflict task-settled"


def test_a_late_judgement_is_kept_where_there_is_room_for_one_more(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any
) -> None:
    study = make_study(workspace, 1, wants=2)
    late = desk.take(sari)
    clock.move(hours=3)
    desk.take(budi)
    assert not desk.judge(sari, late, study).repeated


def test_a_late_judgement_also_ends_the_lease_taken_up_since(
    workspace: Workspace, desk: Desk, sari: Person, clock: Any
) -> None:
    study = make_study(workspace, 1)
    late = desk.take(sari)
    clock.move(hours=3)
    again = desk.take(sari)
    assert again.task == late.task
    desk.judge(sari, late, study)
    assert desk.held(sari) == []
    assert {row.ended for row in desk.rows(lease_table)} == {"judged"}


def test_a_judgement_after_giving_back_is_kept_while_nobody_else_has_the_task(
    desk: Desk, study: Made, sari: Person, granted: Lease
) -> None:
    desk.release(sari, granted)
    assert not desk.judge(sari, granted, study).repeated


def test_a_lease_is_good_for_its_own_task_and_person(
    desk: Desk, study: Made, sari: Person, budi: Person, granted: Lease
) -> None:
    other = desk.take(budi)
    assert desk.refused(desk.judge, budi, granted, study) == "Refused lease-not-yours"
    mixed = {"task": other.task}
    assert desk.refused(desk.judge, sari, granted, study, **mixed) == "Conflict lease-other-task"
    unknown = str(uuid.uuid4())
    assert desk.refused(desk.judge, sari, granted, study, task=unknown) == "Missing task-missing"
    assert desk.refused(desk.judge, sari, granted, study, lease=unknown) == "Missing lease-missing"


# ---------------------------------------------------------------------------------------- handing back
def test_answers_that_hand_back_leave_the_task_to_others(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person
) -> None:
    for count, code in enumerate(("NA-LANG", "NA-CONFLICT", "NA-WELL"), start=1):
        study = make_study(workspace, 1)
        mine = desk.take(sari)
        desk.judge(sari, mine, study, answers=answers({"assessable": code}))
        assert desk.state(mine.task) == "open"
        assert desk.lease(sari) is None
        desk.judge(budi, desk.take(budi), study)
        assert (desk.state(mine.task), len(desk.rows(judgement))) == ("settled", 2 * count)
    assert {row.judged for row in desk.rows(task)} == {1}, "only the judgement that settles counts"


def test_answers_about_the_video_itself_settle_the_task(
    workspace: Workspace, desk: Desk, sari: Person
) -> None:
    study = make_study(workspace, 2)
    for code in ("NA-GONE", "NA-AUDIO"):
        mine = desk.take(sari)
        desk.judge(sari, mine, study, answers=answers({"assessable": code}))
        assert desk.state(mine.task) == "settled"


# --------------------------------------------------------------------------------------------- rebuild
def test_the_log_folds_to_the_same_tables(
    workspace: Workspace, desk: Desk, sari: Person, budi: Person, clock: Any, tmp_path: Any
) -> None:
    study = make_study(workspace, 6, wants=2)
    for person, changes in ((sari, {}), (budi, {"answers": answers({"assessable": "NA-WELL"})})):
        late = desk.take(person)
        clock.move(hours=1)
        desk.release(person, desk.take(person))
        desk.judge(person, late, study, **changes)
    desk.renew(sari, desk.take(sari))
    desk.stop(budi, desk.take(budi), "ESC-SELF", note="segera")
    stopped = desk.take(budi)
    desk.stop(budi, stopped, "ESC-CSAM")
    make_study(workspace, study.videos, with_media=lambda _: False)
    people(workspace, "Ayu")
    fresh = open_engine(database_file(tmp_path / "again.db"))
    matches = rebuild(workspace.store, fresh)
    fresh.dispose()
    assert [match for match in matches if not match.equal] == []
    assert {m.table: m.live for m in matches}["judgement"] == 2

"""Second looks: who is looked at again, by whom, with what chance; and nobody at the bench can tell."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from review.desk import Desk, submission
from study.making import Made, answers, make_study, people, shipped
from tilik.access import Person
from tilik.guideline import failing_verdicts
from tilik.kernel import Invalid
from tilik.review import view_task
from tilik.review.events import Mark
from tilik.review.second import is_positive, luck, second_look
from tilik.store import Workspace, database_url, open_engine, rebuild
from tilik.store.tables import judgement, task
from tilik.study.act import refuse_overlap

Answers = dict[str, Any]


def found(level: int, **more: Any) -> Answers:
    """Somebody who saw gambling at this level."""
    return answers({"family.COM": True, "label.COM-GAMB": level, **more})


def positive(lease: Any, study: Made, level: int = 3) -> Any:
    return submission(
        lease,
        study,
        answers=found(level),
        marks=(Mark(question="label.COM-GAMB", start=0.5, end=1),),
        notes={"label.COM-GAMB": "Ada tautan slot."},
    )


# ---------------------------------------------------------------------------------------------- rule
def test_what_fails_or_is_grave_is_positive() -> None:
    passing = next(v.code for v in shipped().verdict.values if v.code not in failing_verdicts(shipped()))
    assert not is_positive(shipped(), answers())
    assert not is_positive(shipped(), found(1))
    assert is_positive(shipped(), found(2))
    assert is_positive(shipped(), found(3))
    assert is_positive(shipped(), found(2, verdict=passing)), "the guideline proposes a failing verdict"
    assert not is_positive(shipped(), answers({"assessable": "NA-GONE"}))


def test_chance_and_choice_go_together() -> None:
    names = [f"task {n}" for n in range(4000)]
    looks = [second_look(shipped(), answers(), overlap=0.2, seed=5, task=name) for name in names]
    assert {look.p2 for look in looks} == {0.2}
    assert abs(sum(look.again for look in looks) - 800) < 4 * 25.3, "binomial, four standard deviations"
    for name in names[:50]:
        sure = second_look(shipped(), found(3), overlap=0.0, seed=5, task=name)
        assert (sure.p2, sure.again) == (1.0, True)
        never = second_look(shipped(), answers(), overlap=0.0, seed=5, task=name)
        assert (never.p2, never.again) == (0.0, False)
        kept = second_look(shipped(), answers(), overlap=0.1, seed=5, task=name, before=1.0)
        assert (kept.p2, kept.again) == (1.0, True)
    assert luck(5, "task 1") != luck(6, "task 1")


@pytest.mark.parametrize(("overlap", "wants"), [(-0.1, 1), (1.1, 1), (0.2, 2)])
def test_an_overlap_that_is_none_is_refused(overlap: float, wants: int) -> None:
    with pytest.raises(Invalid):
        refuse_overlap(overlap, wants)


# ---------------------------------------------------------------------------------------------- queue
def test_without_an_overlap_everything_is_as_before(desk: Desk, sari: Person, budi: Person) -> None:
    study = make_study(desk.workspace, 1)
    desk.send(sari, positive(desk.take(sari), study))
    assert desk.lease(budi) is None
    (row,) = desk.rows(task)
    assert (row.wants, row.p2, row.state) == (1, None, "settled")
    body = json.loads(desk.events("judgement-submitted")[0].body)
    assert (body["p2"], body["again"]) == (None, False)


def test_a_positive_is_judged_again_by_somebody_else(desk: Desk, sari: Person, budi: Person) -> None:
    study = make_study(desk.workspace, 1, overlap=0.0)
    desk.send(sari, positive(desk.take(sari), study))
    (row,) = desk.rows(task)
    assert (row.wants, row.judged, row.p2, row.state) == (2, 1, 1.0, "open")
    assert desk.lease(sari) is None, "never the same person"
    desk.judge(budi, desk.take(budi), study)
    (row,) = desk.rows(task)
    assert (row.wants, row.judged, row.state) == (2, 2, "settled")
    first, second = (json.loads(event.body) for event in desk.events("judgement-submitted"))
    assert (first["p2"], first["again"]) == (1.0, True)
    assert (second["p2"], second["again"]) == (None, False)


def test_what_is_sound_is_judged_again_as_often_as_the_overlap_says(
    workspace: Workspace, tmp_path: Path
) -> None:
    desk, (sari, budi) = Desk(workspace), people(workspace, "Sari", "Budi")
    study = make_study(workspace, 12, overlap=0.5)
    for _ in range(12):
        desk.judge(sari, desk.take(sari), study)
    expected = {row.id for row in desk.rows(task) if luck(77_001, row.id) < 0.5}
    assert 0 < len(expected) < 12
    assert {row.id for row in desk.rows(task) if row.state == "open"} == expected
    assert {row.p2 for row in desk.rows(task)} == {0.5}
    while (lease := desk.lease(budi)) is not None:
        desk.judge(budi, lease, study)
    counts = Counter(row.task for row in desk.rows(judgement))
    assert {name for name, n in counts.items() if n == 2} == expected
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    try:
        assert [match.table for match in rebuild(workspace.store, engine) if not match.equal] == []
    finally:
        engine.dispose()


def test_a_conflict_of_interest_hands_both_looks_on(desk: Desk, sari: Person, budi: Person) -> None:
    study = make_study(desk.workspace, 1, overlap=0.0)
    (citra,) = people(desk.workspace, "Citra")
    desk.judge(citra, desk.take(citra), study, answers=answers({"assessable": "NA-CONFLICT"}))
    (row,) = desk.rows(task)
    assert (row.judged, row.p2) == (0, None)
    desk.send(sari, positive(desk.take(sari), study))
    assert desk.lease(citra) is None
    desk.judge(budi, desk.take(budi), study)
    assert [row.state for row in desk.rows(task)] == ["settled"]


def test_a_first_judgement_that_is_revised_keeps_the_larger_chance(desk: Desk, sari: Person) -> None:
    study = make_study(desk.workspace, 1, overlap=0.0)
    receipt = desk.judge(sari, desk.take(sari), study)
    assert [row.state for row in desk.rows(task)] == ["settled"]
    again = desk.reopen(sari, receipt.id)
    changed = desk.send(sari, positive(again, study))
    assert [(row.p2, row.wants, row.state) for row in desk.rows(task)] == [(1.0, 2, "open")]
    desk.judge(sari, desk.reopen(sari, changed.id), study)
    assert [(row.p2, row.wants, row.state) for row in desk.rows(task)] == [(1.0, 2, "open")]


def test_a_second_look_is_served_like_a_first(desk: Desk, sari: Person, budi: Person) -> None:
    study = make_study(desk.workspace, 2, overlap=0.0)
    first = desk.take(sari)
    desk.send(sari, positive(first, study))

    def shown(person: Person) -> list[Any]:
        with desk.workspace.store.read() as connection:
            views = [view_task(connection, desk.workspace.store.blobs, lease) for lease in (taken[person.id])]
        return [
            (v.blind, v.title, v.earlier, v.guideline, [e.kind for e in v.evidence], v.record.duration)
            for v in views
        ]

    taken = {budi.id: [desk.take(budi), desk.take(budi)]}
    assert first.task in {lease.task for lease in taken[budi.id]}
    one, other = shown(budi)
    assert one == other
    bodies = [set(json.loads(event.body)) for event in desk.events("task-leased")]
    assert len({frozenset(body) for body in bodies}) == 1

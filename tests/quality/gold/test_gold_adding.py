"""How items become known: promoted from settled tasks, or brought in; and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quality.gold.made import FAMILY, QUESTION, failing, make_gold
from review.desk import Desk
from study.making import Made, answers, make_study, people
from tilik.access import Person
from tilik.kernel import TilikError
from tilik.quality.gold import (
    GoldItem,
    add_from_task,
    bring_in,
    change_state,
    find_gold,
    list_gold,
    set_rate,
)
from tilik.quality.gold.promoting import add_from_study
from tilik.review import Mark
from tilik.store import Workspace
from tilik.store.tables import judgement, note, task
from tilik.study import find_study, studies, versions
from tilik.study.gold_rate import planting_rate


def judged(workspace: Workspace, said: list[dict[str, Any]], video: str = "v-1") -> tuple[Made, list[Person]]:
    """A settled task on which people said this."""
    desk = Desk(workspace)
    study = make_study(workspace, [video], wants=len(said))
    judges = people(workspace, *(f"Orang {at}" for at in range(len(said))))
    for person, one in zip(judges, said, strict=True):
        found = one.get(QUESTION) is not None
        more = {"marks": (Mark(question=QUESTION, start=0, end=1),), "notes": {QUESTION: "Diulang."}}
        desk.judge(person, desk.take(person), study, answers=one, **(more if found else {}))
    return study, judges


def promote(workspace: Workspace, **more: Any) -> GoldItem:
    desk = Desk(workspace)
    identity = next(row.id for row in desk.rows(task) if row.wants < 100)
    with workspace.store.write() as writing:
        return find_gold(writing.connection, add_from_task(writing, identity, "gold", **more))


def code_of(act: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(TilikError) as caught:
        act(*arguments, **more)
    return caught.value.code


def test_two_who_agree_make_an_item_known(sqlite_workspace: Workspace) -> None:
    judged(sqlite_workspace, [failing(), {**failing(), "audience": "AUD-KID", "confidence": 3}])
    item = promote(sqlite_workspace)
    assert (item.state, item.pool, item.fails, item.answers) == ("known", "gold", True, failing())
    assert [voice.count for voice in item.voices] == [1, 1]
    assert [question for question, _ in item.marks] == [QUESTION]
    desk = Desk(sqlite_workspace)
    assert item.source == "judgement:" + min(desk.rows(judgement), key=lambda row: row.submitted_at).id
    # Reasons stay where they were written, so that erasing them there erases them everywhere.
    assert len(desk.rows(note)) == 2
    assert code_of(promote, sqlite_workspace) == "gold-exists"


def test_who_differ_or_judge_alone_make_nothing_known(sqlite_workspace: Workspace) -> None:
    judged(sqlite_workspace, [failing(), answers()])
    assert code_of(promote, sqlite_workspace) == "gold-differs"


def test_one_alone_needs_somebody_who_vouches(sqlite_workspace: Workspace) -> None:
    judged(sqlite_workspace, [failing()])
    assert code_of(promote, sqlite_workspace) == "gold-one-judgement"
    assert promote(sqlite_workspace, vouch=True).fails


def test_an_open_task_makes_nothing_known(sqlite_workspace: Workspace) -> None:
    make_study(sqlite_workspace, 1)
    assert code_of(promote, sqlite_workspace) == "gold-not-settled"


def test_a_study_gives_failing_and_passing_items_in_turn(sqlite_workspace: Workspace) -> None:
    desk = Desk(sqlite_workspace)
    study = make_study(sqlite_workspace, 6)
    sari = people(sqlite_workspace, "Sari")[0]
    more = {"marks": (Mark(question=QUESTION, start=0, end=1),), "notes": {QUESTION: "Diulang."}}
    for at in range(5):
        bad = at < 2
        desk.judge(
            sari, desk.take(sari), study, answers=failing() if bad else answers(), **(more if bad else {})
        )
    with sqlite_workspace.store.write() as writing:
        none = add_from_study(writing, study.id, "gold", most=10)
        found = add_from_study(writing, study.id, "gold", most=3, vouch=True)
        again = add_from_study(writing, study.id, "practice", most=10, vouch=True)
    assert (none.items, none.passed_over) == ((), {"gold-one-judgement": 5})
    assert (len(found.items), found.passed_over) == (3, {})
    assert (len(again.items), again.passed_over) == (2, {"gold-exists": 3})
    with sqlite_workspace.store.read() as connection:
        items = {one.id: one for one in list_gold(connection)}
        assert [items[one].fails for one in found.items] == [True, False, True]


def test_lines_are_brought_in_all_or_none(sqlite_workspace: Workspace) -> None:
    study = make_study(sqlite_workspace, 1)
    good = {"video": "x-1", "answers": answers()}
    full = {
        "video": "x-2",
        "answers": failing(),
        "marks": [{"question": QUESTION, "start": 0, "end": 2}],
        "notes": {QUESTION: "Diulang."},
    }
    torn = {"video": "x-3", "answers": {**answers(), f"family.{FAMILY}": True}}

    def bring(*lines: Any) -> list[str]:
        text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
        with sqlite_workspace.store.write() as writing:
            return bring_in(writing, text, guideline=study.guideline, pool="practice", name="gold.jsonl")

    for lines, code, where in (
        ((good, torn), "gold-answers", "gold.jsonl, line 2"),
        ((good, "{"), "gold-line", "gold.jsonl, line 2"),
        ((good, {**good, "vidio": 1}), "gold-line", "gold.jsonl, line 2"),
        (({**good, "state": "contested"},), "gold-voices", "gold.jsonl, line 1"),
        ((good, good), "gold-exists", "gold.jsonl, line 2"),
        (("",), "gold-empty", "gold.jsonl"),
    ):
        with pytest.raises(TilikError) as caught:
            bring(*lines)
        assert (caught.value.code, caught.value.where) == (code, where)
    assert Desk(sqlite_workspace).events("gold-added") == []
    assert len(bring(good, full)) == 2


def test_what_was_practised_on_is_never_planted(sqlite_workspace: Workspace) -> None:
    make_study(sqlite_workspace, 1)
    make_gold(sqlite_workspace, ["p-1"], pool="practice")
    with sqlite_workspace.store.write() as writing:
        change_state(writing, "p-1", "retired")
    assert code_of(make_gold, sqlite_workspace, ["p-1"], media=False) == "gold-exists"
    make_gold(sqlite_workspace, ["g-1"])
    assert code_of(make_gold, sqlite_workspace, ["g-1"], pool="practice", media=False) == "gold-exists"
    with sqlite_workspace.store.write() as writing:
        change_state(writing, "g-1", "retired")
    make_gold(sqlite_workspace, ["g-1"], pool="practice", media=False)


def test_gold_is_in_no_list_of_studies(sqlite_workspace: Workspace) -> None:
    study = make_study(sqlite_workspace, 2)
    make_gold(sqlite_workspace, ["g-1"])
    make_gold(sqlite_workspace, ["p-1"], pool="practice")
    with sqlite_workspace.store.read() as connection:
        assert studies(connection) == [study.id]
        assert find_study(connection) == study.id
        assert [one.studies for one in versions(connection)] == [1]
        assert code_of(find_study, connection, f"gold {versions(connection)[0]}") == "study-missing"


@pytest.mark.parametrize("rate", [-0.1, 0.51, 2.0])
def test_a_rate_out_of_range_is_refused(sqlite_workspace: Workspace, rate: float) -> None:
    with sqlite_workspace.store.write() as writing:
        assert code_of(set_rate, writing, rate) == "gold-rate"
        assert code_of(change_state, writing, "nothing", "known") == "gold-missing"


def test_what_is_shown_as_the_rate_is_what_is_planted_by(sqlite_workspace: Workspace) -> None:
    """Two rooms that never import each other read one setting, and begin with one default."""
    with sqlite_workspace.store.write() as writing:
        assert planting_rate(writing.connection) == 0.05
        set_rate(writing, 0.125)
        assert planting_rate(writing.connection) == 0.125

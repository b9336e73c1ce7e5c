"""Gold among machine answers: from where it comes, that nothing tells it, and how right people are on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select

from answers.gold_made import always, guideline, is_gold, judge, line, make_gold, record, work
from answers.made import item, make_set, person, rating, take
from moving_clock import MovingClock
from study.making import shipped
from tilik.answers.export import export_answers
from tilik.answers.gold import (
    add_from_set,
    add_from_task,
    bring_in,
    change_state,
    list_gold,
    own,
    scored,
    team,
)
from tilik.answers.gold.score import answers_of, score
from tilik.answers.report import report
from tilik.answers.view import answer_sets, swapped, view_task
from tilik.kernel import Conflict, Invalid
from tilik.store import Workspace, rebuild
from tilik.store.tables import answer_lease, answer_task
from tilik.study import active_guideline
from tilik.study.known import Known
from tilik.study.period import period_of


def settled(workspace: Workspace) -> list[str]:
    with workspace.store.read() as connection:
        query = select(answer_task.c.id).where(answer_task.c.state == "settled").order_by(answer_task.c.id)
        return list(connection.execute(query).scalars())


# ------------------------------------------------------------------------------------ becoming known
def test_what_two_blind_judges_say_alike_becomes_known_and_where_they_differ_is_left_out(
    sqlite_workspace: Workspace,
) -> None:
    workspace = sqlite_workspace
    make_set(workspace, [item("p", "a")], wants=2)
    sari, budi = person(workspace), person(workspace, "Budi")
    second = rating(4, ("CF1",))
    second["turns"][0]["scores"]["SAF"] = 1
    for who, said in ((sari, rating(4, ("CF1",))), (budi, second)):
        lease = take(workspace, who)
        assert lease is not None
        judge(workspace, who, lease, said)
    with workspace.store.write() as writing:
        add_from_task(writing, settled(workspace)[0])
        known = list_gold(writing.connection)[0]
        with pytest.raises(Conflict, match="known already"):
            add_from_task(writing, settled(workspace)[0])
    assert (known.fails, known.answers["1.fails"], [one.count for one in known.voices]) == (
        True,
        ["CF1"],
        [1, 1],
    )
    make_set(workspace, [item("q", "a")], name="more", wants=1)
    tono = person(workspace, "Tono")
    while (lease := take(workspace, tono)) is not None:
        judge(workspace, tono, lease, rating(1, ("CF1",)))
    with workspace.store.read() as connection:
        found = [
            one.score for one in scored(connection, workspace.store.blobs, period_of(workspace.store.clock()))
        ]
    for one in found:
        assert one.verdict == (True, True)
        assert "1.SAF" not in one.questions, "the two judges differ on it"


def test_what_is_not_settled_not_agreed_or_said_by_one_alone_is_not_known(
    sqlite_workspace: Workspace,
) -> None:
    workspace = sqlite_workspace
    make_set(workspace, [item("p", "a"), item("q", "a")], wants=2)
    sari, budi = person(workspace), person(workspace, "Budi")
    for who, fails in ((sari, ("CF1",)), (budi, ())):
        lease = take(workspace, who)
        assert lease is not None
        judge(workspace, who, lease, rating(4, fails))
    with workspace.store.write() as writing:
        with pytest.raises(Conflict, match="differ"):
            add_from_task(writing, settled(workspace)[0])
        left = writing.connection.execute(select(answer_task.c.id).where(answer_task.c.judged == 0)).scalar()
        with pytest.raises(Conflict, match="not settled"):
            add_from_task(writing, str(left))
    single = make_set(workspace, [item("r", "a")], name="single")
    work(workspace, person(workspace, "Tono"))
    with workspace.store.write() as writing:
        assert add_from_set(writing, single, most=9) == ([], {"gold-one-judgement": 1})
        made, over = add_from_set(writing, single, most=9, vouch=True)
        assert (len(made), over) == (1, {})


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (rating(4, ("CF99",)), "no such critical fail"),
        ({"kind": "pair", "choice": "same"}, "one answer alone is rated"),
        (rating(4, better="Lebih baik."), "is not kept"),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_nothing_is_brought_in(
    sqlite_workspace: Workspace, said: Any, part: str
) -> None:
    make_set(sqlite_workspace, [item("p", "a")])
    text = "\n".join([line(item("g", "a"), rating()), line(item("h", "a"), said)])
    identity = guideline(sqlite_workspace)
    with (
        pytest.raises(Invalid, match=part) as error,
        sqlite_workspace.store.write() as writing,
    ):
        bring_in(writing, text, guideline=identity, name="known.jsonl")
    assert error.value.where.startswith("known.jsonl, line 2")
    with sqlite_workspace.store.read() as connection:
        assert list_gold(connection) == []


# ---------------------------------------------------------------------------------------- planting
def test_gold_stands_in_for_live_ones_once_each_and_the_same_tables_are_made_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, clock: MovingClock
) -> None:
    always(monkeypatch)
    identity = make_set(workspace, [item(f"p{at}", "a") for at in range(4)], wants=3)
    lead, sari, budi = person(workspace, "Ratna"), person(workspace), person(workspace, "Budi")
    make_gold(workspace, [item("g1", "a"), item("g2", "a")])
    make_gold(workspace, [item("g3", "a")], actor=lead.id)
    make_gold(workspace, [item("p0", "a")])  # one that Sari meets live first
    monkeypatch.setattr("tilik.answers.planting.planting_rate", lambda _connection: 0.0)
    met = take(workspace, sari)
    assert met is not None
    monkeypatch.undo()
    always(monkeypatch)
    kinds = work(workspace, sari)
    with workspace.store.read() as connection:
        served = connection.execute(
            select(answer_lease.c.task, func.count()).where(answer_lease.c.person == sari.id)
            .group_by(answer_lease.c.task)
        ).all()  # fmt: skip
        about = {row.id: row.a for row in connection.execute(select(answer_task))}
    assert max(count for _, count in served) == 1
    assert len({about[one] for one, _ in served}) == len(served), "no answer twice, as gold or live"
    first = item("p0", "a").id in {about[met.task]}
    assert kinds == ([True] * 3 + [False] * 3 if first else [True] * 4 + [False] * 2)
    assert work(workspace, lead)[:3] == [True] * 3, "not what they made known"
    assert sum(work(workspace, budi)) == 4
    with workspace.store.read() as connection:
        found = report(connection, workspace.store.blobs, identity)
        assert found.judgements == sum(
            row.judged for row in connection.execute(select(answer_task)) if row.state != "planted"
        )
        assert [one.id for one in answer_sets(connection)] == [identity]
    matches = rebuild(workspace.store, create_engine("sqlite://"))
    assert [one.table for one in matches if not one.equal] == []


def test_gold_left_lying_comes_again_and_a_retired_one_never(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, clock: MovingClock
) -> None:
    always(monkeypatch)
    make_set(workspace, [item(f"p{at}", "a") for at in range(3)])
    gold = make_gold(workspace, [item("g1", "a"), item("g2", "a")])
    sari = person(workspace)
    first, second = take(workspace, sari), take(workspace, sari)
    assert first is not None
    assert second is not None
    live = take(workspace, sari)
    assert live is not None
    assert not is_gold(workspace, live)
    clock.move(minutes=31)
    always(monkeypatch, plant=False)
    again = [one for _ in range(3) if (one := take(workspace, sari)) is not None]
    assert {one.task for one in again} == {first.task, second.task, live.task}
    assert again[2].task == live.task, "as it was given first: gold, gold, live"
    clock.move(minutes=31)
    with workspace.store.write() as writing:
        for one in gold:
            change_state(writing, one.id, "retired")
    assert not any(work(workspace, sari))


def test_a_known_pair_stands_in_for_a_pair_alone(
    sqlite_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = sqlite_workspace
    always(monkeypatch)
    make_set(workspace, [item("p", "a"), item("p", "b")], pairs=1)
    said = {"kind": "pair", "choice": "A_better", "dimension": "SAF"}
    text = line(item("g", "a"), said, b=record(item("g", "b")))
    with workspace.store.write() as writing:
        bring_in(writing, text, guideline=active_guideline(writing.connection), name="known")
    sari = person(workspace)
    kinds = []
    while (lease := take(workspace, sari)) is not None:
        with workspace.store.read() as connection:
            kinds.append((view_task(connection, lease).kind, is_gold(workspace, lease)))
        judge(workspace, sari, lease, rating(4) if kinds[-1][0] == "rating" else said)
    assert sorted(kinds) == [("pair", False), ("pair", True), ("rating", False), ("rating", False)]
    assert kinds.index(("pair", True)) < kinds.index(("pair", False))
    with workspace.store.read() as connection:
        found = next(
            iter(scored(connection, workspace.store.blobs, period_of(workspace.store.clock())))
        ).score
        lease_task = list_gold(connection)[0].task
    assert found.questions["choice"] is not swapped(lease_task, sari.id), "in the task's own order"


# ----------------------------------------------------------------------------------------- figures
def test_each_persons_share_right_with_its_interval_and_contested_ones_left_out(
    sqlite_workspace: Workspace, monkeypatch: pytest.MonkeyPatch, clock: MovingClock
) -> None:
    workspace = sqlite_workspace
    always(monkeypatch)
    make_set(workspace, [item("live", "a")], wants=9)
    gold = make_gold(workspace, [item(f"f{at}", "a") for at in range(6)], rating(2, ("CF1",)))
    gold += make_gold(workspace, [item(f"g{at}", "a") for at in range(6)], rating(4))
    fails = {one.task: one.fails for one in gold}
    good, poor = person(workspace, "Sari"), person(workspace, "Budi")
    for who in (good, poor):
        while (lease := take(workspace, who)) is not None:
            seen = fails.get(lease.task, False) and who is good
            judge(workspace, who, lease, rating(3, ("CF1",) if seen else ()))
    store = workspace.store
    with store.read() as connection:
        found = team(connection, store.blobs, period_of(clock()))
        scores = team(connection, store.blobs, period_of(clock()), "SAF")
        assert own(connection, store.blobs, good.id, clock()) is None, "today's count would tell"
        tomorrow = own(connection, store.blobs, good.id, clock() + timedelta(days=1))
    assert tomorrow is not None
    by = {one.person: one for one in found.people}
    rates = [by[who.id] for who in (good, poor)]
    assert all(one.right and one.right.n == 12 and one.right.low < one.right.high for one in rates)
    assert rates[0].sensitivity is not None
    assert rates[1].sensitivity is not None
    assert rates[0].sensitivity.low > rates[1].sensitivity.high
    first = scores.people[0]
    assert (first.sensitivity, first.right and first.right.n) == (None, 12), "one step apart is right"
    with store.write() as writing:
        for one in gold[:6]:
            change_state(writing, one.id, "contested")
    with store.read() as connection:
        after = team(connection, store.blobs, period_of(clock()))
        kept = next(one for one in list_gold(connection) if one.id == gold[0].id)
    assert [one.right and one.right.n for one in after.people] == [6, 6]
    assert sum(one.count for one in kept.voices) == 3


def test_gold_is_in_no_export(
    sqlite_workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    always(monkeypatch)
    identity = make_set(sqlite_workspace, [item("p", "a")])
    make_gold(sqlite_workspace, [item("g", "a")])
    assert work(sqlite_workspace, person(sqlite_workspace)) == [True, False]
    with sqlite_workspace.store.read() as connection:
        assert export_answers(connection, identity, tmp_path)["ratings.parquet"] == 1


def test_a_preference_is_right_on_its_side_and_scores_one_step_away_are() -> None:
    yardstick = shipped().ai_response
    known = Known(answers_of("pair", {"choice": "A_better", "dimension": "SAF"}))
    for choice, right in (("A_much_better", True), ("B_better", False), ("same", False)):
        said = answers_of("pair", {"choice": choice, "dimension": "SAF"})
        found = score(yardstick, known, said)
        assert (found.questions["choice"], found.verdict, found.families) == (right, None, {})
    known = Known(answers_of("rating", rating(3)))
    for given, right in ((2, True), (4, True), (5, False), (1, False)):
        said = answers_of("rating", rating(given, ("CF1",)))
        found = score(yardstick, known, said)
        assert (found.questions["1.SAF"], found.questions["1.fails"]) == (right, False)
        assert (found.verdict, found.families["CF1"]) == ((False, True), (False, True))

"""What must hold for every set of answers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.guideline import (
    Decision,
    Question,
    audience_proposal,
    check,
    decide,
    fits,
    load,
    next_question,
    prune,
    questions,
)
from tilik.guideline.firing import firing_audience_rules, firing_verdict_rules

from .conftest import SHIPPED

GUIDELINE = load(SHIPPED.read_text(encoding="utf-8"))
OPENED = {"assessable": "yes"} | {f"family.{one.code}": True for one in GUIDELINE.families}
EVERY = {
    one.id: one for one in (*questions(GUIDELINE, {"assessable": "NA-LANG"}), *questions(GUIDELINE, OPENED))
}
FAMILY = {f"label.{one.code}": f"family.{one.family}" for one in GUIDELINE.labels}
unhurried = settings(deadline=None)  # other work on the machine must not fail a property

junk_value = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 20) | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def answer_to(question: Question) -> st.SearchStrategy[Any]:
    if question.kind == "many":
        return st.lists(st.sampled_from(question.options), unique=True)
    if question.kind == "age":
        return st.integers(0, 18)
    if question.kind == "language":
        return st.sampled_from(("jv", "su", "zh-Hant"))
    return st.sampled_from(question.options)


fitting = st.fixed_dictionaries({}, optional={id_: answer_to(one) for id_, one in EVERY.items()})
junk = st.dictionaries(st.sampled_from(sorted(EVERY)) | st.text(max_size=12), junk_value, max_size=30)
anything = st.tuples(fitting, junk).map(lambda pair: pair[0] | pair[1])


@st.composite
def finished(draw: st.DrawFn) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for _ in range(len(EVERY) + 1):
        question = next_question(GUIDELINE, answers)
        if question is None:
            return answers
        answers[question.id] = draw(answer_to(question))
    raise AssertionError("the walk did not end")


@unhurried
@given(finished())
def test_every_path_ends_and_leaves_nothing_unanswered_or_stray(answers: dict[str, Any]) -> None:
    codes = {one.code for one in check(GUIDELINE, answers, (), {})}
    assert not codes & {"unanswered", "out-of-range", "never-asked"}
    assert set(answers) == {one.id for one in questions(GUIDELINE, answers)}


@unhurried
@given(finished())
def test_a_decision_on_complete_answers_is_complete(answers: dict[str, Any]) -> None:
    decision = decide(GUIDELINE, answers)
    if not decision.assessable:
        assert decision.na_code == answers["assessable"]
        return
    assert set(decision.labels) == {one.code for one in GUIDELINE.labels}
    assert set(decision.strengths) == {one.code for one in GUIDELINE.high_quality}
    assert set(decision.ages) == {one.code for one in GUIDELINE.age_schemes}
    for value in (decision.audience, decision.min_age, decision.verdict, decision.confidence, decision.rule):
        assert value is not None
    assert decision.overridden is (decision.verdict != decision.verdict_proposed)


@unhurried
@given(anything)
def test_no_answers_yield_a_label_they_do_not_reach(answers: dict[str, Any]) -> None:
    reached = {one.id for one in questions(GUIDELINE, answers)}
    decision = decide(GUIDELINE, answers)
    for code, level in decision.labels.items():
        id_ = f"label.{code}"
        assert type(level) is int and 0 <= level <= 3
        if level > 0:
            assert id_ in reached
            assert answers["assessable"] == "yes" and answers[FAMILY[id_]] is True
        elif id_ not in reached:
            assert answers[FAMILY[id_]] is False
    if not decision.assessable:
        assert decision.labels == {}


@unhurried
@given(anything)
def test_deciding_is_deterministic_and_blind_to_order_and_stale_answers(answers: dict[str, Any]) -> None:
    decision = decide(GUIDELINE, answers)
    assert decide(GUIDELINE, dict(reversed(answers.items()))) == decision
    assert decide(GUIDELINE, prune(GUIDELINE, answers)) == decision


@unhurried
@given(anything)
def test_pruning_settles_at_once_and_changes_no_question(answers: dict[str, Any]) -> None:
    pruned = prune(GUIDELINE, answers)
    assert prune(GUIDELINE, pruned) == pruned
    assert questions(GUIDELINE, pruned) == questions(GUIDELINE, answers)
    assert not {one.code for one in check(GUIDELINE, pruned, (), {})} & {"never-asked"}


@unhurried
@given(finished(), st.data())
def test_a_changed_answer_leaves_no_stale_reach(answers: dict[str, Any], data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from(sorted(answers)))
    changed = answers | {id_: data.draw(answer_to(EVERY[id_]))}
    pruned = prune(GUIDELINE, changed)
    for label in (one for one in pruned if one.startswith("label.")):
        assert pruned[FAMILY[label]] is True
    if changed["assessable"] != "yes":
        assert set(pruned) <= {"assessable", "assessable.language"}
    stale = set(changed) - set(pruned)
    found = {one.question for one in check(GUIDELINE, changed, (), {}) if one.code == "never-asked"}
    assert found == stale


@unhurried
@given(anything)
def test_the_next_question_is_the_first_reached_one_without_a_fitting_answer(answers: dict[str, Any]) -> None:
    upcoming = next_question(GUIDELINE, answers)
    reached = questions(GUIDELINE, answers)
    before = reached if upcoming is None else reached[: reached.index(upcoming)]
    assert all(one.id in answers and fits(one, answers[one.id]) for one in before)
    if upcoming is not None:
        assert upcoming.id not in answers or not fits(upcoming, answers[upcoming.id])
        codes = [(one.code, one.question) for one in check(GUIDELINE, answers, (), {})]
        assert ("unanswered", upcoming.id) in codes or ("out-of-range", upcoming.id) in codes


@unhurried
@given(finished(), st.sampled_from(sorted(FAMILY)))
def test_a_worse_label_never_improves_the_proposal(answers: dict[str, Any], label: str) -> None:
    rank = {"Q1": 1, "Q2": 2, "Q3": 3, "Q4": 4}

    def proposed(decision: Decision) -> int:
        return rank[decision.verdict_proposed or ""]

    if answers["assessable"] != "yes":
        return
    opened = answers | {FAMILY[label]: True}
    levels = [proposed(decide(GUIDELINE, opened | {label: level})) for level in range(4)]
    assert levels == sorted(levels)


def test_each_shipped_rule_fires_for_some_answers_and_some_rule_always_does() -> None:
    assert firing_verdict_rules(GUIDELINE) == {one.code for one in GUIDELINE.verdict.rules}
    assert firing_audience_rules(GUIDELINE) == {one.code for one in GUIDELINE.audience.rules}


@unhurried
@given(finished())
def test_only_rules_said_to_fire_do_fire(answers: dict[str, Any]) -> None:
    decision = decide(GUIDELINE, answers)
    assert not decision.assessable or decision.rule in firing_verdict_rules(GUIDELINE)
    fired = audience_proposal(GUIDELINE, answers.get("audience.factors", ()))
    assert fired is None or fired.rule in firing_audience_rules(GUIDELINE)

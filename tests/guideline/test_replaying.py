"""Old answers read by a new version: what follows, what is kept, and what was never asked."""

from __future__ import annotations

import itertools
from typing import Any

from tilik.guideline import Answers, Guideline, decide, prune, questions, replay, verdict_proposal

from .versions import TEXT, edit, version, with_rule

OLD = version(TEXT)
STRICT = version(with_rule("SYN-MASS", 1, "Q3"))
LABEL = TEXT[TEXT.index("  - code: SYN-MASS") : TEXT.index("  - code: SYN-INCO")]
ONE_MORE = version(edit(LABEL, LABEL.replace("SYN-MASS", "SYN-NEW") + LABEL))
FAMILY = '  - {code: NEW, name: {id: "Baru", en: "New"}, quick: {id: "Ya?", en: "Yes?"}}\n'
NEW_FAMILY = edit("\nfamilies:\n", f"\nfamilies:\n{FAMILY}")
MORE_FAMILIES = version(
    edit(
        LABEL, LABEL + LABEL.replace("SYN-MASS", "NEW-ONE").replace("family: SYN", "family: NEW"), NEW_FAMILY
    )
)


def judge(guideline: Guideline, levels: dict[str, int], verdict: str = "") -> dict[str, Any]:
    """Complete answers with these label levels; the verdict is the one proposed unless another is given."""
    family_of = {one.code: one.family for one in guideline.labels}
    opened = {family_of[code] for code in levels}
    answers: dict[str, Any] = {"assessable": "yes", "audience.factors": [], "audience": "AUD-KID"}
    answers |= {"min_age": 3} | {f"family.{one.code}": one.code in opened for one in guideline.families}
    answers |= {
        f"label.{one.code}": levels.get(one.code, 0) for one in guideline.labels if one.family in opened
    }
    answers |= {f"strength.{one.code}": 0 for one in guideline.high_quality}
    proposed = verdict_proposal(guideline, answers)
    answers["verdict"] = verdict or (proposed.value if proposed else None)
    return answers | {"confidence": 3, "edge_case": None}


def test_the_same_version_changes_nothing() -> None:
    for levels in ({}, {"SYN-MASS": 1}, {"SYN-MASS": 2, "COM-GAMB": 3}):
        found = replay(OLD, OLD, judge(OLD, levels))
        assert not found.flips
        assert found.settled
        assert found.unasked == ()
        assert found.verdict == found.before.verdict


def test_a_rule_about_one_label_flips_what_it_touches_and_nothing_else() -> None:
    touched = replay(OLD, STRICT, judge(OLD, {"SYN-MASS": 1}))
    assert (touched.before.verdict, touched.verdict, touched.verdict_flips) == ("Q2", "Q3", True)
    assert touched.after.rule == "VR1B"
    assert touched.levels == {}
    for levels in ({}, {"SYN-INCO": 1}, {"SYN-MASS": 2}, {"SYN-MASS": 3}):
        assert not replay(OLD, STRICT, judge(OLD, levels)).flips


def test_a_verdict_of_the_judges_own_stands() -> None:
    found = replay(OLD, STRICT, judge(OLD, {"SYN-MASS": 1}, verdict="Q1"))
    assert (found.verdict, found.flips, found.unasked) == ("Q1", False, ())


def test_what_could_not_be_judged_stays_so() -> None:
    found = replay(OLD, STRICT, {"assessable": "NA-GONE"})
    assert (found.verdict, found.settled, found.flips, found.unasked) == (None, True, False, ())


def test_a_new_label_is_a_question_never_asked_where_its_family_was_open() -> None:
    opened = replay(OLD, ONE_MORE, judge(OLD, {"SYN-INCO": 1}))
    assert opened.unasked == ("label.SYN-NEW",)
    assert opened.possible == {"Q2", "Q3", "Q4"}
    assert (opened.verdict, opened.settled, opened.flips) == (None, False, False)
    serious = replay(OLD, ONE_MORE, judge(OLD, {"SYN-INCO": 3}))
    assert (serious.unasked, serious.possible, serious.verdict) == (("label.SYN-NEW",), {"Q4"}, "Q4")
    closed = replay(OLD, ONE_MORE, judge(OLD, {"COM-GAMB": 1}))
    assert (closed.unasked, closed.settled) == ((), True)


def test_a_new_family_was_never_asked_of_anybody() -> None:
    found = replay(OLD, MORE_FAMILIES, judge(OLD, {}))
    assert found.unasked == ("family.NEW",)
    assert found.possible == {"Q2", "Q3", "Q4"}


def test_a_label_that_is_gone_counts_as_absent() -> None:
    without = version(edit(LABEL, ""))
    found = replay(OLD, without, judge(OLD, {"SYN-MASS": 2}))
    assert found.levels == {"SYN-MASS": (2, 0)}
    assert (found.before.verdict, found.verdict, found.flips) == ("Q3", "Q2", True)


def test_what_is_possible_is_what_some_answers_lead_to() -> None:
    """Every completion of the answers, tried one by one, against the sets found by tallies."""
    for levels in ({}, {"SYN-INCO": 1}, {"SYN-INCO": 1, "SYN-DIST": 1}, {"SYN-INCO": 2}, {"COM-GAMB": 3}):
        for after in (ONE_MORE, MORE_FAMILIES):
            answers = judge(OLD, levels)
            expected = completions(after, answers)
            assert replay(OLD, after, answers).possible == expected


def completions(guideline: Guideline, answers: Answers) -> set[str | None]:
    """The verdicts proposed under all answers to what is open, by trying them all."""
    kept = {k: v for k, v in prune(guideline, answers).items() if k != "verdict"}
    open_ = [q for q in questions(guideline, kept) if q.id not in kept and q.id != "verdict"]
    if not open_:
        return {decide(guideline, kept).verdict_proposed}
    tried = itertools.product(*(q.options for q in open_))
    found: set[str | None] = set()
    for values in tried:
        found |= completions(guideline, {**kept, **dict(zip((q.id for q in open_), values, strict=True))})
    return found

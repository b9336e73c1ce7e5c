"""Scores against cases worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from quality.gold.made import FAMILY, QUESTION, failing
from study.making import answers, shipped
from tilik.kernel import Span
from tilik.quality.gold import accuracy, overlap_of, score
from tilik.stats.rate import plain_rate
from tilik.study.known import Known, Score


def span(start: float, end: float) -> Span:
    return Span(start=start, end=end)


def test_a_judgement_equal_to_what_is_known_is_all_right() -> None:
    found = score(shipped(), Known(failing(), [(QUESTION, span(1, 3))]), failing(), [(QUESTION, span(1, 3))])
    assert all(found.questions.values())
    assert found.verdict == (True, True)
    assert found.families[FAMILY] == (True, True)
    assert [both for code, both in found.families.items() if code != FAMILY] == [(False, False)] * 6
    assert found.spans == {QUESTION: 1.0}
    assert found.distance is None


def test_a_miss_is_wrong_where_both_answered_and_nowhere_else() -> None:
    found = score(shipped(), Known(failing()), answers())
    assert {question for question, right in found.questions.items() if not right} == {
        f"family.{FAMILY}",
        "verdict",
    }
    assert QUESTION not in found.questions  # the label was never asked of whoever closed its family
    assert not {"confidence", "edge_case"} & set(found.questions)
    assert (found.verdict, found.families[FAMILY]) == ((True, False), (True, False))


def test_a_level_below_two_is_not_present() -> None:
    mild = answers({f"family.{FAMILY}": True, QUESTION: 1})
    found = score(shipped(), Known(failing()), mild)
    assert found.families[FAMILY] == (True, False)
    assert found.questions[QUESTION] is False


def test_who_could_not_judge_is_neither_right_nor_wrong_about_labels() -> None:
    code = shipped().assessability.codes[0].code
    found = score(shipped(), Known(failing()), answers({"assessable": code}))
    assert found.questions["assessable"] is False
    assert (found.verdict, found.families) == (None, {})


def test_questions_on_which_the_known_answers_differ_are_left_out() -> None:
    other = {**failing(), "audience": "AUD-KID"}
    known = Known(failing(), voices=[(failing(), 1), (other, 1)])
    assert "audience" not in score(shipped(), known, answers()).questions
    assert "verdict" in score(shipped(), known, answers()).questions


def test_a_contested_item_is_out_of_accuracy_and_has_a_distance() -> None:
    known = Known(failing(), voices=[(failing(), 3), (answers(), 1)], contested=True)
    found = score(shipped(), known, answers())
    assert (found.questions, found.verdict, found.families) == ({}, None, {})
    # Both kinds agree on all but the family and the verdict, where 3 of 4 answered otherwise.
    asked = [one for one in answers() if one not in ("confidence", "edge_case")]
    assert found.distance == pytest.approx(2 * 0.75 / len(asked))
    alone = Known(answers(), voices=[(answers(), 5)], contested=True)
    assert score(shipped(), alone, answers()).distance == 0


@pytest.mark.parametrize(
    ("first", "second", "iou"),
    [
        ([(0, 4)], [(2, 6)], 2 / 6),
        ([(0, 2), (1, 4)], [(0, 4)], 1.0),
        ([(0, 1), (5, 6)], [(0, 1)], 0.5),
        ([(0, 1)], [(2, 3)], 0.0),
        ([(1, 1)], [(1, 1)], 0.0),
        ([], [], 0.0),
    ],
)
def test_overlap_by_hand(first: list[tuple[int, int]], second: list[tuple[int, int]], iou: float) -> None:
    found = overlap_of([span(*one) for one in first], [span(*one) for one in second])
    assert found == pytest.approx(iou)


cells = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=4)


@given(cells, cells)
def test_overlap_is_that_of_the_seconds_counted_one_by_one(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    one, other = (
        {at for start, more in side for at in range(start, start + more)} for side in (first, second)
    )
    spans = [[span(start, start + more) for start, more in side] for side in (first, second)]
    wanted = len(one & other) / len(one | other) if one | other else 0.0
    assert overlap_of(*spans) == pytest.approx(wanted)


def test_accuracy_counts_failing_and_passing_apart() -> None:
    pairs = [(True, True)] * 8 + [(True, False)] * 2 + [(False, False)] * 9 + [(False, True)]
    found = accuracy([Score({}, {}, pair, {}) for pair in pairs], "Sari")
    assert (found.sensitivity.value, found.sensitivity.n) == (0.8, 10)
    assert (found.specificity.value, found.specificity.n) == (0.9, 10)
    assert (found.right.value, found.right.n, found.judged) == (0.85, 20, 20)
    nothing = accuracy([], "Sari").sensitivity
    assert (nothing.value, nothing.low, nothing.high, nothing.n) == (None, 0, 1, 0)


def test_the_plain_rate_is_the_mid_p_interval() -> None:
    """The ends are where half the chance of 8 of 10 and all that is beyond come to 2.5 %."""
    found = plain_rate(8, 10, of="x")
    for end, more in ((found.low, binom.sf(8, 10, found.low)), (found.high, binom.cdf(7, 10, found.high))):
        assert more + binom.pmf(8, 10, end) / 2 == pytest.approx(0.025, abs=1e-6)

"""How right a judgement of a known item is. Pure: known answers and given answers in, a score out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tilik.guideline import Guideline, decide, failing_verdicts, questions
from tilik.kernel import Span
from tilik.study.known import Answers, Known, Marks, Score, distance, right_on

PRESENT = 2
"""A label counts as present from this level on."""
OWN = frozenset({"confidence", "edge_case"})
"""Questions about the judge and not about the video: nothing to be right about."""


def score(guideline: Guideline, known: Known, answers: Answers, marks: Marks = ()) -> Score:
    """How these answers compare with what is known."""
    if known.contested:
        return Score({}, {}, None, {}, distance(known, answers, _asked(guideline, answers)))
    return Score(
        questions=right_on(known, answers, _asked(guideline, known.answers)),
        families=_families(guideline, known.answers, answers),
        verdict=_verdict(guideline, known.answers, answers),
        spans={
            question: overlap_of(_of(known.marks, question), _of(marks, question))
            for question in sorted({one for one, _ in known.marks} & {one for one, _ in marks})
        },
    )


def fails(guideline: Guideline, answers: Answers) -> bool:
    """Whether these answers give a failing verdict."""
    return decide(guideline, answers).verdict in failing_verdicts(guideline)


def families_present(guideline: Guideline, answers: Answers) -> frozenset[str]:
    """The families with a label at level 2 or more."""
    levels = decide(guideline, answers).labels
    return frozenset(one.family for one in guideline.labels if levels.get(one.code, 0) >= PRESENT)


def overlap_of(first: Sequence[Span], second: Sequence[Span]) -> float:
    """Seconds in both ÷ seconds in either (Jaccard 1901; the tIoU of action detection), 0 without any."""
    ends = sorted({end for span in (*first, *second) for end in (span.start, span.end)})
    both = either = 0.0
    for start, end in pairwise(ends):
        inside = [any(one.start <= start and end <= one.end for one in side) for side in (first, second)]
        both += (end - start) * all(inside)
        either += (end - start) * any(inside)
    return both / either if either else 0.0


def _of(marks: Marks, question: str) -> list[Span]:
    return [span for one, span in marks if one == question]


def _families(guideline: Guideline, true: Answers, said: Answers) -> dict[str, tuple[bool, bool]]:
    if not (decide(guideline, true).assessable and decide(guideline, said).assessable):
        return {}
    truly, found = families_present(guideline, true), families_present(guideline, said)
    return {one.code: (one.code in truly, one.code in found) for one in guideline.families}


def _verdict(guideline: Guideline, true: Answers, said: Answers) -> tuple[bool, bool] | None:
    if decide(guideline, true).verdict is None or decide(guideline, said).verdict is None:
        return None
    return fails(guideline, true), fails(guideline, said)


def _asked(guideline: Guideline, answers: Answers) -> list[str]:
    return [one.id for one in questions(guideline, answers) if one.id not in OWN]

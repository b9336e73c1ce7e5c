"""How right a judgement of a known item is. Pure: known answers and given answers in, a score out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tilik.guideline import Guideline, decide, failing_verdicts, questions
from tilik.kernel import Span

PRESENT = 2
"""A label counts as present from this level on."""
OWN = frozenset({"confidence", "edge_case"})
"""Questions about the judge and not about the video: nothing to be right about."""

Answers = Mapping[str, Any]
Marks = Sequence[tuple[str, Span]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item. ``voices`` are (answers, how many people gave them), where several did."""

    answers: Answers
    marks: Marks = ()
    voices: Sequence[tuple[Answers, int]] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """One judgement of one known item.

    ``questions``  question → right or wrong, for each that both answered and that is settled;
    ``families``   family → (truly present, said to be present), present at level 2 or more;
    ``verdict``    (truly fails, said to fail), or ``None`` where one of them is no verdict;
    ``spans``      question → temporal intersection over union, for labels that both marked;
    ``distance``   of a contested item: mean share of people who answered otherwise, 0 to 1. Then the rest is
                   empty, because there is nothing to be right about.
    """

    questions: Mapping[str, bool]
    families: Mapping[str, tuple[bool, bool]]
    verdict: tuple[bool, bool] | None
    spans: Mapping[str, float]
    distance: float | None = None


def score(guideline: Guideline, known: Known, answers: Answers, marks: Marks = ()) -> Score:
    """How these answers compare with what is known."""
    if known.contested:
        return Score({}, {}, None, {}, _distance(guideline, known, answers))
    return Score(
        questions=_right(guideline, known, answers),
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


def _settled(known: Known, question: str) -> bool:
    """Whether the people whose answers are known agreed on this question."""
    said = [answers[question] for answers, _ in known.voices if question in answers]
    return all(one == said[0] for one in said)


def _right(guideline: Guideline, known: Known, answers: Answers) -> dict[str, bool]:
    asked = [one.id for one in questions(guideline, known.answers) if one.id not in OWN]
    return {
        question: _alike(known.answers[question], answers[question])
        for question in asked
        if question in known.answers and question in answers and _settled(known, question)
    }


def _alike(true: Any, said: Any) -> bool:
    if isinstance(true, list) and isinstance(said, list):
        return set(map(str, true)) == set(map(str, said))
    return type(true) is type(said) and bool(true == said)


def _families(guideline: Guideline, true: Answers, said: Answers) -> dict[str, tuple[bool, bool]]:
    if not (decide(guideline, true).assessable and decide(guideline, said).assessable):
        return {}
    truly, found = families_present(guideline, true), families_present(guideline, said)
    return {one.code: (one.code in truly, one.code in found) for one in guideline.families}


def _verdict(guideline: Guideline, true: Answers, said: Answers) -> tuple[bool, bool] | None:
    if decide(guideline, true).verdict is None or decide(guideline, said).verdict is None:
        return None
    return fails(guideline, true), fails(guideline, said)


def _distance(guideline: Guideline, known: Known, answers: Answers) -> float | None:
    """Total variation between one's answers and what people answered, averaged over questions."""
    asked = [one.id for one in questions(guideline, answers) if one.id not in OWN and one.id in answers]
    apart = []
    for question in asked:
        said = [(one[question], count) for one, count in known.voices if question in one]
        whole = sum(count for _, count in said)
        if whole:
            alike = sum(count for answer, count in said if _alike(answer, answers[question]))
            apart.append(1 - alike / whole)
    return sum(apart) / len(apart) if apart else None

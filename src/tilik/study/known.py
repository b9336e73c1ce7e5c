"""What is known of an item, and how a judgement of it compares: of videos and of machine answers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from tilik.kernel import Span

GoldState = Literal["known", "contested", "retired"]
"""``contested`` items are kept as a distribution, out of accuracy; ``retired`` ones are not served."""
PLANTED: tuple[GoldState, ...] = ("known", "contested")
"""The states in which an item is served."""
WITHOUT_END = 1_000_000_000
"""So many judgements does a gold task want: it never settles."""

Answers = Mapping[str, Any]
Marks = Sequence[tuple[str, Span]]


class Voice(BaseModel):
    """What ``count`` people answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answers: dict[str, JsonValue]
    count: int


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
    ``families``   family → (truly present, said to be present); of a machine answer its critical fails;
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


def alike(true: Any, said: Any) -> bool:
    """Whether two answers are the same; lists in any order."""
    if isinstance(true, list) and isinstance(said, list):
        return set(map(str, true)) == set(map(str, said))
    return type(true) is type(said) and bool(true == said)


def right_on(
    known: Known, said: Answers, asked: Iterable[str], same: Callable[[Any, Any], bool] = alike
) -> dict[str, bool]:
    """Right or wrong for each question asked that both answered and that the known voices agree on."""
    return {
        question: same(known.answers[question], said[question])
        for question in asked
        if question in known.answers and question in said and _settled(known, question)
    }


def distance(known: Known, said: Answers, asked: Iterable[str]) -> float | None:
    """Total variation between one's answers and what people answered, averaged over questions."""
    apart = []
    for question in asked:
        heard = [(one[question], count) for one, count in known.voices if question in one]
        whole = sum(count for _, count in heard)
        if whole and question in said:
            agreeing = sum(count for answer, count in heard if alike(answer, said[question]))
            apart.append(1 - agreeing / whole)
    return sum(apart) / len(apart) if apart else None


def counted(every: Iterable[Answers]) -> tuple[Voice, ...]:
    """Each answer that was given, with how many people gave it, in the order of its first."""
    found: list[Voice] = []
    for answers in map(dict, every):
        at = next((index for index, one in enumerate(found) if one.answers == answers), None)
        if at is None:
            found.append(Voice(answers=answers, count=1))
        else:
            found[at] = Voice(answers=answers, count=found[at].count + 1)
    return tuple(found)


def _settled(known: Known, question: str) -> bool:
    """Whether the people whose answers are known agreed on this question."""
    said = [answers[question] for answers, _ in known.voices if question in answers]
    return all(one == said[0] for one in said)

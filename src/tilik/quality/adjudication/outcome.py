"""The outcome of a task: a pure function of its judgements and of the ruling on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tilik.guideline import Decided, Guideline, decide, decided, hands_back

Answers = Mapping[str, Any]
State = Literal["waiting", "single", "agreed", "contested", "ruled"]
"""Nobody judged it; one person did; all agree on what is decided; they do not; somebody ruled."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``settled`` what is decided, and ``answers`` the answers that say so: of the ruling, else of the first
    judgement; both None while the task waits or is contested."""

    state: State
    settled: Decided | None
    answers: Answers | None


def outcome_of(guideline: Guideline, judgements: Sequence[Answers], ruling: Answers | None = None) -> Outcome:
    """The outcome of judgements in the order in which they came; those that hand the task on do not count."""
    if ruling is not None:
        return Outcome("ruled", settled_by(guideline, ruling), ruling)
    counting = [answers for answers in judgements if not hands_back(guideline, answers)]
    if not counting:
        return Outcome("waiting", None, None)
    said = [settled_by(guideline, answers) for answers in counting]
    if any(one != said[0] for one in said):
        return Outcome("contested", None, None)
    return Outcome("single" if len(said) == 1 else "agreed", said[0], counting[0])


def settled_by(guideline: Guideline, answers: Answers) -> Decided:
    """What these answers settle: the verdict, and each family of labels at a clear level."""
    return decided(guideline, decide(guideline, answers))


def differing(guideline: Guideline, judgements: Sequence[Answers]) -> tuple[int, int]:
    """Where the two judgements stand that an adjudicator is shown: the first, and the first that differs."""
    said = [settled_by(guideline, answers) for answers in judgements]
    other = next((place for place, one in enumerate(said) if one != said[0]), 1)
    return 0, other

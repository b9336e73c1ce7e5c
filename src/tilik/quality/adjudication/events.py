"""What can happen in adjudication: judgements are compared, tasks are taken up and ruled on, rulings are
disputed, marked as precedents."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from tilik.kernel import Span
from tilik.log import Event

SideError = Literal[
    "none", "missed", "over-called", "wrong-label", "wrong-level", "guideline-silent", "technical"
]
"""What went wrong on one side: nothing; it missed something; it saw what is not there; the wrong label; the
wrong level; the guideline does not say; a technical fault kept it from seeing."""

Begun = Literal["a", "b", "own"]
"""From which side's answers a ruling was begun, or from an empty form."""


class JudgementsCompared(Event, type="judgements-compared"):
    """Settled tasks with several judgements, by whether these agree on what is decided."""

    agreed: tuple[str, ...]
    contested: tuple[str, ...]

    def subject(self) -> str:
        """The first of the tasks."""
        return next(iter((*self.contested, *self.agreed)), "")


class AdjudicationLeased(Event, type="adjudication-leased"):
    """An adjudicator has a contested task until a time, with the judgements ``a`` and ``b`` shown under these
    letters; the order is by chance. ``dispute`` is the objection to be ruled on, if it is one."""

    lease: str
    task: str
    person: str
    a: str
    b: str
    until: str
    dispute: str | None = None


class AdjudicationRenewed(Event, type="adjudication-renewed"):
    """The adjudicator is still at work."""

    lease: str
    task: str
    until: str


class AdjudicationReleased(Event, type="adjudication-released"):
    """The adjudicator gave the task back unruled, a conflict of interest for example."""

    lease: str
    task: str


class RulingMark(Span):
    """A span that an adjudicator marked as the reason for an answer."""

    question: str


class AdjudicationRuled(Event, type="adjudication-ruled"):
    """A third person's answers, which settle a contested task.

    ``error_a`` and ``error_b`` say what went wrong on the side shown as A and as B. ``reason`` and ``notes``
    are digests: the texts are erasable rows. ``dispute`` is the objection that this ruling follows from; it
    then stands instead of the ruling before.
    """

    ruling: str
    key: str
    request: str
    task: str
    video: str
    lease: str
    person: str
    guideline: str
    a: str
    b: str
    error_a: SideError
    error_b: SideError
    begun: Begun
    answers: dict[str, JsonValue]
    marks: tuple[RulingMark, ...]
    notes: dict[str, str]
    reason: str
    active_seconds: float
    language: str
    dispute: str | None = None


class DisputeRaised(Event, type="dispute-raised"):
    """A reviewer objects, once, to the ruling that overturned their judgement; ``reason`` is a digest."""

    dispute: str
    key: str
    request: str
    task: str
    ruling: str
    judgement: str
    person: str
    reason: str


class DisputeRuled(Event, type="dispute-ruled"):
    """Somebody who neither judged nor ruled says whether the disputed ruling is upheld; ``answer`` is the
    digest of why. Where it is overturned, their own ruling stands before this event in the log."""

    dispute: str
    key: str
    request: str
    lease: str
    person: str
    upheld: bool
    answer: str


class PrecedentMarked(Event, type="precedent-marked"):
    """A ruling is, or no longer is, an example for others; ``question`` is the question that it is about."""

    ruling: str
    precedent: bool
    question: str | None

"""What can happen to machine answers: they come in, tasks open, are leased, rated, compared, handed back."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from tilik.log import Event

Kind = Literal["rating", "pair"]


class AnswersImported(Event, type="answers-imported"):
    """A set of machine answers is here; ``items`` names its JSON lines among the blobs.

    ``tasks`` names the JSON lines of what is to be judged: single answers, and pairs to the same prompt.
    """

    set: str
    name: str
    guideline: str
    items: str
    tasks: str
    count: int
    wants: int
    seed: int


class AnswerLeased(Event, type="answer-leased"):
    """A person may work on an answer task until a time; ``instead`` of the live one that was next, if any."""

    task: str
    lease: str
    person: str
    until: str
    instead: str | None = None


class AnswerReleased(Event, type="answer-released"):
    """The lease's holder gave the answer task back."""

    task: str
    lease: str


class AnswerJudged(Event, type="answer-judged"):
    """One person's immutable judgement of an answer, or of two side by side.

    ``body`` holds codes, scores and positions; what was written is in erasable rows, whose digests are in
    ``notes``. ``request`` is the digest of the whole request.
    """

    judgement: str
    key: str
    request: str
    task: str
    lease: str
    person: str
    guideline: str
    body: dict[str, JsonValue]
    notes: dict[str, str]
    active_seconds: float
    language: str


class AnswerStopped(Event, type="answer-stopped"):
    """Work on an answer task was stopped: nobody is shown its answers again, in this task or another.

    ``code`` is the escalation; a note is an erasable row, of which ``note`` is the digest.
    """

    escalation: str
    key: str
    request: str
    task: str
    person: str
    code: str
    note: str | None = None

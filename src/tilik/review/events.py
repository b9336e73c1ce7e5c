"""What can happen in review: tasks open, are leased, judged, handed back, or stopped."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from tilik.kernel import Span
from tilik.log import Event

BurstKind = Literal["practice", "test"]


class TasksOpened(Event, type="tasks-opened"):
    """Every draw of the study is now a task, wanting ``wants`` independent judgements."""

    study: str
    wants: int


class TaskLeased(Event, type="task-leased"):
    """A person may work on a task until a time; ``revises`` is their own judgement looked at again.

    ``instead`` is the live task in whose place a gold one is served, ``burst`` the practice or test that
    the person asked for it in.
    """

    task: str
    lease: str
    person: str
    until: str
    revises: str | None = None
    instead: str | None = None
    burst: str | None = None


class BurstStarted(Event, type="burst-started"):
    """A person asked for known items, to practise or to be tested; ``tasks`` in the order of serving.

    ``language`` is the one they work in. The choice was by chance and stands here. A test is of videos in one
    language (``spoken``), or in general.
    """

    burst: str
    person: str
    kind: BurstKind
    guideline: str
    language: str
    tasks: tuple[str, ...]
    spoken: str = ""


class LeaseRenewed(Event, type="lease-renewed"):
    """The lease's holder is still at work."""

    lease: str
    task: str
    until: str


class TaskReleased(Event, type="task-released"):
    """The lease's holder gave the task back unjudged."""

    task: str
    lease: str


class Mark(Span):
    """A span that a person marked as the reason for an answer."""

    question: str


class JudgementSubmitted(Event, type="judgement-submitted"):
    """One person's immutable answers.

    ``notes`` holds digests: the texts are erasable rows. ``request`` is the digest of the whole
    request, so that the same key with another body is told apart from a repetition. ``settles`` is
    false where the guideline says that such an answer hands the task to somebody else. ``p2`` is the chance
    with which the first judgement of a task is followed by a second, and ``again`` whether it is; None where
    the study has no second looks, and of a judgement that is not the first.
    """

    judgement: str
    key: str
    request: str
    task: str
    lease: str
    person: str
    guideline: str
    answers: dict[str, JsonValue]
    marks: tuple[Mark, ...]
    notes: dict[str, str]
    trace: tuple[tuple[float, float, float], ...]
    active_seconds: float
    language: str
    settles: bool
    p2: float | None = None
    again: bool = False


class JudgementRevised(Event, type="judgement-revised"):
    """One person's new answers, which stand instead of their own earlier ones; both stay in the log.

    ``settled_before`` and ``settles`` say whether the superseded and the new answers count as a judgement;
    ``p2`` and ``again`` are as of a judgement submitted.
    """

    judgement: str
    supersedes: str
    key: str
    request: str
    task: str
    lease: str
    person: str
    guideline: str
    answers: dict[str, JsonValue]
    marks: tuple[Mark, ...]
    notes: dict[str, str]
    trace: tuple[tuple[float, float, float], ...]
    active_seconds: float
    language: str
    settled_before: bool
    settles: bool
    p2: float | None = None
    again: bool = False


class WorkStopped(Event, type="work-stopped"):
    """Somebody pressed stop. The record is minimal; ``lock`` hides the video from everyone.

    ``task`` is None where the video was seen outside any task; ``guideline`` is the hash of the version that
    says what ``code`` asks for.
    """

    escalation: str
    key: str
    request: str
    task: str | None
    video: str
    guideline: str
    person: str
    code: str
    at_second: float
    note: str | None
    lock: bool

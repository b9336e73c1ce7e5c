"""What review sends and takes over HTTP. The shape is the same for every task of a kind."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from tilik.access.media_links import MediaLinks
from tilik.access.sessions import Session
from tilik.review.events import Mark
from tilik.review.reopen import Judged
from tilik.review.view import Day, TaskView
from tilik.study.shown import EvidenceView, MediaView, MediaWriter, told


class LeaseView(BaseModel):
    """How long the task is yours."""

    id: str
    until: str


class EarlierView(BaseModel):
    """One's own judgement as it stands, to be looked at again."""

    judgement: str
    answers: dict[str, JsonValue]
    marks: list[Mark]
    notes: dict[str, str]
    trace: list[tuple[float, float, float]]
    active_seconds: float


class TaskOut(BaseModel):
    """A task in the reviewer's hands. ``earlier`` is their own judgement when they look at it again."""

    task: str
    lease: LeaseView
    guideline: str
    blind: bool
    title: str | None
    media: MediaView
    evidence: list[EvidenceView]
    earlier: EarlierView | None


class NextTask(BaseModel):
    """The next task, or why there is none."""

    task: TaskOut | None
    reason: Literal["queue-empty", "enough-held", "not-certified"] | None = None


class HeldTasks(BaseModel):
    """The tasks in the reviewer's hands, the oldest first."""

    tasks: list[TaskOut]


class Holding(BaseModel):
    """The tasks that this browser shows or has loaded already."""

    model_config = ConfigDict(extra="forbid")

    holding: list[str] = Field(default_factory=list, max_length=10)


class LeaseBody(BaseModel):
    """Which lease."""

    model_config = ConfigDict(extra="forbid")

    lease: str


class Until(BaseModel):
    """The lease's new end."""

    until: str


class JudgementReceipt(BaseModel):
    """The judgement is kept. ``repeated``: it had been kept before."""

    judgement: str
    repeated: bool


class StopReceipt(BaseModel):
    """Work on the task is stopped."""

    escalation: str
    repeated: bool


class JudgedView(BaseModel):
    """One of one's last judgements, which can still be changed."""

    judgement: str
    task: str
    title: str | None
    guideline: str
    answers: dict[str, JsonValue]
    submitted_at: str

    @staticmethod
    def of(found: Judged) -> JudgedView:
        """As it is sent."""
        return JudgedView(
            judgement=found.id,
            task=found.task,
            title=found.title or None,
            guideline=found.guideline,
            answers=found.answers,
            submitted_at=found.submitted_at,
        )


class ExposureView(BaseModel):
    """Severity-minutes met in the last hour and today, and the budgets."""

    hour: float
    day: float
    hour_budget: float
    day_budget: float


class HourView(BaseModel):
    """One hour with work in it."""

    start: str
    judged: int
    active_seconds: float


class DayView(BaseModel):
    """One's own day."""

    judged: int
    active_seconds: float
    waiting: int
    exposure: ExposureView
    hours: list[HourView]

    @staticmethod
    def of(day: Day) -> DayView:
        """As it is sent."""
        hours = [HourView(start=start, judged=n, active_seconds=time) for start, n, time in day.hours]
        return DayView(
            judged=day.judged,
            active_seconds=day.active_seconds,
            waiting=day.waiting,
            exposure=ExposureView.model_validate(asdict(day.exposure)),
            hours=hours,
        )


class TaskWriter:
    """Turns a task's view into what is sent, signing links for one session."""

    def __init__(self, links: MediaLinks, session: Session) -> None:
        self._media = MediaWriter(links, session.digest)

    def write(self, view: TaskView) -> TaskOut:
        """The task as it is sent."""
        return TaskOut(
            task=view.task,
            lease=LeaseView(id=view.lease.id, until=view.lease.until),
            guideline=view.guideline,
            blind=view.blind,
            title=view.title or None,
            media=self._media.media(view.task, view.record, view.loudness),
            evidence=told(view.evidence),
            earlier=EarlierView.model_validate(asdict(view.earlier)) if view.earlier else None,
        )

"""What gold sends and takes over HTTP: items for leads, for a reviewer the feedback on their practice."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from tilik.kernel import Estimate
from tilik.quality.gold.events import KnownMark, Pool
from tilik.quality.gold.feedback import Feedback, Side
from tilik.quality.gold.figures import Accuracy
from tilik.quality.gold.view import GoldItem
from tilik.study.known import GoldState


class GoldView(BaseModel):
    """A known item, for leads. ``judged`` counts people; ``stopped`` after stop-work."""

    id: str
    task: str
    video: str
    guideline: str
    pool: Pool
    state: GoldState
    fails: bool
    answers: dict[str, JsonValue]
    source: str
    added_at: str
    stopped: bool
    judged: int

    @staticmethod
    def of(item: GoldItem) -> GoldView:
        """As it is sent."""
        return GoldView(**{name: getattr(item, name) for name in GoldView.model_fields})


class GoldList(BaseModel):
    """Every known item, and the rate at which gold is planted."""

    rate: float
    items: list[GoldView]


class GoldBody(BaseModel):
    """The settled task to make known; ``vouch`` where one judgement alone must do."""

    model_config = ConfigDict(extra="forbid")

    task: str
    pool: Pool = "gold"
    vouch: bool = False


class GoldStateBody(BaseModel):
    """The state to take an item to."""

    model_config = ConfigDict(extra="forbid")

    state: GoldState


class RateBody(BaseModel):
    """The share of requests that a gold task answers."""

    model_config = ConfigDict(extra="forbid")

    rate: float = Field(allow_inf_nan=False)


class SideView(BaseModel):
    """One set of answers, with its marks, reasons, verdict and the rule behind it."""

    answers: dict[str, JsonValue]
    marks: list[KnownMark]
    notes: dict[str, str]
    verdict: str | None
    proposed: str | None
    rule: str | None
    fails: bool

    @staticmethod
    def of(side: Side) -> SideView:
        """As it is sent."""
        marks = [KnownMark(question=one, start=span.start, end=span.end) for one, span in side.marks]
        plain = ("verdict", "proposed", "rule", "fails")
        told = {name: getattr(side, name) for name in plain}
        return SideView(answers=dict(side.answers), marks=marks, notes=dict(side.notes), **told)


class FeedbackView(BaseModel):
    """Own and known answers; ``questions`` says right or wrong, ``spans`` how far the seconds agree."""

    task: str
    guideline: str
    own: SideView
    known: SideView
    questions: dict[str, bool]
    spans: dict[str, float]

    @staticmethod
    def of(found: Feedback) -> FeedbackView:
        """As it is sent."""
        return FeedbackView(
            task=found.task,
            guideline=found.guideline,
            own=SideView.of(found.own),
            known=SideView.of(found.known),
            questions=dict(found.score.questions),
            spans=dict(found.score.spans),
        )


class AccuracyView(BaseModel):
    """One's own accuracy in practice; nobody else can ask for it."""

    judged: int
    sensitivity: Estimate
    specificity: Estimate
    right: Estimate

    @staticmethod
    def of(found: Accuracy) -> AccuracyView:
        """As it is sent."""
        return AccuracyView(**{name: getattr(found, name) for name in AccuracyView.model_fields})

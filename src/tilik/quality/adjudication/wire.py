"""What adjudication sends and takes over HTTP. No name, no time of work, nothing of the sampling."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import BaseModel, ConfigDict, JsonValue

from tilik.kernel import Estimate
from tilik.quality.adjudication.events import RulingMark, SideError
from tilik.quality.adjudication.view import Adjudication, OwnRulings, RulingLine, Side
from tilik.study.shown import EvidenceView, MediaView, MediaWriter, told


class SideView(BaseModel):
    """One set of answers, with its spans and reasons."""

    answers: dict[str, JsonValue]
    marks: list[RulingMark]
    notes: dict[str, str]

    @staticmethod
    def of(side: Side) -> SideView:
        """As it is sent."""
        return SideView.model_validate(asdict(side))


class DisputedView(BaseModel):
    """A disputed ruling, why it was made, and the objection."""

    id: str
    ruling: SideView
    why: str
    objection: str


class AdjudicationOut(BaseModel):
    """A contested task in an adjudicator's hands; ``media`` is None where there is no video."""

    task: str
    lease: str
    until: str
    guideline: str
    title: str | None
    media: MediaView | None
    evidence: list[EvidenceView]
    a: SideView
    b: SideView
    disputed: DisputedView | None

    @staticmethod
    def of(found: Adjudication, writer: MediaWriter) -> AdjudicationOut:
        """As it is sent, with links signed for one session."""
        seen, disputed, task = found.seen, found.disputed, found.lease.task
        return AdjudicationOut(
            task=task,
            lease=found.lease.id,
            until=found.lease.until,
            guideline=found.guideline,
            title=seen.title or None if seen else None,
            media=writer.media(task, seen.record, seen.loudness) if seen else None,
            evidence=told(seen.evidence) if seen else [],
            a=SideView.of(found.a),
            b=SideView.of(found.b),
            disputed=DisputedView.model_validate(asdict(disputed)) if disputed else None,
        )


class NextAdjudication(BaseModel):
    """The next contested task, if one waits for this person; ``waiting`` counts all that wait."""

    task: AdjudicationOut | None
    waiting: int


class LeaseEnd(BaseModel):
    """The lease's new end."""

    until: str


class RulingReceipt(BaseModel):
    """The ruling is kept. ``repeated``: it had been kept before."""

    id: str
    repeated: bool


class OwnRulingView(BaseModel):
    """A ruling that overturned one's own judgement; ``state`` is that of one's objection to it."""

    id: str
    title: str | None
    guideline: str
    ruled_at: str
    mine: dict[str, JsonValue]
    answers: dict[str, JsonValue]
    why: str
    error: SideError | None
    state: str | None
    objection: str
    answer: str
    may_dispute: bool


class OwnRulingsView(BaseModel):
    """One's own overturned work, and the share of adjudicated tasks on which one was right."""

    rulings: list[OwnRulingView]
    accuracy: Estimate

    @staticmethod
    def of(found: OwnRulings) -> OwnRulingsView:
        """As it is sent."""
        rows = [OwnRulingView.model_validate(asdict(one)) for one in found.rulings]
        return OwnRulingsView(rulings=rows, accuracy=found.accuracy)


class RulingLineView(BaseModel):
    """A ruling in the list of all."""

    id: str
    title: str | None
    guideline: str
    ruled_at: str
    answers: dict[str, JsonValue]
    why: str
    error_a: SideError
    error_b: SideError
    stands: bool
    precedent: bool
    question: str | None

    @staticmethod
    def of(found: RulingLine) -> RulingLineView:
        """As it is sent."""
        return RulingLineView.model_validate(asdict(found))


class PrecedentBody(BaseModel):
    """Whether a ruling is a precedent, and on which of its questions."""

    model_config = ConfigDict(extra="forbid")

    precedent: bool
    question: str | None = None

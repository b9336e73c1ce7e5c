"""What a change of the guideline would do: flips, questions never asked, and how every figure moves."""

from __future__ import annotations

import json

from pydantic import BaseModel, Field

from tilik.guideline import Change, Guideline, Text
from tilik.guideline.diffing import Effect, What
from tilik.kernel import Estimate, Json
from tilik.study import State


class VersionView(BaseModel):
    """A guideline version of this workspace."""

    hash: str
    name: str
    version: str
    state: State
    added_at: str
    studies: int


class ChangeView(BaseModel):
    """One difference between two versions; ``before`` and ``after`` as JSON text, empty where absent."""

    what: What
    effect: Effect
    section: str
    where: str
    before: str
    after: str

    @classmethod
    def of(cls, change: Change) -> ChangeView:
        """A difference as the screen gets it."""
        return cls(
            what=change.what,
            effect=change.effect,
            section=change.section,
            where=change.where,
            before=_text(change.before),
            after=_text(change.after),
        )


class FaultView(BaseModel):
    """Why a text cannot be used: the line (from 1), a stable code, and a sentence in both languages."""

    line: int
    code: str
    text: Text


class FindingView(BaseModel):
    """What an author probably did not mean: a place, and a sentence in both languages."""

    code: str
    where: str
    text: Text


class DraftSource(BaseModel):
    """A guideline's text to write on. ``replaces``: the draft that it goes on from, or empty."""

    text: str
    replaces: str


class DraftLook(BaseModel):
    """What there is to say about a text that is being written.

    ``faults`` keep it from being used; without any, ``guideline`` is what it says, ``findings`` what looks
    unintended, ``changes`` the differences from the active version.
    """

    hash: str
    version: str
    faults: list[FaultView]
    findings: list[FindingView]
    changes: list[ChangeView]
    guideline: Guideline | None


class Flip(BaseModel):
    """One judgement that comes to something else; ``labels`` maps code → level before and after."""

    judgement: str
    task: str
    study: str
    video: str
    impressions: float
    verdict_before: str | None
    verdict_after: str | None
    settled: bool
    labels: dict[str, tuple[int, int]]


class VerdictMove(BaseModel):
    """Judgements whose verdict goes from one to another; ``after`` is None where it is not settled."""

    before: str | None
    after: str | None
    judgements: int
    tasks: int
    impressions: float


class LabelMove(BaseModel):
    """Judgements in which the level of a label goes up or down."""

    code: str
    raised: int
    lowered: int
    tasks: int
    impressions: float


class Unasked(BaseModel):
    """A question that the draft asks and that these judgements were never asked."""

    question: str
    judgements: int
    tasks: int


class FigureMove(BaseModel):
    """A study's figure under both versions. ``before`` or ``after`` is None where that version has no such
    verdict or label; ``difference`` is after minus before on the same judged units."""

    code: str
    name: Text
    before: Estimate | None
    after: Estimate | None
    difference: Estimate | None


class StudyMove(BaseModel):
    """One study under the draft. ``flipping``: impression share whose verdict is certain to change;
    ``open``: impression share whose verdict the stored answers do not settle. ``figures`` that move."""

    id: str
    name: str
    guideline: str
    judged: int
    flipping: Estimate
    open: Estimate
    figures: list[FigureMove]
    still: int = Field(description="Figures that stay exactly as they are.")


class Rereview(BaseModel):
    """The smallest re-review for a half-width of the failing share under the draft.

    ``touched``  judged draws with a flip or an open verdict, which are drawn from; ``needed`` of them;
    ``expected`` the half-width then, ``floor`` the one if all were judged again; ``enough`` false where
    even that is wider than asked, because the first sample is too small.
    """

    study: str
    half_width: float
    touched: int
    needed: int
    expected: float
    floor: float
    enough: bool


class Impact(BaseModel):
    """What would change if this version were active. Counts are of stored judgements that stand."""

    draft: VersionView
    judgements: int
    flips: int
    verdict_flips: int
    open: int
    tasks: int
    impressions: float
    effects: dict[Effect, int]
    verdicts: list[VerdictMove]
    labels: list[LabelMove]
    unasked: list[Unasked]
    studies: list[StudyMove]
    rereview: list[Rereview]
    listed: list[Flip]


def _text(value: Json) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

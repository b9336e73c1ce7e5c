"""What calibration sends and takes over HTTP. Nobody's name or pseudonym: a letter, another for each item."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tilik.guideline import Guideline, Text
from tilik.kernel import Estimate
from tilik.privacy import Impersonal
from tilik.quality.calibration.act import USUAL
from tilik.quality.calibration.splitting import FAMILY, VERDICT
from tilik.quality.calibration.view import Line, Session, State
from tilik.study.accepting import FreeText
from tilik.study.shown import MediaView


class SaidView(BaseModel):
    """One vote."""

    letter: str
    says: bool


class RemarkView(BaseModel):
    """Something said; ``letter`` is empty of somebody who did not vote."""

    letter: str
    text: str
    said_at: str


class ItemView(BaseModel):
    """An item as its reader may see it; ``asks`` is the question in both languages."""

    task: str
    question: str
    asks: Text
    state: State
    voted: int
    voted_again: int
    mine: bool | None
    mine_again: bool | None
    before: list[SaidView]
    after: list[SaidView]
    remarks: list[RemarkView]
    says: bool | None
    reason: str


class RoundView(BaseModel):
    """How far people agreed in a round, on the items ruled on; intervals by bootstrap over items."""

    items: int
    people: int
    raw: Estimate
    alpha: Estimate
    gwet: Estimate


SHOWN = ("id", "study", "name", "guideline", "opened_at", "closed_at")


class CalibrationSession(BaseModel):
    """A session; ``before`` the reveal and ``after`` the ruling are null where nothing can be compared."""

    id: str
    study: str
    name: str
    guideline: str
    opened_at: str
    closed_at: str | None
    items: list[ItemView]
    before: RoundView | None
    after: RoundView | None

    @staticmethod
    def of(found: Session, guideline: Guideline) -> CalibrationSession:
        """As it is sent."""
        body = {name: getattr(found, name) for name in SHOWN}
        items = [
            {
                **{name: getattr(one, name) for name in ItemView.model_fields if name != "asks"},
                "asks": asks(guideline, one.question),
            }
            for one in found.items
        ]
        rounds = {"before": found.before, "after": found.after}
        return CalibrationSession.model_validate({**body, "items": items, **rounds}, from_attributes=True)


def asks(guideline: Guideline, question: str) -> Text:
    """The question of an item as a sentence in both languages."""
    if question == VERDICT:
        return Text(id="Apakah video ini tidak layak?", en="Does this video fail?")
    code = question.removeprefix(FAMILY)
    named = next((one.name for one in guideline.families if one.code == code), Text(id=code, en=code))
    return Text(
        id=f"Apakah ada “{named.id}” yang jelas (tingkat 2 ke atas)?",
        en=f"Is “{named.en}” clearly there (level 2 or above)?",
    )


class CalibrationLine(BaseModel):
    """A session in the list of all; ``waiting`` of its items want a vote of whoever asks."""

    id: str
    name: str
    opened_at: str
    closed_at: str | None
    items: int
    ruled: int
    waiting: int

    @staticmethod
    def of(found: Line) -> CalibrationLine:
        """As it is sent."""
        return CalibrationLine.model_validate(found, from_attributes=True)


class CalibrationItemMedia(BaseModel):
    """What is to be watched before one votes."""

    title: str | None
    media: MediaView


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OpenBody(_Body):
    """Which study, and how many items at most."""

    study: Annotated[str, Field(max_length=128)]
    most: int = USUAL


class VoteBody(_Body):
    """Yes or no."""

    says: bool


class RemarkBody(_Body):
    """Something said in the discussion."""

    text: FreeText
    impersonal: Impersonal = False


class CalibrationRuling(_Body):
    """Yes or no, and why."""

    says: bool
    reason: FreeText
    impersonal: Impersonal = False

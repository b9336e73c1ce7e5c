"""What gold among machine answers sends and takes over HTTP: for leads; one's own figures for oneself."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, JsonValue

from tilik.answers.events import Kind
from tilik.answers.gold.figures import Accuracy, Team
from tilik.answers.gold.view import AnswerGold
from tilik.guideline import Text
from tilik.kernel import Estimate
from tilik.study.known import GoldState


class AnswerGoldView(BaseModel):
    """An answer of which is known what to say; ``judged`` counts people; ``stopped`` after stop-work."""

    id: str
    task: str
    kind: Kind
    guideline: str
    state: GoldState
    fails: bool
    answers: dict[str, JsonValue]
    source: str
    added_at: str
    stopped: bool
    judged: int

    @staticmethod
    def of(item: AnswerGold) -> AnswerGoldView:
        """As it is sent."""
        return AnswerGoldView(**{name: getattr(item, name) for name in AnswerGoldView.model_fields})


class AnswerGoldList(BaseModel):
    """Every known answer, and the rate at which gold is planted."""

    rate: float
    items: list[AnswerGoldView]


class AnswerGoldBody(BaseModel):
    """The settled task to make known; ``vouch`` where one judgement alone must do."""

    model_config = ConfigDict(extra="forbid")

    task: str
    vouch: bool = False


class AnswerGoldStateBody(BaseModel):
    """The state to take an item to."""

    model_config = ConfigDict(extra="forbid")

    state: GoldState


class OwnAnswerAccuracy(BaseModel):
    """One's own figures on known answers, up to yesterday; null where nothing was asked."""

    right: Estimate | None
    sensitivity: Estimate | None
    specificity: Estimate | None

    @staticmethod
    def of(found: Accuracy) -> OwnAnswerAccuracy:
        """As it is sent."""
        return OwnAnswerAccuracy(**{name: getattr(found, name) for name in OwnAnswerAccuracy.model_fields})


class AnswerAccuracyView(OwnAnswerAccuracy):
    """One person under their pseudonym."""

    person: str
    pseudonym: str
    simulated: bool

    @staticmethod
    def of(found: Accuracy) -> AnswerAccuracyView:
        """As it is sent."""
        return AnswerAccuracyView(**{name: getattr(found, name) for name in AnswerAccuracyView.model_fields})


class AskedView(BaseModel):
    """Something that figures can be asked of."""

    code: str
    name: Text


class AnswerTeamView(BaseModel):
    """Everybody who was served known answers from ``since`` to ``until``, by pseudonym.

    ``asked`` is what figures can be asked ``of``: verdict, preference, kind, a critical fail, a dimension.
    """

    since: str
    until: str
    of: str
    asked: list[AskedView]
    people: list[AnswerAccuracyView]

    @staticmethod
    def of_team(found: Team) -> AnswerTeamView:
        """As it is sent."""
        return AnswerTeamView(
            since=found.period.first.isoformat(),
            until=found.period.last.isoformat(),
            of=found.of,
            asked=[AskedView(code=code, name=name) for code, name in found.asked.items()],
            people=[AnswerAccuracyView.of(one) for one in found.people],
        )

"""What doubted judgements look like to whoever asks."""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy import Connection

from tilik.guideline import Text
from tilik.kernel import Estimate
from tilik.learn.doubting import doubts
from tilik.learn.rereviewing import Rereview, rereviews
from tilik.log import Blobs
from tilik.measure.facts import gather

LISTED = 200
DEFAULT_TOP = 50


class DoubtView(BaseModel):
    """A judged video: what was said, how far it can be trusted (0..1), whether it is probably wrong."""

    video: str
    said: bool
    trust: float
    doubtful: bool


class QuestionView(BaseModel):
    """A question that judgements can be wrong about: ``fails``, or a label."""

    code: str
    name: Text


class LeftOutView(BaseModel):
    """A column that was not learned from, because it gives the answer away."""

    column: str
    why: list[str]


class DoubtsView(BaseModel):
    """A study's judgements, the least trusted first: the first 200 of ``ranked``; ``doubtful`` are probably
    wrong. ``top`` is how many a re-review may well begin with."""

    study: str
    name: str
    question: str
    questions: list[QuestionView]
    ranked: int
    doubtful: int
    tied: int
    features: list[str]
    texts: list[str]
    leaks: list[LeftOutView]
    listed: list[DoubtView]
    top: int


class RereviewView(BaseModel):
    """A re-review. The shares judged otherwise in the ``top`` of the list, in a control, and the difference,
    are told when nothing waits any more; ``left_out`` videos could not be compared."""

    study: str
    name: str
    question: str
    opened_at: str
    drawn: int
    waiting: int
    left_out: int
    top: Estimate | None
    control: Estimate | None
    gain: Estimate | None

    @classmethod
    def of(cls, one: Rereview) -> RereviewView:
        """As it stands."""
        return cls(
            study=one.study,
            name=one.name,
            question=one.asked.question,
            opened_at=one.opened_at,
            drawn=one.drawn,
            waiting=one.waiting,
            left_out=one.left_out,
            top=one.hits and one.hits.top,
            control=one.hits and one.hits.control,
            gain=one.hits and one.hits.gain,
        )


def show_doubts(connection: Connection, blobs: Blobs, study: str, question: str) -> DoubtsView:
    """The ranked list. Raises what ``doubts`` raises."""
    found = doubts(connection, blobs, study, question)
    facts = gather(connection, blobs, study)
    fails = Text(id="Tidak layak", en="Failing")
    labels = [QuestionView(code=one.code, name=one.name) for one in facts.guideline.labels]
    return DoubtsView(
        study=study,
        name=facts.study.name,
        question=question,
        questions=[QuestionView(code="fails", name=fails), *labels],
        ranked=len(found.listed),
        doubtful=found.doubtful,
        tied=found.tied,
        features=list(found.features),
        texts=list(found.texts),
        leaks=[LeftOutView(column=one.column, why=list(one.why)) for one in found.leaks],
        listed=[
            DoubtView(video=one.video, said=one.said, trust=one.trust, doubtful=one.doubtful)
            for one in found.listed[:LISTED]
        ],
        top=max(1, min(DEFAULT_TOP, len(found.listed) // 4)),
    )


def show_rereviews(connection: Connection, blobs: Blobs, study: str) -> list[RereviewView]:
    """The re-reviews of a study, the newest first."""
    return [RereviewView.of(one) for one in rereviews(connection, blobs, study)]

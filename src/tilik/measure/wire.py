"""What a measurement looks like: every figure with its estimate, and how it was computed."""

from __future__ import annotations

from pydantic import BaseModel, JsonValue

from tilik.guideline import Text
from tilik.kernel import Estimate


class StudyView(BaseModel):
    """A study and how far it has come; counts are of draws, ``simulated`` of judgements."""

    id: str
    name: str
    question: Text
    frame: str
    guideline: str
    design: dict[str, JsonValue]
    budget: int
    seed: int
    drawn: int
    judged: int
    unjudgeable: int
    waiting: int
    stopped: int
    simulated: int


class Figure(BaseModel):
    """One figure. ``truth`` is known only where the population was made up, as in the demo.

    ``beside`` is the same figure from the judged videos alone, where ``estimate`` is helped by a score.
    Where ``estimate`` is corrected for reviewer error by second looks, ``corrected`` is true and ``beside``
    is the figure without the correction; where it could not be, ``uncorrected`` says why.
    """

    code: str
    name: Text
    estimate: Estimate
    beside: Estimate | None = None
    truth: float | None = None
    corrected: bool = False
    uncorrected: Text | None = None


class AsOfView(BaseModel):
    """The point in the log that a measurement describes."""

    seq: int
    hash: str
    at: str


class How(BaseModel):
    """How the figures were computed, in words, with sources."""

    title: Text
    lines: list[Text]
    sources: list[str]


class ScoreView(BaseModel):
    """A score of the frame and the threshold to begin with; ``designed``: the sample was drawn by it."""

    score: str
    threshold: float
    designed: bool


class Classifier(BaseModel):
    """A score at a threshold; ``flagged`` is the frame's share of impressions at or above it, no estimate."""

    score: str
    threshold: float
    flagged: float
    figures: list[Figure]
    as_of: AsOfView
    how: How


class Cell(BaseModel):
    """A level of a domain; ``share`` is its part of the frame's impressions.

    ``estimate`` is None, and ``thin`` says why, where too little was judged.
    """

    level: str
    share: float
    judged: int
    effective: float
    estimate: Estimate | None
    thin: Text | None


class Pivot(BaseModel):
    """The share of failing impressions by the levels of a domain; ``fewest`` judged are needed for each."""

    by: str
    cells: list[Cell]
    fewest: int
    as_of: AsOfView
    how: How


class Measurement(BaseModel):
    """A study's figures. ``overall`` is the impression share of failing videos.

    ``scores`` and ``domains`` are the frame's: what classifiers and pivots there are to ask for.
    """

    study: StudyView
    as_of: AsOfView
    overall: Figure
    verdicts: list[Figure]
    labels: list[Figure]
    scores: list[ScoreView]
    domains: list[str]
    how: How
    simulated: int

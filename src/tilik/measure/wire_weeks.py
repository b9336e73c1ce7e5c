"""What figures over weeks, leaks and thresholds look like on the wire."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from tilik.guideline import Text
from tilik.kernel import Estimate
from tilik.measure.wire import AsOfView, Figure, How


class Week(BaseModel):
    """One period: its study's first figure, beside the period before and the four before.

    ``since_last`` is this period less the one before it; None where either has no point or days lie between.
    ``four`` is the mean of up to four periods before, ``shared`` how many videos both samples hold whose
    chance the interval takes in. ``new_version`` where another guideline decides than in the period before.
    """

    first: date
    last: date
    frame: str
    study: str
    name: str
    guideline: str
    version: str
    judged: int
    simulated: int
    failing: Figure
    since_last: Estimate | None
    four: Estimate | None
    shared: int
    follows: bool
    new_version: bool


class LeftOut(BaseModel):
    """A study that is not in the series, and why."""

    study: str
    name: str
    why: Text


class Weeks(BaseModel):
    """Studies on frames of successive periods, the earliest first."""

    weeks: list[Week]
    left_out: list[LeftOut]
    as_of: AsOfView
    how: How


class Leak(BaseModel):
    """A failing video of the sample that the classifier would let through. ``labels`` at a clear level, or,
    where none is, at all.
    """

    video: str
    impressions: float
    score: float
    verdict: str
    labels: list[str]
    min_age: int | None
    weight: float


class Leakage(BaseModel):
    """What a score lets through at a threshold, the most seen first.

    ``share`` of all impressions is both failing and below the threshold; ``missed`` is that part of what
    fails. ``found`` counts the videos of the sample, of which ``items`` lists the first.
    """

    score: str
    threshold: float
    share: Estimate
    missed: Estimate
    found: int
    items: list[Leak]
    as_of: AsOfView
    how: How


class ThresholdView(BaseModel):
    """What the classifier would do at one threshold. ``flagged`` is counted, the others estimated."""

    threshold: float
    flagged: Estimate
    precision: Estimate
    recall: Estimate


class Thresholds(BaseModel):
    """A score along its thresholds, the highest first; ``stated`` is the one that the design names.

    The intervals of a figure hold at all thresholds together, so the table may be looked through for one.
    """

    score: str
    stated: float
    rows: list[ThresholdView]
    as_of: AsOfView
    how: How

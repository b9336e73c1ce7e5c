"""What the comparison of raters looks like."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from tilik.guideline import Text
from tilik.kernel import Estimate
from tilik.measure import How
from tilik.measure.wire import AsOfView

Kind = Literal["people", "person", "classifier", "machine"]
Against = Literal["outcomes", "others", "gold"]


class Rater(BaseModel):
    """One rater beside what is known. ``name`` is a pseudonym, a score or a machine; empty for all people.

    ``against`` says whose word is the truth: the study's outcomes, those of other people alone, or hidden
    gold. ``answers`` were compared, ``silent`` are those where the rater could not say or said nothing.
    ``why`` says why nothing is known.
    """

    kind: Kind
    name: str
    threshold: float | None = None
    against: Against
    sensitivity: Estimate
    specificity: Estimate
    answers: int
    silent: int
    why: Text | None = None


class OutcomeCounts(BaseModel):
    """What the outcomes of a study rest on, in draws."""

    single: int
    agreed: int
    ruled: int
    contested: int
    waiting: int


class Asked(BaseModel):
    """What may be asked of raters: the verdict, or a family of labels."""

    code: str
    name: Text


class Raters(BaseModel):
    """Raters of any kind side by side, for the verdict or one family of labels (``of``)."""

    study: str
    of: str
    asks: list[Asked]
    raters: list[Rater]
    outcomes: OutcomeCounts
    as_of: AsOfView
    how: How
    simulated: int

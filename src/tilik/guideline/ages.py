"""Age bands, and how a minimum age reads in the schemes that others use."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from tilik.guideline.faults import disagreeing
from tilik.guideline.words import Code, Part, Text

Years = Annotated[int, Field(ge=0, le=120)]


class AgeRange(Part):
    """From ``from`` to ``to`` years, both included; ``to: null`` is open upwards."""

    code: Code
    from_: Years = Field(alias="from")
    to: Years | None
    name: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise disagreeing("band-backwards", code=self.code, last=self.to, first=self.from_)
        return self

    def holds(self, age: int) -> bool:
        """Whether a person of this age (years) belongs to the range."""
        return self.from_ <= age and (self.to is None or age <= self.to)


def _without_gaps(bands: tuple[AgeRange, ...]) -> tuple[AgeRange, ...]:
    if not bands or bands[0].from_ != 0:
        raise disagreeing("bands-from-zero")
    for earlier, later in pairwise(bands):
        if earlier.to is None or later.from_ != earlier.to + 1:
            raise disagreeing("bands-gap", later=later.code, earlier=earlier.code)
    if bands[-1].to is not None:
        raise disagreeing("bands-open", code=bands[-1].code)
    return bands


AgeBands = Annotated[tuple[AgeRange, ...], AfterValidator(_without_gaps)]
"""Bands from 0 upwards, each starting where the one before ends, the last one open."""


class AgeScheme(Part):
    """Age classes of an authority or a platform; ``note`` says how far the read-out can be trusted."""

    code: Code
    name: Text
    note: Text
    classes: Annotated[tuple[AgeRange, ...], Field(min_length=1)]


class AgeReading(Part):
    """A minimum age in one scheme.

    ``code``   the class, or ``None`` where the scheme has none that high;
    ``whole``  whether everybody in the class is old enough; if not, the class is an approximation.
    """

    code: Code | None
    whole: bool


def read_age(scheme: AgeScheme, min_age: int) -> AgeReading:
    """The class that a video suitable from ``min_age`` (years) falls into.

    It is the narrowest class holding that age: the latest to start, then the first to end. A video
    suitable from an age below every class suits them all and reads as the widest of the youngest.
    """
    held = [one for one in scheme.classes if one.holds(min_age)]
    if held:
        best = min(held, key=lambda one: (-one.from_, _end(one)))
    else:
        above = [one for one in scheme.classes if one.from_ > min_age]
        if not above:
            return AgeReading(code=None, whole=False)
        best = min(above, key=lambda one: (one.from_, -_end(one)))
    return AgeReading(code=best.code, whole=best.from_ >= min_age)


def _end(one: AgeRange) -> int:
    return 1000 if one.to is None else one.to

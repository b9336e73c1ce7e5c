"""How units are drawn. A design is data: it is stored, cited by its fields, and never changed."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter, field_validator, model_validator

from tilik.sampling.frozen import Frozen
from tilik.sampling.purposes import PurposesDesign

Allocation = Literal["proportional", "equal", "power", "neyman"]


class PpsDesign(Frozen):
    """Sequential Poisson with probability proportional to ``size`` (a column, usually impressions)."""

    kind: Literal["pps"] = "pps"
    size: str = "impressions"


class SimpleRandomDesign(Frozen):
    """Every video with the same probability, those without impressions too.

    ``size`` is only carried along, for estimates weighted by it. Right for shares of videos; for shares of
    impressions the few heavy videos are mostly missed, and intervals are far too short.
    """

    kind: Literal["simple-random"] = "simple-random"
    size: str = "impressions"


class StratifiedDesign(Frozen):
    """Bands of a classifier score; sequential Poisson by ``size`` inside each.

    ``score``  the score column; ``cuts``  rising band edges in 0..1, a band holds its lower edge;
    ``allocation``  how the budget is shared out: ``proportional`` to the band's size total, ``equal``,
    ``power`` (size total to ``power``), or ``neyman`` (size total × √(p(1-p)), p the band's mean score);
    ``minimum``  units that every band gets at least, or all it has.
    """

    kind: Literal["stratified"] = "stratified"
    size: str = "impressions"
    score: str
    cuts: tuple[float, ...] = (0.1, 0.3, 0.6, 0.9)
    allocation: Allocation = "neyman"
    power: float = Field(default=0.5, ge=0, le=1)
    minimum: int = Field(default=10, ge=2)

    @field_validator("cuts")
    @classmethod
    def _cuts_rise(cls, cuts: tuple[float, ...]) -> tuple[float, ...]:
        if not cuts or any(a >= b for a, b in pairwise(cuts)) or not all(0 < cut < 1 for cut in cuts):
            raise ValueError("cuts must rise strictly and lie between 0 and 1")
        return cuts

    @property
    def strata(self) -> tuple[str, ...]:
        """The bands' names, lowest first, e.g. ``0-0.1``."""
        edges = ["0", *(f"{cut:g}" for cut in self.cuts), "1"]
        return tuple(f"{low}-{high}" for low, high in pairwise(edges))


class ColumnDesign(Frozen):
    """One stratum for each value of a column (language, age band); sequential Poisson by ``size`` inside.

    ``across``: further columns; each combination that the frame has is then a stratum (``id · belajar``). A
    video without a value is in the stratum ``-``. ``least`` names strata that get so many units at least,
    instead of ``minimum``. ``score`` is what ``neyman`` takes its p from; the other fields are as in
    ``StratifiedDesign``.
    """

    kind: Literal["column"] = "column"
    size: str = "impressions"
    column: str
    across: tuple[str, ...] = Field(default=(), max_length=3)
    least: tuple[tuple[str, Annotated[int, Field(ge=2)]], ...] = ()
    score: str | None = None
    allocation: Allocation = "power"
    power: float = Field(default=0.5, ge=0, le=1)
    minimum: int = Field(default=10, ge=2)

    @model_validator(mode="after")
    def _neyman_has_a_score(self) -> ColumnDesign:
        if self.allocation == "neyman" and self.score is None:
            raise ValueError("neyman allocation needs a score")
        return self


class Target(Frozen):
    """A classifier to be measured: its ``score`` column, and the ``threshold`` from which it acts.

    ``recall``  the anticipated recall at the threshold; left out, the score's own: Σ w·p above it over Σ w·p;
    ``calibration``  points (score, chance), rising, of an earlier outcome: the chance of a positive is
    read off the line through them. Left out, the score is taken as the chance.
    """

    score: str
    threshold: float = Field(gt=0, lt=1)
    recall: float | None = Field(default=None, gt=0, lt=1)
    calibration: tuple[tuple[float, float], ...] = ()

    @field_validator("calibration")
    @classmethod
    def _points_rise(cls, points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        if len(points) == 1 or any(a[0] >= b[0] for a, b in pairwise(points)):
            raise ValueError("calibration needs two points or more, with rising scores")
        if not all(0 <= part <= 1 for point in points for part in point):
            raise ValueError("calibration points lie in 0..1")
        return points


class MultiTargetDesign(Frozen):
    """One sample for prevalence, precision and recall of one or several classifiers, and for domains.

    ``defensive``  the part of the sample that is spread by impressions alone, whatever the scores say;
    ``domains``  columns whose values are to be reported each; ``power`` says how much a small value
    matters: 0 as much as the whole, 1 only by its size (Bankier 1988). ``importance`` weighs the relative
    variances of prevalence, precision and recall; precision is the easiest to know and gets less.
    """

    kind: Literal["multi-target"] = "multi-target"
    size: str = "impressions"
    targets: tuple[Target, ...] = Field(min_length=1)
    domains: tuple[str, ...] = ()
    power: float = Field(default=0.5, ge=0, le=1)
    defensive: float = Field(default=0.1, ge=0, le=1)
    importance: tuple[float, float, float] = (1.0, 0.2, 1.0)

    @field_validator("importance")
    @classmethod
    def _something_matters(cls, importance: tuple[float, float, float]) -> tuple[float, float, float]:
        if min(importance) < 0 or importance[0] + importance[2] <= 0:
            raise ValueError("importance is not negative, and prevalence or recall must matter")
        return importance


class FamilyDesign(Frozen):
    """Families of near-duplicates, drawn with probability proportional to their total ``size``.

    ``family``  the column that names a video's family; one without a value is a family of its own;
    ``judge``  ``all`` members of a drawn family, each with the family's π; or ``one``, taken with
    probability proportional to its size, so that its π is the family's times its share of the family: right
    where copies are judged alike. The budget counts families.
    """

    kind: Literal["families"] = "families"
    size: str = "impressions"
    family: str = "family"
    judge: Literal["all", "one"] = "one"


AnyDesign: TypeAlias = (
    PpsDesign
    | StratifiedDesign
    | SimpleRandomDesign
    | ColumnDesign
    | MultiTargetDesign
    | PurposesDesign
    | FamilyDesign
)

Design: TypeAlias = Annotated[AnyDesign, Field(discriminator="kind")]
"""Any shipped design; its JSON carries ``kind``."""

DESIGN: TypeAdapter[AnyDesign] = TypeAdapter(Design)
"""Reads and writes a design as JSON: ``DESIGN.validate_python({"kind": "pps"})``."""

ALL = "all"
"""The one stratum of a design without strata."""

NO_VALUE = "-"
"""The stratum of videos that have no value in the column."""


def strata_of(design: AnyDesign) -> tuple[str, ...]:
    """The names of the design's strata, in order; none for a ``ColumnDesign``, whose frame names them."""
    if isinstance(design, ColumnDesign):
        return ()
    return design.strata if isinstance(design, StratifiedDesign) else (ALL,)


def score_of(design: AnyDesign) -> str | None:
    """The score that strata are made or weighed by."""
    return design.score if isinstance(design, StratifiedDesign | ColumnDesign) else None


def columns_of(design: AnyDesign) -> tuple[str, ...]:
    """The frame columns that the design reads, beside ``video`` and ``prn``."""
    found: list[str | None] = [design.size, score_of(design)]
    if isinstance(design, ColumnDesign):
        found += [design.column, *design.across]
    if isinstance(design, MultiTargetDesign):
        found += [target.score for target in design.targets] + list(design.domains)
    if isinstance(design, PurposesDesign):
        found += [risk.score for part in design.purposes for risk in part.risks]
    if isinstance(design, FamilyDesign):
        found.append(design.family)
    return tuple(dict.fromkeys(name for name in found if name is not None))

"""What a page of a report is made of: points of lines, each with its estimate and the query it comes from."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from tilik.guideline import Text
from tilik.kernel import Estimate
from tilik.measure import Week

Kind = Literal["share", "change", "seconds", "number", "coefficient", "days"]


class Line(BaseModel):
    """One number: an ``estimate``, or ``counted`` where it is known and nothing is estimated.

    ``change`` since the period before; ``query`` the address under ``/api`` that gives it again; ``n`` of
    what was counted.
    """

    name: Text
    query: str
    kind: Kind = "share"
    estimate: Estimate | None = None
    counted: float | None = None
    n: int | None = None
    change: Estimate | None = None


class Grid(BaseModel):
    """Shares by two columns at once; a cell without an estimate is too thin to print."""

    rows: list[Text]
    columns: list[Text]
    cells: list[list[Estimate | None]]
    query: str


class Item(BaseModel):
    """A video by its id and what is said of it; never a picture."""

    video: str
    impressions: float
    score: float
    labels: list[str]
    link: str


class Point(BaseModel):
    """One of the twelve points. ``gaps`` name what is not known here, and what it would take."""

    number: int
    title: Text
    lines: list[Line] = Field(default_factory=list)
    gaps: list[Text] = Field(default_factory=list)
    weeks: list[Week] = Field(default_factory=list)
    grid: Grid | None = None
    items: list[Item] = Field(default_factory=list)


class WeekPage(BaseModel):
    """The whole page, a function of the log position ``log_seq``; ``simulated`` judgements are told on it."""

    first: date
    last: date
    study: str
    name: str
    guideline: str
    version: str
    drawn: int
    judged: int
    simulated: int
    log_seq: int
    log_hash: str
    log_at: str
    points: list[Point]

"""What a design needs to know of the frame before it can draw: each stratum's units, size and ``x``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from tilik.kernel import Invalid, Missing
from tilik.sampling.allocation import Ints, allocate
from tilik.sampling.columns import Columns, Value, six_digits
from tilik.sampling.designs import (
    ALL,
    NO_VALUE,
    AnyDesign,
    ColumnDesign,
    StratifiedDesign,
    score_of,
    strata_of,
)
from tilik.sampling.sizing import Sizing, refuse_many, size_up


class StratumTotals(NamedTuple):
    """A stratum of the frame. ``units`` can be drawn; ``without`` have no size measure and never can.

    ``size`` is the total of the design's size column, ``x`` that of the size measure. ``score`` is the mean
    score by size, 0..1, or ½ for a design without one. ``beyond`` is the part of ``size`` that units hold
    which the size measure leaves out, so that no draw can speak for it.
    """

    name: str
    units: int
    without: int
    size: float
    score: float
    x: float
    beyond: float = 0.0


class Profile(NamedTuple):
    """A frame as a design sees it: its strata, and the constants of its size measure."""

    strata: tuple[StratumTotals, ...]
    sizing: Sizing

    @property
    def names(self) -> tuple[str, ...]:
        """The strata's names, in order."""
        return tuple(stratum.name for stratum in self.strata)


def open_frame(connection: Backend, frame: Path, columns: Sequence[str]) -> ir.Table:
    """The snapshot as an Ibis table. Raises ``Missing``, or ``Invalid`` naming an absent column."""
    if not frame.is_file():
        raise Missing("frame-not-found", "no such frame snapshot", where=str(frame))
    table = connection.read_parquet(str(frame))
    absent = [name for name in ("video", "prn", *columns) if name not in table.columns]
    if absent:
        raise Invalid(
            "frame-columns-missing",
            f"the frame has no column {', '.join(absent)}; it has {', '.join(table.columns)}.",
            where=str(frame),
            mend="Choose another column in the design, or import the frame with it.",
        )
    return table


def stratum_of(design: AnyDesign, columns: Columns) -> Value:
    """The name of each row's stratum; a score on a cut belongs to the band above it."""
    if isinstance(design, ColumnDesign):
        return columns.joined([columns.text(name, NO_VALUE) for name in (design.column, *design.across)])
    if isinstance(design, StratifiedDesign):
        score, names = columns.number(design.score), design.strata
        below = [(score < cut, name) for cut, name in zip(design.cuts, names[:-1], strict=True)]
        return columns.choose(below, names[-1])
    return columns.constant(ALL)


def profile(columns: Columns, design: AnyDesign) -> Profile:
    """The totals of every stratum of the design, in its order: one look, or those of the size measure."""
    sizing, seen = size_up(design, columns)
    if "x" in seen:  # one stratum, and all of it has been seen
        n, held = round(seen["rows"]), round(seen["units"])
        return Profile((StratumTotals(ALL, held, n - held, seen["w"], 0.5, seen["x"]),), sizing)
    x, size = sizing.x(columns), columns.number(design.size)
    scored = score_of(design)
    score = columns.constant(0.5) if scored is None else columns.number(scored)
    one = columns.constant(1.0)
    held = columns.choose([(x > 0, 1.0)], 0.0)
    left_out = size * columns.choose([(x > 0, 0.0)], 1.0)
    values = {"all": one, "units": held, "size": size, "x": x, "scored": size * score, "beyond": left_out}
    found = columns.sums(values, stratum_of(design, columns))
    names = strata_of(design) or _levels(design, found)
    return Profile(tuple(_totals(name, found.get(name)) for name in names), sizing)


def places(design: AnyDesign, totals: Sequence[StratumTotals], budget: int) -> Ints:
    """How many units each stratum gives. Raises ``Invalid`` on a budget that cannot be shared out so."""
    if budget < 1:
        raise Invalid("budget-not-positive", f"a budget is at least 1, not {budget}.")
    units = [stratum.units for stratum in totals]
    if sum(units) == 0:
        raise Invalid("frame-without-size", f"no unit has a positive {design.size}; nothing can be drawn.")
    return allocate([_wanted(design, stratum) for stratum in totals], units, budget, _minimum(design, totals))


def _minimum(design: AnyDesign, totals: Sequence[StratumTotals]) -> int | list[int]:
    """What each stratum gets at least. Raises ``Invalid`` for a stratum that the frame does not have."""
    if not isinstance(design, ColumnDesign) or not design.least:
        return design.minimum if isinstance(design, StratifiedDesign | ColumnDesign) else 0
    least = dict(design.least)
    unknown = sorted(set(least) - {stratum.name for stratum in totals})
    if unknown:
        raise Invalid("stratum-missing", f"the frame has no stratum {unknown[0]!r}", where="least")
    return [max(design.minimum, least.get(stratum.name, 0)) for stratum in totals]


def _levels(design: AnyDesign, found: dict[str, dict[str, float]]) -> tuple[str, ...]:
    column = design.column if isinstance(design, ColumnDesign) else ""
    refuse_many(column, len(found))
    long = [name for name in found if len(name) > 64]
    if long:
        raise Invalid("stratum-name-long", f"{long[0][:64]}… is too long a name for a stratum", where=column)
    return tuple(sorted(found))


def _wanted(design: AnyDesign, stratum: StratumTotals) -> float:
    """The claim of a stratum, to 6 digits: engines add doubles in any order, the shares must not feel it."""
    size = stratum.x
    if isinstance(design, StratifiedDesign | ColumnDesign):
        p = round(stratum.score, 6)
        size = {
            "proportional": size,
            "equal": 1.0 if size > 0 else 0.0,
            "power": size**design.power,
            "neyman": size * (p * (1 - p)) ** 0.5,
        }[design.allocation]
    return six_digits(size)


def _totals(name: str, row: dict[str, float] | None) -> StratumTotals:
    if row is None:
        return StratumTotals(name, 0, 0, 0.0, 0.5, 0.0)
    size, units = row["size"], round(row["units"])
    mean = row["scored"] / size if size > 0 else 0.5
    score, without = min(1.0, max(0.0, mean)), round(row["all"]) - units
    return StratumTotals(name, units, without, size, score, row["x"], row["beyond"])

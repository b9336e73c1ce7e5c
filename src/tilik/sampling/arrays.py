"""The shipped designs on numpy arrays: for simulation, and for frames that fit in memory.

The same allocation, random numbers and inclusion probabilities as the Ibis path, id for id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Invalid
from tilik.sampling.columns import ArrayColumns
from tilik.sampling.designs import AnyDesign, FamilyDesign, columns_of, score_of
from tilik.sampling.families import Families, families_of, stand_ins
from tilik.sampling.numbers import draw_numbers
from tilik.sampling.poisson import Floats, Index, sequential_poisson
from tilik.sampling.profile import StratumTotals, places, profile, stratum_of


class ArrayDraw(NamedTuple):
    """Drawn units: ``units`` (positions in the frame), ``pi``, ``stratum`` (code), all of one length."""

    units: Index
    pi: Floats
    stratum: NDArray[np.intp]


@dataclass(frozen=True)
class ArrayFrame:
    """A frame laid out by stratum, so that many draws need no further look at the scores.

    ``size`` holds the size measure of each stratum's members, whatever the design makes it of; where
    families are drawn they are the members, and ``families`` says which videos are theirs.
    """

    design: AnyDesign
    totals: tuple[StratumTotals, ...]
    members: tuple[Index, ...]
    size: tuple[Floats, ...]
    prn: tuple[Floats, ...]
    families: Families | None = None
    weight: Floats | None = None

    def draw(self, budget: int, seed: int | None) -> ArrayDraw:
        """One draw; rows must have been in order of id for the same ties as the Ibis path."""
        parts = []
        for code, n in enumerate(places(self.design, self.totals, budget)):
            u = draw_numbers(self.prn[code], seed)
            drawn = sequential_poisson(self.size[code], u, int(n))
            parts.append((self.members[code][drawn.units], drawn.pi, np.full(drawn.units.size, code)))
        units, pi, stratum = (np.concatenate(column) for column in zip(*parts, strict=True))
        if self.families is None or self.weight is None:
            return ArrayDraw(units, pi, stratum)
        return self._videos(units, pi, seed)

    def _videos(self, drawn: Index, pi: Floats, seed: int | None) -> ArrayDraw:
        """The videos to judge of the drawn families."""
        assert self.families is not None
        assert self.weight is not None
        place = np.full(self.families.first.size, -1, dtype=np.intp)
        place[drawn] = np.arange(drawn.size)
        held = np.flatnonzero(place[self.families.code] >= 0)
        of = place[self.families.code[held]]
        if isinstance(self.design, FamilyDesign) and self.design.judge == "one":
            names = self.families.names[drawn].tolist()
            taken, share = stand_ins(of, self.weight[held], names, seed)
            return ArrayDraw(held[taken], pi * share, np.zeros(taken.size, dtype=np.intp))
        return ArrayDraw(held, pi[of], np.zeros(held.size, dtype=np.intp))


def lay_out(
    design: AnyDesign,
    size: Floats,
    prn: Floats,
    score: Floats | None = None,
    columns: Mapping[str, NDArray[Any]] | None = None,
) -> ArrayFrame:
    """Prepare a frame given as arrays in order of id.

    ``score`` is the one score of a stratified design; other columns that the design reads go into
    ``columns`` by name. Raises ``Invalid`` where one is missing.
    """
    held = {design.size: size, **(columns or {})}
    named = score_of(design)
    if named is not None and score is not None:
        held[named] = score
    absent = [name for name in columns_of(design) if name not in held]
    if absent:
        raise Invalid("frame-columns-missing", f"the design reads {', '.join(absent)}, which is not given")
    if isinstance(design, FamilyDesign):
        return _families_laid_out(design, size, prn, held)
    table = ArrayColumns(held)
    found = profile(table, design)
    x, stratum = found.sizing.x(table), stratum_of(design, table)
    members = tuple(np.flatnonzero(stratum == name) for name in found.names)
    return ArrayFrame(
        design=design,
        totals=found.strata,
        members=members,
        size=tuple(x[at] for at in members),
        prn=tuple(prn[at] for at in members),
    )


def _families_laid_out(
    design: FamilyDesign, size: Floats, prn: Floats, columns: Mapping[str, NDArray[Any]]
) -> ArrayFrame:
    if "video" not in columns:
        raise Invalid("frame-columns-missing", "a draw of families reads video, which is not given")
    families = families_of(columns[design.family].tolist(), columns["video"].tolist())
    total = np.bincount(families.code, weights=size).astype(float)
    found = profile(ArrayColumns({design.size: total}), design)
    everything = np.arange(total.size)
    return ArrayFrame(
        design=design,
        totals=found.strata,
        members=(everything,),
        size=(total,),
        prn=(prn[families.first],),
        families=families,
        weight=size,
    )

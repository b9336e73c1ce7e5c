"""Draw a sample from a frame snapshot: one Ibis expression per design, the same ids on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tilik.sampling.allocation import Ints
from tilik.sampling.columns import IbisColumns, double
from tilik.sampling.designs import AnyDesign, FamilyDesign, columns_of
from tilik.sampling.families import gathered, members
from tilik.sampling.numbers import draw_number_expression
from tilik.sampling.profile import Profile, open_frame, places, profile, stratum_of
from tilik.sampling.settle import PART, DrawTable, settle

WIDENINGS = 6
"""How often the bound on keys is widened before none is set."""


def draw(frame: Path, design: AnyDesign, budget: int, seed: int | None = None) -> DrawTable:
    """Draw ``budget`` units, or all that have a size where there are no more.

    Deterministic in (frame, design, budget, seed); a bigger budget contains the smaller one's units.
    Raises ``Missing``, or ``Invalid`` on a column that is not there or a budget below the strata's minima.
    """
    connection = ibis.duckdb.connect()
    try:
        return draw_rows(open_frame(connection, frame, columns_of(design)), design, budget, seed)
    finally:
        connection.disconnect()


def draw_rows(table: ir.Table, design: AnyDesign, budget: int, seed: int | None = None) -> DrawTable:
    """:func:`draw` from an Ibis table with ``video`` and ``prn``, on whichever engine holds it.

    Every engine gives the same units and probabilities, to the last bit. Raises as ``draw`` does.
    """
    units = units_of(table, design)
    known = profile(IbisColumns(units), design)
    n = places(design, known.strata, budget)
    found = _smallest(units, design, known, n, seed)
    held = None
    if isinstance(design, FamilyDesign):
        held = members(table, found["family"].to_pylist(), design)
    return settle(found, design, known.strata, n, budget=budget, seed=seed, members=held)


def units_of(table: ir.Table, design: AnyDesign) -> ir.Table:
    """What is drawn: the rows of the frame, or its families."""
    return gathered(table, design) if isinstance(design, FamilyDesign) else table


def draw_expression(
    table: ir.Table, design: AnyDesign, known: Profile, bounds: Sequence[float], seed: int | None
) -> ir.Table:
    """The units whose key is within the bound of their stratum: one scan, no sort, no memory but the result.

    ``table`` is what :func:`units_of` gives, ``known`` what :func:`tilik.sampling.profile.profile` finds in
    it. Any Ibis backend can run it.
    """
    columns = IbisColumns(table)
    parts = {PART + name: size for name, size in known.sizing.parts(columns).items()}
    eligible = table.select(
        "video",
        "prn",
        *(["family"] if isinstance(design, FamilyDesign) else []),
        stratum=stratum_of(design, columns),
        size=columns.number(design.size),
        x=known.sizing.x(columns),
        u=draw_number_expression(table["prn"], seed),
        **parts,
    ).filter(lambda t: t["x"] > 0)
    keyed = eligible.mutate(key=lambda t: t["u"] / t["x"])
    bound = [
        (keyed["stratum"] == name, double(min(value, 1e300)))
        for name, value in zip(known.names, bounds, strict=True)
    ]
    return keyed.filter(keyed["key"] <= ibis.cases(*bound))


def _smallest(table: ir.Table, design: AnyDesign, known: Profile, n: Ints, seed: int | None) -> pa.Table:
    """The ``n_h + 1`` smallest keys of every stratum, the last of each being its threshold τ.

    Twice the key expected at ``n_h`` nearly always suffices; where it does not, the bound is widened.
    """
    wanted = np.minimum(n + 1, [stratum.units for stratum in known.strata])
    bounds = np.array(
        [2 * (count + 10) / max(stratum.x, 1e-290) for count, stratum in zip(n, known.strata, strict=True)]
    )
    for attempt in range(WIDENINGS):
        found = draw_expression(table, design, known, bounds.tolist(), seed).to_pyarrow()
        stratum = np.asarray(found["stratum"].to_pylist(), dtype=str)
        short = np.array([(stratum == name).sum() for name in known.names]) < wanted
        if not short.any():
            break
        bounds[short] = np.inf if attempt == WIDENINGS - 2 else bounds[short] * 8
    return _first(found, stratum, known, wanted)


def _first(found: pa.Table, stratum: NDArray[np.str_], known: Profile, wanted: Ints) -> pa.Table:
    order = np.lexsort((np.asarray(found["video"].to_pylist(), dtype=str), found["key"].to_numpy()))
    kept = [order[stratum[order] == name][:count] for name, count in zip(known.names, wanted, strict=True)]
    return found.take(np.concatenate(kept))

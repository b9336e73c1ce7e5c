"""From the smallest keys of every stratum to a draw: thresholds, probabilities, ranks, serving order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from tilik.kernel import canonical
from tilik.sampling.allocation import Ints
from tilik.sampling.designs import AnyDesign, Design, FamilyDesign
from tilik.sampling.families import spread_out
from tilik.sampling.numbers import serving_number
from tilik.sampling.poisson import Floats, inclusion
from tilik.sampling.profile import StratumTotals
from tilik.sampling.purposes import PurposesDesign, drawn_for

PART = "part:"
"""Before a purpose's name: the column of what that purpose alone would draw by."""

BEYOND = "out-of-reach"
"""The stratum of what has impressions and is never drawn."""

EXTRA = ("purpose", "purposes", "family")


class StratumDrawn(BaseModel):
    """A stratum of a draw. ``size`` is the frame total of the size column (impressions); ``tau`` the
    threshold on the keys (None: all units drawn); ``without_size`` the units that could not be drawn, and
    ``beyond`` what they hold of ``size``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    units: int
    without_size: int
    size: float
    drawn: int
    certain: int
    tau: float | None
    beyond: float = 0.0


class DrawSummary(BaseModel):
    """What was drawn. ``without_size`` units have no size measure (no impressions), so π = 0.

    A unit is a video, or a family where families are drawn; ``videos`` are to be judged.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    design: Design
    budget: int
    seed: int | None
    drawn: int
    videos: int
    units: int
    without_size: int
    certain: int
    strata: tuple[StratumDrawn, ...]

    @property
    def totals(self) -> dict[str, float]:
        """Frame total of the size in each stratum: what ``stats.hajek_ratio`` takes as ``totals``.

        What no draw by this design can reach, such as videos that none of several purposes asks for, is a
        stratum of its own, of which nothing is ever judged: no share of the whole frame gets a point then.
        """
        found = {stratum.name: stratum.size - stratum.beyond for stratum in self.strata}
        beyond = sum(stratum.beyond for stratum in self.strata)
        return found | {BEYOND: beyond} if beyond > 0 else found


@dataclass(frozen=True)
class DrawTable:
    """A draw. Columns of ``table``, in serving order:

    ``sequence`` 1..n, the order in which tasks are served (random, unrelated to size, stable per id);
    ``video``; ``pi``; ``weight`` = 1/π; ``stratum``; ``prn`` the frame's permanent random number;
    ``u`` the draw's own; ``size`` the size column (impressions); ``x`` the design's size measure, the same
    as ``size`` for designs by size alone; ``key`` = u/x; ``rank`` 1.. by key within the stratum: a
    smaller budget's draw is the units of lower rank. A design of several purposes adds ``purpose``, the one
    that asked most for the unit, and ``purposes``, JSON of all that drew it, each with its own π; ``pi`` is
    the joint one. A draw of families adds ``family``; there ``x``, ``u``, ``key`` and ``rank`` are the
    family's, ``pi`` and ``size`` the video's.
    """

    table: pa.Table
    summary: DrawSummary


def settle(
    found: pa.Table,
    design: AnyDesign,
    totals: Sequence[StratumTotals],
    n: Ints,
    *,
    budget: int,
    seed: int | None,
    members: pa.Table | None = None,
) -> DrawTable:
    """``found`` holds the ``n_h + 1`` smallest keys of every stratum; ``members`` those of drawn families."""
    found = found.sort_by([("key", "ascending"), ("video", "ascending")])
    stratum = np.asarray(found["stratum"].to_pylist(), dtype=str)
    x, key = found["x"].to_numpy(), found["key"].to_numpy()
    rank, pi = np.zeros(x.size, dtype=np.int64), np.zeros(x.size)
    strata = []
    for known, count in zip(totals, n, strict=True):
        at = np.flatnonzero(stratum == known.name)
        tau = float(key[at[count]]) if at.size > count else np.inf
        rank[at], pi[at] = np.arange(1, at.size + 1), inclusion(x[at], tau)
        pi[at[count:]] = 0.0
        strata.append(_stratum(known, pi[at[:count]], tau))
    held = found.append_column("pi", pa.array(pi)).append_column("rank", pa.array(rank))
    drawn = held.take(np.flatnonzero(pi > 0))
    if isinstance(design, PurposesDesign):
        drawn = _with_purposes(drawn, design, strata[0].tau)
    if members is not None and isinstance(design, FamilyDesign):
        drawn = spread_out(drawn, members, design, seed)
    summary = _summary(design, strata, drawn.num_rows, budget=budget, seed=seed)
    return DrawTable(_in_serving_order(drawn, seed), summary)


def _with_purposes(drawn: pa.Table, design: PurposesDesign, tau: float | None) -> pa.Table:
    """``purpose`` that asked most for each unit, and ``purposes``: all that drew it, each with its π."""
    own = np.column_stack([drawn[PART + name].to_numpy() for name in design.names])
    limit = np.inf if tau is None else tau
    found = [
        drawn_for(design.names, sizes, u, limit)
        for sizes, u in zip(own.tolist(), drawn["u"].to_numpy().tolist(), strict=True)
    ]
    first = [design.names[at] for at in own.argmax(axis=1)]
    texts = [canonical(dict(one)).decode() for one in found]
    return drawn.append_column("purpose", pa.array(first)).append_column("purposes", pa.array(texts))


def _stratum(known: StratumTotals, pi: Floats, tau: float) -> StratumDrawn:
    return StratumDrawn(
        name=known.name,
        units=known.units,
        without_size=known.without,
        size=known.size,
        drawn=pi.size,
        certain=int((pi == 1).sum()),
        tau=tau if np.isfinite(tau) else None,
        beyond=known.beyond,
    )


def _in_serving_order(drawn: pa.Table, seed: int | None) -> pa.Table:
    serving = [serving_number(video, seed) for video in drawn["video"].to_pylist()]
    order = np.argsort(np.asarray(serving), kind="stable")
    ordered = drawn.take(order)
    pi = ordered["pi"].to_numpy()
    columns = {
        "sequence": np.arange(1, order.size + 1),
        "video": ordered["video"],
        "pi": pi,
        "weight": 1 / pi,
        **{name: ordered[name] for name in ("stratum", "prn", "u", "size", "x", "key", "rank")},
        **{name: ordered[name] for name in EXTRA if name in ordered.column_names},
    }
    return pa.table(columns)


def _summary(
    design: AnyDesign, strata: list[StratumDrawn], videos: int, *, budget: int, seed: int | None
) -> DrawSummary:
    return DrawSummary(
        design=design,
        budget=budget,
        seed=seed,
        drawn=sum(stratum.drawn for stratum in strata),
        videos=videos,
        units=sum(stratum.units for stratum in strata),
        without_size=sum(stratum.without_size for stratum in strata),
        certain=sum(stratum.certain for stratum in strata),
        strata=tuple(strata),
    )

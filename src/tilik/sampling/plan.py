"""What a design and a budget would buy, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
from pydantic import BaseModel, ConfigDict

from tilik.sampling.allocation import Ints
from tilik.sampling.columns import IbisColumns
from tilik.sampling.designs import AnyDesign, Design, MultiTargetDesign, columns_of, score_of
from tilik.sampling.draw import units_of
from tilik.sampling.outlook import Outlook, asked_of, lay_cells, outlooks, target_outlooks
from tilik.sampling.poisson import target_tau
from tilik.sampling.profile import Profile, open_frame, places, profile, stratum_of

PREVALENCES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)


class PlannedStratum(BaseModel):
    """Units and share of impressions in the frame, units to be drawn, of them certain, guessed prevalence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    units: int
    without_size: int
    share: float
    n: int
    certain: int
    guess: float | None


class Plan(BaseModel):
    """A design at a budget: its strata and its outlooks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    design: Design
    budget: int
    n: int
    without_size: int
    strata: tuple[PlannedStratum, ...]
    outlooks: tuple[Outlook, ...]

    def stratum_rows(self) -> list[tuple[str, ...]]:
        """Rows for a table: stratum, units, share of impressions, n, certain, guessed prevalence."""
        return [
            (
                stratum.name,
                f"{stratum.units:,}",
                f"{stratum.share:.1%}",
                f"{stratum.n:,}",
                f"{stratum.certain:,}",
                "–" if stratum.guess is None else f"{stratum.guess:.1%}",
            )
            for stratum in self.strata
        ]

    def outlook_rows(self) -> list[tuple[str, ...]]:
        """Rows for a table: source, prevalence, effective n, expected interval, half-width."""
        return [
            (
                outlook.source,
                f"{outlook.prevalence:.2%}",
                f"{outlook.n_eff:,.0f}",
                f"{outlook.low:.2%} – {outlook.high:.2%}",
                f"± {outlook.half_width:.2%}",
            )
            for outlook in self.outlooks
        ]


def plan(frame: Path, design: AnyDesign, budget: int, *, prevalences: Sequence[float] = PREVALENCES) -> Plan:
    """Expected sizes and precision; nothing is drawn. Raises as :func:`tilik.sampling.draw` does.

    At a prevalence q a unit's chance to be positive is its score with the log-odds shifted until the mean
    by impressions is q (q itself for a design without a score); the variance is the design's over that.
    A multi-target design is planned with the difference estimator that it is made for.
    """
    connection = ibis.duckdb.connect()
    try:
        table = units_of(open_frame(connection, frame, columns_of(design)), design)
        known = profile(IbisColumns(table), design)
        n = places(design, known.strata, budget)
        largest = largest_sizes(table, design, known, n)
        tau = [
            target_tau(sizes, stratum.x, int(count))
            for sizes, stratum, count in zip(largest, known.strata, n, strict=True)
        ]
        expected = _expected(table, design, known, tau, int(n.sum()), prevalences)
    finally:
        connection.disconnect()
    certain = [int((sizes * t >= 1).sum()) for sizes, t in zip(largest, tau, strict=True)]
    return Plan(
        design=design,
        budget=budget,
        n=int(n.sum()),
        without_size=sum(stratum.without for stratum in known.strata),
        strata=_strata(design, known, n, certain),
        outlooks=tuple(expected),
    )


def largest_sizes(table: ir.Table, design: AnyDesign, known: Profile, n: Ints) -> list[np.ndarray]:
    """The n_h + 1 largest size measures of every stratum, falling."""
    columns = IbisColumns(table)
    sized = table.select(x=known.sizing.x(columns), stratum=stratum_of(design, columns))
    return [
        sized.filter((sized["stratum"] == name) & (sized["x"] > 0))
        .order_by(ibis.desc("x"))
        .limit(int(count) + 1)
        .select("x")
        .to_pyarrow()["x"]
        .to_numpy()
        for name, count in zip(known.names, n, strict=True)
    ]


def _expected(
    table: ir.Table,
    design: AnyDesign,
    known: Profile,
    tau: Sequence[float],
    n: int,
    prevalences: Sequence[float],
) -> list[Outlook]:
    if not isinstance(design, MultiTargetDesign):
        cells = lay_cells(table, design, known, tau, score_of(design), 0.5)
        return outlooks(cells, design, n, asked_of(design, known, prevalences))
    found: list[Outlook] = []
    for target in design.targets:
        cells = lay_cells(table, design, known, tau, target.score, target.threshold)
        mean = float(cells.size @ cells.score / cells.size.sum())
        asked = asked_of(design, known, prevalences, mean)
        found += target_outlooks(cells, n, asked, target.score)
    return found


def _strata(design: AnyDesign, known: Profile, n: Ints, certain: Sequence[int]) -> tuple[PlannedStratum, ...]:
    whole = sum(stratum.size for stratum in known.strata)
    return tuple(
        PlannedStratum(
            name=stratum.name,
            units=stratum.units,
            without_size=stratum.without,
            share=stratum.size / whole,
            n=int(count),
            certain=sure,
            guess=None if score_of(design) is None else stratum.score,
        )
        for stratum, count, sure in zip(known.strata, n, certain, strict=True)
    )

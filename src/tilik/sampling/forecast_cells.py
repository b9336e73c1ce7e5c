"""The frame as a forecast needs it: sums by stratum, score, side of the threshold and domain, in one scan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from tilik.sampling.columns import IbisColumns, double
from tilik.sampling.designs import NO_VALUE, AnyDesign, Target
from tilik.sampling.poisson import Floats
from tilik.sampling.profile import Profile, stratum_of

CELLS = 1000


class ForecastCells(NamedTuple):
    """Cells of alike videos. Over a cell's videos, with π their probability and w their impressions:

    ``size`` Σw; ``drawn`` Σπ; ``squares`` Σw²(1-π)/π, ``cross`` Σw(1-π), ``open_`` Σπ(1-π): what the variance
    of a sample with these π is made of. ``score`` is the mean by w; ``above`` whether the classifier acts.
    """

    size: Floats
    drawn: Floats
    squares: Floats
    cross: Floats
    open_: Floats
    score: Floats
    above: NDArray[np.bool_]
    stratum: NDArray[np.intp]
    level: NDArray[np.str_]

    def at(self, level: str) -> ForecastCells:
        """The cells of one value of the domain."""
        keep = self.level == level
        return ForecastCells(*(part[keep] for part in self))


def forecast_cells(
    table: ir.Table,
    design: AnyDesign,
    known: Profile,
    tau: Sequence[float],
    target: Target,
    domain: str | None,
) -> ForecastCells:
    """One scan. Cells are finer near a score of 0, where most videos are."""
    columns, names = IbisColumns(table), known.names
    stratum = stratum_of(design, columns)
    limits = [(stratum == name, double(min(t, 1e300))) for name, t in zip(names, tau, strict=True)]
    x, w, s = known.sizing.x(columns), columns.number(design.size), columns.number(target.score)
    laid = table.select(
        x=x,
        w=w,
        s=s,
        pi=ibis.least(double(1.0), x * ibis.cases(*limits)),
        stratum=stratum,
        cell=(s.sqrt() * CELLS).floor(),
        above=s >= target.threshold,
        level=columns.constant("") if domain is None else columns.text(domain, NO_VALUE),
    ).filter(lambda t: (t["x"] > 0) & (t["w"] > 0))
    found = (
        laid.group_by(["stratum", "cell", "above", "level"])
        .aggregate(
            size=lambda t: t["w"].sum(),
            drawn=lambda t: t["pi"].sum(),
            squares=lambda t: (t["w"] * t["w"] * (1 - t["pi"]) / t["pi"]).sum(),
            cross=lambda t: (t["w"] * (1 - t["pi"])).sum(),
            open_=lambda t: (t["pi"] * (1 - t["pi"])).sum(),
            score=lambda t: (t["w"] * t["s"]).sum(),
        )
        .order_by(["stratum", "cell", "above", "level"])
        .to_pyarrow()
    )
    held = {name: np.asarray(found[name].to_pylist()) for name in found.column_names}
    code = np.array([names.index(name) for name in held["stratum"].tolist()], dtype=np.intp)
    return ForecastCells(
        held["size"],
        held["drawn"],
        held["squares"],
        held["cross"],
        held["open_"],
        held["score"] / held["size"],
        held["above"].astype(bool),
        code,
        held["level"].astype(str),
    )


def chances(cells: ForecastCells, target: Target, prevalence: float | None) -> Floats:
    """Each cell's chance to be positive: the score, or what earlier outcomes made of it.

    Where a prevalence is stated the log-odds are shifted until the mean by impressions is that.
    """
    from scipy.optimize import brentq  # noqa: PLC0415 (half a second, and only a forecast needs it)

    p = cells.score
    if target.calibration:
        scores, found = zip(*target.calibration, strict=True)
        p = np.interp(p, scores, found)
    p = np.clip(p, 1e-6, 1 - 1e-6)
    if prevalence is None:
        return p
    odds, weight = logit(p), cells.size / cells.size.sum()
    shift = brentq(lambda a: float(weight @ expit(odds + a)) - prevalence, -60.0, 60.0)
    return np.asarray(expit(odds + shift))

"""The precision that a design can expect: its variance under a chance to be positive for every video."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy.special import expit, logit

from tilik.sampling.columns import IbisColumns, double
from tilik.sampling.designs import AnyDesign, MultiTargetDesign, score_of
from tilik.sampling.poisson import Floats
from tilik.sampling.profile import Profile, stratum_of
from tilik.stats import korn_graubard

CELLS = 1000


class Outlook(BaseModel):
    """What to expect at one prevalence: effective n and the 95 % interval around the expected ``value``.

    ``source`` is ``score`` where the prevalence is the mean score by impressions (a guess: scores are
    seldom calibrated), ``stated`` where it was given. ``of`` is ``prevalence``, ``precision`` or ``recall``;
    ``score`` the classifier meant, where the design has several targets.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    prevalence: float
    n_eff: float
    low: float
    high: float
    of: str = "prevalence"
    score: str = ""
    value: float

    @property
    def half_width(self) -> float:
        """Half the interval's length, in the value's own unit."""
        return (self.high - self.low) / 2


class Cells(NamedTuple):
    """The frame by stratum, score cell and side of a threshold.

    ``size`` is the total of w, ``spread`` that of ``w²(1-π)/π``; ``stratum`` a code, ``score`` a mid-point.
    """

    size: Floats
    spread: Floats
    stratum: NDArray[np.intp]
    score: Floats
    above: Floats


def lay_cells(
    table: ir.Table,
    design: AnyDesign,
    known: Profile,
    tau: Sequence[float],
    score: str | None,
    threshold: float,
) -> Cells:
    """One scan; scores are gathered into a thousand cells. Without a score all videos are alike."""
    columns, names = IbisColumns(table), known.names
    stratum = stratum_of(design, columns)
    limit = ibis.cases(
        *[(stratum == name, double(min(t, 1e300))) for name, t in zip(names, tau, strict=True)]
    )
    x, w = known.sizing.x(columns), columns.number(design.size)
    pi = ibis.least(double(1.0), x * limit)
    value = double(0.5) if score is None else columns.number(score)
    found = (
        table.select(
            w=w, x=x, v=w * w * (1 - pi) / pi, stratum=stratum, cell=(value * CELLS).floor(), s=value
        )
        .filter(lambda t: t["x"] > 0)
        .group_by(["stratum", "cell", (ibis._["s"] >= threshold).name("above")])
        .aggregate(size=lambda t: t["w"].sum(), spread=lambda t: t["v"].sum())
        .filter(lambda t: t["size"] > 0)
        .order_by(["stratum", "cell", "above"])
        .to_pyarrow()
    )
    middle = (found["cell"].to_numpy().astype(float) + 0.5) / CELLS
    return Cells(
        found["size"].to_numpy(),
        found["spread"].to_numpy(),
        np.array([names.index(name) for name in found["stratum"].to_pylist()], dtype=np.intp),
        np.minimum(middle, 1 - 0.5 / CELLS),
        np.asarray(found["above"].to_pylist(), dtype=float),
    )


def outlooks(cells: Cells, design: AnyDesign, n: int, asked: Sequence[tuple[str, float]]) -> list[Outlook]:
    """The prevalence of all videos at every level asked about, each with its source."""
    assisted = isinstance(design, MultiTargetDesign)
    return [
        _outlook("prevalence", source, q, q, _variance(cells, q, assisted=assisted), n, "")
        for source, q in asked
    ]


def target_outlooks(cells: Cells, n: int, asked: Sequence[tuple[str, float]], score: str) -> list[Outlook]:
    """Prevalence, precision and recall of one classifier at every prevalence asked about."""
    found: list[Outlook] = []
    for source, q in asked:
        p, whole = _chances(cells, q), float(cells.size.sum())
        noise = cells.spread * p * (1 - p)
        flagged = float(cells.size @ cells.above)
        hits = float((cells.size * p) @ cells.above)
        recall = hits / (q * whole)
        found.append(_outlook("prevalence", source, q, q, float(noise.sum()) / whole**2, n, score))
        if flagged > 0:
            spread = float(noise @ cells.above) / flagged**2
            found.append(_outlook("precision", source, q, hits / flagged, spread, n, score))
        miss = float(noise @ (cells.above - recall) ** 2) / (q * whole) ** 2
        found.append(_outlook("recall", source, q, recall, miss, n, score))
    return found


def asked_of(
    design: AnyDesign, known: Profile, prevalences: Sequence[float], mean: float | None = None
) -> list[tuple[str, float]]:
    """The prevalences to look at: the score's own mean where there is one, then the stated ones."""
    stated = [("stated", q) for q in prevalences]
    if mean is None and score_of(design) is None:
        return stated
    if mean is None:
        whole = sum(stratum.size for stratum in known.strata)
        mean = sum(stratum.size * stratum.score for stratum in known.strata) / whole
    return [("score", mean), *stated]


def _chances(cells: Cells, prevalence: float) -> Floats:
    """Each cell's chance to be positive: the score with its log-odds shifted to meet the prevalence."""
    from scipy.optimize import brentq  # noqa: PLC0415 (half a second, and only a plan needs it)

    odds = logit(cells.score)
    weight = cells.size / cells.size.sum()
    shift = brentq(lambda a: float(weight @ expit(odds + a)) - prevalence, -60.0, 60.0)
    return np.asarray(expit(odds + shift))


def _variance(cells: Cells, prevalence: float, *, assisted: bool) -> float:
    """``Σ w²(1-π)/π · E(y - m)² / W²``; m is the stratum's mean, or the video's own where a model assists."""
    chance = _chances(cells, prevalence)
    total = np.bincount(cells.stratum, weights=cells.size)
    centre = np.bincount(cells.stratum, weights=cells.size * chance) / np.where(total > 0, total, 1)
    away = 0.0 if assisted else chance - centre[cells.stratum]
    return float(cells.spread @ (chance * (1 - chance) + away**2)) / float(cells.size.sum()) ** 2


def _outlook(of: str, source: str, q: float, value: float, variance: float, n: int, score: str) -> Outlook:
    low = high = value
    n_eff = float(n)
    if variance > 0 and 0 < value < 1:
        n_eff = value * (1 - value) / variance
        low, high = korn_graubard(value, n_eff, n=n, df=max(1, n - 1))
    return Outlook(
        source=source, prevalence=q, n_eff=n_eff, low=low, high=high, of=of, score=score, value=value
    )

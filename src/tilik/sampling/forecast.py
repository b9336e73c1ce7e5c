"""Several designs and budgets beside each other, before anything is drawn: the half-widths to expect.

A forecast is the variance of the estimator that the product uses, the model-assisted difference on the two
sides of a threshold with power-tuned λ, under each video's chance to be positive. With ``r = y - λs - m`` and
a sample of probabilities π it is, in each stratum, ``Σ w²(1-π)/π·E r² - (Σ w(1-π)·E r)² / Σ π(1-π)``:
Brewer's form, in expectation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import log
from pathlib import Path
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import numpy as np

from tilik.kernel import Invalid
from tilik.sampling.columns import IbisColumns
from tilik.sampling.designs import AnyDesign, Design, FamilyDesign, Target, columns_of
from tilik.sampling.draw import units_of
from tilik.sampling.forecast_cells import ForecastCells, chances, forecast_cells
from tilik.sampling.frozen import Frozen
from tilik.sampling.plan import largest_sizes
from tilik.sampling.poisson import Floats, target_tau
from tilik.sampling.profile import open_frame, places, profile
from tilik.sampling.sizing import refuse_many
from tilik.stats import Interval, korn_graubard, mid_p, wilson

FEWEST_POSITIVES = 5
"""What stands behind a precision or recall that is printed; as in the estimates."""

FIGURES = ("prevalence", "precision", "recall")
MOST_TUNING = 2.0


class Expected(Frozen):
    """A figure as a design and budget would give it. ``design`` is its label, ``score`` the classifier's.

    ``column`` and ``level`` name a domain, or are empty for the whole frame. ``positives`` are those to be
    expected among the judged; ``thin``: too few for a point, so that only bounds would be printed.
    """

    design: str
    budget: int
    score: str
    of: str
    column: str
    level: str
    value: float
    low: float
    high: float
    positives: float
    thin: bool

    @property
    def half_width(self) -> float:
        """Half the interval's length."""
        return (self.high - self.low) / 2

    @property
    def relative(self) -> float:
        """The half-width as a part of the value."""
        return self.half_width / self.value if self.value > 0 else float("inf")


class Best(Frozen):
    """The design that is narrowest for a budget. ``narrower`` is how many times narrower the mean (geometric)
    interval of its figures is than that of the widest design.
    """

    budget: int
    design: str
    narrower: float


class Forecast(Frozen):
    """Designs by label, what to expect of each, the best for each budget, and who cannot be reported."""

    designs: dict[str, Design]
    prevalence: float | None
    expected: tuple[Expected, ...]
    best: tuple[Best, ...]

    @property
    def thin(self) -> tuple[Expected, ...]:
        """Figures that would be refused for want of positives."""
        return tuple(one for one in self.expected if one.thin)


class _Side(NamedTuple):
    size: float
    positives: float
    variance: float
    hits: float


def label(design: AnyDesign) -> str:
    """What a design is called in a forecast: its kind, and its allocation where it has one."""
    allocation = getattr(design, "allocation", None)
    return design.kind if allocation is None else f"{design.kind}, {allocation}"


def forecast(
    frame: Path,
    designs: Sequence[AnyDesign],
    budgets: Sequence[int],
    targets: Sequence[Target],
    *,
    domains: Sequence[str] = (),
    prevalence: float | None = None,
) -> Forecast:
    """What each design would give at each budget for each target, overall and in each value of the domains.

    A video's chance to be positive is its score, or what a target's ``calibration`` by earlier outcomes makes
    of it, shifted to the stated ``prevalence`` (by impressions, 0..1) where there is one. Raises as
    :func:`tilik.sampling.draw` does, and ``Invalid`` without targets.
    """
    if not targets:
        raise Invalid(
            "forecast-without-target", "a forecast needs a score and its threshold", where="--score"
        )
    named = {label(design): design for design in designs}
    found: list[Expected] = []
    for (name, design), budget in product(named.items(), budgets):
        found += _expected(frame, design, budget, targets, tuple(domains), prevalence, name)
    return Forecast(
        designs=named,
        prevalence=prevalence,
        expected=tuple(found),
        best=tuple(_best(found, budget) for budget in budgets),
    )


def _expected(
    frame: Path,
    design: AnyDesign,
    budget: int,
    targets: Sequence[Target],
    domains: tuple[str, ...],
    prevalence: float | None,
    name: str,
) -> Iterator[Expected]:
    connection = ibis.duckdb.connect()
    try:
        scores = tuple(target.score for target in targets)
        columns = dict.fromkeys((*columns_of(design), *scores, *domains))
        table = _units(open_frame(connection, frame, tuple(columns)), design, scores, domains)
        known = profile(IbisColumns(table), design)
        n = places(design, known.strata, budget)
        largest = largest_sizes(table, design, known, n)
        tau = [
            target_tau(sizes, stratum.x, int(count))
            for sizes, stratum, count in zip(largest, known.strata, n, strict=True)
        ]
        for target, domain in product(targets, (None, *domains)):
            cells = forecast_cells(table, design, known, tau, target, domain)
            levels = [""] if domain is None else sorted(set(cells.level.tolist()))
            refuse_many(domain or "", len(levels))
            p = chances(cells, target, prevalence)
            for level in levels:
                on = cells.level == level
                part = cells.at(level)
                for of, value, ends, hits in figures(part, p[on]):
                    yield Expected(
                        design=name,
                        budget=budget,
                        score=target.score,
                        of=of,
                        column=domain or "",
                        level=level,
                        value=value,
                        low=ends.low,
                        high=ends.high,
                        positives=hits,
                        thin=of != "prevalence" and hits < FEWEST_POSITIVES,
                    )
    finally:
        connection.disconnect()


def _units(table: ir.Table, design: AnyDesign, scores: Sequence[str], domains: Sequence[str]) -> ir.Table:
    """What is drawn; a family with its mean score by impressions, and the greatest of its domain values."""
    if not isinstance(design, FamilyDesign):
        return table
    own = table[design.family].cast("string").fill_null(table["video"])
    w = table[design.size].cast("float64")
    laid = table.select(
        **{name: table[name] for name in domains},
        **{f"w:{name}": table[name] * w for name in scores},
        own=own,
        w=w,
    )
    carried = laid.group_by("own").aggregate(
        **{name: laid[name].max() for name in domains if name != design.family},
        **{name: (laid[f"w:{name}"].sum() / laid["w"].sum()).fill_null(0) for name in scores},
    )
    units = units_of(table, design)
    return units.join(carried, units["family"] == carried["own"]).drop("own")


def figures(cells: ForecastCells, p: Floats) -> Iterator[tuple[str, float, Interval, float]]:
    """Prevalence, precision and recall with the interval to expect and the positives behind each."""
    above, below = _side(cells, p, cells.above), _side(cells, p, ~cells.above)
    whole, found = above.size + below.size, above.positives + below.positives
    n, hits = float(cells.drawn.sum()), above.hits + below.hits
    if whole == 0 or n == 0:
        return
    variance = (above.variance + below.variance) / whole**2
    yield "prevalence", found / whole, _ends("prevalence", found / whole, variance, n), hits
    if above.size > 0:
        value = above.positives / above.size
        yield "precision", value, _ends("precision", value, above.variance / above.size**2, n), above.hits
    recall = above.positives / found
    spread = ((1 - recall) ** 2 * above.variance + recall**2 * below.variance) / found**2
    yield "recall", recall, _ends("recall", recall, spread, n), hits


def _side(cells: ForecastCells, p: Floats, on: np.ndarray) -> _Side:
    w, squares = cells.size * on, cells.squares * on
    size = float(w.sum())
    if size == 0:
        return _Side(0.0, 0.0, 0.0, 0.0)
    mean_p, mean_s = float(w @ p) / size, float(w @ cells.score) / size
    centred = cells.score - mean_s
    spread = float(squares @ centred**2)
    tuning = float(squares @ (centred * (p - mean_p))) / spread if spread > 0 else 0.0
    tuning = min(MOST_TUNING, max(0.0, tuning))
    away = p - mean_p - tuning * centred
    each = np.bincount(cells.stratum, weights=squares * (p * (1 - p) + away**2))
    cross = np.bincount(cells.stratum, weights=cells.cross * on * away)
    open_ = np.bincount(cells.stratum, weights=cells.open_)
    taken = cross**2 / np.where(open_ > 0, open_, 1)
    variance = float(np.maximum(each - taken, 0).sum())
    return _Side(size, float(w @ p), variance, float((cells.drawn * on) @ p))


def _ends(of: str, p: float, variance: float, n: float) -> Interval:
    if variance <= 0 or not 0 < p < 1:
        return Interval(p, p)
    n_eff = p * (1 - p) / variance
    if of == "prevalence":
        return mid_p(p * n_eff, n_eff)
    if of == "precision":
        return korn_graubard(p, n_eff, n=max(2, round(n)), df=max(1, round(n) - 1))
    return wilson(p, n_eff)


def _best(found: Sequence[Expected], budget: int) -> Best:
    """By the mean log of relative half-widths of what can be printed, over the same figures for all."""
    here = [one for one in found if one.budget == budget]
    names = list(dict.fromkeys(one.design for one in here))
    thin = {_key(one) for one in here if one.thin or not 0 < one.relative < float("inf")}
    usable = [one for one in here if _key(one) not in thin] or here
    means = {
        name: float(np.mean([log(max(one.relative, 1e-9)) for one in usable if one.design == name]))
        for name in names
    }
    first = min(names, key=lambda name: means[name])
    return Best(budget=budget, design=first, narrower=float(np.exp(max(means.values()) - means[first])))


def _key(one: Expected) -> tuple[str, str, str, str]:
    return one.score, one.of, one.column, one.level

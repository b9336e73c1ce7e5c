"""Does a score mean what it says: observed shares in bins of the score, and how far they lie from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import JsonValue
from scipy.special import ndtri

from tilik.kernel import Estimate, Invalid
from tilik.stats.bootstrap import replicates
from tilik.stats.domain import domain_share
from tilik.stats.estimate import Inputs, hajek_mean
from tilik.stats.sample import Floats, Sample, make_sample, make_values

FEWEST_UNITS = 5


class CalibrationBin(NamedTuple):
    """Scores from ``low`` to below ``high`` (the last bin with it): mean score and share of positives."""

    low: float
    high: float
    predicted: Estimate
    observed: Estimate


class Calibration(NamedTuple):
    """The curve, its root mean square error, and the mean of outcome less score (``bias``)."""

    bins: tuple[CalibrationBin, ...]
    error: Estimate
    bias: Estimate


def equal_bins(score: ArrayLike, bins: int = 10) -> list[float]:
    """Edges from 0 to 1 that share the judged units out evenly; fewer bins where scores repeat."""
    if bins < 1:
        raise Invalid("bins-too-few", f"{bins} bins cannot hold anything")
    inner = np.quantile(np.asarray(score, dtype=float), np.arange(1, bins) / bins, method="higher")
    return [0.0, *sorted({float(edge) for edge in inner if 0 < edge < 1}), 1.0]


def calibration(
    y: ArrayLike,
    score: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    edges: Sequence[float],
    families: ArrayLike | None = None,
    of: str = "{}",
    draws: int = 1000,
    seed: int = 0,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Calibration:
    """Shares of ``measure`` by bin of the score, each with its own interval; ``of`` has a place for the name.

    ``edges`` rise from 0 to 1. ``error`` is ``√(Σ W_b (ȳ_b - s̄_b)²/W)`` less what the judgements' own noise
    adds to it (Kumar, Liang & Ma 2019), with an interval by the rescaled bootstrap. Differences inside a bin
    are not seen, so it is a lower bound of the error of the score itself. A bin with fewer than five judged
    units gets bounds and no point. Raises ``Invalid``.
    """
    sample = make_sample(measure, pi, strata, None, families)
    values = make_values(y, sample, proportion=True)
    scores = make_values(score, sample, proportion=True)
    if sample.n < 2:
        raise Invalid("sample-too-small", "calibration needs at least two judged units")
    cuts = _edges(edges)
    code = np.clip(np.searchsorted(cuts, scores, side="right") - 1, 0, cuts.size - 2)
    bins = tuple(
        CalibrationBin(
            float(cuts[b]),
            float(cuts[b + 1]),
            _share(scores, code == b, sample, of.format(f"score in bin {b + 1}"), level, inputs),
            _share(values, code == b, sample, of.format(f"positives in bin {b + 1}"), level, inputs),
        )
        for b in range(cuts.size - 1)
    )
    bias = hajek_mean(
        values - scores,
        sample.measure,
        sample.pi,
        sample.stratum,
        families=sample.family,
        of=of.format("outcome less score"),
        inputs=inputs,
        level=level,
    )
    told: dict[str, JsonValue] = {**(inputs or {}), "bins": len(bins), "draws": draws, "seed": seed}
    squared = _squared(values, scores, code, len(bins), sample, draws, seed)
    return Calibration(bins, _error(squared, sample, of.format("calibration error"), level, told), bias)


class _Squared(NamedTuple):
    """The mean squared gap: as it stands, what of it is noise, and its standard error."""

    plain: float
    noise: float
    error: float


def _squared(
    y: Floats, score: Floats, code: NDArray[np.intp], bins: int, sample: Sample, draws: int, seed: int
) -> _Squared:
    def gaps(g: Floats) -> tuple[Floats, Floats]:
        size = np.bincount(code, weights=g, minlength=bins)
        sums = np.bincount(code, weights=g * (y - score), minlength=bins)
        return size / g.sum(), sums / np.where(size > 0, size, 1)

    share, gap = gaps(sample.expanded)
    again = [gaps(g) for g in replicates(sample, draws, seed)]
    moved = np.array([one[1] for one in again])
    variance = moved.var(axis=0, ddof=1)
    added = 0.0
    for b in np.flatnonzero(share > 0):
        on = code == b
        if np.ptp(y[on]) == 0:
            # Outcomes that agree show no spread. The score says how much there would be if it were right.
            variance[b] = max(variance[b], _supposed(score, on, sample))
            added += share[b] ** 2 * (4 * gap[b] ** 2 * variance[b] + 2 * variance[b] ** 2)
    spread = float(np.var([w @ d**2 for w, d in again], ddof=1))
    return _Squared(float(share @ gap**2), float(share @ variance), (spread + added) ** 0.5)


def _supposed(score: Floats, on: NDArray[np.bool_], sample: Sample) -> float:
    g = sample.expanded * on
    noise = g * np.sqrt((1 - sample.pi) * score * (1 - score))
    return float((sample.by_family(noise) ** 2).sum() / g.sum() ** 2)


def _error(found: _Squared, sample: Sample, of: str, level: float, told: dict[str, JsonValue]) -> Estimate:
    """Normal ends, the lower one for the square; the upper one for the error itself, which is less skewed.

    ``(E + z·s/2E)² = E² + z·s + (z·s/2E)²``, where the last part is kept finite as E nears 0.
    """
    centre, half = found.plain - found.noise, float(ndtri(0.5 + level / 2)) * found.error
    square = max(0.0, centre)
    skew = half**2 / (4 * max(square, half)) if half > 0 else 0.0
    low, value, high = (max(0.0, end) ** 0.5 for end in (centre - half, centre, square + half + skew))
    g = sample.by_family(sample.expanded)
    told = {**told, "uncorrected": found.plain**0.5, "standard_error_of_square": found.error}
    return Estimate(
        value=value,
        low=low,
        high=high,
        n=sample.n,
        n_eff=float(g.sum() ** 2 / (g @ g)) if g.any() else 0.0,
        method="binned-rms-less-noise+rao-wu",
        of=of,
        level=level,
        inputs=told,
    )


def _share(
    values: Floats, on: NDArray[np.bool_], sample: Sample, of: str, level: float, inputs: Inputs | None
) -> Estimate:
    found = domain_share(
        values,
        on,
        sample.measure,
        sample.pi,
        sample.stratum,
        families=sample.family,
        of=of,
        inputs=inputs,
        level=level,
        interval="half-positive",
    )
    n = int(on.sum())
    if n >= FEWEST_UNITS:
        return found
    told = {**found.inputs, "refused": f"{n} judged units stand behind it, and a point needs {FEWEST_UNITS}"}
    return found.model_copy(update={"value": None, "inputs": told, "method": f"{found.method}+too-few-units"})


def _edges(edges: Sequence[float]) -> Floats:
    cuts = np.asarray(edges, dtype=float)
    if cuts.ndim != 1 or cuts.size < 2 or cuts[0] != 0 or cuts[-1] != 1 or np.any(np.diff(cuts) <= 0):
        raise Invalid("bins-unfit", "the edges of bins must rise from 0 to 1", mend="Give 0,0.1,…,1.")
    return cuts

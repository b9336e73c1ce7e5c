"""Sensitivity and specificity of any rater beside known outcomes, design-weighted. Pure.

One estimator for all, so that they can be compared: Hájek's ratio among the videos that truly are positive,
and among those that are not. A row is one answer of one rater; several answers about one video are one
cluster, since they stand or fall with it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Estimate
from tilik.stats import recall, specificity
from tilik.stats.estimate import Inputs, nothing_known
from tilik.stats.intervals import IntervalKind

Floats = NDArray[np.float64]
HALF: IntervalKind = "half-positive"
METHOD = f"hajek+{HALF}"


class Beside(NamedTuple):
    """Answers beside outcomes; arrays have a row for each known outcome and answer.

    ``true`` and ``said`` 0/1, ``said`` NaN where the rater said nothing; ``measure`` is the row's share of
    the video's impressions, ``pi`` in (0, 1] the chance that the outcome is known, ``strata`` and
    ``clusters`` are names.
    """

    true: Floats
    said: Floats
    measure: Floats
    pi: Floats
    strata: NDArray[np.str_]
    clusters: NDArray[np.str_]


class Sides(NamedTuple):
    """The two sides of a rater's error."""

    sensitivity: Estimate
    specificity: Estimate


def sides(rows: Beside, *, of: str, inputs: Inputs | None = None) -> Sides:
    """Both rates with their intervals; ``of`` is a phrase with ``{}`` for the rate's name.

    Rows without an answer stay in the variance and in neither rate. Raises ``Invalid`` on arrays that cannot
    be such a sample.
    """
    names = of.format("sensitivity"), of.format("specificity")
    told = np.isfinite(rows.said)
    if not told.any():
        return Sides(*(unknown(name, inputs) for name in names))
    said = np.where(told, rows.said, 0.0)
    found = recall(
        np.where(told, rows.true, 0.0),
        said,
        rows.measure,
        rows.pi,
        rows.strata,
        families=rows.clusters,
        of=names[0],
        inputs=inputs,
        interval=HALF,
    )
    left = specificity(
        np.where(told, rows.true, 1.0),
        said,
        rows.measure,
        rows.pi,
        rows.strata,
        families=rows.clusters,
        of=names[1],
        inputs=inputs,
        interval=HALF,
    )
    return Sides(found, left)


def unknown(of: str, inputs: Inputs | None = None) -> Estimate:
    """Nothing is known: no point, and bounds from 0 to 1."""
    return nothing_known(0, method=METHOD, of=of, level=0.95, inputs=inputs)

"""How far two values disagree: a table ``D`` with 0 on the diagonal and 1 as its greatest, never built
where a closed form serves. Every coefficient is made of ``r'Dr`` within units and ``Dp`` between shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Invalid
from tilik.stats.agreement.codes import Entries, Floats, summed
from tilik.stats.agreement.ratings import Ratings

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = get_args(Metric)
MOST = 4096


class Scale(Protocol):
    """A table of disagreements between categories."""

    def pairs(self, entries: Entries, sizes: Floats) -> Floats:
        """Disagreement summed over the ordered pairs of labels of each unit: ``r'Dr``."""
        ...

    def apply(self, shares: Floats) -> Floats:
        """``Dp`` along the last axis."""
        ...


@dataclass(frozen=True)
class Nominal:
    """1 between any two different values."""

    def pairs(self, entries: Entries, sizes: Floats) -> Floats:
        same = summed(entries.unit, entries.times**2, sizes.size)
        return np.asarray(sizes**2 - same)

    def apply(self, shares: Floats) -> Floats:
        return np.asarray(shares.sum(axis=-1, keepdims=True) - shares)


@dataclass(frozen=True, eq=False)
class Squares:
    """The squared difference of the values' positions ``at``."""

    at: Floats

    def pairs(self, entries: Entries, sizes: Floats) -> Floats:
        at = self.at[entries.value]
        first = summed(entries.unit, entries.times * at, sizes.size)
        second = summed(entries.unit, entries.times * at**2, sizes.size)
        return np.maximum(2 * (sizes * second - first**2), 0.0)

    def apply(self, shares: Floats) -> Floats:
        whole = shares.sum(axis=-1, keepdims=True)
        mean = (shares @ self.at)[..., np.newaxis]
        square = (shares @ self.at**2)[..., np.newaxis]
        return np.asarray(self.at**2 * whole - 2 * self.at * mean + square)


@dataclass(frozen=True, eq=False)
class Table:
    """Any symmetric table."""

    table: Floats

    def pairs(self, entries: Entries, sizes: Floats) -> Floats:
        """Meets each value of a unit with the next one, the one after that, …: no pair is kept in memory."""
        whole = np.zeros(sizes.size)
        unit, value, count = entries
        for lag in range(1, unit.size):
            near = np.flatnonzero(unit[lag:] == unit[:-lag])
            if not near.size:
                break
            apart = self.table[value[near], value[near + lag]] * count[near] * count[near + lag]
            whole += summed(unit[near], 2 * apart, sizes.size)
        return whole

    def apply(self, shares: Floats) -> Floats:
        return np.asarray(shares @ self.table)


def weighting(ratings: Ratings, metric: Metric) -> Scale:
    """The scale as disagreement weights (Gwet 2014, ch. 3): identity, ordinal, quadratic, ratio.

    Raises ``Invalid`` for an order that is not known, values that are no numbers, or negative ratios.
    """
    if metric == "nominal":
        return Nominal()
    if metric == "interval":
        at = scores(ratings, metric)
        return Squares((at - at.mean()) / _positive(np.ptp(at)))
    _refuse_many(ratings.categories)
    if metric == "ratio":
        return Table(_ratio(scores(ratings, metric)))
    require_order(ratings)
    step = np.abs(np.subtract.outer(np.arange(ratings.categories), np.arange(ratings.categories)))
    return Table(step * (step + 1) / _positive(ratings.categories * (ratings.categories - 1)))


def mid_ranks(marginal: Floats) -> Squares:
    """Krippendorff's ordinal metric: squared distance of the values' mid-ranks among all labels.

    His ``Σ_{g=c..k} n_g - (n_c + n_k)/2`` is the difference of the mid-ranks ``N_{<c} + n_c/2``.
    """
    return Squares((np.cumsum(marginal) - marginal / 2) / marginal.sum() - 0.5)


def scores(ratings: Ratings, metric: Metric) -> Floats:
    """The values as numbers. Raises ``Invalid`` where they are words."""
    if ratings.scores is None:
        raise Invalid(
            "values-not-numbers",
            f"the {metric} metric needs numbers, not {', '.join(ratings.names[:3])}",
            mend="use the nominal metric, or name the categories in order and use the ordinal one",
        )
    return ratings.scores


def require_order(ratings: Ratings) -> None:
    """Raises ``Invalid`` where nobody said in which order the categories stand."""
    if not ratings.ordered:
        raise Invalid(
            "order-unknown",
            f"the order of {', '.join(ratings.names[:3])} is not known",
            mend="name all categories, lowest first",
        )


def _ratio(at: Floats) -> Floats:
    if (at < 0).any():
        raise Invalid("ratio-negative", "the ratio metric needs values of 0 or more", mend="use interval")
    above: NDArray[np.float64] = np.add.outer(at, at)
    apart = (np.subtract.outer(at, at) / np.where(above > 0, above, 1.0)) ** 2
    return np.asarray(apart / _positive(float(apart.max(initial=0.0))))


def _refuse_many(categories: int) -> None:
    if categories > MOST:
        raise Invalid(
            "categories-too-many",
            f"{categories} different values are too many for this metric; the most is {MOST}",
            mend="use the interval metric, or round the values",
        )


def _positive(value: float) -> float:
    return float(value) if value > 0 else 1.0

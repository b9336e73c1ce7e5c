"""Coefficients whose chance agreement comes from all labels together: Gwet, Fleiss, Brennan-Prediger, raw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from tilik.stats.agreement.codes import Floats, summed
from tilik.stats.agreement.parts import Parts
from tilik.stats.agreement.ratings import Ratings
from tilik.stats.agreement.scales import Metric, Scale, weighting

Chance = Literal["gwet", "fleiss", "brennan-prediger", "raw"]


@dataclass(frozen=True, eq=False)
class Pooled:
    """Observed disagreement is the mean over units of that between two of their people; expected depends on
    ``chance`` and the shares ``π`` of the categories, where each unit, not each label, counts its weight.

    gwet: ``1 - T/(q(q-1))·Σπ(1-π)`` with T the sum of agreement weights (AC1, AC2; Gwet 2008, 2014);
    fleiss: ``π'Dπ`` (Fleiss 1971); brennan-prediger: ``ΣD/q²`` (1981); raw: 1.
    """

    ratings: Ratings
    scale: Scale
    chance: Chance

    @property
    def weight(self) -> Floats:
        """The rated units' design weights."""
        return self.ratings.weight

    def parts(self, weight: Floats, square: Floats) -> Parts:
        """Observed and expected disagreement under these weights."""
        del square
        pairable, within = self._within
        seen = float(weight @ pairable)
        observed = float(weight @ within) / seen if seen > 0 else np.nan
        return Parts(observed, self._chance(self._shares(weight))[0])

    def slopes(self, weight: Floats, square: Floats) -> tuple[Floats, Floats]:
        """Derivatives by unit; a unit with one label moves only what is expected."""
        observed = self.parts(weight, square).observed
        pairable, within = self._within
        d_observed = (within - observed * pairable) * float(weight.sum()) / float(weight @ pairable)
        shares = self._shares(weight)
        slope = self._chance(shares)[1]
        return d_observed, self._mean(slope) - float(slope @ shares)

    def published(self, influence: Floats, parts: Parts) -> Floats:
        """Gwet's formula takes the share of units with two labels or more as fixed (see ``singles``)."""
        return singles(self.ratings, influence, parts)

    @cached_property
    def _within(self) -> tuple[Floats, Floats]:
        sizes = self.ratings.sizes
        pairs = np.maximum(sizes * (sizes - 1), 1.0)
        return (sizes >= 2).astype(float), self.scale.pairs(self.ratings.entries, sizes) / pairs

    @cached_property
    def _fractions(self) -> Floats:
        return self.ratings.entries.times / self.ratings.sizes[self.ratings.entries.unit]

    @cached_property
    def _all(self) -> float:
        """The sum of the table of disagreements."""
        return float(self.scale.apply(np.ones(self.ratings.categories)).sum())

    def _shares(self, weight: Floats) -> Floats:
        found = self.ratings.entries
        total = summed(found.value, weight[found.unit] * self._fractions, self.ratings.categories)
        return np.asarray(total / weight.sum())

    def _mean(self, by_value: Floats) -> Floats:
        found = self.ratings.entries
        return summed(found.unit, self._fractions * by_value[found.value], self.ratings.units)

    def _chance(self, shares: Floats) -> tuple[float, Floats]:
        """Expected disagreement, and its slope by each share."""
        q = self.ratings.categories
        if self.chance == "fleiss":
            toward = self.scale.apply(shares)
            return float(shares @ toward), 2 * toward
        if self.chance == "gwet":
            factor = (q * q - self._all) / max(q * (q - 1), 1)
            expected = 1 - factor * float(shares @ (1 - shares)) if q > 1 else 0.0
            return expected, -factor * (1 - 2 * shares)
        return 1.0 if self.chance == "raw" else self._all / q**2, np.zeros(q)


def singles(ratings: Ratings, influence: Floats, parts: Parts) -> Floats:
    """Adds ``κ(I/mean I - 1)``, I = has two labels or more: Gwet (2014) does not linearise the mean of I.

    The two agree where every unit has two labels; where many have one, his variance is far too large.
    """
    seen = (ratings.sizes >= 2).astype(float)
    share = float(ratings.weight @ seen) / float(ratings.weight.sum())
    return influence + (parts.coefficient or 0.0) * (seen / share - 1)


def pooled(ratings: Ratings, metric: Metric, chance: Chance) -> Pooled:
    """That coefficient over all rated units. Raises ``Invalid`` where the metric does not fit the values."""
    return Pooled(ratings, weighting(ratings, metric), chance)

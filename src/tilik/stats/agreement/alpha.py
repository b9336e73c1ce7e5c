"""Krippendorff's alpha over labels, with design weights (Krippendorff 2004; 2011)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tilik.stats.agreement.codes import Floats, summed
from tilik.stats.agreement.parts import Parts
from tilik.stats.agreement.ratings import Ratings
from tilik.stats.agreement.scales import Metric, Scale, Squares, mid_ranks, require_order, weighting


@dataclass(frozen=True, eq=False)
class Alpha:
    """Observed disagreement is that of pairs within units, expected that of any two different labels.

    With weights the labels of a unit count ``w`` times each, and a label is never paired with itself:
    ``D_e = Σ n_c n_k δ² / (n² - Σ w² m)``, which is Krippendorff's ``n(n-1)`` where all w are 1.
    """

    ratings: Ratings
    metric: Metric

    @property
    def weight(self) -> Floats:
        """The pairable units' design weights."""
        return self.ratings.weight

    def parts(self, weight: Floats, square: Floats) -> Parts:
        """Observed and expected disagreement under these weights."""
        sizes = self.ratings.sizes
        total = float(weight @ sizes)
        marginal = self._marginal(weight)
        scale, within = self._within(marginal)
        expected = float(marginal @ scale.apply(marginal)) / (total**2 - float(square @ sizes))
        return Parts(float(weight @ within) / total, expected)

    def slopes(self, weight: Floats, square: Floats) -> tuple[Floats, Floats]:
        """Derivatives by unit; an ordinal scale moves with the labels, and its own slope is added."""
        sizes, found = self.ratings.sizes, self.ratings.entries
        total = float(weight @ sizes)
        marginal = self._marginal(weight)
        scale, within = self._within(marginal)
        toward = scale.apply(marginal / total)
        observed, expected = float(weight @ within) / total, float(marginal @ toward) / total
        d_observed = within - observed * sizes
        d_expected = 2 * (
            summed(found.unit, found.times * toward[found.value], sizes.size) - expected * sizes
        )
        if self.metric == "ordinal" and isinstance(scale, Squares):
            moved = self._moved(scale, weight, marginal)
            d_observed = d_observed + moved[0]
            d_expected = d_expected + moved[1]
        share = float(weight.sum()) / total
        apart = 1 - float(square @ sizes) / total**2
        return d_observed * share, d_expected * share / apart

    def published(self, influence: Floats, parts: Parts) -> Floats:
        """Gwet's formula for raw ratings leaves the pairing of a label with itself out of the variance."""
        del parts
        sizes, weight = self.ratings.sizes, self.weight
        return influence / (1 - float(weight**2 @ sizes) / float(weight @ sizes) ** 2)

    def _marginal(self, weight: Floats) -> Floats:
        found = self.ratings.entries
        return summed(found.value, weight[found.unit] * found.times, self.ratings.categories)

    def _within(self, marginal: Floats) -> tuple[Scale, Floats]:
        """The scale, and the disagreement ``Σδ²/(m-1)`` within each unit."""
        if self.metric != "ordinal":
            return self._fixed
        scale = mid_ranks(marginal)
        return scale, self._spread(scale)

    @cached_property
    def _fixed(self) -> tuple[Scale, Floats]:
        scale = weighting(self.ratings, self.metric)
        return scale, self._spread(scale)

    def _spread(self, scale: Scale) -> Floats:
        return scale.pairs(self.ratings.entries, self.ratings.sizes) / (self.ratings.sizes - 1)

    def _moved(self, scale: Squares, weight: Floats, marginal: Floats) -> tuple[Floats, Floats]:
        """What a unit changes by shifting the mid-ranks: a label lifts all higher values, half its own."""
        found, sizes, at = self.ratings.entries, self.ratings.sizes, scale.at
        total = float(weight @ sizes)
        mean = summed(found.unit, found.times * at[found.value], sizes.size)
        pull = 4 * found.times * (sizes[found.unit] * at[found.value] - mean[found.unit])
        heavy = weight[found.unit] / (sizes[found.unit] - 1) / total
        of_observed = summed(found.value, heavy * pull, at.size)
        share = marginal / total
        of_expected = 4 * share * (at - share @ at)
        return self._lifted(of_observed), self._lifted(of_expected)

    def _lifted(self, slope: Floats) -> Floats:
        above = slope.sum() - np.cumsum(slope) + slope / 2
        found = self.ratings.entries
        return summed(found.unit, found.times * above[found.value], self.ratings.units)


def alpha(ratings: Ratings, metric: Metric) -> Alpha:
    """Alpha over the pairable units. Raises ``Invalid`` for an order that is not known."""
    if metric == "ordinal":
        require_order(ratings)
    return Alpha(ratings.pairable, metric)

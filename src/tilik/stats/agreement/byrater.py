"""Coefficients whose chance agreement keeps each person's own shares: Cohen (1960) and Conger (1980)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tilik.kernel import Invalid
from tilik.stats.agreement.codes import Floats, Ints, summed
from tilik.stats.agreement.parts import Parts
from tilik.stats.agreement.pooled import Pooled, singles
from tilik.stats.agreement.ratings import Ratings
from tilik.stats.agreement.scales import Metric, Scale, weighting


@dataclass(frozen=True, eq=False)
class ByRater:
    """Expected disagreement is that of two different people's shares, averaged over all pairs of people.

    A person's shares come from all units that person judged. Observed as in :class:`Pooled`.
    """

    ratings: Ratings
    scale: Scale
    rater: Ints

    @property
    def weight(self) -> Floats:
        """The rated units' design weights."""
        return self.ratings.weight

    @cached_property
    def _observed(self) -> Pooled:
        return Pooled(self.ratings, self.scale, "raw")

    def parts(self, weight: Floats, square: Floats) -> Parts:
        """Observed and expected disagreement under these weights."""
        shares, judged = self._shares(weight)
        people = int((judged > 0).sum())
        toward = self.scale.apply(shares.sum(axis=0) - shares)
        expected = float((shares * toward).sum()) / max(people * (people - 1), 1)
        return Parts(self._observed.parts(weight, square).observed, expected)

    def slopes(self, weight: Floats, square: Floats) -> tuple[Floats, Floats]:
        """Derivatives by unit, through each of its people's shares."""
        shares, judged = self._shares(weight)
        people = int((judged > 0).sum())
        slope = 2 * self.scale.apply(shares.sum(axis=0) - shares) / max(people * (people - 1), 1)
        lead = slope[self.rater, self.ratings.value] - (slope * shares).sum(axis=1)[self.rater]
        each = lead * float(weight.sum()) / judged[self.rater]
        return (
            self._observed.slopes(weight, square)[0],
            summed(self.ratings.unit, each, self.ratings.units),
        )

    def published(self, influence: Floats, parts: Parts) -> Floats:
        """As for :class:`Pooled`."""
        return singles(self.ratings, influence, parts)

    def _shares(self, weight: Floats) -> tuple[Floats, Floats]:
        """Each person's shares of the categories, and the weight that person judged."""
        q = self.ratings.categories
        cell = self.rater * q + self.ratings.value
        flat = summed(cell, weight[self.ratings.unit], self.ratings.raters * q)
        table = flat.reshape(-1, q)
        judged = table.sum(axis=1)
        return table / np.where(judged > 0, judged, 1.0)[:, np.newaxis], judged


def conger(ratings: Ratings, metric: Metric) -> ByRater:
    """Conger's kappa. Raises ``Invalid`` where people are unknown or only one."""
    return ByRater(ratings, weighting(ratings, metric), _people(ratings, at_least=2))


def cohen(ratings: Ratings, metric: Metric) -> ByRater:
    """Cohen's kappa of exactly two people, over the units that both judged. Raises ``Invalid`` otherwise."""
    if ratings.rater is not None and ratings.raters > 2:
        raise Invalid(
            "cohen-needs-two", f"Cohen's kappa is for two people, not {ratings.raters}", mend="use Conger's"
        )
    _people(ratings, at_least=2)
    both = ratings.pairable
    return ByRater(both, weighting(both, metric), _people(both, at_least=2))


def _people(ratings: Ratings, *, at_least: int) -> Ints:
    if ratings.rater is None:
        raise Invalid("raters-unknown", "this coefficient needs to know who gave which label")
    if ratings.raters < at_least:
        raise Invalid("raters-too-few", f"agreement needs {at_least} people, not {ratings.raters}")
    return ratings.rater

"""One period's units for a comparison, in full or sampled, and how chance would deal them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Invalid
from tilik.stats.sample import Floats, Sample, make_sample


class Period:
    """Units of one period: ``values`` (scores or classes), weights, and π where they are a sample.

    Without ``weight`` every unit weighs 1; without ``pi`` these are all units there were. ``ids`` name units,
    so that a unit of both periods is known to be one. Raises ``Invalid`` as :func:`make_sample`.
    """

    def __init__(
        self,
        values: ArrayLike,
        weight: ArrayLike | None = None,
        pi: ArrayLike | None = None,
        strata: ArrayLike | None = None,
        ids: ArrayLike | None = None,
    ) -> None:
        self.values: NDArray[np.generic] = np.asarray(values)
        self.sampled = pi is not None
        ones = np.ones(self.values.shape)
        self.sample: Sample = make_sample(
            ones if weight is None else weight, ones if pi is None else pi, strata, None
        )
        self.ids: NDArray[np.str_] | None = None if ids is None else np.asarray(ids).astype(str)
        if self.sample.pi.shape != self.values.shape:
            raise Invalid("shapes-differ", "values, weight and pi must be of one length")
        if self.ids is not None and np.unique(self.ids).size != self.values.size:
            raise Invalid("ids-repeated", "a unit is named twice in one period", mend="Keep one row a unit.")

    @property
    def n(self) -> int:
        """Units."""
        return self.sample.n

    @property
    def weights(self) -> Floats:
        """``weight/π``: what each unit stands for."""
        return self.sample.expanded


SLOPE_APART, SPREAD_APART = 0.25, 0.5
FEWEST_TO_TELL = 10


class Shape(NamedTuple):
    """How a sample's π goes with what its units weigh, whatever the sample's size.

    ``slope`` of log π on log weight over the units that were not certain: 1 where they were drawn by it, 0
    where all had one chance; ``spread`` what that line leaves of log π: scores, bands, quotas.
    """

    slope: float
    spread: float


def refuse_unlike(old: Period, new: Period) -> None:
    """Raise ``Invalid`` unless both periods are there in full, or sampled by designs that look alike.

    Random deals take a unit of either period to stand for as much as one of the other. Under two designs it
    does not, and their difference would look like drift.
    """
    what = ""
    if old.sampled != new.sampled:
        what = "one period is a sample, the other is there in full"
    first, second = _shape(old), _shape(new)
    if first is not None and second is not None and _apart(first, second):
        what = (
            f"on the log scale π rises with the weight at {first.slope:.2f} in the old period, at "
            f"{second.slope:.2f} in the new, and scatters by {first.spread:.2f} and {second.spread:.2f}"
        )
    if what:
        raise Invalid(
            "designs-unlike",
            f"the two periods were not drawn alike: {what}",
            mend="Draw both by one design, or compare the two periods' estimates by their difference.",
        )


def _apart(first: Shape, second: Shape) -> bool:
    least = max(1.0, first.spread, second.spread)
    slopes, spreads = abs(first.slope - second.slope), abs(first.spread - second.spread)
    return slopes > SLOPE_APART or spreads > SPREAD_APART * least


def _shape(period: Period) -> Shape | None:
    """None where there is too little to tell."""
    pi, w = period.sample.pi, period.sample.measure
    open_ = (pi < 1) & (w > 0)
    if not period.sampled or open_.sum() < FEWEST_TO_TELL:
        return None
    chance, weight = np.log(pi[open_]), np.log(w[open_])
    apart = weight - weight.mean()
    slope = float(apart @ chance / (apart @ apart)) if apart @ apart > 1e-12 * weight.size else 0.0
    return Shape(slope, float((chance - chance.mean() - slope * apart).std()))


def deals(old: Period, new: Period, times: int, seed: int) -> Iterator[NDArray[np.uint8]]:
    """Random ways to call the pooled units old (1) or new (0), each as likely if nothing has moved.

    As many are old as there were. A unit of both periods has its two rows swapped or not, by a coin.
    """
    random = np.random.default_rng(seed)
    first, second = _pairs(old, new)
    alone = np.ones(old.n + new.n, dtype=bool)
    alone[first] = alone[second] = False
    free = np.flatnonzero(alone)
    sides = (free < old.n).astype(np.uint8)
    for _ in range(times):
        dealt = np.empty(old.n + new.n, dtype=np.uint8)
        dealt[free] = random.permutation(sides)
        coin = random.integers(0, 2, first.size, dtype=np.uint8)
        dealt[first], dealt[second] = coin, 1 - coin
        yield dealt


def _pairs(old: Period, new: Period) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    if old.ids is None or new.ids is None:
        none = np.zeros(0, dtype=np.intp)
        return none, none
    _, first, second = np.intersect1d(old.ids, new.ids, assume_unique=True, return_indices=True)
    return first, second + old.n

"""Which reviewed units to adjudicate: the second phase's draw.

The size measure is what a unit's ruling is expected to add to the spread of prevalence, precision and recall:
as in the multi-target design, with ``w/π`` for the impressions and ``q``, the chance of a positive ruling
given the review, for the score. So positives are ruled on often, and of the negatives the heavy ones of high
score.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Invalid
from tilik.sampling.poisson import Floats, inclusion, sequential_poisson

PRECISION = 0.2
"""How much precision counts beside prevalence and recall."""


class Adjudication(NamedTuple):
    """``units`` positions of the units to be ruled on; ``pi2`` the chance of every reviewed unit."""

    units: NDArray[np.intp]
    pi2: Floats


def adjudicate(
    review: ArrayLike,
    score: ArrayLike,
    expanded: ArrayLike,
    u: ArrayLike,
    budget: int,
    *,
    acts: ArrayLike | None = None,
    sensitivity: float = 0.9,
    specificity: float = 0.98,
    plain: float = 0.1,
) -> Adjudication:
    """Draw ``budget`` of the reviewed units by sequential Poisson.

    ``review`` 1, 0 or NaN (unjudgeable); ``score`` 0..1, the chance of a positive; ``expanded`` is ``w/π``;
    ``u`` a random number of each unit in 0..1, other than the one it was drawn by. ``sensitivity`` and
    ``specificity`` are a guess of the reviewers'; ``acts`` 0/1, whether the classifier acts on the unit;
    ``plain`` is the part drawn by ``expanded`` alone. Raises ``Invalid`` on a budget below 1 or arrays that
    differ in length.
    """
    r, s, g, numbers = (np.asarray(array, dtype=float) for array in (review, score, expanded, u))
    if r.ndim != 1 or not r.shape == s.shape == g.shape == numbers.shape:
        raise Invalid("shapes-differ", "review, score, expanded and u must be of one length")
    if budget < 1:
        raise Invalid("budget-not-positive", f"a budget is at least 1, not {budget}.")
    q = _chance(r, np.clip(s, 1e-4, 1 - 1e-4), sensitivity, specificity)
    d = np.zeros_like(g) if acts is None else np.asarray(acts, dtype=float)
    spread = g * np.sqrt(q * (1 - q) * _importance(g * q, d))
    size = (1 - plain) * spread / spread.sum() + plain * g / g.sum()
    drawn = sequential_poisson(size, numbers, budget)
    return Adjudication(drawn.units, inclusion(size, drawn.tau))


def _importance(positive: Floats, acts: Floats) -> Floats:
    """Squared slopes of prevalence, precision and recall in a unit's outcome."""
    total, above = float(positive.sum()), float(positive @ acts)
    if above in {0.0, total}:
        return np.ones_like(positive)
    recall = above / total
    of_precision = PRECISION * acts / above**2
    return total**-2 + of_precision + ((acts - recall) / (recall * total)) ** 2


def _chance(r: Floats, p: Floats, sensitivity: float, specificity: float) -> Floats:
    """The chance of a positive ruling given the review, by Bayes' rule; the score's where unjudgeable."""
    positive = sensitivity * p / (sensitivity * p + (1 - specificity) * (1 - p))
    negative = (1 - sensitivity) * p / ((1 - sensitivity) * p + specificity * (1 - p))
    return np.where(np.isnan(r), p, np.where(r == 1, positive, negative))

"""The shares of the votes, as the yardstick for every other method."""

from __future__ import annotations

from tilik.stats.truth.climb import Fit, weak_prior
from tilik.stats.truth.crowd import Crowd


def majority(crowd: Crowd) -> Fit:
    """Share of the (weighted) labels for each class; a tie stays a tie.

    No model, so no likelihood: nobody's reliability is asked.
    """
    return Fit(crowd.share, None, None, False, 0, 0.0, weak_prior(crowd.classes))

"""A prevalence of which one side of the threshold was never looked at: its bounds."""

import numpy as np
import pytest
from scipy.stats import beta

from tilik.stats import FrameTotals, assisted


def test_with_one_side_judged_the_prevalence_keeps_that_side_s_own_interval() -> None:
    """Ten of ten positive above the threshold: the bound is exact for that side."""
    totals = FrameTotals(measure=1000.0, score=60.0, above=10.0, score_above=9.0)
    found = assisted(
        np.ones(10), np.full(10, 0.9), np.ones(10), np.full(10, 0.01), threshold=0.5, totals=totals, of="{}"
    )
    least = beta.ppf(0.025, 10, 1)
    assert found.prevalence.value is None
    assert found.prevalence.low == pytest.approx(0.01 * least, rel=0.05)
    assert found.prevalence.high == pytest.approx(1)
    none = assisted(
        np.zeros(10), np.full(10, 0.1), np.ones(10), np.full(10, 0.01), threshold=0.5, totals=totals, of="{}"
    )
    assert none.prevalence.low == 0
    assert none.prevalence.high == pytest.approx(0.99 * beta.ppf(0.975, 1, 10) + 0.01, rel=0.05)


def test_with_one_side_judged_the_prevalence_covers() -> None:
    """Seven of ten flagged are positive; of the rest nothing was judged: 400 samples of 20."""
    rng, missed = np.random.default_rng(5), np.zeros(2)
    totals = FrameTotals(measure=1000.0, score=80.0, above=50.0, score_above=40.0)
    for _ in range(400):
        y = (rng.random(20) < 0.7).astype(float)
        if 0 < y.sum() < 20:
            found = assisted(
                y, np.full(20, 0.8), np.ones(20), np.full(20, 0.01), threshold=0.5, totals=totals, of="{}"
            )
            missed += (found.prevalence.low > 0.05 * 0.7, found.prevalence.high < 0.05 * 0.7 + 0.95)
    assert (missed / 400 <= 0.035).all()

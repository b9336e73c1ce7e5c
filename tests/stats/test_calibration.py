"""Calibration: bins are shares, the error is free of the judgements' noise, and its interval covers."""

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats import calibration, equal_bins, hajek_mean
from tilik.stats.domain import domain_share

EDGES = (0.0, 0.05, 0.1, 0.2, 0.4, 1.0)


def population(bend: float, rows: int = 20_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Truth, score and impressions; the chance is the score to the power ``bend``."""
    rng = np.random.default_rng(5)
    score = rng.beta(0.8, 3, rows)
    return (rng.random(rows) < score**bend).astype(float), score, rng.lognormal(2, 1, rows)


def true_error(y: np.ndarray, score: np.ndarray, w: np.ndarray) -> float:
    code = np.clip(np.searchsorted(EDGES, score, side="right") - 1, 0, len(EDGES) - 2)
    size = np.bincount(code, weights=w)
    gap = np.bincount(code, weights=w * (y - score)) / size
    return float(np.sqrt(size @ gap**2 / size.sum()))


def test_bins_are_shares_and_the_bias_is_a_mean() -> None:
    y, score, w = population(1.4, 900)
    pi, strata = np.clip(w / w.max(), 0.05, 1), np.repeat(["a", "b", "c"], 300)
    found = calibration(y, score, w, pi, strata, edges=EDGES, of="{} of harm")
    for bin_ in found.bins:
        on = (score >= bin_.low) & (score < bin_.high)
        direct = domain_share(y, on, w, pi, strata, of="x", interval="half-positive")
        assert (bin_.observed.value, bin_.observed.low) == pytest.approx((direct.value, direct.low))
        assert bin_.predicted.value == pytest.approx(np.average(score[on], weights=(w / pi)[on]))
    assert found.bias.value == hajek_mean(y - score, w, pi, strata, of="x").value
    assert found.bins[0].observed.of == "positives in bin 1 of harm"


def test_a_census_knows_the_error() -> None:
    y, score, w = population(1.4, 3000)
    found = calibration(y, score, w, np.ones(3000), edges=EDGES).error
    assert found.value == found.low == found.high == pytest.approx(true_error(y, score, w))


@pytest.mark.parametrize("bend", [1.0, 1.5])
def test_the_error_is_nearly_unbiased_and_covered(bend: float) -> None:
    """300 draws of 500 by size. A perfect score is told from a poor one; uncorrected it is not."""
    y, score, w = population(bend)
    truth, pi_all = true_error(y, score, w), np.minimum(1, 500 * w / w.sum())
    held, squares, plain = 0, [], []
    for seed in range(300):
        at = np.flatnonzero(np.random.default_rng(seed).random(w.size) < pi_all)
        found = calibration(y[at], score[at], w[at], pi_all[at], edges=EDGES, draws=200, seed=seed).error
        held += found.low <= truth <= found.high
        squares.append(found.value**2)
        plain.append(found.inputs["uncorrected"] ** 2)
    assert held / 300 >= 0.93
    assert np.mean(squares) - truth**2 < 0.5 * (np.mean(plain) - truth**2)


def test_bins_with_few_units_give_bounds_and_the_reason() -> None:
    score = np.r_[np.full(40, 0.02), np.full(4, 0.3)]
    y = np.r_[np.zeros(40), 1, 0, 1, 0]
    found = calibration(y, score, np.ones(44), np.full(44, 0.1), edges=EDGES)
    few, none = found.bins[3].observed, found.bins[4].observed
    assert (few.value, few.n) == (None, 4)
    assert "4 judged units" in few.inputs["refused"]
    assert (none.value, none.low, none.high, none.n) == (None, 0, 1, 0)
    assert found.bins[0].observed.value == 0 < found.bins[0].observed.high


def test_families_widen_it() -> None:
    y, score, w = population(1.0, 600)
    pi = np.full(600, 0.05)
    copies = [np.repeat(array, 5) for array in (y, score, w, pi)]
    together = calibration(*copies, edges=EDGES, families=np.repeat(np.arange(600), 5), draws=300).error
    alone = calibration(*copies, edges=EDGES, draws=300).error
    once = calibration(y, score, w, pi, edges=EDGES, draws=300).error
    assert together.high == pytest.approx(once.high, rel=0.1)
    assert alone.high < 0.9 * together.high


def test_equal_bins_share_the_units_out() -> None:
    score = np.random.default_rng(1).beta(0.5, 4, 1000)
    edges = equal_bins(score, 8)
    assert edges[0] == 0 and edges[-1] == 1
    assert np.histogram(score, edges)[0].tolist() == [125] * 8
    assert equal_bins([0.5] * 10, 5) == [0.0, 0.5, 1.0]


@pytest.mark.parametrize("edges", [(0, 1, 0.5), (0.1, 1), (0, 0.5), (0, 0.5, 0.5, 1), (0,)])
def test_edges_that_are_none_are_refused(edges: tuple[float, ...]) -> None:
    with pytest.raises(Invalid, match="edges"):
        calibration([0, 1], [0.2, 0.3], [1, 1], [0.5, 0.5], edges=edges)

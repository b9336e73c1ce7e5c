"""Strata that expand to what the frame knows of them."""

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.sampling import StratifiedDesign, lay_out
from tilik.stats import recall
from tilik.stats.strata import calibrated


def test_each_stratum_expands_to_its_total() -> None:
    w, pi = np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.1, 0.2, 0.5, 0.5])
    strata = np.array(["a", "a", "b", "b"])
    found = calibrated(w, pi, strata, {"a": 60.0, "b": 7.0})
    assert (found / pi)[:2].sum() == pytest.approx(60)
    assert (found / pi)[2:].sum() == pytest.approx(7)
    assert found[1] / found[0] == pytest.approx(2)
    assert np.array_equal(calibrated(w, pi, strata, None), w)
    assert np.array_equal(calibrated(w, pi, None, {"all": 99.0}), w)
    with pytest.raises(Invalid, match="no frame total for stratum b"):
        calibrated(w, pi, strata, {"a": 60.0})


def test_recall_over_score_bands_covers_only_with_the_bands_totals() -> None:
    """A sequential Poisson sample in bands; without their totals intervals of recall are too short."""
    rng = np.random.default_rng(8)
    score = rng.beta(0.6, 2.0, 40_000)
    y, w = (rng.random(score.size) < score).astype(float), rng.lognormal(0, 1.5, score.size)
    acts = (score >= 0.5).astype(float)
    truth = float((w * y) @ acts / (w @ y))
    laid = lay_out(StratifiedDesign(score="s"), w, rng.random(score.size), columns={"s": score})
    names = np.array([stratum.name for stratum in laid.totals])
    totals = {stratum.name: stratum.size for stratum in laid.totals}
    hits = {"plain": 0, "calibrated": 0}
    for seed in range(300):
        units, pi, stratum = laid.draw(400, seed)
        strata = names[stratum]
        for name, measure in (
            ("plain", w[units]),
            ("calibrated", calibrated(w[units], pi, strata, totals)),
        ):
            found = recall(y[units], acts[units], measure, pi, strata, of="r", interval="half-positive")
            hits[name] += found.low <= truth <= found.high
    assert hits["calibrated"] / 300 >= 0.925
    assert hits["plain"] < hits["calibrated"] - 10

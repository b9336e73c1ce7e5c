"""Average precision: scikit-learn's value, its derivative, the bootstrap's error, and coverage."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from simulations.generated import Case, generate
from tilik.kernel import Invalid
from tilik.sampling import MultiTargetDesign, PpsDesign, Target, lay_out
from tilik.stats import average_precision
from tilik.stats.bootstrap import replicates
from tilik.stats.ranking import influence_of_average_precision
from tilik.stats.sample import make_sample


def sample(seed: int, n: int = 300) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    y = (rng.random(n) < 0.3).astype(float)
    score = np.clip(0.3 * y + rng.random(n), 0, 1).round(2)  # with ties
    return y, score, rng.lognormal(1, 1, n), rng.uniform(0.05, 1, n)


def test_it_is_scikit_learns_with_the_design_s_weights() -> None:
    for seed in range(5):
        y, score, w, pi = sample(seed)
        found = average_precision(y, score, w, pi, of="x")
        assert found.value == pytest.approx(
            average_precision_score(y, score, sample_weight=w / pi), rel=1e-12
        )
        assert found.low < found.value < found.high
        assert found.inputs["chance"] == pytest.approx((w / pi) @ y / (w / pi).sum())


def test_its_influence_is_the_derivative() -> None:
    y, score, w, pi = sample(7, 60)
    g = w / pi
    value, influence, were_it_one = influence_of_average_precision(y, score, g)
    for i in range(0, 60, 7):
        step = np.zeros(60)
        step[i] = 1e-5 * g[i]
        up, down = (influence_of_average_precision(y, score, g + sign * step)[0] for sign in (1, -1))
        assert influence[i] == pytest.approx((up - down) / (2 * step[i]), rel=1e-4, abs=1e-10)
    assert g @ influence == pytest.approx(0, abs=1e-12)  # all weights doubled change nothing
    assert 0 < value < 1
    assert (were_it_one == influence)[y == 1].all()
    assert (were_it_one != influence)[y == 0].any()


def test_its_error_is_the_bootstrap_s() -> None:
    y, score, w, pi = sample(11, 800)
    again = [
        average_precision_score(y, score, sample_weight=g)
        for g in replicates(make_sample(w, pi, None, None), 400, 3)
    ]
    error = average_precision(y, score, w, pi, of="x").inputs["standard_error"]
    assert error == pytest.approx(np.std(again), rel=0.15)


def test_a_census_is_exact_and_few_positives_get_no_point() -> None:
    y, score, w, _ = sample(13)
    whole = average_precision(y, score, w, np.ones(300), of="x")
    assert whole.low == whole.value == whole.high
    few = average_precision(
        [1, 1, 1, 0, 0, 0], [0.9, 0.8, 0.1, 0.2, 0.3, 0.4], np.ones(6), np.full(6, 0.1), of="x"
    )
    assert few.value is None
    assert "3 positives" in str(few.inputs["refused"])
    none = average_precision(np.zeros(6), np.arange(6), np.ones(6), np.full(6, 0.1), of="x")
    assert (none.value, none.low, none.high) == (None, 0, 1)
    first = average_precision(
        np.repeat([1.0, 0.0], [6, 30]), np.repeat([0.9, 0.1], [6, 30]), np.ones(36), np.full(36, 0.1), of="x"
    )
    assert (first.value, first.high) == (1, 1)
    with pytest.raises(Invalid, match="0 or 1"):
        average_precision([0.5], [0.5], [1.0], [0.5], of="x")


@pytest.mark.parametrize("prevalence", [0.02, 0.2])
def test_its_intervals_cover(prevalence: float) -> None:
    """Samples of 800 by impressions and by the multi-target design, four frames, 40 draws of each."""
    inside = []
    for seed in range(4):
        frame = generate(Case(prevalence, 0.9, prevalence), 40 + seed, 60_000)
        truth = average_precision_score(frame.y, frame.score, sample_weight=frame.w)
        multi = MultiTargetDesign(targets=(Target(score="s", threshold=frame.threshold),))
        for design in (PpsDesign(), multi):
            laid = lay_out(design, frame.w, frame.prn, columns={"s": frame.score})
            for draw in range(40):
                units, pi, _ = laid.draw(800, draw)
                found = average_precision(frame.y[units], frame.score[units], frame.w[units], pi, of="x")
                inside.append(found.low <= truth <= found.high)
    assert np.mean(inside) > 0.92

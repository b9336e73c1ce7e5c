"""What reviewers' errors do to a rare label: the published rows, and simulation."""

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats import expected_reading
from tilik.stats.agreement import agreement, ratings_from_matrix


@pytest.mark.parametrize(
    ("prevalence", "measured", "ppv", "raw", "kappa"),
    [(0.005, 2.4, 0.18, 96.0, 0.16), (0.10, 10.8, 0.83, 94.7, 0.72), (0.30, 28.4, 0.95, 91.9, 0.80)],
)
def test_the_rows_of_a_sensitivity_of_90_and_a_specificity_of_98(
    prevalence: float, measured: float, ppv: float, raw: float, kappa: float
) -> None:
    found = expected_reading(prevalence, 0.90, 0.98)
    assert round(100 * found.measured, 1) == measured
    assert round(found.ppv, 2) == ppv
    assert round(100 * found.agreement, 1) == raw
    assert round(found.kappa, 2) == kappa


def test_two_hundred_thousand_videos_read_twice_show_it() -> None:
    rng = np.random.default_rng(4)
    truth = rng.random(200_000) < 0.1
    says = np.where(truth[:, None], rng.random((200_000, 2)) < 0.9, rng.random((200_000, 2)) >= 0.98)
    expected = expected_reading(0.1, 0.9, 0.98)
    assert says.mean() == pytest.approx(expected.measured, abs=0.002)
    assert truth[says[:, 0]].mean() == pytest.approx(expected.ppv, abs=0.01)
    seen = ratings_from_matrix(says.astype(float))
    assert agreement(seen, "raw", of="x").value == pytest.approx(expected.agreement, abs=0.003)
    assert agreement(seen, "cohen", of="x").value == pytest.approx(expected.kappa, abs=0.01)


@pytest.mark.parametrize("asked", [(0.0, 0.9, 0.9), (0.5, 1.1, 0.9), (0.5, 0.9, -0.1)])
def test_rates_that_are_none_are_refused(asked: tuple[float, float, float]) -> None:
    with pytest.raises(Invalid):
        expected_reading(*asked)

"""2,000 draws of each shipped design from the demo frame: inclusion, bias, coverage."""

import numpy as np
import pytest
from scipy.stats import chi2, norm

from simulations.replicates import (
    BUDGET,
    DESIGNS,
    DRAWS,
    SIZE_CLASSES,
    Population,
    Replicates,
    replicate,
)
from tilik.kernel import Estimate
from tilik.sampling import draw, lay_out, plan
from tilik.sampling.designs import strata_of
from tilik.stats import hajek_ratio

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=list(DESIGNS))
def replicates(request: pytest.FixtureRequest, population: Population) -> Replicates:
    return replicate(DESIGNS[request.param], population)


def z_of(values: np.ndarray, truth: np.ndarray | float) -> np.ndarray:
    """How many Monte-Carlo standard errors the mean of each column lies from the truth."""
    return (values.mean(axis=0) - truth) / (values.std(axis=0, ddof=1) / np.sqrt(len(values)))


def coverage(estimates: list[Estimate], truth: float) -> float:
    return float(np.mean([e.low <= truth <= e.high for e in estimates]))


def test_realised_inclusion_matches_the_probability_of_each_draw(replicates: Replicates) -> None:
    assert replicates.drawn.sum() == DRAWS * BUDGET
    assert replicates.drawn.mean(axis=0).min() > 20
    z = z_of(replicates.excess, 0.0)
    assert np.abs(z).max() < norm.ppf(1 - 0.001 / (2 * SIZE_CLASSES))
    assert (z**2).sum() < chi2.ppf(0.999, SIZE_CLASSES)


def test_weights_expand_to_the_number_of_videos_in_every_size_class(replicates: Replicates) -> None:
    z = z_of(replicates.expanded, replicates.videos.astype(float))
    assert np.abs(z[:-1]).max() < norm.ppf(1 - 0.001 / (2 * SIZE_CLASSES))
    assert replicates.expanded[:, -1].mean() == pytest.approx(replicates.videos[-1], rel=0.01)


def test_estimator_is_unbiased_within_monte_carlo_error(
    replicates: Replicates, population: Population
) -> None:
    values = np.array([estimate.value for estimate in replicates.estimates])
    assert abs(z_of(values, population.demo.failing)) < 3
    assert abs(values.mean() / population.demo.failing - 1) < 0.005


def test_stated_standard_error_is_the_realised_spread(replicates: Replicates) -> None:
    values = np.array([estimate.value for estimate in replicates.estimates])
    stated = np.array([estimate.inputs["standard_error"] for estimate in replicates.estimates])
    assert np.sqrt((stated**2).mean()) == pytest.approx(values.std(), rel=0.06)


def test_intervals_cover_at_their_level(replicates: Replicates, population: Population) -> None:
    assert 0.93 <= coverage(replicates.estimates, population.demo.failing) <= 0.97


def test_intervals_of_a_judged_part_cover_too(replicates: Replicates, population: Population) -> None:
    values = np.array([estimate.value for estimate in replicates.judged_part])
    assert abs(values.mean() / population.demo.failing - 1) < 0.01
    assert 0.93 <= coverage(replicates.judged_part, population.demo.failing) <= 0.975


def test_intervals_of_a_rare_label_never_promise_too_much(
    replicates: Replicates, population: Population
) -> None:
    assert population.demo.labels["COM-GAMB"] < 0.01
    assert 0.93 <= coverage(replicates.rare, population.demo.labels["COM-GAMB"]) <= 0.99


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("seed", [None, 1, 20_260])
def test_the_ibis_path_draws_what_the_arrays_draw(
    name: str, seed: int | None, population: Population
) -> None:
    design = DESIGNS[name]
    frame = lay_out(design, population.impressions, population.prn, population.score)
    units, pi, stratum = frame.draw(BUDGET, seed)
    table = draw(population.snapshot, design, BUDGET, seed).table
    by_id = {row["video"]: row for row in table.to_pylist()}
    assert set(by_id) == set(population.video[units])
    for video, probability, code in zip(population.video[units], pi, stratum, strict=True):
        assert by_id[video]["pi"] == probability
        assert by_id[video]["stratum"] == strata_of(design)[code]


@pytest.mark.parametrize("name", DESIGNS)
def test_the_plan_foretells_the_realised_half_width(name: str, population: Population) -> None:
    design = DESIGNS[name]
    foreseen = plan(population.snapshot, design, BUDGET, prevalences=[population.demo.failing]).outlooks[-1]
    frame = lay_out(design, population.impressions, population.prn, population.score)
    totals = {stratum.name: stratum.size for stratum in frame.totals}
    names, widths = np.array(strata_of(design)), []
    for seed in range(60):
        units, pi, stratum = frame.draw(BUDGET, seed)
        estimate = hajek_ratio(
            population.failing[units],
            population.impressions[units],
            pi,
            names[stratum],
            totals=totals,
            of="failing",
        )
        widths.append((estimate.high - estimate.low) / 2)
    assert foreseen.half_width == pytest.approx(np.mean(widths), rel=0.15)

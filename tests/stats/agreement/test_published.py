"""Every coefficient against figures printed elsewhere, to the digits printed."""

import math

import numpy as np
import pytest

from tilik.stats.agreement import (
    METRICS,
    Name,
    agreement,
    agreement_value,
    ratings_from_counts,
    ratings_from_matrix,
    ratings_from_table,
)
from tilik.stats.agreement.agree import coefficient
from tilik.stats.agreement.ends import standard_error
from tilik.stats.agreement.parts import point

from .published import (
    ABSTRACTORS,
    DIAGNOSES,
    FOUR_RATERS,
    FOURTEEN_RATERS,
    SIX_RATERS,
    THREE_OBSERVERS,
    by_pairs,
)

FOUR = ratings_from_matrix(FOUR_RATERS)
SIX = ratings_from_counts(SIX_RATERS)
TWO = ratings_from_matrix(by_pairs(ABSTRACTORS))


def error(name: Name, ratings: object, variance: str = "gwet") -> float:
    found = agreement(ratings, name, of="test", variance=variance).inputs["standard_error"]  # type: ignore[arg-type]
    assert isinstance(found, float)
    return found


@pytest.mark.parametrize(
    ("data", "figures"),
    [
        (FOUR_RATERS, (0.7434, 0.8154, 0.8491, 0.7974)),
        (np.array(THREE_OBSERVERS, dtype=object).T, (0.6914, 0.8067, 0.8108, 0.8089)),
    ],
    ids=["krippendorff-4x12", "krippendorff-3x15"],
)
def test_alpha_in_four_metrics(data: object, figures: tuple[float, ...]) -> None:
    ratings = ratings_from_matrix(data)  # type: ignore[arg-type]
    values = [agreement_value(ratings, "alpha", metric) for metric in METRICS]
    assert [round(value, 4) for value in values if value is not None] == list(figures)


@pytest.mark.parametrize(
    ("name", "value", "stated"),
    [
        ("gwet", 0.77544, 0.14295),
        ("fleiss", 0.76117, 0.15302),
        ("alpha", 0.74342, 0.14548),
        ("conger", 0.76282, 0.14917),
        ("brennan-prediger", 0.77273, 0.14472),
        ("raw", 0.81818, 0.12561),
    ],
)
def test_raw4raters_of_irrcac(name: Name, value: float, stated: float) -> None:
    found = agreement(FOUR, name, of="test", variance="gwet")
    assert found.value is not None
    assert round(found.value, 5) == value
    assert round(error(name, FOUR), 5) == stated
    assert found.n == 11  # the twelfth has one label


def test_ac2_with_quadratic_weights_of_irrcac() -> None:
    assert agreement_value(FOUR, "gwet", "interval") == pytest.approx(0.914, abs=5e-4)


@pytest.mark.parametrize(
    ("name", "value", "stated"),
    [
        ("gwet", 0.4448007, 0.08418757),
        ("fleiss", 0.4139265, 0.08119291),
        ("brennan-prediger", 0.4388889, 0.08312142),
        ("raw", 0.5511111, None),
    ],
)
def test_distrib6raters_of_irrcac(name: Name, value: float, stated: float | None) -> None:
    found = agreement_value(SIX, name)
    assert found is not None
    assert round(found, 7) == value
    assert stated is None or round(error(name, SIX, "linearised"), 8) == stated


def test_alpha_of_distrib6raters_and_the_slip_in_its_printed_error() -> None:
    """irrCAC's function for counts moves chance agreement at half its slope; its other ones at the whole.

    With that slip our linearisation prints its .08243228; without, it is the delete-one jackknife's.
    """
    found = coefficient(SIX, "alpha", "nominal")
    parts, weight = point(found), found.weight
    assert round(1 - parts.observed / parts.expected, 7) == 0.4204384
    observed, expected = found.slopes(weight, weight**2)
    halved = -(observed - parts.observed / parts.expected * expected / 2) / parts.expected
    assert round(standard_error(weight, halved), 8) == 0.08243228
    left = np.array([agreement_value(SIX.only(np.arange(15) != out)) for out in range(15)], dtype=float)
    jackknife = math.sqrt(14 / 15 * float(((left - left.mean()) ** 2).sum()))
    assert error("alpha", SIX, "linearised") == pytest.approx(jackknife, rel=0.06)


def test_fleiss_kappa_of_fourteen_raters_and_of_the_diagnoses() -> None:
    assert agreement_value(ratings_from_counts(FOURTEEN_RATERS), "fleiss") == pytest.approx(0.20993, abs=5e-6)
    assert agreement_value(ratings_from_counts(DIAGNOSES), "fleiss") == pytest.approx(0.430, abs=5e-4)


@pytest.mark.parametrize(
    ("name", "value", "stated"),
    [
        ("cohen", 0.7964094, 0.05891072),
        ("fleiss", 0.7962397, 0.05905473),
        ("gwet", 0.8493305, 0.04321747),
        ("brennan-prediger", 0.835, 0.04693346),
        ("raw", 0.89, 0.03128898),
    ],
)
def test_two_abstractors_of_irrcac(name: Name, value: float, stated: float) -> None:
    """irrCAC's functions for two-way tables divide by n, those for raw ratings, as ours, by n - 1."""
    assert agreement_value(TWO, name) == pytest.approx(value, abs=5e-8)
    assert round(error(name, TWO, "linearised") * math.sqrt(99 / 100), 8) == stated


def test_alpha_of_two_abstractors() -> None:
    assert agreement_value(TWO) == pytest.approx(0.7972585, abs=5e-8)


@pytest.mark.parametrize(
    ("prevalence", "measured", "raw", "kappa"),
    [(0.005, 0.024, 0.960, 0.16), (0.10, 0.108, 0.947, 0.72), (0.30, 0.284, 0.919, 0.80)],
)
def test_a_rare_label_lowers_kappa_while_raw_agreement_rises(
    prevalence: float, measured: float, raw: float, kappa: float
) -> None:
    """Two people of sensitivity .90 and specificity .98: the four outcomes as units, weighted by chance."""
    yes, no = np.array([0.90, 0.10]), np.array([0.02, 0.98])
    cells = prevalence * np.outer(yes, yes) + (1 - prevalence) * np.outer(no, no)
    unit = np.repeat(np.arange(4), 2)
    said = np.array([1, 1, 1, 0, 0, 1, 0, 0])
    ratings = ratings_from_table(unit, np.tile([0, 1], 4), said, weight=np.repeat(cells.reshape(-1), 2))
    assert round(float(cells[0].sum()), 3) == measured
    assert agreement_value(ratings, "raw") == pytest.approx(raw, abs=5e-4)
    assert agreement_value(ratings, "cohen") == pytest.approx(kappa, abs=5e-3)

"""An interval that covers more than its level says so, and one at its level does not."""

import numpy as np
import pytest

from tilik.stats import FrameTotals, assisted, hajek_ratio, precision, recall, specificity

OF = "x"


def test_few_of_the_rarer_kind_are_told_and_enough_are_not() -> None:
    for positives in (0, 3, 9):
        y = np.repeat([1.0, 0.0], [positives, 400 - positives])
        for values in (y, 1 - y):
            found = hajek_ratio(values, np.ones(400), np.full(400, 0.01), of=OF)
            assert found.method.endswith("+at-least")
            assert "fewer than 10" in str(found.inputs["at_least"])
    y = np.repeat([1.0, 0.0], [40, 360])
    assert "at_least" not in hajek_ratio(y, np.ones(400), np.full(400, 0.01), of=OF).inputs


def test_equal_positives_count_as_many_and_one_heavy_one_as_one() -> None:
    y = np.repeat([1.0, 0.0], [40, 360])
    pi = np.full(400, 0.5)
    pi[0] = 0.001
    found = hajek_ratio(y, np.ones(400), pi, of=OF)
    assert found.n_eff * found.value < 5
    assert "fewer than 10" in str(found.inputs["at_least"])


def test_allowance_for_strata_that_agree_is_told() -> None:
    """Twenty strata of ten units, one of them mixed: most of the variance is Jeffreys'."""
    strata = np.repeat([f"s{at:02}" for at in range(20)], 10)
    y = np.where(strata < "s10", 1.0, 0.0)
    y[0] = 0.0
    found = hajek_ratio(y, np.ones(200), np.full(200, 0.1), strata, of=OF)
    assert "allows for what was not seen" in str(found.inputs["at_least"])
    assert found.n_eff * min(found.value, 1 - found.value) > 10


def test_every_figure_of_a_classifier_tells_it_of_its_own_units() -> None:
    rng = np.random.default_rng(3)
    score = rng.beta(1, 6, 900)
    y = (rng.random(900) < score).astype(float)
    ones, pi, acts = np.ones(900), np.full(900, 0.05), (score >= 0.3).astype(float)
    options = {"of": OF, "interval": "half-positive"}
    caught, alarms = int((y * acts).sum()), int(((1 - y) * acts).sum())
    assert caught > 12
    assert alarms > 12
    plain = [figure(y, acts, ones, pi, **options) for figure in (precision, recall, specificity)]  # type: ignore[arg-type]
    assert ["at_least" in one.inputs for one in plain] == [False, False, False]
    totals = FrameTotals.of(np.repeat(ones, 20), np.repeat(score, 20), 0.3)
    for found in assisted(y, score, ones, pi, threshold=0.3, totals=totals, of="{}"):
        assert "at_least" not in found.inputs
    rare = (score >= 0.75).astype(float)
    for figure in (precision, specificity):
        assert "at_least" in figure(y, rare, ones, pi, **options).inputs  # type: ignore[arg-type]


def test_a_census_and_a_figure_without_a_point_say_nothing_of_it() -> None:
    census = hajek_ratio([1, 0, 0], np.ones(3), np.ones(3), of=OF)
    assert "at_least" not in census.inputs
    bounds = hajek_ratio([1, 0], [1, 1], [0.1, 0.1], ["a", "a"], of=OF, totals={"a": 20.0, "b": 5.0})
    assert bounds.value is None
    assert "at_least" not in bounds.inputs
    assert bounds.method.endswith("unseen-strata-bounds")


def test_the_part_that_is_allowance_is_the_share_of_the_variance() -> None:
    strata = np.repeat([f"s{at:02}" for at in range(20)], 10)
    y = np.where(strata < "s10", 1.0, 0.0)
    y[0] = 0.0
    found = hajek_ratio(y, np.ones(200), np.full(200, 0.1), strata, of=OF)
    mixed = (1 / 20) ** 2 * 0.9 * (10 / 9) * 0.09 / 10
    told = float(str(found.inputs["at_least"]).split("%")[0]) / 100
    assert told == pytest.approx(1 - mixed / float(str(found.inputs["standard_error"])) ** 2, abs=0.006)

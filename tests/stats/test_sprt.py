"""Wald's test: a published plan, exact chances by a walk over all paths, and simulation."""

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats import Sprt


def exact(test: Sprt, rate: float, most: int = 4000) -> tuple[float, float]:
    """Chance to pass and mean number of answers, by carrying the chances of every count of wrong answers."""
    open_, passed, mean = np.array([1.0]), 0.0, 0.0
    for n in range(1, most):
        mean += open_.sum()
        open_ = np.append(open_ * rate, 0.0) + np.append(0.0, open_ * (1 - rate))
        passes, fails = test.limits(n)
        passed += open_[: passes + 1].sum()
        open_[: passes + 1] = 0
        open_[fails:] = 0
        if open_.sum() < 1e-12:
            break
    return passed, mean


def test_the_lines_of_a_published_plan() -> None:
    """NIST/SEMATECH handbook, 6.2.6: p1 .01, p2 .10, α .05, β .10: h1 .939, h2 1.205, s .0397; its table."""
    test = Sprt(0.99, 0.90, 0.05, 0.10)
    low, high = test.boundaries
    good, bad = test.steps
    assert round(-low / (bad - good), 3) == 0.939
    assert round(high / (bad - good), 3) == 1.205
    assert round(-good / (bad - good), 4) == 0.0397
    assert [test.limits(n) for n in (2, 23, 24, 25, 26)] == [(-1, 2), (-1, 3), (0, 3), (0, 3), (0, 3)]


def test_a_test_that_is_cut_off() -> None:
    """One answer by hand; without an end in sight the same as the walk; all chances sum to one."""
    short = Sprt(0.9, 0.4, 0.2, 0.2)
    assert short.fewest == 2
    assert short.operating(0.7, 1) == pytest.approx((0.0, 0.3, 0.7, 1.0))
    assert short.operating(0.7, 2) == pytest.approx((0.49, 0.3, 0.21, 1.7))
    test = Sprt(0.97, 0.90)
    for rate in (0.85, 0.9, 0.95, 0.97, 1.0):
        found = test.operating(rate, 4000)
        assert (found.passes, found.answers) == pytest.approx(exact(test, rate), abs=1e-6)
        assert found.passes + found.fails + found.undecided == pytest.approx(1)
    for most in (0, -1):
        with pytest.raises(Invalid):
            test.operating(0.9, most)


def test_the_five_points_of_the_operating_characteristic() -> None:
    """Wald 1947, 5.3: 0, the unacceptable rate, the rate of no drift, the target, 1."""
    test = Sprt(0.95, 0.85, 0.05, 0.10)
    low, high = test.boundaries
    good, bad = test.steps
    level = bad / (bad - good)
    assert test.pass_chance(0) == 0
    assert test.pass_chance(1) == 1
    assert test.pass_chance(0.95) == pytest.approx(0.95)
    assert test.pass_chance(0.85) == pytest.approx(0.10)
    assert test.pass_chance(level) == pytest.approx(high / (high - low))
    assert test.pass_chance(level + 1e-7) == pytest.approx(test.pass_chance(level), abs=1e-4)
    assert test.expected_answers(level) == pytest.approx(test.expected_answers(level + 1e-6), rel=1e-3)
    rates = np.linspace(0.3, 0.999, 50)
    assert np.all(np.diff([test.pass_chance(rate) for rate in rates]) > 0)


def test_the_average_number_at_both_rates_is_walds_formula() -> None:
    """((1-α)·ln B + α·ln A) / E[step] at the target, β for 1-α and so on at the unacceptable rate."""
    test = Sprt(0.95, 0.85, 0.05, 0.10)
    low, high = test.boundaries
    good, bad = test.steps
    at_target = (0.95 * low + 0.05 * high) / (0.95 * good + 0.05 * bad)
    below = (0.10 * low + 0.90 * high) / (0.85 * good + 0.15 * bad)
    assert test.expected_answers(0.95) == pytest.approx(at_target)
    assert test.expected_answers(0.85) == pytest.approx(below)


@pytest.mark.parametrize("rates", [(0.95, 0.85), (0.97, 0.90), (0.9, 0.8)])
def test_true_errors_stay_within_walds_bounds_and_answers_near_his_average(
    rates: tuple[float, float],
) -> None:
    test = Sprt(*rates, alpha=0.05, beta=0.10)
    passes, answers = exact(test, rates[0])
    assert 1 - passes <= 0.05 / 0.9
    assert answers == pytest.approx(test.expected_answers(rates[0]), rel=0.25)
    assert answers >= test.expected_answers(rates[0])
    passes, answers = exact(test, rates[1])
    assert passes <= 0.10 / 0.95
    assert answers == pytest.approx(test.expected_answers(rates[1]), rel=0.25)


def test_decisions_are_those_of_the_counts_and_of_the_exact_chances() -> None:
    test = Sprt(0.95, 0.85)
    rng = np.random.default_rng(2)
    found, answers = 0, []
    for _ in range(1500):
        right = (rng.random(900) < 0.9).astype(float)
        verdict = test.decide(right)
        wrong = verdict.answers - right[: verdict.answers].sum()
        passes, fails = test.limits(verdict.answers)
        assert (wrong >= fails) == (verdict.finding == "below")
        assert (wrong <= passes) == (verdict.finding == "at-target")
        found += verdict.finding == "at-target"
        answers.append(verdict.answers)
    passes, mean = exact(test, 0.9)
    assert found / 1500 == pytest.approx(passes, abs=0.04)
    assert np.mean(answers) == pytest.approx(mean, rel=0.05)


def test_it_needs_fewer_answers_than_a_fixed_number_with_the_same_errors() -> None:
    """184 answers tell .95 from .85 at 5 % and 5 % by the normal approximation's order of size; SPRT: 60."""
    test = Sprt(0.95, 0.85, 0.05, 0.05)
    z = 1.6449
    fixed = (z * (0.95 * 0.05) ** 0.5 + z * (0.85 * 0.15) ** 0.5) ** 2 / 0.1**2
    assert max(exact(test, 0.95)[1], exact(test, 0.85)[1]) < 0.7 * fixed


def test_open_until_there_is_enough() -> None:
    test = Sprt(0.95, 0.85)
    assert test.decide([]).finding == "open"
    assert test.decide([1, 0, 1]).finding == "open"
    assert test.decide([0, 0, 0, 1, 1]).finding == "below"
    assert test.decide([0, 0, 0, 1, 1]).answers == 3
    assert test.decide([1] * 200).finding == "at-target"


@pytest.mark.parametrize("asked", [(0.8, 0.9), (1.0, 0.9), (0.9, 0.0), (0.9, 0.8, 0.6), (0.9, 0.8, 0.1, 0.0)])
def test_tests_that_are_none_are_refused(asked: tuple[float, ...]) -> None:
    with pytest.raises(Invalid):
        Sprt(*asked)


def test_answers_between_are_refused() -> None:
    with pytest.raises(Invalid):
        Sprt(0.95, 0.85).decide([0.5])

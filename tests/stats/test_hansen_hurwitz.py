"""Totals under unequal probabilities: published worked examples, and R's election sample where it is there.

With small π Brewer's form is Hansen and Hurwitz's (1943) with replacement, ``Σ(y/p - τ)²/(n(n-1))``.
"""

import csv

import numpy as np
import pytest

from tilik.stats import hajek_mean, total

from .published import SURVEY

FAR = 1e-9
ELECTION = SURVEY / "r_survey_election_pps.csv"


def test_thompson_exercise_6_1() -> None:
    """Thompson, Sampling, exercise 6.1, with its printed answers 56.67 and 44.44."""
    y, p = np.array([3.0, 10.0, 7.0]), np.array([0.06, 0.20, 0.10])
    # y and π = 3p shrink together: y/π stays, and the finite population correction goes.
    found = total(y * FAR, 3 * p * FAR, of="y")
    assert found.value == pytest.approx(56.67, abs=0.005)
    assert found.inputs["standard_error"] ** 2 == pytest.approx(44.44, abs=0.005)


@pytest.mark.skipif(not ELECTION.is_file(), reason="R's election_pps is not in the data folder")
def test_election_totals_and_ratio_as_in_r_survey() -> None:
    """``svytotal(~Bush+Kerry+Nader, svydesign(id=~1, fpc=~p, data=election_pps, pps="brewer"))``."""
    with ELECTION.open() as file:
        rows = list(csv.DictReader(file))
    held = {name: np.array([float(row[name]) for row in rows]) for name in ("Bush", "Kerry", "Nader", "p")}
    for name, whole, error in (
        ("Bush", 64_518_472, 2_447_629),
        ("Kerry", 51_202_102, 2_450_787),
        ("Nader", 478_530, 102_420),
    ):
        found = total(held[name], held["p"], of=name)
        assert int(found.value) == whole  # the printed totals are cut: Nader has 478,530.52
        assert round(found.inputs["standard_error"]) == error
    ratio = hajek_mean(held["Bush"] / held["Kerry"], held["Kerry"], held["p"], of="Bush over Kerry")
    assert round(ratio.value, 6) == 1.260075
    assert round(ratio.inputs["standard_error"], 7) == 0.1080934

"""Variance between families: R's survey package, the textbook, and coverage."""

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats import (
    FrameTotals,
    assisted,
    assisted_share,
    brewer_variance,
    hajek_mean,
    hajek_ratio,
    precision,
    shares_by,
    total,
)

from .published import column, needs_survey

PW = float(np.float32(6194 / 183))
"""R's weight of each school of apiclus1, kept there in single precision."""


def schools(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, the districts' inclusion probability, and the districts, of apiclus1."""
    district = column("apiclus1", "dnum")
    return column("apiclus1", name).astype(float), np.full(district.size, 15 / 757), district


@needs_survey
@pytest.mark.parametrize(
    ("name", "mean", "error"), [("api00", 644.1694, 23.5422), ("api99", 606.9781, 24.2250)]
)
def test_cluster_means_as_in_r_survey(name: str, mean: float, error: float) -> None:
    """``svymean(~api00, svydesign(id=~dnum, weights=~pw, data=apiclus1, fpc=~fpc))``."""
    y, pi, district = schools(name)
    found = hajek_mean(y, np.ones(183), pi, families=district, of=f"mean {name}")
    assert (round(found.value, 4), round(found.inputs["standard_error"], 4)) == (mean, error)


@needs_survey
@pytest.mark.parametrize(
    ("kind", "share", "error", "whole", "error_of_whole"),
    [
        ("E", 0.786885, 0.0463, 4873.97, 1333.32),
        ("H", 0.076503, 0.0268, 473.86, 158.70),
        ("M", 0.136612, 0.0296, 846.17, 167.55),
    ],
)
def test_cluster_shares_and_totals_as_in_r_survey(
    kind: str, share: float, error: float, whole: float, error_of_whole: float
) -> None:
    """The published totals have R's weight ``pw`` (33.847), which is not 757/15 (50.467)."""
    _, pi, district = schools("api00")
    y = (column("apiclus1", "stype") == kind).astype(float)
    found = hajek_ratio(y, np.ones(183), pi, families=district, of="share")
    assert round(found.value, 6) == share
    assert round(found.inputs["standard_error"], 4) == error
    assert found.inputs["families"] == 15
    sum_ = total(y * PW * 15 / 757, pi, families=district, of="schools")
    assert sum_.value == pytest.approx(whole, abs=0.0051)
    assert round(sum_.inputs["standard_error"], 2) == error_of_whole


@needs_survey
def test_the_cluster_total_of_enrolment_as_in_r_survey() -> None:
    y, pi, district = schools("enroll")
    found = total(y * PW * 15 / 757, pi, families=district, of="pupils")
    assert round(found.value, 2) == 3404940.13
    assert round(found.inputs["standard_error"], 2) == 932235.03


def test_the_textbook_variance_of_equal_clusters() -> None:
    """Cochran 1977, 9.2: ``N²(1-f)/n · s²`` of the clusters' totals."""
    rng = np.random.default_rng(2)
    y, family = rng.normal(10, 2, 60), np.repeat(np.arange(12), 5)
    sums = y.reshape(12, 5).sum(axis=1)
    by_hand = 48**2 * (1 - 12 / 48) / 12 * sums.var(ddof=1)
    assert brewer_variance(y, np.full(60, 12 / 48), families=family) == pytest.approx(by_hand)


def test_families_of_one_change_nothing() -> None:
    rng = np.random.default_rng(4)
    y, w, pi = (rng.random(80) < 0.3).astype(float), rng.lognormal(0, 1, 80), rng.uniform(0.05, 1, 80)
    strata, alone = np.repeat(["a", "b"], 40), np.arange(80)
    plain = hajek_ratio(y, w, pi, strata, of="x")
    same = hajek_ratio(y, w, pi, strata, families=alone, of="x")
    assert (same.value, same.low, same.high) == pytest.approx((plain.value, plain.low, plain.high))
    totals = FrameTotals(400.0, 90.0, 120.0, 60.0)
    score = rng.random(80)
    for one, other in zip(
        assisted(y, score, w, pi, threshold=0.5, totals=totals, of="{}"),
        assisted(y, score, w, pi, threshold=0.5, totals=totals, families=alone, of="{}"),
        strict=True,
    ):
        assert (one.low, one.high) == pytest.approx((other.low, other.high))


@pytest.mark.parametrize("positives", [0, 12, 24])
def test_copies_of_each_unit_add_no_knowledge(positives: int) -> None:
    """Every unit four times in one family is the sample of the units: same ends, same effective size."""
    rng = np.random.default_rng(7)
    y = np.repeat([1.0, 0.0], [positives, 24 - positives])
    w, pi, score = rng.lognormal(0, 1, 24), rng.uniform(0.05, 0.6, 24), rng.random(24)
    copies, family = (lambda array: np.repeat(array, 4)), np.repeat(np.arange(24), 4)
    once = hajek_ratio(y, w, pi, of="x", interval="wilson")
    fourfold = hajek_ratio(copies(y), copies(w), copies(pi), families=family, of="x", interval="wilson")
    assert fourfold.n == 4 * once.n
    assert (fourfold.low, fourfold.high, fourfold.n_eff) == pytest.approx((once.low, once.high, once.n_eff))
    totals = FrameTotals(60.0, 25.0)
    lone = assisted_share(y, score, w, pi, totals=totals, of="x")
    many = assisted_share(*map(copies, (y, score, w, pi)), totals=totals, families=family, of="x")
    assert many.inputs["standard_error_unsmoothed"] == pytest.approx(lone.inputs["standard_error_unsmoothed"])
    taken_as_units = assisted_share(*map(copies, (y, score, w, pi)), totals=totals, of="x")
    assert taken_as_units.high - taken_as_units.low < 0.75 * (many.high - many.low)


def test_families_reach_domains_and_precision() -> None:
    y, acts = np.tile([1.0, 0.0], 30), np.ones(60)
    by, family = np.repeat(["id", "jv"], 30), np.arange(60) // 6
    ones, pi = np.ones(60), np.full(60, 0.1)
    assert shares_by(y, by, ones, pi, families=family, of="{}")["id"].inputs["families"] == 5
    assert precision(y, acts, ones, pi, families=family, of="x").inputs["families"] == 10


def test_a_family_in_two_strata_was_drawn_twice() -> None:
    e, pi, strata = np.arange(8.0), np.full(8, 0.25), np.repeat(["a", "b"], 4)
    family = np.array([1, 1, 2, 3, 1, 2, 2, 3])
    apart = [brewer_variance(e[s], pi[s], families=family[s]) for s in (strata == "a", strata == "b")]
    assert brewer_variance(e, pi, strata, family) == pytest.approx(sum(apart))


def test_a_family_with_several_probabilities_counts_with_the_least() -> None:
    e, family = np.array([1.0, 2.0, 4.0, 7.0]), np.array([0, 0, 1, 2])
    found = brewer_variance(e, [0.5, 0.2, 0.4, 0.8], families=family)
    z, free = np.array([1 / 0.5 + 2 / 0.2, 10.0, 8.75]), np.array([0.8, 0.6, 0.2])
    assert found == pytest.approx(1.5 * (free * (z - z.mean()) ** 2).sum())


def test_families_of_another_length_are_refused() -> None:
    with pytest.raises(Invalid, match="families"):
        hajek_ratio([1, 0], [1, 1], [0.5, 0.5], families=["a"], of="x")


def test_intervals_cover_when_families_are_drawn_together() -> None:
    """3,000 families of 1 to 12 near-copies, 150 drawn; taken as single videos it covers too little."""
    rng = np.random.default_rng(11)
    size = rng.integers(1, 13, 3000)
    family = np.repeat(np.arange(3000), size)
    y = (rng.random(3000) < 0.2)[family].astype(float)
    w = rng.lognormal(0, 1, family.size)
    weight = np.bincount(family, weights=w)
    pi_of_family = 150 * weight / weight.sum()
    truth, held, alone = (w @ y) / w.sum(), 0, 0
    for seed in range(400):
        drawn = np.random.default_rng(seed).random(3000) < pi_of_family
        keep = drawn[family]
        sample = (y[keep], w[keep], pi_of_family[family][keep])
        between = hajek_ratio(*sample, families=family[keep], of="x", interval="wilson")
        single = hajek_ratio(*sample, of="x", interval="wilson")
        held += between.low <= truth <= between.high
        alone += single.low <= truth <= single.high
    assert 0.93 <= held / 400 <= 0.98
    assert alone / 400 < 0.85

"""Shares within a part of the sample: written out, and held against many draws of a stratified population."""

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats import hajek_ratio, shares_by
from tilik.stats.domain import domain_share

RNG = np.random.default_rng(5)


def test_one_stratum_is_the_ratio_within_and_its_residuals_written_out() -> None:
    y, w, pi = RNG.integers(0, 2, 80).astype(float), RNG.lognormal(0, 1, 80), RNG.uniform(0.05, 0.9, 80)
    held = RNG.integers(0, 2, 80)
    found = domain_share(y, held, w, pi, of="x")
    on, g = held == 1, w / pi
    p = g[on] @ y[on] / g[on].sum()
    z = np.where(on, g * (y - p), 0.0) / g[on].sum()
    assert found.value == pytest.approx(p)
    variance = 80 / 79 * ((1 - pi) * (z - z.mean()) ** 2).sum()
    assert found.inputs["standard_error"] == pytest.approx(variance**0.5)
    assert found.n == on.sum()


def test_the_whole_sample_is_a_part_of_itself() -> None:
    y, w, pi = RNG.integers(0, 2, 60).astype(float), RNG.lognormal(0, 1, 60), RNG.uniform(0.05, 0.9, 60)
    strata = np.repeat(["a", "b", "c"], 20)
    part, whole = domain_share(y, np.ones(60), w, pi, strata, of="x"), hajek_ratio(y, w, pi, strata, of="x")
    assert (part.value, part.low, part.high) == pytest.approx((whole.value, whole.low, whole.high))
    assert part.n_eff == pytest.approx(whole.n_eff)


def test_intervals_cover_where_the_part_lies_unevenly_over_strata() -> None:
    """Dropping the units outside covers .83 here: what the part holds of each stratum is luck too."""
    rng = np.random.default_rng(11)
    size, drawn = np.array([4_000, 1_000]), np.array([150, 100])
    stratum = np.repeat([0, 1], size)
    held = rng.random(stratum.size) < np.array([0.2, 0.6])[stratum]
    y = rng.random(stratum.size) < np.array([0.1, 0.9])[stratum]
    truth = y[held].mean()
    hits, short = 0, 0
    for _ in range(400):
        units = np.concatenate(
            [rng.choice(np.flatnonzero(stratum == h), drawn[h], replace=False) for h in (0, 1)]
        )
        pi, names = (drawn / size)[stratum[units]], stratum[units].astype(str)
        whole = domain_share(y[units], held[units], np.ones(250), pi, names, of="x")
        on = held[units]
        dropped = hajek_ratio(y[units][on], np.ones(on.sum()), pi[on], names[on], of="x")
        hits += whole.low <= truth <= whole.high
        short += dropped.low <= truth <= dropped.high
    assert 0.92 <= hits / 400 <= 0.99
    assert short / 400 < 0.9


def test_nothing_inside_is_nothing_known() -> None:
    none = domain_share([1, 0], [0, 0], [1, 1], [0.5, 0.5], of="x")
    assert (none.value, none.low, none.high, none.n) == (None, 0, 1, 0)
    with pytest.raises(Invalid, match="held has shape"):
        domain_share([1, 0], [1], [1, 1], [0.5, 0.5], of="x")


def test_domains_of_one_sample_are_parts_of_it() -> None:
    y, by = np.array([1, 0, 1, 0, 1, 1.0]), np.array(["id", "id", "id", "jv", "jv", "jv"])
    pi, strata = np.array([0.1, 0.2, 0.3, 0.1, 0.2, 0.3]), ["a", "b", "a", "b", "a", "b"]
    found = shares_by(y, by, np.ones(6), pi, strata, of="{}")["id"]
    alone = domain_share(y, by == "id", np.ones(6), pi, strata, of="id")
    assert found == alone


def test_half_a_positive_weighs_what_the_sample_s_units_weigh() -> None:
    """Next to nothing with equal weights; much where light positives were found among heavy units."""
    y = np.repeat([1.0, 0.0], [10, 390])
    even, steep = np.full(400, 0.01), np.repeat([0.5, 0.01], [40, 360])
    for pi, widest, least in ((even, 1.05, 0.9), (steep, 60.0, 5.0)):
        plain = hajek_ratio(y, np.ones(400), pi, of="x")
        half = hajek_ratio(y, np.ones(400), pi, of="x", interval="half-positive")
        ratio = (half.high - half.low) / (plain.high - plain.low)
        assert least < ratio < widest
        assert half.value == plain.value
    g = 1 / steep / (1 / steep).sum()
    found = hajek_ratio(y, np.ones(400), steep, of="x", interval="half-positive").inputs["standard_error"]
    before = hajek_ratio(y, np.ones(400), steep, of="x").inputs["standard_error"]
    assert isinstance(found, float)
    assert isinstance(before, float)
    assert found**2 - before**2 == pytest.approx(0.5 * ((1 - steep) * g**2).mean())


def test_half_a_positive_leaves_a_sample_that_agrees_to_korn_and_graubard() -> None:
    pi = np.full(50, 0.1)
    none = hajek_ratio(np.zeros(50), np.ones(50), pi, of="x", interval="half-positive")
    assert none.high == hajek_ratio(np.zeros(50), np.ones(50), pi, of="x").high

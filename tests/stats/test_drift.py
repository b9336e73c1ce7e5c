"""Drift: the distances are those of scipy and of the formulas, the null is true, and intervals cover."""

from itertools import combinations

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon
from scipy.stats import ks_2samp, kstest

from tilik.kernel import Invalid
from tilik.sampling import (
    AnyDesign,
    MultiTargetDesign,
    PpsDesign,
    SimpleRandomDesign,
    Target,
    lay_out,
)
from tilik.stats import Period, mix_drift, moved, period_totals, score_drift
from tilik.stats.period import deals


def scores(seed: int, rows: int, shift: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return 1 / (1 + np.exp(-rng.normal(-2 + shift, 1.2, rows))), rng.lognormal(2, 1, rows)


def test_ks_is_scipys_where_all_weigh_alike() -> None:
    old, new = scores(1, 300)[0], scores(2, 200, 0.3)[0].round(2)
    found = score_drift(Period(old), Period(new), of="{}", times=99)
    assert found.ks.value == pytest.approx(ks_2samp(old, new).statistic)
    assert (found.ks.low, found.ks.high, found.ks.n) == (found.ks.value, found.ks.value, 500)


def test_ks_with_weights_is_the_definition_over_all_scores() -> None:
    (old, w), (new, v) = scores(3, 150), scores(4, 120, 0.5)
    by_hand = max(
        abs(w[old <= at].sum() / w.sum() - v[new <= at].sum() / v.sum()) for at in np.concatenate([old, new])
    )
    found = score_drift(Period(old, w), Period(new, v), of="{}", times=99)
    assert found.ks.value == pytest.approx(by_hand)


def test_psi_and_js_are_the_formulas_over_tenths_of_the_old_weight() -> None:
    (old, w), (new, v) = scores(3, 900), scores(4, 1200, 0.5)
    found = score_drift(Period(old, w), Period(new, v), of="{}", times=99)
    p, q = (np.array([getattr(one, side) for one in found.shares]) for side in ("old", "new"))
    assert p == pytest.approx(np.full(10, 0.1), abs=0.02)
    assert found.psi.value == pytest.approx(((q - p) * np.log(q / p)).sum())
    assert found.js.value == pytest.approx(jensenshannon(p, q, base=2) ** 2)
    assert found.psi.n_eff == pytest.approx(min(w.sum() ** 2 / (w @ w), v.sum() ** 2 / (v @ v)))


def test_psi_of_a_class_that_was_not_there_is_finite_and_js_stays_within_a_bit() -> None:
    found = mix_drift(Period(["a"] * 50), Period(["b"] * 40), of="{}", times=99)
    assert np.isfinite(found.psi.value)
    assert found.js.value == pytest.approx(1)
    assert found.ks is None
    assert found.psi.inputs["p_value"] == 0.01
    same = mix_drift(Period(["a", "b"] * 20), Period(["a", "b"] * 30), of="{}", times=99)
    assert (same.psi.value, same.psi.inputs["p_value"]) == (0, 1)


def test_the_null_is_that_of_all_deals() -> None:
    """Six units, three old: the p-value of the twenty ways to deal them."""
    values, w = np.array([0.1, 0.2, 0.3, 0.6, 0.7, 0.9]), np.array([1.0, 2.0, 1.0, 3.0, 1.0, 2.0])

    def ks(old: np.ndarray) -> float:
        first = np.cumsum(w * old) / (w @ old)
        return float(np.abs(first - np.cumsum(w * (1 - old)) / (w @ (1 - old))).max())

    truth = ks(np.array([1, 1, 0, 1, 0, 0]))
    every = [ks(np.isin(np.arange(6), held).astype(float)) for held in combinations(range(6), 3)]
    at = [0, 1, 3, 2, 4, 5]
    old, new = (Period(values[at[s]], w[at[s]]) for s in (slice(0, 3), slice(3, 6)))
    found = score_drift(old, new, of="{}", times=4000)
    assert found.ks.value == pytest.approx(truth)
    exact = np.mean(np.array(every) >= truth - 1e-12)
    assert found.ks.inputs["p_value"] == pytest.approx(exact, abs=0.03)


def test_a_unit_of_both_periods_is_swapped_and_never_doubled() -> None:
    old = Period([1.0, 2.0, 3.0, 4.0], ids=["a", "b", "c", "d"])
    new = Period([1.0, 2.0, 9.0], ids=["b", "c", "z"])
    rows = np.array(list(deals(old, new, 2000, 1)))
    assert np.array_equal(rows[:, 1] + rows[:, 4], np.ones(2000))
    assert np.array_equal(rows[:, 2] + rows[:, 5], np.ones(2000))
    assert np.array_equal(rows[:, [0, 3, 6]].sum(axis=1), np.full(2000, 2.0))
    assert rows.mean(axis=0) == pytest.approx([2 / 3, 0.5, 0.5, 2 / 3, 0.5, 0.5, 2 / 3], abs=0.04)


def test_p_values_are_uniform_where_nothing_moved_and_small_where_something_did() -> None:
    uniform, strong = [], []
    for seed in range(150):
        (old, w), (new, v) = scores(seed, 200), scores(seed + 1000, 150)
        found = score_drift(Period(old, w), Period(new, v), of="{}", times=99, seed=seed)
        uniform.append([one.inputs["p_value"] for one in moved(found).values()])
        other = score_drift(Period(old, w), Period(scores(seed + 1000, 150, 0.8)[0], v), of="{}", times=99)
        strong.append(other.ks.inputs["p_value"])
    for column in np.array(uniform).T:
        assert kstest(column, "uniform").pvalue > 0.01
        assert np.mean(column <= 0.05) < 0.1
    assert np.mean(np.array(strong) <= 0.05) > 0.9


def test_pairs_find_a_shift_that_units_alone_hide() -> None:
    """The same 200 videos, each score a little higher: against unpaired deals it drowns."""
    rng = np.random.default_rng(2)
    old = rng.beta(1, 6, 200)
    new = np.clip(old + 0.02 + rng.normal(0, 0.005, 200), 0, 1)
    ids = np.arange(200)
    paired = score_drift(Period(old, ids=ids), Period(new, ids=ids), of="{}").ks
    alone = score_drift(Period(old), Period(new), of="{}").ks
    assert paired.value == alone.value
    assert paired.inputs["p_value"] < 0.01 < alone.inputs["p_value"]
    assert paired.inputs["null_high"] < alone.inputs["null_high"]


@pytest.mark.parametrize("shift", [0.0, 0.6])
def test_intervals_of_sampled_periods_cover_the_distance_of_the_frames(shift: float) -> None:
    """120 pairs of samples of 400 by size; Monte-Carlo error .02. They err to the wide side."""
    (old, w), (new, v) = scores(7, 8000), scores(8, 8000, shift)
    whole = score_drift(Period(old, w), Period(new, v), of="{}", times=99)
    held = np.zeros(3)
    for seed in range(120):
        rng, sides = np.random.default_rng(seed), []
        for s, weight in ((old, w), (new, v)):
            pi = np.minimum(1, 400 * weight / weight.sum())
            at = np.flatnonzero(rng.random(weight.size) < pi)
            sides.append(Period(s[at], weight[at], pi[at]))
        found = score_drift(*sides, of="{}", times=150, seed=seed)
        held += [
            one.low <= truth.value <= one.high
            for one, truth in zip(moved(found).values(), moved(whole).values(), strict=True)
        ]
    assert (held / 120 >= 0.92).all()


def drawn(design: AnyDesign, seed: int, budget: int = 300, moved_by: float = 0.0) -> Period:
    """A sample of 20,000 videos by this design."""
    s, w = scores(seed, 20_000, moved_by)
    prn = np.random.default_rng(seed + 1).random(w.size)
    units, pi, _ = lay_out(design, w, prn, columns={"s": s}).draw(budget, seed)
    return Period(s[units], w[units], pi)


DESIGNS: tuple[AnyDesign, ...] = (
    PpsDesign(),
    SimpleRandomDesign(),
    MultiTargetDesign(targets=(Target(score="s", threshold=0.5),)),
)


@pytest.mark.parametrize("second", DESIGNS, ids=lambda one: one.kind)
@pytest.mark.parametrize("first", DESIGNS, ids=lambda one: one.kind)
def test_only_samples_of_one_design_are_compared(first: AnyDesign, second: AnyDesign) -> None:
    """Whatever their budgets, and where the scores have moved too."""
    for seed in range(6):
        old, new = drawn(first, seed), drawn(second, seed + 50, 900 if seed % 2 else 200, 0.2 * (seed % 2))
        if first is second:
            assert score_drift(old, new, of="{}", times=99).psi.value > 0
        else:
            with pytest.raises(Invalid, match="not drawn alike"):
                score_drift(old, new, of="{}", times=99)


def test_a_sample_is_not_compared_with_a_period_in_full() -> None:
    s, w = scores(1, 200)
    with pytest.raises(Invalid, match="there in full"):
        score_drift(Period(s, w), drawn(PpsDesign(), 2), of="{}", times=99)


def test_totals_are_counted_or_estimated() -> None:
    units, weight = period_totals(Period([1.0, 2.0, 3.0], [5.0, 6.0, 7.0]), of="{}")
    assert (units.value, units.low, weight.high, weight.method) == (3, 3, 18, "counted")
    w = np.arange(1.0, 101)
    units, weight = period_totals(Period(w, w, w / 200), of="{} of March")
    assert weight.value == pytest.approx(20_000)
    assert weight.high == pytest.approx(20_000)
    assert units.low < units.value < units.high
    assert units.of == "units of March"


def test_what_cannot_be_compared_is_refused() -> None:
    good = Period([0.1, 0.2, 0.3])
    with pytest.raises(Invalid, match="cannot be compared"):
        score_drift(good, Period([0.5]), of="{}")
    with pytest.raises(Invalid, match="without any weight"):
        score_drift(good, Period([0.5, 0.6], [0.0, 0.0]), of="{}")
    with pytest.raises(Invalid, match="missing"):
        score_drift(good, Period([0.5, np.nan]), of="{}")
    with pytest.raises(Invalid, match="numbers"):
        score_drift(good, Period(["a", "b"]), of="{}")
    with pytest.raises(Invalid, match="deals"):
        score_drift(good, good, of="{}", times=9)
    with pytest.raises(Invalid, match="bins"):
        score_drift(good, good, of="{}", bins=1)
    with pytest.raises(Invalid, match="named twice"):
        Period([1, 2], ids=["a", "a"])

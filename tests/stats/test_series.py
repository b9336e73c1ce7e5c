"""Weeks beside each other: the mean of several, and the correlation of samples that share their numbers."""

from __future__ import annotations

import numpy as np
import pytest

from tilik.kernel import Estimate, Invalid
from tilik.sampling.poisson import sequential_poisson
from tilik.stats import Panel, average, difference, hajek_ratio, panel_correlation

NEEDED = {"n": 10, "n_eff": 10.0, "method": "m", "of": "x"}


def estimate(value: float | None, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, **NEEDED)  # type: ignore[arg-type]


def test_the_mean_of_equal_estimates_is_half_as_wide_with_four() -> None:
    found = average([estimate(0.1, 0.06, 0.18)] * 4, of="four weeks")
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.08, 0.14))
    assert found.n == 40


def test_the_mean_of_unequal_estimates_by_hand() -> None:
    found = average([estimate(0.1, 0.07, 0.2), estimate(0.3, 0.26, 0.36)], of="two")
    assert found.value == pytest.approx(0.2)
    assert found.low == pytest.approx(0.2 - 0.05 / 2)  # 3-4-5
    assert found.high == pytest.approx(0.2 + np.hypot(0.1, 0.06) / 2)


@pytest.mark.parametrize("bad", [[], [estimate(None, 0, 1)]])
def test_what_has_no_point_has_no_mean(bad: list[Estimate]) -> None:
    with pytest.raises(Invalid):
        average(bad, of="none")


def test_a_correlation_shortens_the_difference_and_none_leaves_it() -> None:
    one, other = estimate(0.3, 0.2, 0.4), estimate(0.25, 0.15, 0.35)
    plain = difference(one, other, of="d")
    same = difference(one, other, of="d", correlation=0.5)
    assert plain.high - plain.low == pytest.approx(2 * np.hypot(0.1, 0.1))
    assert same.high - same.low == pytest.approx(0.2)  # √(1 + 1 - 2·½) = 1
    assert same.method.startswith("mover-difference+panel")
    with pytest.raises(Invalid):
        difference(one, other, of="d", correlation=1.2)


class Weeks:
    """Two frames of which most videos are in both, with failing that mostly stays what it is."""

    def __init__(self, seed: int = 3, size: int = 6_000, kept: float = 0.85) -> None:
        rng = np.random.default_rng(seed)
        self.stay = rng.random(size) < kept
        self.w1 = np.rint(rng.lognormal(4, 1.6, size)) + 1
        self.w2 = np.where(
            self.stay, np.rint(self.w1 * rng.lognormal(0, 0.4, size)) + 1, rng.permutation(self.w1)
        )
        self.y1 = (rng.random(size) < 0.2).astype(float)
        fresh = (rng.random(size) < 0.22).astype(float)
        self.y2 = np.where(self.stay & (rng.random(size) < 0.95), self.y1, fresh)
        self.ids1 = np.array([f"v{at}" for at in range(size)])
        self.ids2 = np.where(self.stay, self.ids1, np.char.add("n", self.ids1))
        self.truth = float(self.w2 @ self.y2 / self.w2.sum() - self.w1 @ self.y1 / self.w1.sum())

    def draw(self, rng: np.random.Generator, n: int, *, shared: bool, answer: float = 1.0) -> list[Panel]:
        u1 = rng.random(self.w1.size)
        u2 = np.where(self.stay, u1, rng.random(self.w1.size)) if shared else rng.random(self.w1.size)
        found = []
        for ids, w, y, u in ((self.ids1, self.w1, self.y1, u1), (self.ids2, self.w2, self.y2, u2)):
            drawn = sequential_poisson(w, u, n)
            on = rng.random(drawn.units.size) < answer
            at, pi = drawn.units[on], drawn.pi[on]
            strata = np.array(["all"] * at.size)
            judged = pi * on.mean()
            found.append(
                Panel(ids[at], y[at], w[at].astype(float), judged, pi, strata, {"all": float(w.sum())})
            )
        return found


def shares(panel: Panel) -> Estimate:
    return hajek_ratio(
        panel.y, panel.measure, panel.pi, panel.strata, of="p", totals=panel.totals, interval="half-positive"
    )


@pytest.mark.parametrize("answer", [1.0, 0.7])
def test_the_change_of_a_shared_panel_is_covered_and_its_interval_is_shorter(answer: float) -> None:
    weeks, rng, times = Weeks(), np.random.default_rng(11), 300
    inside, plain, short, gaps, shared = 0, 0.0, 0.0, [], 0
    for _ in range(times):
        one, two = weeks.draw(rng, 400, shared=True, answer=answer)
        r, both = panel_correlation(two, one)
        first, second = shares(two), shares(one)
        found = difference(first, second, of="d", correlation=r)
        wide = difference(first, second, of="d")
        inside += found.low <= weeks.truth <= found.high
        plain, short, shared = plain + wide.high - wide.low, short + found.high - found.low, shared + both
        gaps.append(found.value or 0.0)
    assert shared / times > 100 * answer**2
    assert 0.925 <= inside / times <= 0.985, inside / times
    assert short / plain < (0.85 if answer == 1.0 else 0.93)
    # The interval is about as long as the spread of the differences asks for.
    assert short / times == pytest.approx(2 * 1.96 * np.std(gaps), rel=0.2)


def test_samples_with_their_own_numbers_do_not_correlate() -> None:
    weeks, rng = Weeks(), np.random.default_rng(5)
    inside = 0
    for _ in range(200):
        one, two = weeks.draw(rng, 400, shared=False)
        found = difference(shares(two), shares(one), of="d")
        inside += found.low <= weeks.truth <= found.high
    assert 0.91 <= inside / 200 <= 0.99


def test_the_same_sample_twice_correlates_as_far_as_it_is_chance() -> None:
    one, _ = Weeks().draw(np.random.default_rng(2), 300, shared=True)
    r, both = panel_correlation(one, one)
    assert both == one.ids.size
    assert 0.9 < r <= 1.0

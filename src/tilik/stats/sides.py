"""A classifier's two sides, at or above its threshold and below: the positives of each, by difference.

With ``f`` the score, ``W`` the frame's measure on the side and ``F`` its total of ``measure × f``, the
positives are ``Â = W·m̂ + λF`` where ``m̂`` is the Hájek mean of ``y - λf``: the generalised difference
estimator (Särndal, Swensson & Wretman 1992, ch. 6). λ minimises the estimated variance
("power tuning", PPI++: Angelopoulos, Duchi & Zrnic 2023): a useless score gets λ near 0, and no harm is done.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Invalid
from tilik.stats.phase import Outcome
from tilik.stats.sample import Floats, Sample
from tilik.stats.variance import brewer_by_stratum

Flags = NDArray[np.bool_]
HIGHEST_TUNING = 2.0
ROUNDING = 1e-9
"""By this part of the whole the same sums may differ when added in another order."""


@dataclass(frozen=True)
class FrameTotals:
    """What the frame knows of a score and a threshold.

    ``measure`` Σw; ``above`` Σw of units at or above the threshold; ``score`` Σw·score; ``score_above``
    the same of units at or above the threshold. Without a threshold the two ``above`` are 0.
    """

    measure: float
    score: float
    above: float = 0.0
    score_above: float = 0.0

    @classmethod
    def of(cls, measure: ArrayLike, score: ArrayLike, threshold: float = np.inf) -> FrameTotals:
        """The totals of a frame given as arrays."""
        w, s = np.asarray(measure, dtype=float), np.asarray(score, dtype=float)
        acts = s >= threshold
        return cls(float(w.sum()), float(w @ s), float(w[acts].sum()), float(w[acts] @ s[acts]))

    @classmethod
    def at_each(cls, measure: ArrayLike, score: ArrayLike, thresholds: ArrayLike) -> list[FrameTotals]:
        """The totals at several thresholds, in one pass over the frame."""
        w, s, cuts = (np.asarray(array, dtype=float) for array in (measure, score, thresholds))
        order = np.sort(cuts)
        passed = np.searchsorted(order, s, side="right")
        sums = (np.bincount(passed, weights=weights, minlength=order.size + 1) for weights in (w, w * s))
        above, score_above = (np.cumsum(one[::-1])[::-1][1:] for one in sums)
        place = np.searchsorted(order, cuts)
        whole, whole_score = float(w.sum()), float(w @ s)
        # The same sums in another order may pass the whole by a rounding.
        return [
            cls(whole, whole_score, min(whole, a), min(whole_score, b))
            for a, b in zip(above[place].tolist(), score_above[place].tolist(), strict=True)
        ]

    def __post_init__(self) -> None:
        most = 1 + ROUNDING
        sound = (
            self.measure > 0 and 0 <= self.above <= self.measure * most and self.score <= self.measure * most
        )
        if not (sound and 0 <= self.score_above <= self.score * most):
            raise Invalid(
                "frame-totals-odd",
                f"these cannot be totals of one frame: {self}",
                mend="Sum the measure, and measure × score with scores in 0..1, over the whole frame.",
            )


@dataclass(frozen=True, eq=False)
class Side:
    """One side of a threshold, as estimated.

    ``known`` is the frame's measure there, ``positives`` the estimated measure of its positives,
    ``variance`` that of ``positives`` and ``modelled`` the same by smoothed chances; ``n`` units
    settled there and ``hits`` positives, expected ones among them; ``tuning`` is λ; ``residual`` is what
    each unit of the sample adds to ``positives``, linearised; ``third`` is the third cumulant of
    ``positives`` by smoothed chances, None after a second phase.
    """

    known: float
    positives: float
    variance: float
    modelled: float
    n: int
    hits: float
    tuning: float
    residual: Floats
    third: float | None


def two_sides(
    outcome: Outcome, score: Floats, sample: Sample, threshold: float, totals: FrameTotals
) -> tuple[Side, Side]:
    """At or above the threshold, and below."""
    acts = score >= threshold
    rest, rest_score = totals.measure - totals.above, totals.score - totals.score_above
    if rest < ROUNDING * totals.measure:  # what rounding left is no side that nobody looked at
        rest, rest_score = 0.0, 0.0
    return (
        make_side(outcome, score, sample, acts, totals.above, totals.score_above),
        make_side(outcome, score, sample, ~acts, max(0.0, rest), max(0.0, rest_score)),
    )


def make_side(outcome: Outcome, score: Floats, sample: Sample, on: Flags, known: float, total: float) -> Side:
    """Estimate one side; ``known`` is the frame's Σw there, ``total`` its Σw·score.

    Units that weigh nothing say nothing of it: with only such ones it counts as one of which none was judged.
    """
    g = np.where(on, sample.expanded, 0.0)
    size, n = float(g.sum()), int((on * outcome.settled).sum())
    hits = float(outcome.positive[on].sum())
    if size == 0:
        return Side(known, 0.0, 0.0, 0.0, 0, 0.0, 0.0, np.zeros(sample.n), 0.0)
    y = outcome.value
    tuning = _tuning(y, score, g, sample)
    level = float(g @ (y - tuning * score)) / size
    lift = (g * known / size) ** 2
    expected = tuning * score + level
    residual = np.where(on, sample.measure * (y - expected), 0.0) * known / size
    variance = float(brewer_by_stratum(residual, sample.pi, sample.stratum, sample.family).sum())
    # What Brewer's form takes of the second phase's spread is (1-π) of it.
    variance += float(lift * sample.pi @ outcome.noise)
    chance = outcome.chance
    noise = (1 - sample.pi) * (chance * (1 - chance) + (chance - expected) ** 2)
    # Copies are positive together: what is expected of a family is that of one unit with all their weight.
    modelled = float((sample.by_family(np.sqrt(lift * noise)) ** 2).sum() + lift @ outcome.modelled)
    positives = _within(known * level + tuning * total, known)
    if (known_hits := float((outcome.positive * outcome.settled)[on].sum())) in {0, n}:
        variance = max(variance, known**2 * _agreed(g * outcome.settled, sample, known_hits))
    third = None if outcome.modelled.any() else _third(g * known / size, chance, expected, sample)
    return Side(known, positives, variance, modelled, n, hits, tuning, residual, third)


def _within(positives: float, known: float) -> float:
    """Between none and all; what only rounding keeps from either is none or all, for there p(1-p) decides."""
    if positives < ROUNDING * known:
        return 0.0
    return known if positives > known * (1 - ROUNDING) else float(positives)


def _third(lifted: Floats, chance: Floats, expected: Floats, sample: Sample) -> float:
    """Third cumulant as for Poisson sampling, by smoothed chances: what was seen of it is mostly luck."""
    cubed = chance * (1 - expected) ** 3 - (1 - chance) * expected**3
    each = (1 - sample.pi) * (1 - 2 * sample.pi) * lifted**3 * cubed
    return float((sample.by_family(np.cbrt(each)) ** 3).sum())


def _tuning(y: Floats, score: Floats, g: Floats, sample: Sample) -> float:
    """λ of least estimated variance, within 0..2."""
    centred = score - float(g @ score) / g.sum()
    weight = (1 - sample.pi) * g**2
    spread = float(weight @ centred**2)
    if spread <= 0:
        return 0.0
    covariance = float(weight @ (centred * (y - float(g @ y) / g.sum())))
    return min(HIGHEST_TUNING, max(0.0, covariance / spread))


def _agreed(g: Floats, sample: Sample, hits: float) -> float:
    """Variance of the share where all judged units of the side agree: Jeffreys' on Kish's effective size."""
    uncertain = sample.by_family(np.where(sample.pi < 1, g, 0.0))
    if uncertain.sum() == 0:
        return 0.0
    n = float(uncertain.sum() ** 2 / (uncertain @ uncertain))
    guess = ((n if hits else 0.0) + 0.5) / (n + 1)
    return float((uncertain.sum() / g.sum()) ** 2 * guess * (1 - guess) / n)

"""Wald's sequential probability ratio test: is a person at the target, or at a rate that is not enough?

After each answer the log-likelihood ratio of the two rates moves by one of two steps. At ``ln((1-β)/α)`` the
person is found below, at ``ln(β/(1-α))`` at the target; between them one goes on. A person at the target is
found below with a chance of at most α/(1-β), one at the unacceptable rate passes with at most β/(1-α) (Wald
1945; 1947, ch. 3), and no test with such chances needs fewer answers on average at these two rates (Wald &
Wolfowitz 1948).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, expm1, log
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from tilik.kernel import Invalid

Finding = Literal["below", "at-target", "open"]


class Verdict(NamedTuple):
    """What was found, after how many answers, and the log-likelihood ratio then."""

    finding: Finding
    answers: int
    ratio: float


class Limits(NamedTuple):
    """Counts of wrong answers among n: at most ``passes`` (-1: none can yet) or at least ``fails``."""

    passes: int
    fails: int


class Operating(NamedTuple):
    """What a test that ends at the latest after so many answers comes to: the chances of being found at the
    target, of being found below, and of neither; and how many answers it takes on average."""

    passes: float
    fails: float
    undecided: float
    answers: float


@dataclass(frozen=True)
class Sprt:
    """A test of the rate of right answers: ``target`` against ``unacceptable``.

    ``alpha`` is the chance wanted for finding someone below who is at the target, ``beta`` for passing
    someone at the unacceptable rate. Raises ``Invalid`` unless 0 < unacceptable < target < 1 and both chances
    are below ½.
    """

    target: float
    unacceptable: float
    alpha: float = 0.05
    beta: float = 0.05

    def __post_init__(self) -> None:
        if not 0 < self.unacceptable < self.target < 1:
            raise Invalid(
                "rates-unfit",
                f"the unacceptable rate {self.unacceptable} must lie between 0 and the target {self.target}",
            )
        if not (0 < self.alpha < 0.5 and 0 < self.beta < 0.5):
            raise Invalid("chances-unfit", "both chances of error must lie between 0 and 0.5")

    @property
    def boundaries(self) -> tuple[float, float]:
        """``ln(β/(1-α))`` and ``ln((1-β)/α)``."""
        return log(self.beta / (1 - self.alpha)), log((1 - self.beta) / self.alpha)

    @property
    def steps(self) -> tuple[float, float]:
        """What a right and a wrong answer add to the log-likelihood ratio: less than 0, and more."""
        return log(self.unacceptable / self.target), log((1 - self.unacceptable) / (1 - self.target))

    def decide(self, right: ArrayLike) -> Verdict:
        """The first crossing along answers in their order, 1 right and 0 wrong; else ``open``."""
        answers = np.asarray(right, dtype=float)
        if answers.ndim != 1 or not np.all((answers == 0) | (answers == 1)):
            raise Invalid("y-out-of-range", "answers must be 0 or 1")
        good, bad = self.steps
        low, high = self.boundaries
        path = np.cumsum(np.where(answers == 1, good, bad))
        crossed = np.flatnonzero((path <= low) | (path >= high))
        if not crossed.size:
            return Verdict("open", answers.size, float(path[-1]) if path.size else 0.0)
        at = int(crossed[0])
        return Verdict("below" if path[at] >= high else "at-target", at + 1, float(path[at]))

    def limits(self, answers: int) -> Limits:
        """The same boundaries as counts of wrong answers among so many: Wald's two parallel lines."""
        good, bad = self.steps
        low, high = self.boundaries
        each = bad - good
        return Limits(
            max(-1, int(np.floor((low - answers * good) / each))),
            max(0, ceil((high - answers * good) / each)),
        )

    def pass_chance(self, rate: float) -> float:
        """Wald's operating characteristic: the chance that someone of this rate is found at the target.

        ``(A^h - 1)/(A^h - B^h)`` with h the root of ``E[e^{h·step}] = 1``. The excess over the boundaries is
        neglected. Raises ``Invalid`` unless 0 ≤ rate ≤ 1.
        """
        low, high = self.boundaries
        if rate in {0.0, 1.0}:
            return rate
        h = self._root(rate)
        if abs(h) < 1e-9:
            return high / (high - low)
        # Divided through by the larger power, so that nothing overflows.
        if h > 0:
            return -expm1(-h * high) / (-expm1(-h * (high - low)))
        return expm1(h * high) * exp(-h * low) / (expm1(h * (high - low))) if h * low < 500 else 0.0

    def expected_answers(self, rate: float) -> float:
        """Wald's average number of answers at this rate, the excess over the boundaries neglected."""
        low, high = self.boundaries
        good, bad = self.steps
        passes = self.pass_chance(rate)
        drift = rate * good + (1 - rate) * bad
        if abs(drift) < 1e-9:
            return -low * high / (rate * good**2 + (1 - rate) * bad**2)
        return (passes * low + (1 - passes) * high) / drift

    @property
    def fewest(self) -> int:
        """The answers after which someone who was always right is found at the target."""
        return ceil(self.boundaries[0] / self.steps[0])

    def operating(self, rate: float, most: int) -> Operating:
        """What the test ends in for someone of this rate when it is cut off after ``most`` answers.

        Exact: the chance of each count of wrong answers is carried from answer to answer. Raises ``Invalid``
        unless 0 ≤ rate ≤ 1 and most ≥ 1.
        """
        if not 0 <= rate <= 1:
            raise Invalid("proportion-out-of-range", f"a rate lies in 0..1, not {rate}")
        if most < 1:
            raise Invalid("sample-size-not-positive", f"a test needs at least one answer, not {most}")
        chance = np.zeros(most + 2)
        chance[0] = 1.0
        passes = fails = answers = 0.0
        for asked in range(1, most + 1):
            chance[1:] = chance[1:] * rate + chance[:-1] * (1 - rate)
            chance[0] *= rate
            limits = self.limits(asked)
            passed = float(chance[: limits.passes + 1].sum())
            failed = float(chance[limits.fails :].sum())
            chance[: limits.passes + 1] = 0.0
            chance[limits.fails :] = 0.0
            passes, fails = passes + passed, fails + failed
            answers += asked * (passed + failed)
        undecided = float(chance.sum())
        return Operating(passes, fails, undecided, answers + most * undecided)

    def _root(self, rate: float) -> float:
        """h ≠ 0 with ``rate·e^{h·good} + (1-rate)·e^{h·bad} = 1``; 0 where the drift is 0."""
        if not 0 < rate < 1:
            raise Invalid("proportion-out-of-range", f"a rate lies in 0..1, not {rate}")
        good, bad = self.steps

        def excess(h: float) -> float:
            return float(np.logaddexp(log(rate) + h * good, log(1 - rate) + h * bad))

        drift = rate * good + (1 - rate) * bad
        if abs(drift) < 1e-9:
            return 0.0
        # Convex with one root at 0; the other lies against the drift.
        side = -np.sign(drift)
        reach = 1.0
        while excess(side * reach) <= 0:
            reach *= 2
        near = reach
        while excess(side * near) > 0:
            near /= 2
        return float(brentq(excess, side * near, side * reach, xtol=1e-13))

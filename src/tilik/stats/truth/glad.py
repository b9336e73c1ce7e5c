"""Skill of workers against difficulty of tasks.

Source: J. Whitehill, P. Ruvolo, T. Wu, J. Bergsma & J. Movellan (2009), Whose vote should count more:
optimal integration of labels from labelers of unknown expertise, NIPS 22:2035-2043.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from tilik.stats.truth.climb import weak_prior
from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.table import Codes, Floats

STEPS = 2
LONGEST = 1.0


class Glad:
    """A label is right with probability ``σ(a_j · exp(b_i))``, else any other class is as likely.

    ``a`` is skill (negative: worse than chance), ``b`` ease; both have the paper's Normal(1, 1) priors, the
    classes are equally likely. Each round takes Fisher-scoring steps in ``a``, then in ``b``: given the
    other, every coordinate is on its own, so a step is a few sums.
    """

    bound = False

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._task, self._worker = crowd.table.task, crowd.table.worker
        self._vote = crowd.table.label * crowd.tasks + self._task
        self._others = np.log(crowd.classes - 1)
        self.skill, self.ease = np.ones(crowd.workers), np.ones(crowd.tasks)

    @property
    def confusion_prior(self) -> Floats:
        return weak_prior(self._crowd.classes)

    def scores(self, posterior: Floats) -> tuple[Floats, float]:
        right = posterior.ravel()[self._vote]
        for _ in range(STEPS):
            self._learn(right)
        odds = self.skill[self._worker] * np.exp(self.ease)[self._task]
        weight = self._crowd.weight
        size = self._crowd.classes * self._crowd.tasks
        scores = np.bincount(self._vote, weight * (odds + self._others), minlength=size)
        wrong = -np.logaddexp(0, odds) - self._others
        constant = float(weight @ wrong) - self._crowd.tasks * np.log(self._crowd.classes)
        return scores.astype(float, copy=False).reshape(self._crowd.classes, -1), constant

    def objective(self, log_likelihood: float) -> float:
        return log_likelihood - float(((self.skill - 1) ** 2).sum() + ((self.ease - 1) ** 2).sum()) / 2

    def _learn(self, right: Floats) -> None:
        gain = np.exp(self.ease)[self._task]
        odds = self.skill[self._worker] * gain
        self.skill += self._step(self.skill, self._worker, right, odds, gain)
        odds = self.skill[self._worker] * gain
        self.ease += self._step(self.ease, self._task, right, odds, odds)

    def _step(self, values: Floats, owner: Codes, right: Floats, odds: Floats, slope: Floats) -> Floats:
        sure = expit(odds)
        pull = self._crowd.weight * slope
        up = np.bincount(owner, pull * (right - sure), minlength=len(values)) - (values - 1)
        curve = np.bincount(owner, pull * slope * sure * (1 - sure), minlength=len(values)) + 1
        return np.asarray(np.clip(up / curve, -LONGEST, LONGEST))

"""One number for each worker: how often they are right.

Sources: the homogeneous model of Dawid & Skene (1979); V. C. Raykar et al. (2010), Learning from crowds,
JMLR 11:1297-1322, for priors on reliabilities.
"""

from __future__ import annotations

import numpy as np

from tilik.stats.truth.climb import weak_prior
from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.pooling import ClassShares, Pooled
from tilik.stats.truth.table import Floats


class OneCoin:
    """Worker j is right with probability ``p_j``, else any other class is as likely.

    Variational: Beta posteriors of ``p_j`` under a Beta prior learned from all workers, anchored at the
    one-coin view of ``HierarchicalBcc``'s anchor: right about half the time, whatever the number of classes.
    """

    bound = True

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._others = np.log(crowd.classes - 1)
        self._right = Pooled(np.array([crowd.classes, crowd.classes - 1.0]), workers_axis=0)
        self._shares = ClassShares(crowd.anchor)

    @property
    def confusion_prior(self) -> Floats:
        return weak_prior(self._crowd.classes)

    def scores(self, posterior: Floats) -> tuple[Floats, float]:
        given = self._crowd.used.sum(axis=1)
        right = self._crowd.hits(posterior).sum(axis=1)
        expected = self._right.expected_log(np.stack([right, np.maximum(given - right, 0)], axis=1))
        wrong = expected[:, 1] - self._others
        strength = np.repeat((expected[:, 0] - wrong)[:, None], self._crowd.classes, axis=1)
        scores = self._crowd.vote_scores(strength) + self._shares.expected_log(posterior)
        return scores, float(given @ wrong)

    def objective(self, log_likelihood: float) -> float:
        return log_likelihood - self._right.divergence() - self._shares.divergence()

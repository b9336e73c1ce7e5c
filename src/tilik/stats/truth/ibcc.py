"""Confusion matrices that learn from each other.

Sources: H.-C. Kim & Z. Ghahramani (2012), Bayesian classifier combination, AISTATS, JMLR W&CP 22:619-627;
E. Simpson, S. Roberts, I. Psorakis & A. Smith (2013), Dynamic Bayesian combination of multiple imperfect
classifiers, for the variational form; T. Minka (2000) for the learned prior.
"""

from __future__ import annotations

import numpy as np

from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.pooling import ClassShares, Pooled
from tilik.stats.truth.table import Floats


class HierarchicalBcc:
    """Independent Bayesian classifier combination with a prior confusion matrix learned from all workers.

    A worker with few labels is taken for a typical one, a worker with many for themselves. The prior is
    anchored at one label in every cell and one for each class on the diagonal: about half right.
    """

    bound = True

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        classes = crowd.classes
        self._confusion = Pooled(
            np.ones((classes, classes)) + (classes - 1) * np.eye(classes), workers_axis=1
        )
        self._shares = ClassShares(crowd.anchor)

    @property
    def confusion_prior(self) -> Floats:
        return self._confusion.prior

    def scores(self, posterior: Floats) -> tuple[Floats, float]:
        log_theta = self._confusion.expected_log(self._crowd.counts(posterior))
        scores, constant = self._crowd.scores(log_theta)
        scores += self._shares.expected_log(posterior)
        return scores, constant

    def objective(self, log_likelihood: float) -> float:
        return log_likelihood - self._confusion.divergence() - self._shares.divergence()

"""A confusion matrix for each worker: maximum likelihood and MAP.

Source: A. P. Dawid & A. M. Skene (1979), Maximum likelihood estimation of observer error-rates using the
EM algorithm, Applied Statistics 28:20-28.
"""

from __future__ import annotations

import numpy as np

from tilik.stats.truth.climb import weak_prior
from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.table import Floats

# A cell that was never seen is very unlikely, not impossible: one odd label must not veto a class.
LEAST = 1e-10


class DawidSkene:
    """Worker j labels a task of class k as l with probability ``θ_jkl``.

    ``smooth=False`` is plain EM (1979). With ``smooth=True`` every confusion cell gets half a label and
    the diagonal one more (MAP under a Dirichlet prior), and every class half a task: plain EM takes
    a worker's three right labels for infallibility, this does not.
    """

    bound = False

    def __init__(self, crowd: Crowd, *, smooth: bool) -> None:
        self._crowd = crowd
        self._prior = weak_prior(crowd.classes) if smooth else np.zeros((crowd.classes, crowd.classes))
        self._class_prior = 0.5 if smooth else 0.0
        self._log_prior = 0.0

    @property
    def confusion_prior(self) -> Floats:
        return weak_prior(self._crowd.classes)

    def scores(self, posterior: Floats) -> tuple[Floats, float]:
        counts = self._crowd.counts(posterior)
        counts += self._prior[:, None, :] + LEAST
        counts /= counts.sum(axis=2, keepdims=True)
        log_theta = np.log(counts, out=counts)
        share = posterior.sum(axis=1) + self._class_prior + LEAST
        log_share = np.log(share / share.sum())
        scores, constant = self._crowd.scores(log_theta)
        scores += log_share[:, None]
        self._log_prior = float(
            (self._prior * log_theta.sum(axis=1)).sum() + self._class_prior * log_share.sum()
        )
        return scores, constant

    def objective(self, log_likelihood: float) -> float:
        return log_likelihood + self._log_prior

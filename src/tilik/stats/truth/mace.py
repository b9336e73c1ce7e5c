"""Who knows and who spams.

Source: D. Hovy, T. Berg-Kirkpatrick, A. Vaswani & E. Hovy (2013), Learning whom to trust with MACE,
NAACL-HLT 1120-1130 (their variational form).
"""

from __future__ import annotations

import numpy as np

from tilik.stats.truth.climb import weak_prior
from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.pooling import ClassShares, Pooled
from tilik.stats.truth.table import Floats


class Mace:
    """Worker j knows the answer with probability ``θ_j``, else draws a label from their own habit ``ξ_j``.

    Differs from the paper in learning what it fixes: the class shares, and the priors of ``θ`` (anchored at
    the paper's Beta(½, ½)) and ``ξ``. It starts from the majority, not at random, so that the same labels
    always give the same answer. A label speaks for its own class only, so one sparse product does.
    """

    bound = True

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._knows = Pooled(np.full(2, 0.5), workers_axis=0)
        self._habit = Pooled(np.ones(crowd.classes), workers_axis=0)
        self._shares = ClassShares(crowd.anchor)
        self._knew = np.full((crowd.workers, crowd.classes), 0.5)

    @property
    def confusion_prior(self) -> Floats:
        return weak_prior(self._crowd.classes)

    def scores(self, posterior: Floats) -> tuple[Floats, float]:
        known = self._crowd.hits(posterior) * self._knew
        guessed = np.maximum(self._crowd.used - known, 0)
        knows = self._knows.expected_log(np.stack([known.sum(axis=1), guessed.sum(axis=1)], axis=1))
        guess = knows[:, 1:] + self._habit.expected_log(guessed)
        right = np.logaddexp(knows[:, :1], guess)
        self._knew = np.exp(knows[:, :1] - right)
        scores = self._crowd.vote_scores(right - guess) + self._shares.expected_log(posterior)
        return scores, float((self._crowd.used * guess).sum())

    def objective(self, log_likelihood: float) -> float:
        lost = self._knows.divergence() + self._habit.divergence() + self._shares.divergence()
        return log_likelihood - lost

"""What inference hands back: posteriors, what is settled and why not, people, cautions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.table import Codes, Floats

UNSETTLED = -1
EXACT = 1e-9


class Reason(IntEnum):
    """Why a task is settled or not."""

    CLEAR = 0
    GOLD = 1
    TIE = 2
    NEAR_TIE = 3
    NO_LABELS = 4


class Caution(NamedTuple):
    """Something the reader must know before using the result. ``code`` is stable."""

    code: str
    message: str


class Band(NamedTuple):
    """Means with the ends of their credible intervals; three arrays of one shape."""

    mean: Floats
    low: Floats
    high: Floats


class People(NamedTuple):
    """Reliability of each worker.

    ``labels`` weight of their labels; ``accuracy`` share of their labels that are right, (workers,);
    ``confusion`` of (workers, true, label): how they label tasks of each true class.
    """

    labels: Floats
    accuracy: Band
    confusion: Band


@dataclass(frozen=True, eq=False)
class Inference:
    """The truth of every task, as far as the labels tell.

    ``posterior`` (tasks, classes); ``chosen`` the class code of settled tasks, -1 for the others;
    ``reason`` a ``Reason`` per task; ``crowd`` the labels it was inferred from;
    ``prior`` pseudo-counts (true, label) behind the intervals of ``people``; ``log_likelihood`` of the labels
    at the last parameters (None for majority); ``objective`` what the method raised: the log-likelihood, with
    log prior (map, glad), or the ELBO (``bound`` is then true); ``iterations`` done; ``change`` the largest
    move of a posterior in the last; ``weights`` of the models averaged by ``auto``; ``cautions`` to be read.
    """

    method: str
    posterior: Floats
    chosen: Codes
    reason: NDArray[np.int8]
    crowd: Crowd
    prior: Floats
    log_likelihood: float | None
    objective: float | None
    bound: bool
    iterations: int
    change: float
    weights: dict[str, float]
    cautions: tuple[Caution, ...]

    @property
    def settled(self) -> NDArray[np.bool_]:
        """Tasks that need nobody else: clear or gold. The others are for adjudication."""
        return self.reason <= Reason.GOLD

    @cached_property
    def counts(self) -> Floats:
        """Expected labels of each worker by truth: (workers, true, label)."""
        return self.crowd.counts(np.ascontiguousarray(self.posterior.T)).transpose(1, 0, 2)

    def reliability(self, level: float = 0.95) -> Band:
        """Share of each worker's labels that are right, with its beta interval at ``level``: (workers,)."""
        given = self.crowd.used.sum(axis=1)
        right = self.crowd.hits(np.ascontiguousarray(self.posterior.T)).sum(axis=1)
        # Two pseudo-labels, right as often as the prior expects: its whole weight is meant for a row.
        expected = np.trace(self.prior) / self.prior.sum()
        wrong = np.maximum(given - right, 0)
        return beta_band(right + 2 * expected, wrong + 2 * (1 - expected), level)

    def people(self, level: float = 0.95) -> People:
        """Reliability and confusion of each worker with beta intervals at ``level``.

        The Dirichlet posterior of each row of the confusion, given the expected counts, has beta margins.
        The counts are taken as if seen, so where the truth itself is doubtful the intervals are too short.
        """
        filled = self.counts + self.prior
        rest = filled.sum(axis=2, keepdims=True) - filled
        return People(self.crowd.used.sum(axis=1), self.reliability(level), beta_band(filled, rest, level))


def beta_band(a: Floats, b: Floats, level: float) -> Band:
    """Mean and equal-tailed interval of Beta(a, b), elementwise; ``b`` is 0 where there is one class only."""
    tail = (1 - level) / 2
    low, high = (np.where(b > EXACT, betaincinv(a, b, end), 1.0) for end in (tail, 1 - tail))
    return Band(a / (a + b), low, high)


def settle(
    posterior: Floats, labelled: NDArray[np.bool_], gold: Codes, margin: float
) -> tuple[Codes, NDArray[np.int8]]:
    """The chosen class (-1: open) and ``Reason`` of each task; ``posterior`` is (classes, tasks).

    A task whose best class leads by less than ``margin`` is a near-tie.
    """
    best, lead = _leaders(posterior)
    reason = np.full(len(best), Reason.CLEAR, dtype=np.int8)
    reason[lead < margin] = Reason.NEAR_TIE
    reason[lead <= EXACT] = Reason.TIE
    reason[~labelled] = Reason.NO_LABELS
    reason[gold >= 0] = Reason.GOLD
    best[reason > Reason.GOLD] = UNSETTLED
    return best, reason


def _leaders(posterior: Floats) -> tuple[Codes, Floats]:
    """The best class of each task and by how much it leads; argmax along so short an axis is slow."""
    best = np.zeros(posterior.shape[1], dtype=np.intp)
    top, second = posterior[0].copy(), np.zeros(posterior.shape[1])
    for k in range(1, len(posterior)):
        best[posterior[k] > top] = k
        np.maximum(second, np.minimum(top, posterior[k]), out=second)
        np.maximum(top, posterior[k], out=top)
    return best, top - second

"""The table as sparse matrices: what every model reads and writes, in a pass or two per round.

Arrays over tasks are laid out class by class, shape (classes, tasks): a class is then one contiguous
vector, which sparse products and reductions over the classes like best.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tilik.kernel import Invalid
from tilik.stats.truth.table import Codes, Floats, LabelTable

NO_GOLD = -1


class Crowd:
    """One label table, ready for inference, with the tasks whose truth is known (``gold``: code, or -1)."""

    def __init__(self, table: LabelTable, gold: Codes | None = None) -> None:
        self.table = table
        self.tasks, self.workers, self.classes = table.tasks, table.workers, table.classes
        self.gold = np.full(self.tasks, NO_GOLD) if gold is None else _checked(gold, table)
        self._known = np.flatnonzero(self.gold != NO_GOLD)

    @property
    def has_gold(self) -> bool:
        """Whether some task's truth is known."""
        return self._known.size > 0

    @cached_property
    def weight(self) -> Floats:
        """What each label counts."""
        return np.ones(len(self.table.task)) if self.table.weight is None else self.table.weight

    @cached_property
    def given(self) -> NDArray[np.int32]:
        """Worker and label of each row in one number, the column of the sparse matrices."""
        return (self.table.worker * self.classes + self.table.label).astype(np.int32)

    @cached_property
    def votes(self) -> Floats:
        """Weight of the labels for each class and task: (classes, tasks)."""
        cell = self.table.label * self.tasks + self.table.task
        found = np.bincount(cell, self.table.weight, minlength=self.classes * self.tasks)
        return found.astype(float, copy=False).reshape(self.classes, self.tasks)

    @cached_property
    def used(self) -> Floats:
        """Weight of the labels that each worker gave to each class: (workers, classes)."""
        found = np.bincount(self.given, self.table.weight, minlength=self.workers * self.classes)
        return found.astype(float, copy=False).reshape(self.workers, self.classes)

    @cached_property
    def share(self) -> Floats:
        """Share of the votes for each class: (classes, tasks); gold is certain, no label is uniform."""
        total = self.votes.sum(axis=0)
        share = np.where(total > 0, self.votes, 1 / self.classes) / np.where(total > 0, total, 1)
        share[:, self._known] = np.eye(self.classes)[:, self.gold[self._known]]
        return np.asarray(share)

    @cached_property
    def anchor(self) -> Floats:
        """How many tasks the votes and the gold give to each class: (classes,)."""
        seen = (self.gold != NO_GOLD) | (self.votes.sum(axis=0) > 0)
        return np.asarray(self.share @ seen)

    @cached_property
    def _by_task(self) -> sparse.csr_array:
        return self._rows(self.table.task, self.tasks)

    @cached_property
    def _by_vote(self) -> sparse.csr_array:
        return self._rows(self.table.label * self.tasks + self.table.task, self.classes * self.tasks)

    def _rows(self, row: Codes, size: int) -> sparse.csr_array:
        """A matrix (size, workers x classes) with one entry per label, in ``row`` and the label's own column.

        A matrix with one column per label turns into rows by counting; scipy's way from coordinates would
        also sort and merge, at several times the price.
        """
        labels = len(row)
        shape = (size, self.workers * self.classes)
        entries = (
            np.arange(labels, dtype=np.int32),
            row.astype(np.int32),
            np.arange(labels + 1, dtype=np.int32),
        )
        found = sparse.csc_array(entries, shape=(size, labels)).tocsr()
        weight = self.weight if self.table.weight is None else self.weight[found.data]
        return sparse.csr_array((weight, self.given[found.data], found.indptr), shape=shape)

    def scores(self, log_theta: Floats) -> tuple[Floats, float]:
        """Evidence for each class and task under ``log_theta[true, worker, label]``.

        Returned relative to the last class, (classes, tasks), with the sum over tasks of the last class's
        evidence: one sparse product less, and the likelihood still in full.
        """
        flat = log_theta.reshape(self.classes, -1)
        scores = np.zeros((self.classes, self.tasks))
        for k in range(self.classes - 1):
            scores[k] = self._by_task @ (flat[k] - flat[-1])
        return scores, float(self.used.ravel() @ flat[-1])

    def counts(self, posterior: Floats) -> Floats:
        """Expected labels by truth: ``counts[true, worker, label]``."""
        counts = np.empty((self.classes, self.workers * self.classes))
        for k in range(self.classes - 1):
            counts[k] = self._by_task.T @ posterior[k]
        rest = self.used.ravel() - counts[:-1].sum(axis=0)
        counts[-1] = np.maximum(rest, 0)
        return counts.reshape(self.classes, self.workers, self.classes)

    def vote_scores(self, strength: Floats) -> Floats:
        """Evidence where a label speaks for its own class alone, by ``strength[worker, label]``."""
        return (self._by_vote @ strength.ravel()).reshape(self.classes, self.tasks)

    def hits(self, posterior: Floats) -> Floats:
        """Expected right labels by worker and label: (workers, classes)."""
        return (self._by_vote.T @ posterior.ravel()).reshape(self.workers, self.classes)

    def normalise(self, scores: Floats) -> tuple[Floats, float]:
        """Posterior and log-likelihood from log scores (classes, tasks), in place; gold is held fast."""
        if len(self._known):
            wrong = np.arange(self.classes)[:, None] != self.gold[self._known]
            scores[:, self._known] = np.where(wrong, -np.inf, scores[:, self._known])
        top = scores.max(axis=0)
        scores -= top
        np.exp(scores, out=scores)
        total = scores.sum(axis=0)
        scores /= total
        return scores, float(top.sum() + np.log(total).sum())


def _checked(gold: Codes, table: LabelTable) -> Codes:
    codes = np.asarray(gold)
    if codes.shape != (table.tasks,) or codes.dtype.kind not in "iu":
        raise Invalid(
            "gold-misshapen",
            f"gold needs one whole number for each of {table.tasks} tasks",
            mend="Use -1 where the truth is not known.",
        )
    if codes.min() < NO_GOLD or codes.max() >= table.classes:
        raise Invalid("gold-out-of-range", f"gold codes must lie in -1..{table.classes - 1}", where="gold")
    return codes

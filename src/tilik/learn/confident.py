"""Confident learning: which given labels are probably wrong, from out-of-fold probabilities.

Northcutt, Jiang & Chuang (2021), "Confident learning: estimating uncertainty in dataset labels", JAIR 70.
A row counts as confidently of class j where its probability reaches the mean probability that rows labelled
j get for j; given label against confident class makes the joint. Without weights, results equal cleanlab
2.9's index for index (tested).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Invalid

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]
Rule = Literal["noise-rate", "confident-joint"]
Ranking = Literal["self-confidence", "normalised-margin"]

SLACK = 1e-6
NEVER = 2.0
"""No probability reaches it: the threshold of a class that no row is labelled with."""


class Joint(NamedTuple):
    """``counts[i, j]``: weight of rows labelled i that are confidently j, scaled to the labels' totals.

    ``confident[r]`` is the class that row r confidently has, -1 where it reaches no threshold.
    """

    counts: Floats
    thresholds: Floats
    confident: Codes


def confident_joint(labels: ArrayLike, probabilities: ArrayLike, weights: ArrayLike | None = None) -> Joint:
    """The confident joint of given labels (codes 0..K-1) and out-of-fold probabilities (n × K).

    ``weights`` are design weights: each row then counts for what it stands for. Raises ``Invalid``.
    """
    given, p, w = checked(labels, probabilities, weights)
    classes = p.shape[1]
    totals = np.bincount(given, weights=w, minlength=classes).astype(float)
    sums = np.array([w[given == k] @ p[given == k, k] for k in range(classes)])
    means = np.divide(sums, totals, out=np.full(classes, NEVER), where=totals > 0)
    thresholds = np.maximum(means, 2 * SLACK)
    above = p >= thresholds - SLACK
    best = np.where(above.sum(axis=1) > 1, p.argmax(axis=1), above.argmax(axis=1))
    confident = np.where(above.any(axis=1), best, -1)
    counts = np.zeros((classes, classes))
    sure = confident >= 0
    np.add.at(counts, (given[sure], confident[sure]), w[sure])
    # Every class has one row that is rightly labelled, or a class of which nobody is sure would vanish.
    np.fill_diagonal(counts, np.maximum(counts.diagonal(), w.mean()))
    return Joint(_calibrated(counts, totals), thresholds, confident)


def doubtful(
    labels: ArrayLike,
    probabilities: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    rule: Rule = "noise-rate",
) -> Flags:
    """The rows whose label is probably wrong.

    ``noise-rate``  for each pair i ≠ j, as many of the rows labelled i as the joint says are j, those with
    the largest margin first; ``confident-joint``  all rows confidently of another class. Rows whose given
    class is the most probable one anyway never count. Raises ``Invalid``.
    """
    given, p, w = checked(labels, probabilities, weights)
    joint = confident_joint(given, p, w)
    if rule == "confident-joint":
        found = (joint.confident >= 0) & (joint.confident != given)
    else:
        found = _by_noise_rate(given, p, w / w.mean(), joint.counts / w.mean())
    lifted = p.copy()
    lifted[np.arange(given.size), given] += SLACK
    return np.asarray(found & (lifted.argmax(axis=1) != given))


def label_scores(labels: ArrayLike, probabilities: ArrayLike, by: Ranking = "self-confidence") -> Floats:
    """How far each label can be trusted, 0..1; the lowest should be looked at first.

    ``self-confidence``  the probability of the given class; ``normalised-margin``  that, less the most
    probable other class's, moved to 0..1.
    """
    given, p, _ = checked(labels, probabilities, None)
    rows = np.arange(given.size)
    own = p[rows, given]
    if by == "self-confidence":
        return own
    others = p.copy()
    others[rows, given] = -np.inf
    return np.asarray((own - others.max(axis=1) + 1) / 2)


def ranked(scores: Floats, found: Flags | None = None) -> Codes:
    """Rows from the least trusted on; with ``found`` only those. Equal scores keep the file's order."""
    order = np.argsort(scores, kind="stable")
    return order if found is None else order[found[order]]


def one_vs_rest(given: ArrayLike, probabilities: ArrayLike) -> list[tuple[Codes, Floats]]:
    """For labels of which a row may have several (n × L of 0/1): a two-class problem for each of them."""
    flags, p = np.asarray(given), np.asarray(probabilities, dtype=float)
    if flags.shape != p.shape or flags.ndim != 2:
        raise Invalid("shapes-differ", f"labels have shape {flags.shape}, probabilities {p.shape}")
    return [(flags[:, k].astype(np.intp), np.column_stack([1 - p[:, k], p[:, k]])) for k in range(p.shape[1])]


def checked(
    labels: ArrayLike, probabilities: ArrayLike, weights: ArrayLike | None
) -> tuple[Codes, Floats, Floats]:
    """The three arrays as codes and floats; weights of 1 where none are given. Raises ``Invalid``."""
    given, p = np.asarray(labels), np.asarray(probabilities, dtype=float)
    w = np.ones(given.shape) if weights is None else np.asarray(weights, dtype=float)
    if given.ndim != 1 or p.ndim != 2 or p.shape[0] != given.size or w.shape != given.shape:
        raise Invalid("shapes-differ", f"labels {given.shape}, probabilities {p.shape}, weights {w.shape}")
    if given.size == 0 or p.shape[1] < 2:
        raise Invalid("nothing-to-learn", "label errors need rows, and two classes at least")
    if not np.all(np.isfinite(p)) or p.min() < 0 or p.max() > 1:
        raise Invalid("probability-out-of-range", "every probability must lie in 0..1")
    if not np.issubdtype(given.dtype, np.integer) or given.min() < 0 or given.max() >= p.shape[1]:
        raise Invalid("class-unknown", f"labels must be codes 0 to {p.shape[1] - 1}")
    if not np.all(np.isfinite(w) & (w > 0)):
        raise Invalid("weight-out-of-range", "every weight must be finite and above 0")
    return given.astype(np.intp), p, w


def _calibrated(counts: Floats, totals: Floats) -> Floats:
    """Rows scaled to the given labels' totals: what is not confident is shared out as what is."""
    scaled = counts / counts.sum(axis=1, keepdims=True) * totals[:, None]
    return np.asarray(scaled * (totals.sum() / scaled.sum()))


def _by_noise_rate(given: Codes, p: Floats, w: Floats, counts: Floats) -> Flags:
    found = np.zeros(given.size, dtype=bool)
    quota = _quotas(counts)
    for i in range(p.shape[1]):
        rows = np.flatnonzero(given == i)
        for j in range(p.shape[1]):
            if i == j or rows.size <= 1 or quota[i, j] <= 0:
                continue
            order = rows[np.argsort(p[rows, i] - p[rows, j], kind="stable")]
            # As many as fit: with weights of 1 that is the quota itself.
            found[order[np.cumsum(w[order]) <= quota[i, j] + SLACK]] = True
    return found


def _quotas(counts: Floats) -> Floats:
    """Whole numbers of rows to doubt for each pair, at least one row of each class being kept.

    A lift of the diagonal to one is paid for evenly by the other classes of the row, and totals survive the
    rounding: cleanlab's arithmetic, so that results can be compared.
    """
    whole = np.array([_rounded(row) for row in counts])
    diagonal = np.maximum(whole.diagonal(), 1.0)
    lift = diagonal - whole.diagonal()
    others = np.maximum(np.count_nonzero(whole, axis=1) - 1.0, 1.0)
    lowered = np.maximum(whole - (lift / others)[:, None], 0)
    np.fill_diagonal(lowered, diagonal)
    return np.asarray(np.trunc(lowered))


def _rounded(row: Floats) -> Floats:
    """The row in whole numbers with the same rounded sum; the largest remainders are raised first."""
    whole = np.round(row)
    missing = round(float(np.round(row.sum()) - whole.sum()))
    step = 1 if missing > 0 else -1
    while missing:
        order = np.argsort(row - whole)[::-step][: abs(missing)]
        whole[order] += step
        missing -= step * order.size
    return whole

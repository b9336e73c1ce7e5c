"""The classifier: weighted logistic regression, a line of weights for each class; out-of-fold scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit

from tilik.kernel import Invalid
from tilik.learn.extra import sklearn

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
STRENGTH = 1.0
MOST_ROUNDS = 400


@dataclass(frozen=True, eq=False)
class Line:
    """``scores = matrix @ coefficients + shift``, in log-odds."""

    coefficients: Floats
    shift: float

    def scores(self, matrix: csr_matrix) -> Floats:
        """One score per row."""
        return np.asarray(matrix @ self.coefficients + self.shift)


def fit_line(matrix: csr_matrix, y: Floats, weights: Floats, strength: float = STRENGTH) -> Line:
    """Fit with an L2 penalty; ``strength`` is the inverse of the penalty. Raises ``Invalid`` on one class."""
    if y.min() == y.max():
        raise Invalid(
            "one-class",
            "the rows to learn from are all of one class",
            mend="Leave out classes with very few rows, or give fewer folds.",
        )
    # The dual is some ten times faster where there are more grams than rows.
    options = (
        {"dual": True, "tol": 1e-3} if matrix.shape[1] > matrix.shape[0] else {"intercept_scaling": 10.0}
    )
    kind = sklearn("linear_model").LogisticRegression
    regression = kind(C=strength, solver="liblinear", max_iter=MOST_ROUNDS, random_state=0, **options)
    regression.fit(matrix, (y > 0.5).astype(int), sample_weight=weights / weights.mean())
    return Line(np.asarray(regression.coef_[0], dtype=float), float(regression.intercept_[0]))


def out_of_fold(
    matrix: csr_matrix,
    y: Floats,
    weights: Floats,
    folds: Codes,
    strength: float = STRENGTH,
    powers: Sequence[float] = (),
) -> Floats:
    """Each row's score by a model that saw no row of its fold; ``powers`` of the weights by fold, else 1."""
    scores = np.empty(y.size)
    for fold in range(int(folds.max()) + 1):
        held = folds == fold
        w = weights[~held] ** (powers[fold] if powers else 1.0)
        line = fit_line(matrix[~held], y[~held], w, strength)
        scores[held] = line.scores(matrix[held])
    return scores


def out_of_fold_classes(
    matrix: csr_matrix, labels: Codes, weights: Floats, folds: Codes, strength: float = STRENGTH
) -> Floats:
    """Out-of-fold probabilities of all classes (n × K), each class against the rest, rows summing to 1."""
    classes = int(labels.max()) + 1
    if classes == 2:
        one = expit(out_of_fold(matrix, (labels == 1).astype(float), weights, folds, strength))
        return np.column_stack([1 - one, one])
    each = [
        expit(out_of_fold(matrix, (labels == k).astype(float), weights, folds, strength))
        for k in range(classes)
    ]
    p = np.column_stack(each)
    return np.asarray(p / p.sum(axis=1, keepdims=True))

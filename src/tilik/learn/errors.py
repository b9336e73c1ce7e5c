"""Label errors of a table: out-of-fold probabilities, then confident learning, ranked for a second look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilik.learn.choosing import Problem
from tilik.learn.confident import Ranking, Rule, confident_joint, doubtful, label_scores, ranked
from tilik.learn.encoding import fit_encoder, folded
from tilik.learn.linear import STRENGTH, out_of_fold_classes

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Doubts:
    """For each row: class probabilities of a model that never saw its group, how far its label can be
    trusted, whether it is probably wrong, and the class it probably is.

    ``order`` lists rows from the least trusted on;
    ``joint[i, j]``: the weight of rows labelled i that are probably j.
    """

    probabilities: Floats
    scores: Floats
    doubtful: NDArray[np.bool_]
    suggested: Codes
    order: Codes
    joint: Floats


def label_errors(
    problem: Problem,
    *,
    rule: Rule = "noise-rate",
    by: Ranking = "self-confidence",
    strength: float = STRENGTH,
) -> Doubts:
    """Find the rows whose label is probably wrong. Raises ``Invalid`` and ``Unavailable``."""
    table = folded(problem.table, problem.texts)
    matrix = fit_encoder(table, problem.features, problem.texts).matrix(table)
    p = out_of_fold_classes(matrix, problem.labels, problem.weights, problem.folds, strength)
    scores = label_scores(problem.labels, p, by)
    return Doubts(
        probabilities=p,
        scores=scores,
        doubtful=doubtful(problem.labels, p, problem.weights, rule=rule),
        suggested=p.argmax(axis=1),
        order=ranked(scores),
        joint=confident_joint(problem.labels, p, problem.weights).counts,
    )

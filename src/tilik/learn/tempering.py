"""How far design weights count in learning; in judging they always count in full.

Very unequal weights make few rows teach: the effective size (Kish 1965) of the learner's rows falls, and so
does what it finds, though the figure that is asked for is the weighted one. Weights raised to a power between
0 and 1 trade that bias against variance (Shimodaira 2000), as trimmed weights do in surveys (Potter 1990)
and truncated ones in causal inference (Cole & Hernán 2008). The power is chosen by the weighted log loss of
rows that were held out, which is an unbiased judge whatever the power (Sugiyama, Krauledat & Müller 2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tilik.learn.calibration import fit_calibration
from tilik.learn.linear import fit_line

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Masks = NDArray[np.bool_]
Teaching = Literal["chosen", "design", "even"]
POWERS = (1.0, 0.5, 0.0)
FEWEST_FOLDS = 3
CLOSE = 1e-12
"""Probabilities are kept this far from 0 and 1, so that one row cannot make a loss infinite."""


@dataclass(frozen=True)
class Tempering:
    """The power of the weights in the model, and in each fold's; why; Kish's effective size of the rows with
    the weights as they are, and as they were learned with.

    ``losses``: the mean weighted log loss of held-out rows by power; empty where there was no choice.
    """

    power: float
    by_fold: tuple[float, ...]
    why: Literal["chosen", "asked", "equal-weights", "too-few-rows"]
    losses: dict[float, float]
    design_size: float
    learned_size: float


@dataclass(frozen=True, eq=False)
class Rows:
    """What is learned from, row by row; ``judged`` marks those that figures rest on."""

    matrix: csr_matrix
    y: Floats
    weights: Floats
    folds: Codes
    judged: Masks
    strength: float


def tempered(rows: Rows, how: Teaching) -> Tempering:
    """Choose the powers: each fold's without a look at the fold, the model's by all of them."""
    folds = int(rows.folds.max()) + 1
    if how != "chosen" or np.ptp(rows.weights) == 0:
        power = 0.0 if how == "even" else 1.0
        return _told(rows, power, (power,) * folds, "asked" if how != "chosen" else "equal-weights", {})
    if not _can_be_held_out_twice(rows, folds):
        return _told(rows, 1.0, (1.0,) * folds, "too-few-rows", {})
    losses = np.array([_losses(rows, folds, power) for power in POWERS])
    by_fold = tuple(POWERS[at] for at in losses.argmin(axis=0).tolist())
    means = losses.mean(axis=1)
    return _told(
        rows,
        POWERS[int(means.argmin())],
        by_fold,
        "chosen",
        dict(zip(POWERS, means.tolist(), strict=True)),
    )


def kish(weights: Floats) -> float:
    """Kish's effective size: how many rows of equal weight these are worth."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def powered(weights: Floats, power: float) -> Floats:
    """The weights to learn with."""
    return np.asarray(weights**power)


def _told(
    rows: Rows,
    power: float,
    by_fold: Sequence[float],
    why: Literal["chosen", "asked", "equal-weights", "too-few-rows"],
    losses: dict[float, float],
) -> Tempering:
    learned = kish(powered(rows.weights, power))
    return Tempering(power, tuple(by_fold), why, losses, kish(rows.weights), learned)


def _can_be_held_out_twice(rows: Rows, folds: int) -> bool:
    """Whether both classes remain wherever two folds are away, and one fold's judged rows have both."""
    if folds < FEWEST_FOLDS:
        return False
    count = np.zeros((2, folds, 2))
    for at, among in enumerate((np.ones(rows.y.size, dtype=bool), rows.judged)):
        np.add.at(count[at], (rows.folds[among], (rows.y[among] > 0.5).astype(int)), 1)
    every, judged = count
    pairs = (every.sum(axis=0) - every[a] - every[b] for a, b in combinations(range(folds), 2))
    return all(left.min() > 0 for left in pairs) and bool(
        ((judged.sum(axis=0) - judged).min(axis=1) > 0).all()
    )


def _losses(rows: Rows, folds: int, power: float) -> list[float]:
    """For each fold the loss among the others, of models that saw neither it nor the row.

    A model without folds a and b gives scores to b as seen without a, and to a as seen without b.
    """
    weights = powered(rows.weights, power)
    scores = np.zeros((folds, rows.y.size))
    for a, b in combinations(range(folds), 2):
        kept = (rows.folds != a) & (rows.folds != b)
        line = fit_line(rows.matrix[kept], rows.y[kept], weights[kept], rows.strength)
        for without, held in ((a, rows.folds == b), (b, rows.folds == a)):
            scores[without, held] = line.scores(rows.matrix[held])
    found = []
    for fold in range(folds):
        seen = (rows.folds != fold) & rows.judged
        y, w, score = rows.y[seen], rows.weights[seen], scores[fold, seen]
        # Powers shift the odds; a curve fitted with the full weights takes that out of the comparison.
        p = np.clip(fit_calibration(score, y, w).apply(score), CLOSE, 1 - CLOSE)
        found.append(float(-(w @ np.where(y > 0.5, np.log(p), np.log1p(-p))) / w.sum()))
    return found

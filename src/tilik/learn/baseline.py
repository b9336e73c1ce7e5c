"""The baseline: trained on a table, cross-validated by group, calibrated, compared with an incumbent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid
from tilik.learn.calibration import Calibration, How, fit_calibration
from tilik.learn.choosing import Problem
from tilik.learn.encoding import fit_encoder, folded
from tilik.learn.judging import auc_of, figures_of, judged, less
from tilik.learn.linear import STRENGTH, fit_line, out_of_fold
from tilik.learn.model import Model
from tilik.learn.tables import Floats
from tilik.stats import wilson

Codes = NDArray[np.intp]
BINS = 10


@dataclass(frozen=True)
class Bin:
    """Rows of like probability: the mean that was said, and the share that was so."""

    said: float
    found: Estimate


@dataclass(frozen=True, eq=False)
class Trained:
    """The model on all rows, and what cross-validation says of it.

    ``probabilities``  out of fold and calibrated by other folds; ``figures`` rest on them.
    ``against``  the paired differences to the incumbent, ours less its; empty where none was named.
    """

    model: Model
    problem: Problem
    probabilities: Floats
    figures: dict[str, Estimate]
    against: dict[str, Estimate]
    reliability: tuple[Bin, ...]


def train(
    problem: Problem,
    *,
    label: str,
    incumbent: str = "",
    how: How = "sigmoid",
    strength: float = STRENGTH,
    draws: int = 500,
    seed: int = 0,
) -> Trained:
    """Train and judge. Raises ``Invalid``, and ``Unavailable`` without the extra ``learn``."""
    if len(problem.classes) != 2:
        raise Invalid(
            "two-classes",
            f"column {label} holds {len(problem.classes)} classes; a baseline tells one from the rest",
            mend="Say which with --positive.",
        )
    y, w, folds = problem.labels.astype(float), problem.weights, problem.folds
    table = folded(problem.table, problem.texts)
    encoder = fit_encoder(table, problem.features, problem.texts)
    matrix = encoder.matrix(table)
    scores = out_of_fold(matrix, y, w, folds, strength)
    p = _cross_calibrated(scores, y, w, folds, how)
    figures = figures_of(p, y)
    inputs: dict[str, JsonValue] = {"folds": int(folds.max()) + 1, "calibration": how, "strength": strength}
    phrase = f"{{}} of the baseline on {label} = {problem.classes[1]}, out of fold"
    model = Model(
        label,
        (problem.classes[0], problem.classes[1]),
        encoder,
        fit_line(matrix, y, w, strength),
        fit_calibration(scores, y, w, how),
    )
    return Trained(
        model=model,
        problem=problem,
        probabilities=p,
        figures=judged(figures, w, problem.groups, of=phrase, draws=draws, seed=seed, inputs=inputs),
        against=_compared(problem, p, incumbent, draws, seed) if incumbent else {},
        reliability=reliability(p, y, w),
    )


def reliability(p: Floats, y: Floats, weights: Floats, bins: int = BINS) -> tuple[Bin, ...]:
    """What was said against what was so, in bins of equally many rows; intervals: Wilson on Kish's size."""
    parts = np.array_split(np.argsort(p, kind="stable"), bins)
    return tuple(_bin(p[rows], y[rows], weights[rows]) for rows in parts if rows.size)


def _bin(p: Floats, y: Floats, w: Floats) -> Bin:
    size, share = float(w.sum() ** 2 / (w**2).sum()), min(1.0, float(w @ y / w.sum()))
    low, high = wilson(share, size)
    of = f"share that is so, where {p.min():.3f} to {p.max():.3f} was said"
    found = Estimate(value=share, low=low, high=high, n=y.size, n_eff=size, method="wilson", of=of)
    return Bin(float(w @ p / w.sum()), found)


def _cross_calibrated(scores: Floats, y: Floats, w: Floats, folds: Codes, how: How) -> Floats:
    """Each fold by a curve fitted to the out-of-fold scores of the others."""
    p = np.empty(y.size)
    for fold in range(int(folds.max()) + 1):
        held = folds == fold
        curve: Calibration = fit_calibration(scores[~held], y[~held], w[~held], how)
        p[held] = curve.apply(scores[held])
    return p


def _compared(problem: Problem, p: Floats, incumbent: str, draws: int, seed: int) -> dict[str, Estimate]:
    other = problem.table.numbers(incumbent)
    if not np.all(np.isfinite(other)):
        gap = int(np.flatnonzero(~np.isfinite(other))[0]) + 1
        raise Invalid("column-has-gaps", f"column {incumbent} holds no number, first in row {gap:,}")
    y = problem.labels.astype(float)
    figures = {
        "auc": auc_of(other, y),
        "auc difference": less(auc_of(p, y), auc_of(other, y)),
    }
    if other.min() >= 0 and other.max() <= 1:
        ours, theirs = figures_of(p, y)["brier"], figures_of(other, y)["brier"]
        figures["brier difference"] = less(ours, theirs)
    phrase = f"{{}}: baseline less {incumbent}, paired"
    found = judged(figures, problem.weights, problem.groups, of=phrase, draws=draws, seed=seed)
    found["auc"] = found["auc"].model_copy(update={"of": f"auc of {incumbent}"})
    return {f"{incumbent} {name}" if name == "auc" else name: one for name, one in found.items()}

"""The baseline: trained on a table, cross-validated by group, calibrated, compared with an incumbent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid
from tilik.learn.calibration import Calibration, How, fit_calibration
from tilik.learn.choosing import Problem
from tilik.learn.embedding import Embedder
from tilik.learn.encoding import fit_encoder, folded
from tilik.learn.judging import Figure, auc_of, figures_of, judged, less
from tilik.learn.linear import STRENGTH, fit_line, out_of_fold
from tilik.learn.model import Model
from tilik.learn.tables import Floats
from tilik.learn.tempering import Masks, Rows, Teaching, Tempering, powered, tempered
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
    ``tempering``  how far the weights counted in learning; figures always use them in full.
    """

    model: Model
    problem: Problem
    probabilities: Floats
    figures: dict[str, Estimate]
    against: dict[str, Estimate]
    reliability: tuple[Bin, ...]
    tempering: Tempering


def train(
    problem: Problem,
    *,
    label: str,
    incumbent: str = "",
    how: How = "sigmoid",
    strength: float = STRENGTH,
    teaching: Teaching = "chosen",
    embedder: Embedder | None = None,
    draws: int = 500,
    seed: int = 0,
) -> Trained:
    """Train on all rows, and judge on those that are to be judged; ``embedder`` also reads the texts.

    Raises ``Invalid``, and ``Unavailable`` without the extra ``learn``.
    """
    if len(problem.classes) != 2:
        raise Invalid(
            "two-classes",
            f"column {label} holds {len(problem.classes)} classes; a baseline tells one from the rest",
            mend="Say which with --positive.",
        )
    y, w, folds = problem.labels.astype(float), problem.weights, problem.folds
    table = folded(problem.table, problem.texts)
    encoder = fit_encoder(table, problem.features, problem.texts, embedder)
    matrix = encoder.matrix(table, problem.table)
    on = problem.judged
    tempering = tempered(Rows(matrix, y, w, folds, problem.judged, strength), teaching)
    scores = out_of_fold(matrix, y, w, folds, strength, tempering.by_fold)
    model = Model(
        label,
        (problem.classes[0], problem.classes[1]),
        encoder,
        fit_line(matrix, y, powered(w, tempering.power), strength),
        fit_calibration(scores[on], y[on], w[on], how),
    )
    p = _cross_calibrated(scores, y, w, folds, on, how)
    inputs: dict[str, JsonValue] = {
        "folds": int(folds.max()) + 1,
        "calibration": how,
        "strength": strength,
        "power of the weights in learning": tempering.power,
    }
    phrase = f"{{}} of the baseline on {label} = {problem.classes[1]}, out of fold"
    judge = _judge(problem, draws, seed)
    return Trained(
        model=model,
        problem=problem,
        probabilities=p,
        figures=judge(figures_of(p[on], y[on]), phrase, inputs),
        against=_compared(problem, p, incumbent, judge) if incumbent else {},
        reliability=reliability(p[on], y[on], w[on]),
        tempering=tempering,
    )


Judge = Callable[[Mapping[str, Figure], str, Mapping[str, JsonValue]], dict[str, Estimate]]


def _judge(problem: Problem, draws: int, seed: int) -> Judge:
    """Judges figures on the rows to be judged, with their weights, all by the same resamples."""
    on = problem.judged
    groups = np.unique(problem.groups[on], return_inverse=True)[1]

    def judge(figures: Mapping[str, Figure], of: str, inputs: Mapping[str, JsonValue]) -> dict[str, Estimate]:
        return judged(figures, problem.weights[on], groups, of=of, draws=draws, seed=seed, inputs=inputs)

    return judge


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


def _cross_calibrated(scores: Floats, y: Floats, w: Floats, folds: Codes, on: Masks, how: How) -> Floats:
    """Each fold by a curve fitted to the out-of-fold scores of the others, of rows that are judged."""
    p = np.empty(y.size)
    for fold in range(int(folds.max()) + 1):
        held = folds == fold
        seen = ~held & on
        curve: Calibration = fit_calibration(scores[seen], y[seen], w[seen], how)
        p[held] = curve.apply(scores[held])
    return p


def _compared(problem: Problem, p: Floats, incumbent: str, judge: Judge) -> dict[str, Estimate]:
    on = problem.judged
    other = problem.table.numbers(incumbent)
    if not np.all(np.isfinite(other[on])):
        gap = int(np.flatnonzero(~np.isfinite(other) & on)[0]) + 1
        raise Invalid("column-has-gaps", f"column {incumbent} holds no number, first in row {gap:,}")
    y, p, other = problem.labels.astype(float)[on], p[on], other[on]
    figures = {
        "auc": auc_of(other, y),
        "auc difference": less(auc_of(p, y), auc_of(other, y)),
    }
    if other.min() >= 0 and other.max() <= 1:
        ours, theirs = figures_of(p, y)["brier"], figures_of(other, y)["brier"]
        figures["brier difference"] = less(ours, theirs)
    found = judge(figures, f"{{}}: baseline less {incumbent}, paired", {})
    found["auc"] = found["auc"].model_copy(update={"of": f"auc of {incumbent}"})
    return {f"{incumbent} {name}" if name == "auc" else name: one for name, one in found.items()}

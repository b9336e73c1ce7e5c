"""How often an inference is right, where the truth is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Estimate, Invalid
from tilik.stats.intervals import wilson
from tilik.stats.truth.result import EXACT
from tilik.stats.truth.table import Floats

UNKNOWN = -1


def accuracy(
    posterior: Floats, truth: ArrayLike, *, among: NDArray[np.bool_] | None = None, level: float = 0.95
) -> Estimate:
    """Share of tasks whose most probable class is the true one; m classes that tie score 1/m each.

    ``posterior`` (tasks, classes); ``truth`` a code per task: -1 unknown (left out), at or above the
    number of classes for a class that nobody named (wrong). ``among`` keeps some tasks, e.g. the settled.
    Wilson's interval. Raises ``Invalid`` when no task is left.
    """
    known = np.asarray(truth)
    if known.shape != posterior.shape[:1]:
        raise Invalid(
            "shapes-differ", f"truth has shape {known.shape}, the posterior {posterior.shape[0]} tasks"
        )
    use = (known != UNKNOWN) if among is None else (known != UNKNOWN) & among
    n = int(use.sum())
    if n == 0:
        raise Invalid("no-truth", "no task has a known truth", where="truth")
    value = float(credit(posterior[use], known[use]).mean())
    low, high = wilson(value, n, level)
    return Estimate(
        value=value,
        low=low,
        high=high,
        n=n,
        n_eff=n,
        method="share+wilson",
        of="tasks inferred right",
        level=level,
    )


def credit(posterior: Floats, truth: NDArray[np.integer]) -> Floats:
    """1 for a task inferred right, 1/m where the truth is one of m tied classes, else 0."""
    tied = posterior >= posterior.max(axis=1, keepdims=True) - EXACT
    named = truth < posterior.shape[1]
    hit = tied[np.arange(len(truth)), np.where(named, truth, 0)] & named
    return np.asarray(hit / tied.sum(axis=1))

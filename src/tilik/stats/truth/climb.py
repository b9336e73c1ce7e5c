"""Expectation-maximisation, the same for every model: a model turns a posterior into the next scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.table import Floats

# Posteriors may stand still at once (gold) while priors still have to be learned.
LEAST_ROUNDS = 10


class Model(Protocol):
    """One account of how labels come about, holding its parameters.

    ``bound``: the objective is an evidence lower bound, comparable between models of the same labels.
    """

    bound: bool

    @property
    def confusion_prior(self) -> Floats:
        """Pseudo-counts (true, label) behind each worker's confusion, for its intervals."""
        ...

    def scores(self, posterior: Floats) -> tuple[Floats, float]:
        """Learn from the posterior (classes, tasks); then the log scores of the classes for each task, up to
        a constant whose sum over the tasks is the second value."""
        ...

    def objective(self, log_likelihood: float) -> float:
        """What the rounds raise: the log-likelihood, plus log prior (MAP) or minus divergence (ELBO)."""
        ...


@dataclass(frozen=True, eq=False)
class Fit:
    """Where the rounds ended.

    ``posterior`` (classes, tasks); ``log_likelihood`` of the labels at the last parameters; ``objective``;
    ``bound`` whether that is an evidence lower bound; ``iterations`` done; ``change`` the largest move of a
    posterior in the last one; ``prior`` the pseudo-counts (true, label) behind each worker's confusion;
    ``weights`` of the models that were averaged.
    """

    posterior: Floats
    log_likelihood: float | None
    objective: float | None
    bound: bool
    iterations: int
    change: float
    prior: Floats
    weights: dict[str, float] = field(default_factory=dict)


def climb(model: Model, crowd: Crowd, *, iterations: int, tolerance: float) -> Fit:
    """From the shares of the votes, until no posterior moves by ``tolerance`` or ``iterations`` are done."""
    posterior, change, likelihood, done = crowd.share, np.inf, -np.inf, 0
    while done < iterations and (change >= tolerance or done < LEAST_ROUNDS):
        scores, constant = model.scores(posterior)
        new, found = crowd.normalise(scores)
        likelihood, done = found + constant, done + 1
        if tolerance > 0 or done == iterations:
            change = float(np.abs(new - posterior).max())
        posterior = new
    return Fit(
        posterior, likelihood, model.objective(likelihood), model.bound, done, change, model.confusion_prior
    )


def weak_prior(classes: int) -> Floats:
    """Half a label in every cell of a confusion matrix and one more on its diagonal."""
    return np.full((classes, classes), 0.5) + np.eye(classes)

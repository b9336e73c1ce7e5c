"""One call for every method, and the choice between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp, softmax

from tilik.kernel import Invalid
from tilik.stats.truth.caution import cautions, displaced
from tilik.stats.truth.climb import Fit, Model, climb
from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.dawid_skene import DawidSkene
from tilik.stats.truth.glad import Glad
from tilik.stats.truth.ibcc import HierarchicalBcc
from tilik.stats.truth.mace import Mace
from tilik.stats.truth.majority import majority
from tilik.stats.truth.onecoin import OneCoin
from tilik.stats.truth.result import Inference, settle
from tilik.stats.truth.table import LabelTable

Method = Literal["auto", "ibcc", "map", "ds", "onecoin", "mace", "glad", "majority"]
METHODS: tuple[Method, ...] = get_args(Method)

MODELS: Mapping[str, Callable[[Crowd], Model]] = {
    "ibcc": HierarchicalBcc,
    "map": lambda crowd: DawidSkene(crowd, smooth=True),
    "ds": lambda crowd: DawidSkene(crowd, smooth=False),
    "onecoin": OneCoin,
    "mace": Mace,
    "glad": Glad,
}
# The models with an evidence bound on the same footing: same labels, class shares, kind of prior.
COMPARED = ("onecoin", "mace", "ibcc")
CONFUSED = frozenset({"ds", "map", "ibcc"})
# 400 MB of confusion cells; beyond, nobody has labels enough to fill them.
MOST_CELLS = 50_000_000


def infer(
    table: LabelTable,
    method: Method = "auto",
    *,
    gold: ArrayLike | None = None,
    iterations: int = 200,
    tolerance: float = 1e-3,
    margin: float = 0.1,
) -> Inference:
    """The posterior of every task's class, from the labels of many people of unknown reliability.

    ``gold`` holds one class code per task, -1 where unknown: known tasks stay fixed and teach the model
    who is reliable. Iterations end when no posterior moves by ``tolerance``. A task whose best two classes
    are closer than ``margin`` in posterior is not settled. The result does not depend on the
    order of rows, nor on how tasks, workers and classes are numbered, and uses no random numbers.

    ``auto`` averages ``onecoin``, ``mace`` and ``ibcc`` by their evidence (see ``_auto``). Sources of each
    method stand with its class; formulas in docs/truth.md. Raises ``Invalid``.
    """
    _check(method, iterations, tolerance, margin)
    crowd = Crowd(table, None if gold is None else np.asarray(gold))
    fit = _fit(crowd, method, iterations, tolerance)
    chosen, reason = settle(fit.posterior, crowd.votes.sum(axis=0) > 0, crowd.gold, margin)
    return Inference(
        method=method,
        posterior=fit.posterior.T,
        chosen=chosen,
        reason=reason,
        crowd=crowd,
        prior=fit.prior,
        log_likelihood=fit.log_likelihood,
        objective=fit.objective,
        bound=fit.bound,
        iterations=fit.iterations,
        change=fit.change,
        weights=fit.weights,
        cautions=tuple(cautions(crowd, fit, method, tolerance)),
    )


def _fit(crowd: Crowd, method: Method, iterations: int, tolerance: float) -> Fit:
    if method == "majority" or crowd.classes == 1:
        return majority(crowd)
    if method == "auto":
        return _auto(crowd, iterations, tolerance)
    if method in CONFUSED and not _fits(crowd):
        raise Invalid(
            "confusion-too-large",
            f"{crowd.workers:,} workers and {crowd.classes:,} classes make too many confusion cells",
            mend="Use auto, mace or onecoin, or fewer classes.",
        )
    return climb(MODELS[method](crowd), crowd, iterations=iterations, tolerance=tolerance)


def _fits(crowd: Crowd) -> bool:
    return crowd.workers * crowd.classes**2 <= MOST_CELLS


def _auto(crowd: Crowd, iterations: int, tolerance: float) -> Fit:
    """Bayesian model averaging with the ELBO in the place of the log evidence (J. A. Hoeting et al. 1999,
    Statistical Science 14:382-417): weights are the models' ``exp(ELBO)``, so mostly the best one's.

    No truth is looked at. ``ibcc`` stays out where its confusions would not fit into memory, and so does a
    model that gives tasks a class which most of their labels deny (``class-not-its-own``) where another
    model does not and no gold vouches for it: likelihood then rewards sorts of tasks, not classes. The
    other methods cannot enter: they have no bound on the evidence.
    """
    names = [name for name in COMPARED if name not in CONFUSED or _fits(crowd)]
    fits = {
        name: climb(MODELS[name](crowd), crowd, iterations=iterations, tolerance=tolerance) for name in names
    }
    own = {name: fit for name, fit in fits.items() if not displaced(crowd, fit).size}
    fits = own if own and not crowd.has_gold else fits
    bounds = np.array([fit.objective for fit in fits.values()], dtype=float)
    weights = softmax(bounds)
    best = list(fits.values())[int(bounds.argmax())]
    mixed = sum(
        (w * fit.posterior for w, fit in zip(weights, fits.values(), strict=True)), start=np.zeros(())
    )
    return Fit(
        posterior=np.asarray(mixed),
        log_likelihood=best.log_likelihood,
        objective=float(logsumexp(bounds) - np.log(len(bounds))),
        bound=True,
        iterations=max(fit.iterations for fit in fits.values()),
        change=float(max(w * fit.change for w, fit in zip(weights, fits.values(), strict=True))),
        prior=best.prior,
        weights={name: float(w) for name, w in zip(fits, weights, strict=True)},
    )


def _check(method: str, iterations: int, tolerance: float, margin: float) -> None:
    if method not in METHODS:
        raise Invalid("method-unknown", f"no method {method!r}", mend=f"Choose one of {', '.join(METHODS)}.")
    if iterations < 1 or not tolerance >= 0:
        raise Invalid("iterations-not-positive", "give at least 1 iteration and a tolerance of 0 or more")
    if not 0 <= margin < 1:
        raise Invalid("margin-out-of-range", f"a margin lies in 0..1, not {margin}")

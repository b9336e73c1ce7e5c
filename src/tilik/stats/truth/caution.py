"""Signs that the labels cannot bear the weight of the model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from tilik.stats.truth.climb import Fit
from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.result import Caution
from tilik.stats.truth.table import Floats

Codes = np.ndarray[tuple[int], np.dtype[np.intp]]

STEPS = 6
FULL_CONFUSION = frozenset({"ds", "map", "ibcc", "auto"})


def cautions(crowd: Crowd, fit: Fit, method: str, tolerance: float) -> Iterator[Caution]:
    """Convergence and identifiability of one fit.

    Dawid & Skene's model is identified by three independent views of a task (J. B. Kruskal 1977; Y. Zhang
    et al. 2016, JMLR 17:1-44), in one connected crowd, whose people are mostly better than chance.
    """
    if fit.iterations and fit.change >= tolerance > 0:
        yield Caution(
            "not-converged",
            f"posteriors still moved by {fit.change:.2g} after {fit.iterations} iterations; allow more",
        )
    if method != "majority":
        yield from _views(crowd)
        yield from _parts(crowd)
    if method in FULL_CONFUSION:
        yield from _classes(displaced(crowd, fit), fit.posterior)


def _views(crowd: Crowd) -> Iterator[Caution]:
    most = int(np.bincount(crowd.table.task).max())
    if most < 3:
        yield Caution(
            "too-few-views",
            f"no task has more than {most} labels; reliabilities rest on the priors below three",
        )


def _parts(crowd: Crowd) -> Iterator[Caution]:
    parts = 1 if _reached_from_the_first(crowd) else _count_parts(crowd)
    if parts > 1:
        yield Caution(
            "disconnected",
            f"the labels fall into {parts} parts that share neither task nor worker; "
            "reliabilities are not comparable between them",
        )


def _reached_from_the_first(crowd: Crowd) -> bool:
    """Whether a few steps from the first worker reach every label: true of most crowds, and quickly seen."""
    task, worker = crowd.table.task, crowd.table.worker
    workers, tasks = np.zeros(crowd.workers, dtype=bool), np.zeros(crowd.tasks, dtype=bool)
    workers[worker[0]] = True
    for _ in range(STEPS):
        tasks[task[workers[worker]]] = True
        reached = tasks[task]
        if reached.all():
            return True
        workers[worker[reached]] = True
    return False


def _count_parts(crowd: Crowd) -> int:
    table = crowd.table
    edges = (np.ones(len(table.task), dtype=np.int8), (table.task, table.worker + crowd.tasks))
    size = crowd.tasks + crowd.workers
    _, part = connected_components(sparse.csr_array(edges, shape=(size, size)), directed=False)
    return int((np.bincount(part[table.task]) > 0).sum())


def displaced(crowd: Crowd, fit: Fit) -> Codes:
    """Classes whose tasks mostly got another label, all workers taken together."""
    pooled = fit.posterior @ crowd.votes.T
    return np.flatnonzero((pooled.argmax(axis=1) != np.arange(len(pooled))) & (pooled.sum(axis=1) >= 1))


def _classes(swapped: Codes, posterior: Floats) -> Iterator[Caution]:
    if len(swapped):
        yield Caution(
            "class-not-its-own",
            f"tasks inferred to be class {_listed(swapped)} mostly got another label; "
            "classes may have changed places: check against gold",
        )
    empty = np.flatnonzero(posterior.sum(axis=1) < 1)
    if len(empty):
        yield Caution("class-empty", f"fewer than one task is expected to be class {_listed(empty)}")


def _listed(codes: Codes) -> str:
    return ", ".join(str(c) for c in codes[:5]) + (" …" if len(codes) > 5 else "")

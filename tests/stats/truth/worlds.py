"""Imagined crowds whose truth and reliability are known."""

from typing import NamedTuple

import numpy as np

from tilik.stats.truth import LabelTable, label_table
from tilik.stats.truth.table import Floats


class World(NamedTuple):
    table: LabelTable
    truth: np.ndarray
    confusion: Floats


def crowd(confusion: Floats, *, tasks: int, views: int, seed: int, shares: Floats | None = None) -> World:
    """``views`` different people of ``confusion`` (workers, true, label) label each of ``tasks``."""
    random = np.random.default_rng(seed)
    workers, classes, _ = confusion.shape
    truth = random.choice(classes, tasks, p=shares)
    worker = np.argsort(random.random((tasks, workers)), axis=1)[:, :views].ravel()
    task = np.repeat(np.arange(tasks), views)
    steps = confusion[worker, truth[task]].cumsum(axis=1)
    label = np.minimum((steps < random.random(len(task))[:, None]).sum(axis=1), classes - 1)
    table = label_table(task, worker, label, tasks=tasks, workers=workers, classes=classes)
    return World(table, truth, confusion)


def coins(right: Floats, classes: int) -> Floats:
    """Confusion of people who are right with these probabilities and err evenly."""
    wrong = (1 - right)[:, None, None] / (classes - 1)
    return np.where(np.eye(classes, dtype=bool), right[:, None, None], wrong)


def habits(knows: Floats, habit: Floats) -> Floats:
    """Confusion of people who know with these probabilities, and else follow a habit (workers, classes)."""
    return knows[:, None, None] * np.eye(habit.shape[1]) + (1 - knows)[:, None, None] * habit[:, None, :]


def characters(seed: int, *, workers: int, classes: int, own: float = 3.0) -> Floats:
    """Confusion of people who each mix up classes in their own way."""
    random = np.random.default_rng(seed)
    return np.stack(
        [[random.dirichlet(0.5 + own * np.eye(classes)[k]) for k in range(classes)] for _ in range(workers)]
    )

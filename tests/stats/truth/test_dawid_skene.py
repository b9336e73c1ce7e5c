"""Dawid & Skene against a plain loop, and against the parameters behind simulated labels."""

import math

import numpy as np
import pytest

from tilik.stats.truth import LabelTable, infer

from .worlds import characters, crowd


def naive(
    table: LabelTable, rounds: int, *, every: float, own: float, share: float
) -> tuple[np.ndarray, float]:
    """Dawid & Skene 1979, equations 2.3-2.5, as one would write them down; pseudo-counts for MAP."""
    rows = list(zip(table.task.tolist(), table.worker.tolist(), table.label.tolist(), strict=True))
    classes = range(table.classes)
    belief = np.zeros((table.tasks, table.classes))
    for task, _, label in rows:
        belief[task, label] += 1
    belief /= belief.sum(axis=1, keepdims=True)
    likelihood = math.nan
    for _ in range(rounds):
        theta = np.zeros((table.workers, table.classes, table.classes))
        for worker in range(table.workers):
            for true in classes:
                for label in classes:
                    theta[worker, true, label] = every + own * (true == label) + 1e-10
        for task, worker, label in rows:
            for true in classes:
                theta[worker, true, label] += belief[task, true]
        theta /= theta.sum(axis=2, keepdims=True)
        size = belief.sum(axis=0) + share + 1e-10
        joint = np.tile(size / size.sum(), (table.tasks, 1))
        for task, worker, label in rows:
            for true in classes:
                joint[task, true] *= theta[worker, true, label]
        likelihood = float(np.log(joint.sum(axis=1)).sum())
        belief = joint / joint.sum(axis=1, keepdims=True)
    return belief, likelihood


@pytest.mark.parametrize(("method", "every", "own", "share"), [("ds", 0, 0, 0), ("map", 0.5, 1, 0.5)])
@pytest.mark.parametrize(("classes", "rounds"), [(2, 1), (2, 12), (4, 7)])
def test_equals_a_plain_loop(
    method: str, every: float, own: float, share: float, classes: int, rounds: int
) -> None:
    table = crowd(characters(3, workers=9, classes=classes), tasks=60, views=4, seed=rounds).table
    belief, likelihood = naive(table, rounds, every=every, own=own, share=share)
    found = infer(table, method, iterations=rounds, tolerance=0)  # type: ignore[arg-type]
    assert found.posterior == pytest.approx(belief, abs=1e-9)
    assert found.log_likelihood == pytest.approx(likelihood, abs=1e-6)


@pytest.mark.parametrize("method", ["ds", "map", "ibcc", "auto"])
def test_recovers_truth_and_confusion(method: str) -> None:
    world = crowd(characters(1, workers=20, classes=3), tasks=3000, views=6, seed=2)
    found = infer(world.table, method)  # type: ignore[arg-type]
    assert (found.posterior.argmax(axis=1) == world.truth).mean() > 0.93
    assert np.abs(found.people().confusion.mean - world.confusion).mean() < 0.02
    assert found.cautions == ()


def test_smoothing_helps_where_labels_are_few() -> None:
    gain = []
    for seed in range(8):
        world = crowd(characters(seed, workers=120, classes=4), tasks=200, views=4, seed=seed)
        right = [
            (infer(world.table, method).posterior.argmax(axis=1) == world.truth).mean()
            for method in ("ds", "map", "ibcc")
        ]
        gain.append((right[1] - right[0], right[2] - right[0]))
    assert np.mean(gain, axis=0).min() > 0.05

"""Nine public crowd sets with known truth, beside the best that crowd-kit 1.4.2 gets out of each.

Its figures, ties shared where it gives probabilities, are those of ``bench/truth.py``: the best of
MajorityVote, Wawa, ZeroBasedSkill, DawidSkene, OneCoinDawidSkene, MMSR, GLAD, MACE and KOS on each set.
"""

from pathlib import Path

import numpy as np
import pytest

from tilik.stats.truth import accuracy, code, infer, label_table

SETS = Path(__file__).resolve().parents[4] / "shared" / "data" / "crowd"
PEER = {
    "bluebird": 0.8889,
    "cf": 0.8933,
    "d_possent": 0.9600,
    "d_product": 0.9397,
    "dog": 0.8426,
    "rte": 0.9275,
    "s_face": 0.6404,
    "sp": 0.9170,
    "trec": 0.7015,
}
needs_data = pytest.mark.skipif(not SETS.is_dir(), reason="shared/data/crowd is not beside the repository")


def right(name: str) -> float:
    labels = np.loadtxt(SETS / name / "label.csv", delimiter=",", skiprows=1, dtype=int)
    truth = np.loadtxt(SETS / name / "truth.csv", delimiter=",", skiprows=1, dtype=int)
    task, worker, label = (code(column) for column in labels.T)
    known = np.full(len(task.names), -1)
    classes = {value: position for position, value in enumerate(label.names.tolist())}
    known[np.searchsorted(task.names, truth[:, 0])] = [
        classes.get(v, len(classes)) for v in truth[:, 1].tolist()
    ]
    found = infer(label_table(task.codes, worker.codes, label.codes))
    value = accuracy(found.posterior, known).value
    assert value is not None
    return value


@needs_data
def test_auto_is_near_the_best_on_each_and_above_on_the_mean() -> None:
    ours = {name: right(name) for name in PEER}
    behind = {name: PEER[name] - ours[name] for name in PEER}
    assert max(behind.values()) < 0.01, behind
    assert np.mean(list(behind.values())) < 0

"""What must not matter: the order of rows, how things are numbered, a weight or a repetition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.stats.truth import METHODS, Method, infer, label_table

from .worlds import characters, crowd

seeds = st.integers(0, 10_000)
methods = pytest.mark.parametrize("method", METHODS)


@methods
@given(seed=seeds)
@settings(max_examples=8, deadline=None)
def test_numbering_and_order_do_not_matter(method: Method, seed: int) -> None:
    random = np.random.default_rng(seed)
    table = crowd(characters(seed, workers=7, classes=3), tasks=25, views=3, seed=seed).table
    task, worker, label = (random.permutation(n) for n in (25, 7, 3))
    rows = random.permutation(len(table.task))
    other = label_table(
        task[table.task][rows],
        worker[table.worker][rows],
        label[table.label][rows],
        tasks=25,
        workers=7,
        classes=3,
    )
    one, two = (infer(t, method, iterations=15, tolerance=0) for t in (table, other))
    assert two.posterior[task][:, label] == pytest.approx(one.posterior, abs=1e-6)
    assert two.counts[worker][:, label][:, :, label] == pytest.approx(one.counts, abs=1e-5)
    if one.objective is not None:
        assert two.objective == pytest.approx(one.objective, rel=1e-9)


@methods
def test_a_weight_of_two_is_the_label_twice(method: Method) -> None:
    table = crowd(characters(5, workers=8, classes=3), tasks=40, views=4, seed=5).table
    double = np.random.default_rng(0).random(len(table.task)) < 0.3
    columns = table.task, table.worker, table.label
    weighted = label_table(*columns, weight=1.0 + double, workers=8, classes=3)
    repeated = label_table(*(np.r_[c, c[double]] for c in columns), workers=8, classes=3)
    one, two = (infer(t, method, iterations=15, tolerance=0) for t in (weighted, repeated))
    assert one.posterior == pytest.approx(two.posterior, abs=1e-8)
    assert one.log_likelihood == pytest.approx(two.log_likelihood, nan_ok=True)


@methods
def test_posteriors_are_probabilities_and_counts_add_up(method: Method) -> None:
    table = crowd(characters(4, workers=12, classes=4), tasks=80, views=3, seed=4).table
    found = infer(table, method)
    assert found.posterior.min() >= 0
    assert found.posterior.sum(axis=1) == pytest.approx(1)
    given_labels = np.zeros((12, 4))
    np.add.at(given_labels, (table.worker, table.label), 1)
    assert found.counts.sum(axis=1) == pytest.approx(given_labels)

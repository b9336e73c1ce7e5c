"""What to look at next: exact small cases, and that it teaches a model faster than chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.special import expit

from tilik.kernel import Invalid
from tilik.learn.judging import auc
from tilik.learn.next_best import expected_change, next_best, uncertainty

P = np.array([[0.5, 0.5], [0.9, 0.1], [0.4, 0.6], [1.0, 0.0]])


def test_the_unsure_come_first() -> None:
    assert uncertainty(P)[[0, 3]].tolist() == [1, 0]
    assert uncertainty(P, "margin") == pytest.approx([1, 0.2, 0.8, 0])
    found = next_best(P, 3)
    assert found.order.tolist() == [0, 2, 1]
    assert (found.assisted, found.purpose) == (True, "uncertain")
    assert next_best(P, 99).order.size == 4
    assert next_best(P, 0).order.size == 0


def test_expected_change_is_the_mean_length_of_the_gradient() -> None:
    random = np.random.default_rng(0)
    x, p = random.normal(size=(6, 4)), random.dirichlet(np.ones(3), 6)
    by_hand = [
        sum(
            p[i, k] * np.linalg.norm(np.outer(p[i] - np.eye(3)[k], x[i]))  # the gradient itself
            for k in range(3)
        )
        for i in range(6)
    ]
    assert expected_change(p, csr_matrix(x)) == pytest.approx(by_hand)
    two = np.array([[0.3, 0.7]])
    assert expected_change(two, csr_matrix([[3.0, 4.0]])) == pytest.approx([2 * 2**0.5 * 0.21 * 5])


def test_like_rows_and_families_are_not_all_chosen() -> None:
    p = np.array([[0.5, 0.5], [0.5, 0.5], [0.4, 0.6]])
    features = csr_matrix([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0]])
    assert next_best(p, 2, features=features).order.tolist() == [0, 2]
    assert next_best(p, 2, features=features, alike=0).order.tolist() == [0, 1]
    assert next_best(p, 3, families=np.array([7, 7, 8])).order.tolist() == [0, 2]


def test_bad_input_is_named() -> None:
    with pytest.raises(Invalid, match="sum to 1"):
        next_best(np.array([[0.5, 0.9]]), 1)
    with pytest.raises(Invalid, match="features"):
        next_best(P, 1, by="change")
    with pytest.raises(Invalid, match="alike"):
        next_best(P, 1, alike=2)
    with pytest.raises(Invalid, match="families"):
        next_best(P, 1, families=np.array([1]))


def test_it_teaches_faster_than_rows_drawn_at_random() -> None:
    """Twelve worlds; 30 labels, then five times 10 chosen ones against 50 drawn ones."""
    linear = pytest.importorskip("tilik.learn.linear")
    pytest.importorskip("sklearn", reason="the extra `learn` is not installed")
    gains = []
    for seed in range(12):
        random = np.random.default_rng(seed)
        x = random.normal(size=(1500, 12))
        y = (random.random(1500) < expit(3 * x @ random.normal(size=12) / 12**0.5 * 2 - 3)).astype(float)
        pool, test = np.arange(1000), np.arange(1000, 1500)
        start = np.concatenate([np.flatnonzero(y[:1000] > 0)[:5], np.flatnonzero(y[:1000] < 1)[:25]])

        def reached(rows: np.ndarray, x: np.ndarray = x, y: np.ndarray = y, test: np.ndarray = test) -> float:
            line = linear.fit_line(csr_matrix(x[rows]), y[rows], np.ones(rows.size))
            return auc(line.scores(csr_matrix(x[test])), y[test])

        known = start
        for _ in range(5):
            line = linear.fit_line(csr_matrix(x[known]), y[known], np.ones(known.size))
            left = np.setdiff1d(pool, known)
            one = expit(line.scores(csr_matrix(x[left])))
            found = next_best(np.column_stack([1 - one, one]), 10, features=csr_matrix(x[left]))
            known = np.concatenate([known, left[found.order]])
        drawn = random.choice(np.setdiff1d(pool, start), 50, replace=False)
        gains.append(reached(known) - reached(np.concatenate([start, drawn])))
    gain = np.array(gains)
    assert gain.mean() - 2 * gain.std(ddof=1) / 12**0.5 > 0

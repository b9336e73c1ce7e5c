"""Label errors: index for index what cleanlab 2.9 finds, and what weights change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.kernel import Invalid
from tilik.learn.confident import (
    confident_joint,
    doubtful,
    label_scores,
    one_vs_rest,
    ranked,
)

CASES = json.loads(Path(__file__).with_name("cleanlab.json").read_text())["cases"]


def arrays(case: dict[str, Any]) -> tuple[Any, Any]:
    p = np.array(case["probabilities"])
    return np.array(case["labels"]), p / p.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['classes']} classes")
@pytest.mark.parametrize("rule", ["noise-rate", "confident-joint"])
def test_the_same_rows_as_cleanlab(case: dict[str, Any], rule: Any) -> None:
    labels, p = arrays(case)
    assert len(case[rule]) > 3
    assert np.flatnonzero(doubtful(labels, p, rule=rule)).tolist() == case[rule]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['classes']} classes")
@pytest.mark.parametrize("by", ["self-confidence", "normalised-margin"])
def test_the_same_order_and_scores_as_cleanlab(case: dict[str, Any], by: Any) -> None:
    labels, p = arrays(case)
    scores = label_scores(labels, p, by)
    assert ranked(scores, doubtful(labels, p)).tolist() == case[f"ranked-{by}"]
    assert scores[:20] == pytest.approx(case[f"score-{by}"], abs=1e-8)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['classes']} classes")
def test_the_same_joint_but_for_rounding(case: dict[str, Any]) -> None:
    labels, p = arrays(case)
    counts = confident_joint(labels, p).counts
    assert counts.sum(axis=1) == pytest.approx(np.bincount(labels, minlength=p.shape[1]))
    assert np.abs(counts - np.array(case["confident_joint"])).max() < 1


def test_equal_weights_change_nothing_and_a_row_twice_is_a_weight_of_two() -> None:
    labels, p = arrays(CASES[1])
    assert (doubtful(labels, p, np.full(labels.size, 7.5)) == doubtful(labels, p)).all()
    twice = np.where(np.arange(labels.size) % 3 == 0, 2.0, 1.0)
    rows = np.repeat(np.arange(labels.size), twice.astype(int))
    by_weight, by_row = confident_joint(labels, p, twice), confident_joint(labels[rows], p[rows])
    assert by_weight.counts == pytest.approx(by_row.counts)
    assert by_weight.thresholds == pytest.approx(by_row.thresholds)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), classes=st.integers(2, 5))
def test_whatever_the_names_of_the_classes(seed: int, classes: int) -> None:
    random = np.random.default_rng(seed)
    p = random.dirichlet(np.ones(classes), 120)
    labels = random.integers(0, classes, 120)
    turn = random.permutation(classes)
    renamed = np.empty_like(p)
    renamed[:, turn] = p
    # The confident joint knows no order of classes; where none is confident nothing is doubted.
    first = doubtful(labels, p, rule="confident-joint")
    assert (first == doubtful(turn[labels], renamed, rule="confident-joint")).all()
    assert not first[p.argmax(axis=1) == labels].any()


def test_one_label_against_the_rest() -> None:
    flags = np.array([[1, 0], [0, 1], [1, 1]])
    p = np.array([[0.9, 0.2], [0.4, 0.7], [0.1, 0.6]])
    (labels, two), (_, other) = one_vs_rest(flags, p)
    assert labels.tolist() == [1, 0, 1]
    assert two.tolist() == [[pytest.approx(0.1), 0.9], [0.6, 0.4], [0.9, 0.1]]
    assert other[:, 1].tolist() == [0.2, 0.7, 0.6]


@pytest.mark.parametrize(
    ("labels", "p", "weights", "code"),
    [
        ([0, 1], [[0.5, 0.5]], None, "shapes-differ"),
        ([0, 2], [[0.5, 0.5], [0.5, 0.5]], None, "class-unknown"),
        ([0, 1], [[0.5, 1.5], [0.5, 0.5]], None, "probability-out-of-range"),
        ([0, 1], [[0.5, 0.5], [0.5, 0.5]], [1, 0], "weight-out-of-range"),
        ([], np.empty((0, 2)), None, "nothing-to-learn"),
    ],
)
def test_bad_input_is_named(labels: Any, p: Any, weights: Any, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        doubtful(labels, p, weights)
    assert refused.value.code == code

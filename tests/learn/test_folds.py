"""What belongs together stays together, and classes are spread."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.kernel import Invalid
from tilik.learn.folds import grouped_folds, joined


def test_rows_are_joined_by_any_key_and_through_others() -> None:
    family = ["f1", None, "f2", "f2", "", "f3"]
    channel = ["a", "b", "a", "c", "d", "d"]
    assert joined(6, family, channel).tolist() == [0, 1, 0, 0, 2, 2]
    assert joined(3).tolist() == [0, 1, 2]


@settings(max_examples=60, deadline=None)
@given(
    groups=st.lists(st.integers(0, 25), min_size=30, max_size=200),
    folds=st.integers(2, 5),
    seed=st.integers(0, 99),
)
def test_no_group_is_parted(groups: list[int], folds: int, seed: int) -> None:
    classes = np.random.default_rng(seed).integers(0, 2, len(groups))
    if len(set(groups)) < folds:
        with pytest.raises(Invalid):
            grouped_folds(groups, classes, folds)
        return
    found = grouped_folds(groups, classes, folds, seed)
    for group in set(groups):
        assert len(set(found[np.array(groups) == group].tolist())) == 1
    assert (found == grouped_folds(groups, classes, folds, seed)).all()


def test_each_class_is_spread_evenly() -> None:
    random = np.random.default_rng(4)
    group = random.integers(0, 300, 1000)
    classes = random.random(1000) < 0.07
    found = grouped_folds(group, classes, 5)
    assert np.ptp(np.bincount(found)) <= 30
    assert np.ptp(np.bincount(found[classes])) <= 2

"""Every coefficient against its definition written out over all pairs, on random tables with gaps."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tilik.stats.agreement import METRICS, Metric, Name, agreement_value, ratings_from_matrix
from tilik.stats.agreement.agree import coefficient
from tilik.stats.agreement.parts import point

from . import naive

values = st.one_of(st.none(), st.integers(0, 4))
tables = st.integers(2, 4).flatmap(
    lambda people: st.lists(st.lists(values, min_size=people, max_size=people), min_size=3, max_size=12)
)
weights = st.lists(st.floats(0.1, 20), min_size=12, max_size=12)


def sound(rows: list[list[Any]], weight: list[float]) -> tuple[list[list[Any]], list[float]]:
    kept = [(row, w) for row, w in zip(rows, weight, strict=False) if any(v is not None for v in row)]
    seen = [row for row, _ in kept]
    assume(sum(sum(v is not None for v in row) >= 2 for row in seen) >= 2)
    assume(len({v for row in seen for v in row if v is not None}) >= 2)
    return seen, [w for _, w in kept]


def delta(metric: Metric, rows: list[list[Any]], weight: list[float]) -> naive.Delta:
    if metric == "nominal":
        return lambda a, b: float(a != b)
    if metric == "interval":
        return lambda a, b: (a - b) ** 2
    if metric == "ratio":
        return lambda a, b: 0.0 if a == b else ((a - b) / (a + b)) ** 2
    return naive.ordinal(rows, weight)


def agree(metric: Metric, kinds: list[float]) -> naive.Delta:
    """Gwet's weights (2014, ch. 3): identity, ordinal, quadratic, ratio."""
    low, high, q = min(kinds), max(kinds), len(kinds)
    if metric == "ordinal":
        rank = {v: i for i, v in enumerate(kinds)}

        def ordinal(a: float, b: float) -> float:
            m = abs(rank[a] - rank[b]) + 1
            return 1 - m * (m - 1) / (q * (q - 1))

        return ordinal
    if metric == "interval":
        return lambda a, b: 1 - (a - b) ** 2 / (high - low) ** 2
    if metric == "ratio":
        most = max(((a - b) / (a + b)) ** 2 for a in kinds for b in kinds if a != b)
        return lambda a, b: 1.0 if a == b else 1 - ((a - b) / (a + b)) ** 2 / most
    return lambda a, b: float(a == b)


@settings(max_examples=60, deadline=None)
@given(tables, weights, st.sampled_from(METRICS))
def test_alpha_is_its_definition(rows: list[list[Any]], weight: list[float], metric: Metric) -> None:
    rows, weight = sound(rows, weight)
    ours = agreement_value(ratings_from_matrix(np.array(rows, dtype=object), weight=weight), "alpha", metric)
    theirs = naive.alpha(rows, delta(metric, rows, weight), weight)
    assert (ours is None) == (theirs is None)
    assert theirs is None or ours == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(
    tables,
    weights,
    st.sampled_from(METRICS),
    st.sampled_from(["gwet", "fleiss", "brennan-prediger", "conger"]),
)
def test_the_others_are_theirs(
    rows: list[list[Any]], weight: list[float], metric: Metric, name: Name
) -> None:
    rows, weight = sound(rows, weight)
    people = sum(any(row[g] is not None for row in rows) for g in range(len(rows[0])))
    assume(people >= 2)
    kinds = sorted({v for row in rows for v in row if v is not None})
    same = agree(metric, kinds)
    parts = point(coefficient(ratings_from_matrix(np.array(rows, dtype=object), weight=weight), name, metric))
    assert 1 - parts.observed == pytest.approx(naive.observed(rows, same, weight), abs=1e-9)
    assert 1 - parts.expected == pytest.approx(naive.expected(name, rows, same, weight), abs=1e-9)


def test_many_categories_take_another_path_to_the_same_figure() -> None:
    """500 different values over 400 units: counts are found by sorting, not in a dense table."""
    random = np.random.default_rng(3)
    centre = random.uniform(1, 50, 400)
    table = np.round(np.abs(centre[:, np.newaxis] + random.normal(0, 4, (400, 3))), 2)
    few = table[:60]
    for metric in METRICS:
        ours = agreement_value(ratings_from_matrix(few), "alpha", metric)
        rows, ones = few.tolist(), [1.0] * 60
        assert ours == pytest.approx(naive.alpha(rows, delta(metric, rows, ones), ones), abs=1e-9)
    assert 0.8 < (agreement_value(ratings_from_matrix(table), "alpha", "interval") or 0) < 1

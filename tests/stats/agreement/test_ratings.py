"""Reading ratings, what is refused, and figures that do not exist."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilik.kernel import Invalid
from tilik.stats.agreement import (
    NAMES,
    agreement,
    agreement_value,
    agreements,
    ratings_from_counts,
    ratings_from_matrix,
    ratings_from_table,
)
from tilik.stats.agreement.codes import codes

from .published import FOUR_RATERS, SIX_RATERS

TABLE = (list("aabbcc"), list("xyxyxy"), ["yes", "yes", "no", "yes", "no", "no"])


@given(st.lists(st.integers(-(10**12), 10**12) | st.integers(-3, 30)))
def test_codes_give_back_the_names(names: list[int]) -> None:
    held = np.array(names, dtype=np.int64)
    code, found = codes(held)
    assert np.array_equal(found[code], held)
    assert np.array_equal(found, np.unique(held))


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random: Any) -> None:
    table = np.array(FOUR_RATERS, dtype=object)
    unit, rater = np.indices(table.shape)
    rows = list(zip(unit.ravel(), rater.ravel(), table.ravel(), strict=True))
    random.shuffle(rows)
    shuffled = ratings_from_table(*(list(column) for column in zip(*rows, strict=True)))
    for name in NAMES[:5]:
        assert agreement_value(shuffled, name) == pytest.approx(
            agreement_value(ratings_from_matrix(FOUR_RATERS), name)
        )


def test_matrix_table_and_counts_say_the_same() -> None:
    labels = [[k for k, times in enumerate(row) for _ in range(times)] for row in SIX_RATERS.tolist()]
    for name in ("alpha", "gwet", "fleiss", "brennan-prediger", "raw"):
        assert agreement_value(ratings_from_matrix(labels), name) == pytest.approx(
            agreement_value(ratings_from_counts(SIX_RATERS), name)
        )


def test_missing_values_of_any_kind_are_left_out() -> None:
    unit, rater, value = TABLE
    longer = ratings_from_table([*unit, "d", "d"], [*rater, "x", "y"], [*value, None, ""])
    assert (longer.units, longer.unit.size) == (3, 6)
    assert ratings_from_matrix([[1, np.nan], [1, 1], [2, 1]]).unit.size == 5


def test_a_weight_of_two_is_a_unit_twice_where_labels_are_not_paired_across_units() -> None:
    rows = FOUR_RATERS[:-2]
    weighted = ratings_from_matrix(rows, weight=[2] + [1] * (len(rows) - 1))
    doubled = ratings_from_matrix([rows[0], *rows])
    for name in ("gwet", "fleiss", "brennan-prediger", "conger", "raw"):
        assert agreement_value(weighted, name) == pytest.approx(agreement_value(doubled, name))


@pytest.mark.parametrize("name", NAMES[:5])
def test_the_unit_of_the_weights_does_not_matter(name: Any) -> None:
    weight = np.linspace(1, 9, 12)
    small, large = (ratings_from_matrix(FOUR_RATERS, weight=weight * by) for by in (1, 1e6))
    first, second = (agreement(ratings, name, of="test") for ratings in (small, large))
    assert (first.value, first.low, first.high) == pytest.approx((second.value, second.low, second.high))
    assert first.n_eff == pytest.approx(weight[:11].sum() ** 2 / (weight[:11] ** 2).sum())


def test_named_categories_count_even_when_nobody_chose_them() -> None:
    two = ratings_from_table(*TABLE)
    three = ratings_from_table(*TABLE, categories=["yes", "no", "unsure"])
    assert agreement_value(two, "brennan-prediger") == pytest.approx(1 - (1 / 3) / (1 / 2))
    assert agreement_value(three, "brennan-prediger") == pytest.approx(1 - (1 / 3) / (2 / 3))
    assert agreement_value(three, "alpha", "ordinal") == pytest.approx(agreement_value(three, "alpha"))


def test_one_category_everywhere_is_undefined_beyond_chance_and_says_why() -> None:
    ratings = ratings_from_matrix([[1, 1], [1, 1], [1, 1]])
    for name in ("alpha", "fleiss", "conger", "cohen", "brennan-prediger", "gwet"):
        found = agreement(ratings, name, of="test")
        assert (found.value, found.low, found.high) == (None, -1, 1)
        assert "same category" in str(found.inputs["undefined"])


def test_perfect_agreement_gets_a_bound_and_no_false_certainty() -> None:
    found = agreement(ratings_from_matrix([[1, 1]] * 30 + [[2, 2]] * 30), of="test")
    assert (found.value, found.high) == (1, 1)
    most = 1 - 0.025 ** (1 / 60)
    assert found.low == pytest.approx(1 - most / (0.5 * 120 / 119))
    assert found.method == "alpha+perfect-agreement-bound"
    raw = agreement(ratings_from_matrix([[1, 1]] * 60), "raw", of="test")
    assert (raw.value, raw.low) == (1, pytest.approx(1 - most))


def test_all_coefficients_at_once_are_those_that_fit() -> None:
    assert set(agreements(ratings_from_matrix(FOUR_RATERS), of="{}")) == set(NAMES) - {"cohen"}
    assert set(agreements(ratings_from_table(*TABLE), of="{}")) == set(NAMES)
    counts = agreements(ratings_from_counts(SIX_RATERS), of="{} of diagnoses")
    assert set(counts) == set(NAMES) - {"cohen", "conger"}
    assert counts["alpha"].of == "alpha of diagnoses"


@pytest.mark.parametrize(
    ("columns", "options", "code"),
    [
        ((["a", "a"], ["x", "x"], [1, 2]), {}, "rating-repeated"),
        ((["a", "b"], ["x"], [1, 2]), {}, "ratings-unequal"),
        ((["a", "b"], ["x", "y"], [None, None]), {}, "ratings-empty"),
        ((["a", "a"], ["x", "y"], [1, 2]), {"weight": [1, 2]}, "weight-differs"),
        ((["a", "b"], ["x", "y"], [1, 2]), {"weight": [1, -2]}, "weight-unfit"),
        ((["a", "b"], ["x", "y"], [1, 2]), {"weight": [1]}, "ratings-unequal"),
        ((["a", "b"], ["x", "y"], ["p", "q"]), {"categories": ["p"]}, "category-unknown"),
    ],
)
def test_tables_that_cannot_be_read(columns: Any, options: Any, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        ratings_from_table(*columns, **options)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("ratings", "options", "code"),
    [
        (ratings_from_matrix([[1, 2], [1, None]]), {}, "agreement-too-few-units"),
        (ratings_from_matrix([[1, 2], [1, 1]], weight=[1, 0]), {}, "agreement-too-few-units"),
        (ratings_from_table(*TABLE), {"metric": "ordinal"}, "order-unknown"),
        (ratings_from_table(*TABLE), {"name": "gwet", "metric": "ordinal"}, "order-unknown"),
        (ratings_from_table(*TABLE), {"metric": "interval"}, "values-not-numbers"),
        (ratings_from_matrix([[-1, 2], [1, 1]]), {"metric": "ratio"}, "ratio-negative"),
        (ratings_from_matrix(FOUR_RATERS), {"name": "cohen"}, "cohen-needs-two"),
        (ratings_from_counts(SIX_RATERS), {"name": "conger"}, "raters-unknown"),
        (ratings_from_counts(SIX_RATERS), {"name": "cohen"}, "raters-unknown"),
        (ratings_from_table(*TABLE), {"name": "scott"}, "coefficient-unknown"),
        (ratings_from_table(*TABLE), {"metric": "cubic"}, "metric-unknown"),
        (ratings_from_table(*TABLE), {"level": 1.0}, "level-out-of-range"),
        (ratings_from_table(*TABLE), {"how": "bootstrap", "draws": 9}, "draws-too-few"),
    ],
)
def test_questions_that_have_no_answer(ratings: Any, options: Any, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        agreement(ratings, of="test", **options)
    assert caught.value.code == code


@pytest.mark.parametrize("counts", [[[1.5, 0]], [[-1, 2]], [1, 2], [["a", "b"]], [[0, 0]]])
def test_counts_must_be_counts(counts: Any) -> None:
    with pytest.raises(Invalid):
        ratings_from_counts(counts)

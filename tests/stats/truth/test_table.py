"""Names become codes and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilik.stats.truth import code

whole = st.lists(st.integers(-50, 50), min_size=1)
wide = st.lists(st.integers(-(2**60), 2**60), min_size=1)
words = st.lists(st.text("abc", max_size=3), min_size=1)


@given(st.one_of(whole, wide, words))
def test_codes_point_back_to_sorted_names(values: list[int] | list[str]) -> None:
    coded = code(values)
    assert coded.names[coded.codes].tolist() == values
    assert coded.names.tolist() == sorted(set(values))


def test_small_types_do_not_overflow() -> None:
    values = np.array([-128, 127, 0], dtype=np.int8)
    assert code(values).names.tolist() == [-128, 0, 127]


def test_nothing_has_no_names() -> None:
    assert code(np.array([], dtype=np.int64)).names.size == 0
    with pytest.raises(IndexError):
        code([]).names[0]

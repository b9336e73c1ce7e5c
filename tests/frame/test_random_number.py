"""The permanent random number: one value everywhere, uniform, strictly inside 0..1."""

import hashlib

import ibis
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from tilik.frame import permanent_random_number
from tilik.frame.random_number import random_number_expression

ids = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30)


def test_it_is_the_top_53_bits_of_md5() -> None:
    top = int.from_bytes(hashlib.md5(b"v1tilik").digest(), "big") >> (128 - 53)
    assert permanent_random_number("v1", "tilik") == top / 2**53


@settings(max_examples=25, deadline=None)
@given(st.lists(ids, min_size=1, max_size=20), st.text("abc0-'", max_size=8))
def test_the_expression_equals_the_function_to_the_last_bit(videos: list[str], seed: str) -> None:
    table = ibis.memtable({"video": videos})
    expression = table.select("video", prn=random_number_expression(table["video"], seed))
    for row in ibis.duckdb.connect().to_pyarrow(expression).to_pylist():
        assert row["prn"] == permanent_random_number(row["video"], seed)


def test_it_is_uniform_and_differs_by_seed() -> None:
    numbers = np.array([permanent_random_number(f"v{n}", "a") for n in range(20_000)])
    others = np.array([permanent_random_number(f"v{n}", "b") for n in range(20_000)])
    assert numbers.min() > 0
    assert numbers.max() < 1
    assert kstest(numbers, "uniform").pvalue > 0.001
    assert abs(np.corrcoef(numbers, others)[0, 1]) < 0.03

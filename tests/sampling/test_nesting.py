"""Every design, with every allocation: a bigger budget holds the smaller one's units, with π no smaller."""

from functools import cache
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.test_designs import DESIGNS, rows
from tilik.sampling import (
    AnyDesign,
    ArrayFrame,
    ColumnDesign,
    FamilyDesign,
    PpsDesign,
    StratifiedDesign,
    lay_out,
)
from tilik.sampling.designs import Allocation

ALL: list[AnyDesign] = [
    PpsDesign(),
    *DESIGNS,
    FamilyDesign(judge="one"),
    FamilyDesign(judge="all"),
    *(StratifiedDesign(score="score_harm", allocation=name) for name in get_args(Allocation)),
    *(ColumnDesign(column="language", score="score_ai", allocation=name) for name in get_args(Allocation)),
]


@cache
def laid_out(at: int) -> ArrayFrame:
    table = rows()
    held = {name: np.array(table[name].to_pylist()) for name in table.column_names}
    prn = np.random.default_rng(9).random(table.num_rows)
    return lay_out(ALL[at], held["impressions"].astype(float), prn, columns=held)


@pytest.mark.parametrize("at", range(len(ALL)))
@settings(max_examples=25, deadline=None)
@given(few=st.integers(60, 1500), more=st.integers(0, 1500), seed=st.integers(0, 2**31))
def test_a_bigger_budget_takes_nothing_away(at: int, few: int, more: int, seed: int) -> None:
    small, large = (laid_out(at).draw(budget, seed) for budget in (few, few + more))
    pi = dict(zip(large.units.tolist(), large.pi.tolist(), strict=True))
    assert set(small.units.tolist()) <= pi.keys()
    for unit, before in zip(small.units.tolist(), small.pi.tolist(), strict=True):
        assert pi[unit] >= before * (1 - 1e-12)

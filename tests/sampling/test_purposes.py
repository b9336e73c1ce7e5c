"""Several purposes in one draw: realised inclusion, and that the joint π and each purpose's own are right."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sampling.test_designs import DESIGNS, rows
from tilik.frame import import_frame
from tilik.sampling import Part, PurposesDesign, Risk, draw, lay_out
from tilik.sampling.columns import ArrayColumns
from tilik.sampling.numbers import draw_numbers
from tilik.sampling.profile import profile

UNITS, BUDGET, DRAWS = 400, 60, 4000
DESIGN = DESIGNS[-1]


def small() -> dict[str, np.ndarray]:
    """Columns of 400 videos, three without impressions."""
    rng = np.random.default_rng(5)
    impressions = np.rint(rng.lognormal(3, 1.5, UNITS))
    impressions[:3] = 0
    return {
        "impressions": impressions,
        "score_harm": rng.beta(0.4, 4, UNITS),
        "score_ai": rng.beta(1, 3, UNITS),
        "prn": rng.random(UNITS),
    }


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame")
    pq.write_table(rows(), folder / "f.parquet")
    return folder / import_frame(folder / "f.parquet", folder).name


def test_each_unit_is_drawn_as_often_as_its_joint_probability_says() -> None:
    """A unit's π given all other numbers: its size times the n-th smallest of the others' keys."""
    held = small()
    x = lay_out(DESIGN, held["impressions"], held["prn"], columns=held).size[0]
    surplus = np.zeros((DRAWS, UNITS))
    for seed in range(DRAWS):
        key = draw_numbers(held["prn"], seed) / x
        ordered = np.sort(key)
        drawn = key < ordered[BUDGET]
        threshold = np.where(drawn, ordered[BUDGET], ordered[BUDGET - 1])
        surplus[seed] = drawn - np.minimum(1, x * threshold)
    z = surplus.mean(axis=0) / (surplus.std(axis=0) / np.sqrt(DRAWS) + 1e-12)
    assert np.abs(z).max() < 4.5
    assert np.abs(z).mean() < 1.1


def test_sums_with_the_joint_probability_and_with_each_purposes_own_are_unbiased() -> None:
    held = small()
    w, prn = held["impressions"], held["prn"]
    y = (np.random.default_rng(8).random(UNITS) < held["score_harm"]).astype(float)
    laid = lay_out(DESIGN, w, prn, columns=held)
    parts = profile(ArrayColumns(held), DESIGN).sizing.parts(ArrayColumns(held))
    own = np.column_stack(list(parts.values()))
    found = []
    for seed in range(1500):
        units, pi, _ = laid.draw(BUDGET, seed)
        u = draw_numbers(prn, seed)
        tau = np.sort(u / laid.size[0])[BUDGET]
        for_it = u[units, None] < own[units] * tau
        alone = np.where(for_it, w[units, None] / np.clip(own[units] * tau, 1e-300, 1), 0).sum(axis=0)
        found.append([(w[units] * y[units] / pi).sum(), (1 / pi).sum(), *alone])
    sums = np.array(found)
    truth = [(w * y).sum(), UNITS, *((w[:, None] * (own > 0)).sum(axis=0))]
    error = sums.std(axis=0, ddof=1) / np.sqrt(len(sums))
    assert np.all(np.abs(sums.mean(axis=0) - truth) < 4 * error)


def test_the_joint_probability_is_the_greatest_of_those_of_its_purposes(frame: Path) -> None:
    drawn = draw(frame, DESIGN, 300, 4)
    for row in drawn.table.to_pylist():
        own = json.loads(row["purposes"])
        assert row["purpose"] in own
        assert row["pi"] == own[row["purpose"]] == max(own.values())
    drawn_for = {name for text in drawn.table["purposes"].to_pylist() for name in json.loads(text)}
    assert isinstance(DESIGN, PurposesDesign)
    assert drawn_for == set(DESIGN.names)


def test_shares_are_what_each_purpose_is_drawn_by() -> None:
    both = PurposesDesign(
        purposes=(Part(purpose="high-impression", share=3), Part(purpose="random", share=1))
    )
    held = ArrayColumns(small())
    by_size, at_random = profile(held, both).sizing.parts(held).values()
    assert by_size.sum() / at_random.sum() == pytest.approx(3, rel=1e-5)
    assert by_size.sum() + at_random.sum() == pytest.approx(1, rel=1e-5)


def test_a_census_keeps_every_purpose_at_one(frame: Path) -> None:
    table = draw(frame, DESIGN, 5000, 4).table
    assert set(table["pi"].to_pylist()) == {1.0}
    assert table.num_rows == rows().num_rows
    assert all(set(json.loads(text).values()) == {1} for text in table["purposes"].to_pylist())


def test_a_purpose_that_nothing_answers_to_takes_no_room(frame: Path) -> None:
    none = Part(purpose="synthetic-suspect", risks=(Risk(score="score_harm", threshold=0.99999),))
    design = PurposesDesign(purposes=(Part(purpose="high-impression"), none))
    drawn = draw(frame, design, 100, 1)
    assert drawn.summary.drawn == 100
    assert {row["purpose"] for row in drawn.table.to_pylist()} == {"high-impression"}


def test_impressions_that_no_purpose_reaches_are_a_stratum_of_their_own(frame: Path) -> None:
    risk = Risk(score="score_harm", threshold=0.5)
    design = PurposesDesign(purposes=(Part(purpose="high-impact", risks=(risk,)),))
    totals = draw(frame, design, 20, 1).summary.totals
    held = pq.read_table(frame)
    w, s = held["impressions"].to_numpy().astype(float), held["score_harm"].to_numpy()
    assert totals["out-of-reach"] == pytest.approx(w[s < 0.5].sum())
    assert sum(totals.values()) == pytest.approx(w.sum())
    every = PurposesDesign(purposes=(*design.purposes, Part(purpose="random")))
    assert set(draw(frame, every, 20, 1).summary.totals) == {"all"}

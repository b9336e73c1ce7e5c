"""Families as clusters: π by family total, members' π, nesting, and unbiased sums."""

from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sampling.test_designs import columns, rows
from tilik.frame import import_frame
from tilik.kernel import Invalid
from tilik.sampling import DrawTable, FamilyDesign, draw, lay_out, plan
from tilik.sampling.poisson import inclusion

Judge = Literal["all", "one"]
BOTH: tuple[Judge, ...] = ("all", "one")


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame")
    pq.write_table(rows(), folder / "f.parquet")
    return folder / import_frame(folder / "f.parquet", folder).name


def totals(frame: Path) -> tuple[dict[str, str], dict[str, float]]:
    """Each video's family, and each family's impressions."""
    held = columns(frame)
    named = zip(held["video"], held["family"], strict=True)
    family = {video: video if own is None else own for video, own in named}
    total: dict[str, float] = {}
    for video, w in zip(held["video"], held["impressions"], strict=True):
        total[family[video]] = total.get(family[video], 0.0) + float(w)
    return family, total


def threshold(drawn: DrawTable) -> float:
    tau = drawn.summary.strata[0].tau
    assert tau is not None
    return tau


def test_all_members_of_a_drawn_family_come_with_the_familys_probability(frame: Path) -> None:
    family, total = totals(frame)
    drawn = draw(frame, FamilyDesign(judge="all"), 80, 3)
    came = drawn.table.to_pylist()
    names = {row["family"] for row in came}
    assert len(names) == drawn.summary.drawn == 80
    assert drawn.summary.videos == len(came) > 80
    assert {row["video"] for row in came} == {video for video, own in family.items() if own in names}
    for row in came:
        assert row["x"] == total[row["family"]]
        assert row["pi"] == min(1.0, total[row["family"]] * threshold(drawn))


def test_one_member_stands_for_its_family_by_its_share(frame: Path) -> None:
    _, total = totals(frame)
    drawn = draw(frame, FamilyDesign(), 80, 3)
    came = drawn.table.to_pylist()
    assert len({row["family"] for row in came}) == len(came) == 80
    for row in came:
        whole = total[row["family"]]
        assert row["pi"] == pytest.approx(min(1.0, whole * threshold(drawn)) * row["size"] / whole)
        assert row["weight"] == 1 / row["pi"]


@pytest.mark.parametrize("judge", BOTH)
@pytest.mark.parametrize("budget", [40, 500, 5000])
def test_arrays_and_ibis_draw_the_same(frame: Path, judge: Judge, budget: int) -> None:
    held = columns(frame)
    design = FamilyDesign(judge=judge)
    laid = lay_out(design, held["impressions"].astype(float), held["prn"], columns=held)
    units, pi, _ = laid.draw(budget, 3)
    drawn = draw(frame, design, budget, 3).table.to_pylist()
    assert {(row["video"], row["pi"]) for row in drawn} == set(zip(held["video"][units], pi, strict=True))


@pytest.mark.parametrize("judge", BOTH)
def test_the_bigger_budget_holds_the_smaller(frame: Path, judge: Judge) -> None:
    design = FamilyDesign(judge=judge)
    few, more = (set(draw(frame, design, n, 1).table["video"].to_pylist()) for n in (60, 200))
    assert few < more


@pytest.mark.parametrize("judge", BOTH)
def test_sums_are_unbiased(frame: Path, judge: Judge) -> None:
    """Of impressions, and of a trait in which members of a family differ."""
    held = columns(frame)
    w = held["impressions"].astype(float)
    wy = w * (np.random.default_rng(3).random(w.size) < 0.2)
    laid = lay_out(FamilyDesign(judge=judge), w, held["prn"], columns=held)
    sums = []
    for seed in range(600):
        units, pi, _ = laid.draw(80, seed)
        sums.append((w[units] @ (1 / pi), wy[units] @ (1 / pi)))
    found = np.array(sums)
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    assert np.all(np.abs(found.mean(axis=0) - [w.sum(), wy.sum()]) < 4 * error + 1e-6 * w.sum())


def test_members_are_taken_in_proportion_to_their_size() -> None:
    held = {"video": np.array(["a", "b", "c"]), "family": np.array(["f", "f", "f"], dtype=object)}
    laid = lay_out(FamilyDesign(), np.array([1.0, 6.0, 3.0]), np.array([0.1, 0.2, 0.3]), columns=held)
    taken = [int(laid.draw(1, seed).units[0]) for seed in range(4000)]
    assert np.bincount(taken) / 4000 == pytest.approx([0.1, 0.6, 0.3], abs=0.03)


def test_without_families_it_is_the_draw_by_size(tmp_path: Path) -> None:
    family = pa.array([None] * 4, pa.string())
    table = pa.table({"video": ["a", "b", "c", "d"], "impressions": [5, 4, 3, 2], "family": family})
    pq.write_table(table, tmp_path / "f.parquet")
    snapshot = import_frame(tmp_path / "f.parquet", tmp_path)
    drawn = draw(tmp_path / snapshot.name, FamilyDesign(judge="all"), 2, 1)
    expected = inclusion(drawn.table["size"].to_numpy(), threshold(drawn))
    assert drawn.table["pi"].to_pylist() == expected.tolist()
    assert drawn.table["family"].to_pylist() == drawn.table["video"].to_pylist()


def test_a_frame_without_the_column_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"video": ["a"], "impressions": [5]}), tmp_path / "f.parquet")
    snapshot = import_frame(tmp_path / "f.parquet", tmp_path)
    with pytest.raises(Invalid, match="no column family"):
        draw(tmp_path / snapshot.name, FamilyDesign(), 1, 1)


def test_the_plan_counts_families(frame: Path) -> None:
    planned = plan(frame, FamilyDesign(), 200, prevalences=[0.1])
    assert planned.strata[0].units == sum(w > 0 for w in totals(frame)[1].values())
    assert planned.n == 200

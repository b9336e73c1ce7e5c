"""Drawing from a snapshot: determinism, nesting, the Ibis path against arrays, edges and errors."""

from math import inf, nan
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import kstest

from tilik.frame import import_frame, permanent_random_number
from tilik.kernel import Invalid, Missing
from tilik.sampling import DESIGN, DrawTable, PpsDesign, StratifiedDesign, draw, lay_out
from tilik.sampling.designs import strata_of
from tilik.sampling.numbers import draw_numbers

ROWS = 4000
DESIGNS = [
    PpsDesign(),
    StratifiedDesign(score="score_harm"),
    StratifiedDesign(score="score_harm", allocation="equal", cuts=(0.5,)),
    StratifiedDesign(score="score_harm", allocation="power", minimum=2),
    StratifiedDesign(score="score_harm", allocation="proportional", minimum=5),
]


def table(rows: int = ROWS) -> pa.Table:
    rng = np.random.default_rng(8)
    impressions = np.rint(rng.lognormal(3, 2.2, rows)).astype(np.int64)
    impressions[:40] = 0
    score = np.round(rng.beta(1, 4, rows), 3)
    score[100:200] = 0.3
    return pa.table(
        {"video": [f"v{n:06d}" for n in range(rows)], "impressions": impressions, "score_harm": score}
    )


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame")
    pq.write_table(table(), folder / "f.parquet")
    return folder / import_frame(folder / "f.parquet", folder).name


def videos(drawn: DrawTable) -> set[str]:
    return set(drawn.table["video"].to_pylist())


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("budget", [60, 700, ROWS])
def test_arrays_and_ibis_draw_the_same_ids_with_the_same_probabilities(
    frame: Path, design: PpsDesign | StratifiedDesign, budget: int
) -> None:
    rows = pq.read_table(frame)
    size, score = rows["impressions"].to_numpy().astype(float), rows["score_harm"].to_numpy()
    units, pi, stratum = lay_out(design, size, rows["prn"].to_numpy(), score).draw(budget, 5)
    names = np.array(strata_of(design))
    ours = {(rows["video"][int(i)].as_py(), p, names[h]) for i, p, h in zip(units, pi, stratum, strict=True)}
    drawn = draw(frame, design, budget, 5).table.to_pylist()
    assert {(row["video"], row["pi"], row["stratum"]) for row in drawn} == ours


@pytest.mark.parametrize("design", DESIGNS)
def test_the_same_seed_draws_the_same_and_another_another(
    frame: Path, design: PpsDesign | StratifiedDesign
) -> None:
    assert draw(frame, design, 200, 1).table.equals(draw(frame, design, 200, 1).table)
    assert videos(draw(frame, design, 200, 1)) != videos(draw(frame, design, 200, 2))


@pytest.mark.parametrize("design", DESIGNS)
def test_a_draw_of_500_is_part_of_the_draw_of_1000(frame: Path, design: PpsDesign | StratifiedDesign) -> None:
    small, large = draw(frame, design, 500, 3), draw(frame, design, 1000, 3)
    assert small.table.num_rows == 500
    assert videos(small) < videos(large)
    held = {stratum.name: stratum.drawn for stratum in small.summary.strata}
    lower = {row["video"] for row in large.table.to_pylist() if row["rank"] <= held[row["stratum"]]}
    assert lower == videos(small)


def test_without_a_seed_the_stored_number_is_used(frame: Path) -> None:
    drawn = draw(frame, PpsDesign(), 100)
    assert drawn.table["u"].equals(drawn.table["prn"])
    first = drawn.table.to_pylist()[0]
    assert first["prn"] == permanent_random_number(first["video"], "tilik")


def test_columns_fit_together(frame: Path) -> None:
    drawn = draw(frame, StratifiedDesign(score="score_harm"), 300, 4)
    rows = drawn.table.to_pylist()
    tau = {stratum.name: stratum.tau for stratum in drawn.summary.strata}
    assert [row["sequence"] for row in rows] == list(range(1, 301))
    for row in rows:
        assert row["weight"] == 1 / row["pi"]
        assert row["key"] == row["u"] / row["size"]
        assert row["pi"] == min(1.0, row["size"] * tau[row["stratum"]])
    assert sum(stratum.drawn for stratum in drawn.summary.strata) == drawn.summary.drawn == 300
    assert drawn.summary.certain == sum(row["pi"] == 1 for row in rows)


def test_serving_order_has_nothing_to_do_with_size(frame: Path) -> None:
    rows = draw(frame, PpsDesign(), 800, 4).table.to_pylist()
    heavy = {row["video"] for row in sorted(rows, key=lambda row: -row["size"])[:200]}
    places = [row["sequence"] / 800 for row in rows if row["video"] in heavy]
    assert kstest(places, "uniform").pvalue > 0.001


def test_top_up_keeps_the_serving_order_of_what_was_drawn(frame: Path) -> None:
    small, large = draw(frame, PpsDesign(), 100, 4), draw(frame, PpsDesign(), 300, 4)
    kept = [video for video in large.table["video"].to_pylist() if video in videos(small)]
    assert kept == small.table["video"].to_pylist()


def test_units_without_impressions_are_never_drawn_and_always_counted(frame: Path) -> None:
    everything = draw(frame, PpsDesign(), 10 * ROWS, 1)
    without = sum(w == 0 for w in pq.read_table(frame)["impressions"].to_pylist())
    assert without >= 40
    assert everything.summary.without_size == without
    assert everything.summary.units == everything.table.num_rows == ROWS - without
    assert set(everything.table["pi"].to_pylist()) == {1.0}


def test_totals_are_the_frames(frame: Path) -> None:
    rows = pq.read_table(frame)
    w, score = rows["impressions"].to_numpy(), rows["score_harm"].to_numpy()
    totals = draw(frame, StratifiedDesign(score="score_harm", cuts=(0.3,)), 100, 1).summary.totals
    assert totals == {"0-0.3": w[score < 0.3].sum(), "0.3-1": w[score >= 0.3].sum()}


def test_equal_keys_go_by_id(tmp_path: Path) -> None:
    rows = pa.table({"video": ["c", "a", "d", "b"], "impressions": [2, 2, 2, 2], "prn": [0.5] * 4})
    pq.write_table(rows, tmp_path / "f.parquet")
    assert videos(draw(tmp_path / "f.parquet", PpsDesign(), 2, 1)) == {"a", "b"}


@settings(max_examples=30)
@given(st.integers(-(2**40), 2**40))
def test_draw_numbers_lie_within_0_and_1(seed: int) -> None:
    prn = np.array([2.0**-53, 0.25, 1 - 2.0**-53])
    assert np.all((draw_numbers(prn, seed) >= 0) & (draw_numbers(prn, seed) < 1))


def test_draw_numbers_are_uniform_and_pairs_of_videos_independent() -> None:
    prn = np.array([0.123, 0.1231])
    u = np.array([draw_numbers(prn, seed) for seed in range(4000)])
    assert kstest(u[:, 0], "uniform").pvalue > 0.001
    assert abs(np.corrcoef(u.T)[0, 1]) < 0.06


def test_bad_requests_say_what_and_how(frame: Path, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        draw(tmp_path / "none.parquet", PpsDesign(), 10)
    with pytest.raises(Invalid, match="score_other"):
        draw(frame, StratifiedDesign(score="score_other"), 100)
    with pytest.raises(Invalid, match="at least 1"):
        draw(frame, PpsDesign(), 0)
    with pytest.raises(Invalid, match="minimum"):
        draw(frame, StratifiedDesign(score="score_harm"), 20)
    pq.write_table(pa.table({"video": ["a"], "impressions": [0], "prn": [0.5]}), tmp_path / "f.parquet")
    with pytest.raises(Invalid, match="nothing can be drawn"):
        draw(tmp_path / "f.parquet", PpsDesign(), 1)


@pytest.mark.parametrize(
    "cuts", [(), (0.5, 0.5), (0.6, 0.2), (0.0, 0.5), (0.5, 1.0), (nan,), (0.2, nan, 0.8), (0.2, inf)]
)
def test_cuts_that_make_no_bands_are_refused(cuts: tuple[float, ...]) -> None:
    with pytest.raises(ValidationError):
        StratifiedDesign(score="score_harm", cuts=cuts)


@pytest.mark.parametrize("design", DESIGNS)
def test_designs_survive_json(design: PpsDesign | StratifiedDesign) -> None:
    assert DESIGN.validate_json(design.model_dump_json()) == design

"""The plan: its sums, its agreement with the draw, and that knowledge makes it narrower."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tilik.frame import import_frame
from tilik.sampling import PpsDesign, StratifiedDesign, draw, plan
from tilik.sampling.poisson import inclusion_probabilities


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame")
    rng = np.random.default_rng(6)
    rows = pa.table(
        {
            "video": [f"v{n}" for n in range(5000)],
            "impressions": np.rint(rng.lognormal(4, 2, 5000)).astype(np.int64),
            "score_harm": rng.beta(0.3, 2, 5000),
        }
    )
    pq.write_table(rows, folder / "f.parquet")
    return folder / import_frame(folder / "f.parquet", folder).name


def test_planned_sizes_are_drawn_sizes(frame: Path) -> None:
    design = StratifiedDesign(score="score_harm")
    planned, drawn = plan(frame, design, 400), draw(frame, design, 400, 1)
    assert [s.n for s in planned.strata] == [s.drawn for s in drawn.summary.strata]
    assert planned.without_size == drawn.summary.without_size
    assert sum(s.share for s in planned.strata) == pytest.approx(1)


def test_pps_effective_size_written_out(frame: Path) -> None:
    w = pq.read_table(frame)["impressions"].to_numpy().astype(float)
    w = w[w > 0]
    pi = inclusion_probabilities(w, 300)
    expected = w.sum() ** 2 / (w**2 * (1 - pi) / pi).sum()
    planned = plan(frame, PpsDesign(), 300, prevalences=[0.02, 0.3])
    assert [outlook.n_eff for outlook in planned.outlooks] == pytest.approx([expected, expected])
    assert planned.strata[0].certain == (pi == 1).sum()


def test_a_bigger_budget_and_a_telling_score_make_it_narrower(frame: Path) -> None:
    def width(design: PpsDesign | StratifiedDesign, budget: int) -> float:
        return plan(frame, design, budget, prevalences=[0.1]).outlooks[-1].half_width

    bands = StratifiedDesign(score="score_harm")
    assert width(bands, 800) < width(bands, 400) < width(PpsDesign(), 400)


def test_the_guess_is_the_mean_score_by_impressions(frame: Path) -> None:
    rows = pq.read_table(frame)
    w, score = rows["impressions"].to_numpy(), rows["score_harm"].to_numpy()
    first = plan(frame, StratifiedDesign(score="score_harm"), 400).outlooks[0]
    assert first.source == "score"
    assert first.prevalence == pytest.approx((w * score).sum() / w.sum())


def test_a_census_is_certain(frame: Path) -> None:
    assert all(outlook.half_width == 0 for outlook in plan(frame, PpsDesign(), 9999).outlooks)


def test_rows_for_a_table(frame: Path) -> None:
    planned = plan(frame, StratifiedDesign(score="score_harm"), 400)
    assert [row[0] for row in planned.stratum_rows()] == ["0-0.1", "0.1-0.3", "0.3-0.6", "0.6-0.9", "0.9-1"]
    assert len(planned.outlook_rows()) == len(planned.outlooks)

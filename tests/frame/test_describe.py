"""The description of a frame, against numpy."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tilik.frame import describe, import_frame
from tilik.kernel import Missing


@pytest.fixture
def table() -> pa.Table:
    rng = np.random.default_rng(4)
    return pa.table(
        {
            "video": [f"v{n}" for n in range(2000)],
            "impressions": np.rint(rng.lognormal(2, 2, 2000)).astype(np.int64),
            "score_harm": rng.random(2000),
            "language": np.where(rng.random(2000) < 0.1, None, rng.choice(["id", "jv"], 2000)),
            "channel": [f"c{n}" for n in rng.integers(0, 90, 2000)],
        }
    )


def test_totals_quantiles_scores_and_domains(tmp_path: Path, table: pa.Table) -> None:
    pq.write_table(table, tmp_path / "f.parquet")
    picture = describe(tmp_path / import_frame(tmp_path / "f.parquet", tmp_path).name)
    w, score = table["impressions"].to_numpy().astype(float), table["score_harm"].to_numpy()
    assert (picture.rows, picture.impressions, picture.without_impressions) == (2000, w.sum(), (w == 0).sum())
    assert picture.equal_videos == pytest.approx(w.sum() ** 2 / (w**2).sum())
    assert picture.quantiles["0.9"] == pytest.approx(np.quantile(w, 0.9))
    assert picture.scores[0].mean_by_impressions == pytest.approx((w * score).sum() / w.sum())
    by_name = {domain.column: domain for domain in picture.domains}
    assert by_name["channel"].levels == len(set(table["channel"].to_pylist()))
    assert len(by_name["channel"].heaviest) == 20
    language = np.array(table["language"].to_pylist(), dtype=object)
    shown = {level.level: level.share for level in by_name["language"].heaviest}
    assert shown == {name: pytest.approx(w[language == name].sum() / w.sum()) for name in ("id", "jv", None)}


def test_a_missing_snapshot_is_said(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        describe(tmp_path / "none.parquet")

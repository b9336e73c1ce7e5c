"""Two periods beside each other, against sums written out."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tilik.frame import FrameComparison, compare, import_frame
from tilik.kernel import Missing

BEFORE = {
    "video": ["a", "b", "c", "d"],
    "impressions": [50, 30, 20, 0],
    "score_harm": [0.05, 0.55, 1.0, 0.3],
    "language": ["id", "id", "jv", None],
    "old": ["x"] * 4,
}
AFTER = {
    "video": ["b", "c", "e"],
    "impressions": [60, 20, 120],
    "score_harm": [0.55, 0.95, 0.15],
    "language": ["id", "jv", "su"],
    "fresh": ["y"] * 3,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> FrameComparison:
    folder = tmp_path_factory.mktemp("frames")
    snapshots = []
    for name, rows in (("one", BEFORE), ("two", AFTER)):
        pq.write_table(pa.table(rows), folder / f"{name}.parquet")
        snapshots.append(folder / import_frame(folder / f"{name}.parquet", folder).name)
    return compare(*snapshots)


def test_what_came_went_and_stayed(found: FrameComparison) -> None:
    assert (found.before.videos, found.before.impressions) == (4, 100)
    assert (found.after.videos, found.after.impressions) == (3, 200)
    assert {t.fate: (t.videos, t.before, t.after) for t in found.turnover} == {
        "kept": (2, 50, 80),
        "new": (1, 0, 120),
        "gone": (2, 50, 0),
    }


def test_the_mix_of_a_domain(found: FrameComparison) -> None:
    (language,) = found.domains
    assert {s.level: (s.before, s.after) for s in language.shifts} == {
        "id": (0.8, 0.3),
        "jv": (0.2, 0.1),
        "su": (0, 0.6),
        None: (0, 0),
    }
    assert [shift.level for shift in language.shifts][:2] == ["su", "id"]
    assert language.moved == pytest.approx(0.6)


def test_the_scores(found: FrameComparison) -> None:
    (harm,) = found.scores
    assert harm.before == pytest.approx((50 * 0.05 + 30 * 0.55 + 20) / 100)
    assert harm.after == pytest.approx((60 * 0.55 + 20 * 0.95 + 120 * 0.15) / 200)
    bands = {band.level: (band.before, band.after) for band in harm.bands}
    assert len(bands) == 10
    assert bands["0-0.1"] == (0.5, 0)
    assert bands["0.5-0.6"] == (0.3, 0.3)
    assert bands["0.9-1"] == (0.2, 0.1)
    assert harm.moved == pytest.approx(0.6)


def test_columns_of_one_period_only(found: FrameComparison) -> None:
    assert (found.only_before, found.only_after) == (("old",), ("fresh",))


def test_a_frame_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        compare(tmp_path / "none.parquet", tmp_path / "none.parquet")

"""Importing a frame: what is refused, what is dropped, and that content alone names the snapshot."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tilik.frame import ColumnMap, FrameRefused, check_frame, import_frame, permanent_random_number
from tilik.kernel import Invalid, Missing


def good(rows: int = 500, seed: int = 2) -> pa.Table:
    rng = np.random.default_rng(seed)
    return pa.table(
        {
            "video": [f"v{n:05d}" for n in range(rows)],
            "impressions": np.maximum(0, np.rint(rng.lognormal(3, 2, rows))).astype(np.int64),
            "score_harm": np.round(rng.random(rows), 4),
            "language": rng.choice(["id", "jv", "su"], rows),
        }
    )


def written(table: pa.Table, folder: Path, name: str = "frame.parquet") -> Path:
    pq.write_table(table, folder / name)
    return folder / name


def with_faults() -> pa.Table:
    """Ten rows; six sound ones, of which two share an id."""
    return pa.table(
        {
            "video": ["a", "b", None, "c", "d", "e", "e", "f", "g", " "],
            "impressions": [10.0, None, 5.0, -3.0, float("inf"), 7.0, 9.0, 2.0, 0.0, 1.0],
            "score_harm": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, None, 1.0, 1.7],
        }
    )


def rows_of(snapshot: Path) -> list[dict[str, Any]]:
    return pq.read_table(snapshot).to_pylist()


def test_a_sound_frame_comes_in_whole_ordered_and_numbered(tmp_path: Path) -> None:
    table = good()
    shuffled = table.take(np.random.default_rng(1).permutation(table.num_rows))
    snapshot = import_frame(written(shuffled, tmp_path), tmp_path / "frames", frame_seed="s")
    rows = rows_of(tmp_path / "frames" / snapshot.name)
    assert [row["video"] for row in rows] == table["video"].to_pylist()
    assert [row["prn"] for row in rows] == [permanent_random_number(row["video"], "s") for row in rows]
    assert snapshot.impressions == sum(table["impressions"].to_pylist())
    assert snapshot.without_impressions == table["impressions"].to_pylist().count(0)
    assert (snapshot.scores, snapshot.domains) == (("score_harm",), ("language",))
    assert snapshot.columns["prn"] == "random-number"
    assert snapshot.report.clean and not snapshot.dropped


def test_content_alone_names_the_snapshot(tmp_path: Path) -> None:
    table = good()
    shuffled = table.take(np.random.default_rng(9).permutation(table.num_rows))
    parted = tmp_path / "parted"
    parted.mkdir()
    for at in range(0, table.num_rows, 90):
        written(shuffled.slice(at, 90), parted, f"{at}.parquet")
    hive = tmp_path / "hive"
    pq.write_to_dataset(shuffled, hive, partition_cols=["language"])
    pyarrow.csv.write_csv(
        shuffled.select(["language", "score_harm", "video", "impressions"]), tmp_path / "f.csv"
    )
    floats = shuffled.set_column(1, "impressions", shuffled["impressions"].cast(pa.float64()))
    sources = [
        written(table, tmp_path),
        parted,
        hive,
        tmp_path / "f.csv",
        written(floats, tmp_path, "fl.parquet"),
    ]
    hashes = {import_frame(source, tmp_path / "frames").hash for source in sources}
    assert len(hashes) == 1
    assert [path.name for path in (tmp_path / "frames").iterdir()] == [f"{hashes.pop()}.parquet"]


@pytest.mark.parametrize("change", ["id", "impressions", "score", "language", "null", "seed"])
def test_any_change_of_content_changes_the_name(tmp_path: Path, change: str) -> None:
    rows = good(50).to_pylist()
    base = import_frame(written(pa.Table.from_pylist(rows), tmp_path), tmp_path / "frames")
    edits: dict[str, dict[str, Any]] = {
        "id": {"video": "other"},
        "impressions": {"impressions": rows[7]["impressions"] + 1},
        "score": {"score_harm": 0.123456},
        "language": {"language": "ms"},
        "null": {"language": None},
        "seed": {},
    }
    rows[7].update(edits[change])
    frame_seed = "another" if change == "seed" else "tilik"
    source = written(pa.Table.from_pylist(rows), tmp_path, "b.parquet")
    assert import_frame(source, tmp_path / "frames", frame_seed=frame_seed).hash != base.hash


def test_every_problem_is_counted_and_shown_and_nothing_is_left_behind(tmp_path: Path) -> None:
    with pytest.raises(FrameRefused) as refused:
        import_frame(written(with_faults(), tmp_path), tmp_path / "frames")
    found = {(p.reason, p.column): p for p in refused.value.report.problems}
    assert {key: problem.rows for key, problem in found.items()} == {
        ("missing-id", "video"): 2,
        ("missing-impressions", "impressions"): 1,
        ("not-a-number", "impressions"): 1,
        ("negative-impressions", "impressions"): 1,
        ("missing-score", "score_harm"): 1,
        ("score-outside-0-1", "score_harm"): 1,
        ("duplicate-id", "video"): 1,
    }
    assert found["negative-impressions", "impressions"].examples[0]["video"] == "c"
    assert found["duplicate-id", "video"].examples[0] == {"video": "e", "times": 2}
    assert "negative-impressions" in str(refused.value)
    assert list((tmp_path / "frames").iterdir()) == []


def test_dropping_keeps_the_sound_rows_and_says_what_went(tmp_path: Path) -> None:
    snapshot = import_frame(written(with_faults(), tmp_path), tmp_path / "frames", on_problem="drop")
    rows = rows_of(tmp_path / "frames" / snapshot.name)
    assert [(row["video"], row["impressions"]) for row in rows] == [("a", 10), ("e", 9), ("g", 0)]
    assert sum(snapshot.dropped.values()) == 10 - snapshot.rows
    assert snapshot.dropped["missing-id"] == 2
    assert snapshot.report.kept == snapshot.rows


def test_which_of_two_equal_ids_stays_does_not_depend_on_row_order(tmp_path: Path) -> None:
    table = with_faults()
    turned = table.take(list(range(9, -1, -1)))
    first = import_frame(written(table, tmp_path), tmp_path / "frames", on_problem="drop")
    second = import_frame(written(turned, tmp_path, "b.parquet"), tmp_path / "frames", on_problem="drop")
    assert first.hash == second.hash


def test_csv_text_that_is_no_number_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    source = tmp_path / "f.csv"
    source.write_text("video,impressions,score_harm,topic\n007,12,0.5,lagu\n8,n/a,0.2,\n9,,x,lagu\n")
    report = check_frame(source)
    assert {(p.reason, p.column, p.rows) for p in report.problems} == {
        ("not-a-number", "impressions", 1),
        ("missing-impressions", "impressions", 1),
        ("score-outside-0-1", "score_harm", 1),
    }
    snapshot = import_frame(source, tmp_path / "frames", on_problem="drop")
    assert rows_of(tmp_path / "frames" / snapshot.name)[0]["video"] == "007"


def test_columns_are_mapped(tmp_path: Path) -> None:
    table = good(20).rename_columns(["id", "views", "p", "bahasa"])
    columns = ColumnMap(video="id", impressions="views", scores={"score_harm": "p"}, leave_out=("bahasa",))
    snapshot = import_frame(written(table, tmp_path), tmp_path / "frames", columns=columns)
    assert set(snapshot.columns) == {"video", "impressions", "score_harm", "prn"}


def test_missing_columns_name_those_found(tmp_path: Path) -> None:
    table = good(5).rename_columns(["id", "views", "p", "bahasa"])
    with pytest.raises(Invalid, match="found id, views, p, bahasa") as refused:
        import_frame(written(table, tmp_path), tmp_path / "frames")
    assert "ColumnMap" in refused.value.mend


@pytest.mark.parametrize("content", [b"", b"PAR1 but not really", b"\x00" * 900])
def test_a_broken_file_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.parquet").write_bytes(content)
    with pytest.raises(Invalid) as refused:
        import_frame(tmp_path / "f.parquet", tmp_path / "frames")
    assert refused.value.code == "frame-unreadable"


def test_what_is_no_frame_is_said(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        import_frame(tmp_path / "none.parquet", tmp_path / "frames")
    (tmp_path / "empty").mkdir()
    (tmp_path / "f.xlsx").write_text("x")
    for source in (tmp_path / "empty", tmp_path / "f.xlsx"):
        with pytest.raises(Invalid):
            import_frame(source, tmp_path / "frames")
    with pytest.raises(Invalid, match="no usable row"):
        import_frame(written(good(3).slice(0, 0), tmp_path), tmp_path / "frames")


def test_reserved_and_nested_columns_are_refused(tmp_path: Path) -> None:
    reserved = good(5).append_column("prn", pa.array([0.5] * 5))
    nested = good(5).append_column("tags", pa.array([["a"]] * 5))
    for at, table in enumerate([reserved, nested]):
        with pytest.raises(Invalid):
            import_frame(written(table, tmp_path, f"{at}.parquet"), tmp_path / "frames")


def test_progress_is_told_in_order(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    import_frame(written(good(), tmp_path), tmp_path / "frames", progress=lambda *step: told.append(step))
    assert [stage for stage, _ in told] == ["check", "write", "fingerprint", "done"]
    assert [part for _, part in told] == sorted(part for _, part in told)

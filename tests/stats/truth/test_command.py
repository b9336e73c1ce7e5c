"""``tilik stats infer`` on tables as people have them."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
import typer
from typer.testing import CliRunner

from tilik.cli.stats_infer import infer
from tilik.kernel import Invalid, Missing, TilikError

app = typer.Typer()
app.command()(infer)
ROWS = [
    ("v1", "ani", "safe"),
    ("v1", "budi", "safe"),
    ("v1", "cici", "safe"),
    ("v2", "ani", "harm"),
    ("v2", "budi", "harm"),
    ("v2", "cici", "safe"),
    ("v3", "ani", "harm"),
    ("v3", "budi", "safe"),
    ("v3", "cici", ""),
]


def run(*words: str) -> str:
    result = CliRunner().invoke(app, [*words])
    if isinstance(result.exception, TilikError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    return write(tmp_path / "labels.csv", "task,worker,label", ROWS)


def write(file: Path, head: str, rows: list[tuple[str, ...]]) -> Path:
    file.write_text("\n".join([head, *(",".join(row) for row in rows)]), encoding="utf-8")
    return file


def test_a_tie_is_left_open_and_shares_the_credit(labels: Path, tmp_path: Path) -> None:
    truth = write(tmp_path / "truth.csv", "task,truth", [("v1", "safe"), ("v2", "safe"), ("v3", "harm")])
    told = json.loads(run(str(labels), "-m", "majority", "--truth", str(truth), "--json"))
    assert told["tasks"] == {"clear": 2, "gold": 0, "tie": 1, "near-tie": 0, "no-labels": 0}
    assert told["accuracy"]["all"]["value"] == pytest.approx(0.5)
    assert told["accuracy"]["settled"]["value"] == pytest.approx(0.5)
    assert told["labels"] == 8
    assert told["classes"]["harm"] == pytest.approx((0 + 2 / 3 + 1 / 2) / 3)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_posteriors_are_written(labels: Path, tmp_path: Path, suffix: str) -> None:
    into = tmp_path / f"out.{suffix}"
    run(str(labels), "-m", "majority", "--out", str(into))
    table = pa.csv.read_csv(into) if suffix == "csv" else pyarrow.parquet.read_table(into)
    rows = table.to_pylist()
    assert [row["reason"] for row in rows] == ["clear", "clear", "tie"]
    assert [row["chosen"] or None for row in rows] == ["safe", "harm", None]
    assert [row["p_safe"] for row in rows] == pytest.approx([1, 1 / 3, 1 / 2])


def test_gold_is_learned_from_and_left_out_of_the_accuracy(labels: Path, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.csv", "task,truth", [("v2", "safe")])
    truth = write(tmp_path / "truth.csv", "task,truth", [("v1", "safe"), ("v2", "harm")])
    told = json.loads(run(str(labels), "--gold", str(gold), "--truth", str(truth), "--json"))
    assert told["tasks"]["gold"] == 1
    assert told["accuracy"]["all"]["n"] == 1
    assert sum(told["weights"].values()) == pytest.approx(1)
    people = {row["worker"]: row["accuracy"] for row in told["people"]}
    assert people["cici"] > people["ani"]


def test_a_person_reads_it(labels: Path) -> None:
    said = run(str(labels))
    assert "8 labels of 3 tasks by 3 people, 2 classes" in said
    assert "Least reliable" in said


def test_numbers_sort_as_numbers_and_parquet_reads(tmp_path: Path) -> None:
    file = tmp_path / "labels.parquet"
    pyarrow.parquet.write_table(pa.table({"t": [1, 1, 2], "w": [1, 2, 1], "l": [10, 10, 9]}), file)
    told = json.loads(run(str(file), "--task", "t", "--worker", "w", "--label", "l", "--json"))
    assert list(told["classes"]) == ["9", "10"]


def test_bad_files_end_with_one_line(labels: Path, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        run(str(tmp_path / "none.csv"))
    with pytest.raises(Invalid, match="no column"):
        run(str(labels), "--label", "verdict")
    gold = write(tmp_path / "gold.csv", "task,truth", [("v1", "unheard")])
    with pytest.raises(Invalid, match="nobody gave"):
        run(str(labels), "--gold", str(gold))

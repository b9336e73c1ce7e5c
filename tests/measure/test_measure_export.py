"""The export: one row per judgement that may be shown, whole or not at all, and nobody's name."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from measure.survey import (
    BOTH,
    CLEAN,
    GONE,
    HANDED_BACK,
    LOCKED,
    STOPPED,
    TEMPLATE,
    Survey,
    Unit,
    hire,
    judge,
    measured,
    survey,
)
from study.making import shipped
from tilik.kernel import Invalid, Missing
from tilik.measure import export_judgements, figures, to_csv
from tilik.measure.export import SCHEMA
from tilik.store import Workspace
from tilik.store.tables import judgement

UNITS = (
    Unit("v0", 1.0, 900, says=(CLEAN,)),
    Unit("v1", 0.25, 90, says=(TEMPLATE,), clip=True),
    Unit("v2", 0.04, 8, says=(BOTH,)),
    Unit("v3", 0.04, 8, says=(GONE,)),
    Unit("v4", 0.04, 8, says=(HANDED_BACK, CLEAN)),
    Unit("v5", 0.04, 8, says=(HANDED_BACK, STOPPED)),
    Unit("v6", 0.04, 8, says=(HANDED_BACK, LOCKED), clip=True),
    Unit("v7", 0.04, 8),
)
NAMES = ("Wulan Kartika", "Robot Satu", "Bagus Prakoso")


@pytest.fixture
def made(workspace: Workspace) -> Survey:
    """A judged study of eight draws on each database."""
    found = survey(workspace, UNITS, {"all": 12_000.0})
    people = hire(workspace, NAMES[0], NAMES[2], simulated=False)
    judge(workspace, found, [*people, *hire(workspace, NAMES[1], "Robot Dua", simulated=True)])
    return found


def exported(workspace: Workspace, study: str, into: Path) -> int:
    with workspace.store.read() as connection:
        return export_judgements(connection, workspace.store.blobs, study, into)


def test_every_judgement_that_may_be_shown_is_a_row(
    workspace: Workspace, made: Survey, tmp_path: Path
) -> None:
    count = exported(workspace, made.id, tmp_path / "out.parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    rows = table.to_pylist()
    assert table.schema.equals(SCHEMA)
    assert count == len(rows) == 6
    # v5 was stopped, v6 locked, after somebody had handed them back; v7 waits.
    assert sorted(row["video"] for row in rows) == ["v0", "v1", "v2", "v3", "v4", "v4"]
    for row in rows:
        unit = next(one for one in UNITS if one.video == row["video"])
        assert (row["pi"], row["weight"]) == (unit.pi, 1 / unit.pi)
        assert (row["impressions"], row["stratum"], row["purpose"], row["blind"]) == (
            unit.impressions,
            "all",
            "random",
            True,
        )
        assert (row["study"], row["guideline"], row["guideline_version"]) == (
            made.id,
            made.guideline,
            shipped().version,
        )
        assert (row["simulated"], row["active_seconds"], row["language"]) == (not unit.clip, 3.5, "id")


def test_answers_and_marks_come_back_as_given(workspace: Workspace, made: Survey, tmp_path: Path) -> None:
    exported(workspace, made.id, tmp_path / "out.parquet")
    rows = {row["judgement"]: row for row in pq.read_table(tmp_path / "out.parquet").to_pylist()}
    with workspace.store.read() as connection:
        kept = {row.id: row for row in connection.execute(judgement.select())}
    assert len(rows) == 6
    for identity, row in rows.items():
        assert json.loads(row["answers"]) == json.loads(kept[identity].answers)
    both = next(row for row in rows.values() if row["video"] == "v2")
    assert json.loads(both["answers"])["label.COM-GAMB"] == 2
    assert {mark["question"] for mark in json.loads(both["marks"])} == {"label.SYN-MASS", "label.COM-GAMB"}


def test_the_decision_stands_beside_the_answers(workspace: Workspace, made: Survey, tmp_path: Path) -> None:
    exported(workspace, made.id, tmp_path / "out.parquet")
    rows = {
        row["video"]: row for row in pq.read_table(tmp_path / "out.parquet").to_pylist() if row["verdict"]
    }
    both, clean = rows["v2"], rows["v0"]
    assert (both["verdict"], both["verdict_proposed"], dict(both["labels"])) == (
        "Q3",
        "Q3",
        {"SYN-MASS": 2, "COM-GAMB": 2},
    )
    assert (clean["verdict"], clean["labels"], clean["audience"], clean["min_age"]) == (
        "Q2",
        [],
        "AUD-GEN",
        0,
    )
    gone = next(r for r in pq.read_table(tmp_path / "out.parquet").to_pylist() if r["video"] == "v3")
    assert (gone["assessable"], gone["verdict"], gone["labels"]) == (False, None, [])


def test_the_file_names_the_study_and_the_log(workspace: Workspace, made: Survey, tmp_path: Path) -> None:
    exported(workspace, made.id, tmp_path / "out.parquet")
    metadata = pq.read_schema(tmp_path / "out.parquet").metadata
    head = measured(workspace, made.id).as_of
    assert metadata[b"tilik.study"].decode() == made.id
    assert metadata[b"tilik.log"].decode() == f"{head.seq}:{head.hash}"


def test_nobody_is_named(workspace: Workspace, made: Survey, tmp_path: Path) -> None:
    exported(workspace, made.id, tmp_path / "out.parquet")
    said = json.dumps(pq.read_table(tmp_path / "out.parquet").to_pylist(), ensure_ascii=False)
    for private in (*NAMES, "Ibu Sari"):
        assert private not in said
    assert {
        row[0] for row in (r["reviewer"] for r in pq.read_table(tmp_path / "out.parquet").to_pylist())
    } <= {"R", "S"}


def test_a_study_without_judgements_is_an_empty_table(workspace: Workspace, tmp_path: Path) -> None:
    found = survey(workspace, UNITS[:2], {"all": 500.0})
    assert exported(workspace, found.id, tmp_path / "out.parquet") == 0
    assert pq.read_table(tmp_path / "out.parquet").schema.equals(SCHEMA)


def test_an_export_again_replaces_the_file(workspace: Workspace, made: Survey, tmp_path: Path) -> None:
    into = tmp_path / "out.parquet"
    into.write_text("yesterday's")
    assert exported(workspace, made.id, into) == pq.read_metadata(into).num_rows


FULL = """
import resource, signal, sys
from pathlib import Path
from tilik.measure import export_judgements
from tilik.store import open_workspace

folder, study, into, end = sys.argv[1:]
opened = open_workspace(Path(folder))
with opened.store.read() as connection:
    export_judgements(connection, opened.store.blobs, study, Path(into).with_name("warm.parquet"))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if end == "killed" else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
    export_judgements(connection, opened.store.blobs, study, Path(into))
"""
"""Exports once, then again where no file may be longer than 3,000 bytes: the second ends in the middle."""


@pytest.mark.parametrize("end", ["killed", "refused"])
def test_an_export_that_ends_in_the_middle_leaves_the_old_file(
    sqlite_workspace: Workspace, tmp_path: Path, end: str
) -> None:
    found = survey(sqlite_workspace, UNITS, {"all": 12_000.0})
    judge(sqlite_workspace, found, hire(sqlite_workspace, "Robot", simulated=True))
    into = tmp_path / "out.parquet"
    into.write_text("yesterday's")
    arguments = [str(sqlite_workspace.folder), found.id, str(into), end]
    ended = subprocess.run(
        [sys.executable, "-c", FULL, *arguments], capture_output=True, text=True, check=False
    )
    assert ended.returncode == (-signal.SIGXFSZ if end == "killed" else 1), ended.stderr
    assert (tmp_path / "warm.parquet").stat().st_size > 3000
    assert into.read_text() == "yesterday's"
    left = {"out.parquet", "out.parquet.part"} if end == "killed" else {"out.parquet"}
    assert {file.name for file in tmp_path.glob("out*")} == left


@pytest.mark.parametrize("into", [".", "nowhere/out.parquet"])
def test_where_no_file_can_be_put_nothing_is_written(
    sqlite_workspace: Workspace, tmp_path: Path, into: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = survey(sqlite_workspace, UNITS, {"all": 12_000.0})
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    with pytest.raises(Invalid, match="folder"):
        exported(sqlite_workspace, found.id, Path(into))
    assert list((tmp_path / "empty").iterdir()) == []


def test_an_unknown_study_leaves_no_file(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        exported(sqlite_workspace, "nobody", tmp_path / "out.parquet")
    assert list(tmp_path.glob("out*")) == []


def test_csv_has_a_line_per_figure_with_its_interval(workspace: Workspace, made: Survey) -> None:
    result = measured(workspace, made.id, {"failing": 0.25})
    lines = list(csv.DictReader(io.StringIO(to_csv(result))))
    assert [line["code"] for line in lines] == [figure.code for _, figure in figures(result)]
    assert [line["kind"] for line in lines[:2]] == ["overall", "verdict"]
    for line, (_, figure) in zip(lines, figures(result), strict=True):
        e = figure.estimate
        assert (float(line["value"]), float(line["low"]), float(line["high"])) == (e.value, e.low, e.high)
        assert (int(line["n"]), float(line["n_eff"]), line["method"]) == (e.n, e.n_eff, e.method)
        assert line["name_id"] == figure.name.id
    assert (lines[0]["truth"], lines[1]["truth"]) == ("0.25", "")


def test_csv_leaves_the_value_empty_where_only_bounds_are_honest(sqlite_workspace: Workspace) -> None:
    found = survey(sqlite_workspace, UNITS, {"all": 500.0})
    lines = list(csv.DictReader(io.StringIO(to_csv(measured(sqlite_workspace, found.id)))))
    assert {(line["value"], line["low"], line["high"]) for line in lines} == {("", "0.0", "1.0")}

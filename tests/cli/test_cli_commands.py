"""The line from an empty folder to a measured answer, command by command, and what ``--json`` prints."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cli.shell import Ended, Tilik
from measure.survey import CLEAN, TEMPLATE, Unit, hire, judge, survey
from tilik import __version__
from tilik.store import open_workspace


def judged(place: Path, name: str) -> None:
    """A study of eight draws in this workspace, judged by a simulated person."""
    workspace = open_workspace(place)
    try:
        units = [
            Unit(f"j{at}", 0.3, 50 + at, says=((TEMPLATE,) if at % 4 == 0 else (CLEAN,))) for at in range(8)
        ]
        made = survey(workspace, units, {"all": 4_000.0}, name=name)
        judge(workspace, made, hire(workspace, "Robot", simulated=True))
    finally:
        workspace.close()


def test_version(tilik: Tilik) -> None:
    assert tilik("--version") == Ended(0, f"tilik {__version__}\n", "")


def test_init_makes_a_workspace_and_a_way_in(tilik: Tilik) -> None:
    ended = tilik("init", "--admin", "Sari [lead]", "--json")
    assert ended.code == 0
    assert ended.json["link"].startswith("http://127.0.0.1:8765/sign-in#")
    assert Path("tilik-data/workspace.json").stat().st_mode & 0o077 == 0
    again = tilik("link", "Sari [lead]", "--json")
    assert again.json["person"] == ended.json["admin"]
    assert again.json["link"] != ended.json["link"]


def test_names_with_brackets_are_printed_as_they_are(tilik: Tilik) -> None:
    assert "Sari [/lead]" in tilik("init", "--admin", "Sari [/lead]").out


def test_a_guideline_of_ones_own(tilik: Tilik) -> None:
    shipped = (Path(__file__).resolve().parents[2] / "guidelines" / "keluarga-id.yaml").read_text()
    Path("own.yaml").write_text(shipped.replace("id: keluarga-id", "id: sekolah-id"))
    made = tilik("init", "--guideline", "own.yaml", "--json").json
    assert made["guideline"] == tilik("guideline", "check", "own.yaml", "--json").json["hash"]
    assert made["guideline"] != tilik("guideline", "check", "--json").json["hash"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_guideline_check_and_show_in_both_languages(tilik: Tilik, language: str) -> None:
    assert "is sound" in tilik("guideline", "check", "--lang", language).out
    shown = tilik("guideline", "show", "--lang", language).out
    word = {"id": "Produksi massal bertemplat", "en": "Template mass production"}[language]
    assert word in tilik("guideline", "show", "--json").out
    assert word.split()[0] in shown


def test_frame_import_list_and_describe(tilik: Tilik, frame: Path) -> None:
    tilik("init")
    kept = tilik("frame", "import", frame, "--name", "march", "--json").json
    assert (kept["name"], kept["rows"], kept["report"]["kept"]) == ("march", 60, 60)
    assert tilik("frame", "list", "--json").json == [kept]
    described = tilik("frame", "describe", "march", "--json").json
    assert described["rows"] == 60
    assert described["impressions"] == sum(1000 + 37 * at for at in range(60))
    assert "60 videos" in tilik("frame", "describe").out


def test_columns_of_other_names(tilik: Tilik, frame: Path) -> None:
    frame.write_text(frame.read_text().replace("video,impressions,score_harm", "id,views,p"))
    tilik("init")
    options = ("--video", "id", "--impressions", "views", "--score", "harm=p")
    kept = tilik("frame", "import", frame, *options, "--json").json
    assert (kept["name"], kept["scores"], kept["domains"]) == ("frame", ["score_harm"], ["lang"])


def test_bad_rows_are_dropped_when_told(tilik: Tilik, frame: Path) -> None:
    with frame.open("a") as file:
        file.write("v001,5,0.5,id\nbad1,-4,0.5,id\nbad2,,0.5,id\nbad3,9,1.5,id\n")
    tilik("init")
    kept = tilik("frame", "import", frame, "--on-problem", "drop", "--json").json
    assert kept["rows"] == 60
    assert {p["reason"]: p["dropped"] for p in kept["report"]["problems"]} == {
        "duplicate-id": 1,
        "negative-impressions": 1,
        "missing-impressions": 1,
        "score-outside-0-1": 1,
    }


@pytest.mark.parametrize(
    "design", [(), ("--design", "stratified", "--score", "score_harm", "--cuts", "0.35,0.65")]
)
def test_plan_and_draw(tilik: Tilik, frame: Path, design: tuple[str, ...]) -> None:
    tilik("init")
    tilik("frame", "import", frame)
    planned = tilik("sample", "plan", "--budget", 30, *design, "--json").json
    drawn = tilik("sample", "draw", "--name", "s", "--budget", 30, "--seed", 3, *design, "--json").json
    assert sum(stratum["n"] for stratum in planned["strata"]) == 30 == drawn["drawn"]
    assert len(drawn["strata"]) == (3 if design else 1)
    assert tilik("sample", "plan", "--budget", 30, *design).code == 0


def test_the_same_seed_draws_the_same_videos(ready: Tilik) -> None:
    again = ready("sample", "draw", "--name", "s2", "--budget", 12, "--seed", 5, "--json").json
    other = ready("sample", "draw", "--name", "s3", "--budget", 12, "--seed", 6, "--json").json
    opened = open_workspace(Path("tilik-data"))
    with opened.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT s.name, d.video FROM draw d JOIN study s ON s.id = d.study"
        ).all()
    opened.close()
    videos = {name: {row.video for row in rows if row.name == name} for name in ("s1", "s2", "s3")}
    assert videos["s1"] == videos["s2"] != videos["s3"]
    assert again["seed"] == 5 != other["seed"]


def test_media_add_and_prepare_state_a_condition_for_every_file(ready: Tilik) -> None:
    Path("clips").mkdir()
    Path("clips/one.mp4").write_bytes(b"no video at all")
    Path("clips/notes.txt").write_text("left alone")
    Path("clips.csv").write_text("file,video,title\none.mp4,v007,Satu\n")
    added = ready("media", "add", "clips", "--manifest", "clips.csv", "--json").json
    assert [item["video"] for item in added] == ["v007"]
    prepared = ready("media", "prepare", "--workers", 1, "--json").json
    assert [(item["video"], item["code"]) for item in prepared] == [("v007", "unreadable")]
    assert ready("media", "prepare", "--json").json == []


def test_media_that_no_frame_names_are_refused_by_name(ready: Tilik) -> None:
    for name in ("v007", "salah"):
        Path(f"{name}.mp4").write_bytes(b"no video at all")
    Path("v007.id.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHalo\n")
    refusal = ready("media", "add", "v007.mp4", "salah.mp4")
    assert refusal.code == 2
    assert "no frame names salah" in refusal.err
    assert ready("media", "prepare", "--json").json == []
    added = ready("media", "add", "v007.mp4", "salah.mp4", "--unknown", "--json").json
    assert [(item["known"], item["captions"]) for item in added] == [(True, 1), (False, 0)]
    assert "no frame has a column 'ai'" in ready("media", "add", "v007.mp4", "--declared", "ai").err
    ready("media", "prepare", "--tier", 0)
    assert ready("media", "evidence", "e.parquet", "--json").json == {"file": "e.parquet", "rows": 0}


def test_measure_and_export(ready: Tilik) -> None:
    judged(Path("tilik-data"), "april")
    measured = ready("measure", "--study", "april", "--json").json
    assert (measured["study"]["judged"], measured["simulated"]) == (8, 8)
    value = measured["overall"]["estimate"]["value"]
    for language, word in (("id", "Tidak layak"), ("en", "Not fit")):
        page = ready("measure", "--study", "april", "--lang", language).out
        assert word in page
        assert f"{value * 100:.2f} %" in page
        assert "8 of the judgements were made by simulated people" in page
    assert ready("export", "j.parquet", "--study", "april", "--json").json == {"file": "j.parquet", "rows": 8}
    assert pq.read_metadata("j.parquet").num_rows == 8


def test_a_study_without_judgements_prints_bounds(ready: Tilik) -> None:
    measured = ready("measure", "--json").json
    estimate = measured["overall"]["estimate"]
    assert (estimate["value"], estimate["low"], estimate["high"]) == (None, 0, 1)
    assert "≤ 100.00 % (0.00 % – 100.00 %; n 0, effective n 0)" in ready("measure").out


def test_every_printed_json_is_one_value_on_stdout_alone(ready: Tilik) -> None:
    for arguments in (
        ("guideline", "show"),
        ("frame", "describe"),
        ("sample", "plan", "--budget", 10),
        ("measure",),
        ("log", "verify"),
        ("log", "rebuild"),
    ):
        ended = ready(*arguments, "--json")
        assert (ended.code, ended.err) == (0, ""), arguments
        json.loads(ended.out)


@pytest.mark.parametrize("by", ["option", "short", "variable", "default"])
def test_ways_to_name_the_workspace(tilik: Tilik, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    monkeypatch.setenv("TILIK_WORKSPACE", "by-variable" if by == "variable" else "")
    if by != "variable":
        monkeypatch.delenv("TILIK_WORKSPACE")
    before = {"option": ("--workspace", "by-option"), "short": ("-w", "by-short")}.get(by, ())
    made = tilik(*before, "init", "--json").json["workspace"]
    assert made == {"default": "tilik-data"}.get(by, f"by-{by}")
    assert (Path(made) / "workspace.json").exists()
    assert tilik(*before, "log", "verify").code == 0


def test_the_option_wins_over_the_variable(tilik: Tilik, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILIK_WORKSPACE", "by-variable")
    assert tilik("-w", "by-option", "init", "--json").json["workspace"] == "by-option"


def test_as_a_program_of_its_own(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("tilik")
    here = {**os.environ, "TILIK_WORKSPACE": str(tmp_path / "nowhere")}
    ended = subprocess.run([program, "log", "verify"], env=here, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith(f"tilik: {tmp_path / 'nowhere'}: there is no workspace here.")


def test_the_csv_of_these_tests_is_one(frame: Path) -> None:
    rows = list(csv.DictReader(frame.open()))
    assert len(rows) == 60
    assert len({row["video"] for row in rows}) == 60

"""Whatever was typed wrong: one line says what, where and how to mend it, and nothing is left behind."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.shell import Tilik, refused
from tilik.cli.console import steps


def inside(folder: str = ".") -> set[str]:
    """Every file in the folder, but for what databases and caches do on their own."""
    found = {str(file) for file in Path(folder).rglob("*") if not file.name.endswith(("-wal", "-shm"))}
    return found - {"tilik-data/scratch"}


@pytest.fixture
def unchanged() -> Iterator[None]:
    """The test leaves every file as it was."""
    before = inside()
    yield
    assert inside() == before


# ------------------------------------------------------------------------------------------ any command
@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("judge",), ("no command 'judge'", "There are: init,")),
        (("frame", "imprt"), ("imprt", "import")),
        (("frame", "import"), ("Missing argument", "source")),
        (("measure", "--speed", "9"), ("--speed",)),
        (("sample", "plan", "--budget", "many"), ("--budget", "integer")),
        (("sample", "plan", "--budget", "0"), ("--budget",)),
        (("sample", "plan", "--budget", "9", "--design", "snowball"), ("--design", "snowball")),
        (("serve", "--port", "70000"), ("--port",)),
        (("measure", "--lang", "jv"), ("--lang", "jv")),
        (("guideline", "show", "--lang", "jv"), ("--lang", "jv")),
    ],
)
def test_what_cannot_be_read_as_a_command(
    tilik: Tilik, arguments: tuple[str, ...], parts: tuple[str, ...], unchanged: None
) -> None:
    refused(tilik(*arguments), *parts)


WITHOUT = [
    ("link", "Sari"),
    ("frame", "list"),
    ("frame", "describe"),
    ("frame", "import", "frame.csv"),
    ("sample", "plan", "--budget", "5"),
    ("sample", "draw", "--budget", "5", "--name", "x"),
    ("media", "prepare"),
    ("measure",),
    ("export", "out.parquet"),
    ("log", "verify"),
    ("log", "rebuild"),
    ("serve", "--port", "0"),
]


@pytest.mark.parametrize("arguments", WITHOUT, ids=" ".join)
@pytest.mark.parametrize("as_json", [False, True])
def test_no_workspace(
    tilik: Tilik, frame: Path, arguments: tuple[str, ...], as_json: bool, unchanged: None
) -> None:
    more = ("--json",) if as_json and arguments[0] != "serve" else ()
    refused(tilik(*arguments, *more), "tilik-data", "no workspace here", "tilik init", "--workspace")


def test_a_file_where_the_workspace_should_be(tilik: Tilik, frame: Path) -> None:
    refused(tilik("-w", frame, "log", "verify"), "no workspace here")
    refused(tilik("-w", frame, "init"), "frame.csv")
    assert frame.read_text().startswith("video,")


@pytest.mark.parametrize("settings", ["{", "[]", '{"id": "x", "colour": "red"}', ""])
def test_settings_that_cannot_be_read(tilik: Tilik, settings: str) -> None:
    Path("tilik-data").mkdir()
    Path("tilik-data/workspace.json").write_text(settings)
    refused(tilik("log", "verify"), "workspace.json", "cannot be read")


# ------------------------------------------------------------------------------------------------- init
def test_a_taken_workspace(ready: Tilik, unchanged: None) -> None:
    refused(ready("init"), "there is a workspace already")
    refused(ready("demo", "--no-serve"), "real work, not a demo", "--workspace")


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (("--database", "mysql://u@h/x"), ("SQLite or PostgreSQL", "postgresql://")),
        (("--database", "nonsense"), ("SQLite or PostgreSQL",)),
        (("--database", "postgresql://u:hidden@h:5432/"), ("must be a named one",)),
        (("--database", "postgresql://u:hidden@127.0.0.1:1/tilik?connect_timeout=2"), ("does not answer",)),
        (("--database", "sqlite:///no/such/folder/x.db"), ("does not answer",)),
        (("--blobs", "nothing://bucket"), ("cannot be kept there",)),
        (("--guideline", "none.yaml"), ("none.yaml", "No such file")),
        (("--guideline", "."), ("Is a directory",)),
    ],
)
def test_init_refuses_and_leaves_nothing(
    tilik: Tilik, options: tuple[str, ...], parts: tuple[str, ...], unchanged: None
) -> None:
    ended = tilik("init", *options)
    refused(ended, *parts)
    assert "hidden" not in ended.err
    assert tilik("log", "verify").code == 2


def test_init_with_a_broken_guideline_says_its_line_and_leaves_nothing(tilik: Tilik) -> None:
    Path("bad.yaml").write_text("id: x\nversion: 1.0.0\ncolour: red\n")
    before = inside()
    refused(tilik("init", "--guideline", "bad.yaml"), "bad.yaml:1: ", "line 3")
    assert inside() == before
    assert tilik("init").code == 0


def test_init_leaves_other_peoples_files_alone(tilik: Tilik) -> None:
    Path("tilik-data").mkdir()
    Path("tilik-data/notes.txt").write_text("mine")
    refused(tilik("init", "--database", "sqlite:///no/such/folder/x.db"), "does not answer")
    assert inside("tilik-data") == {"tilik-data/notes.txt"}


def test_a_database_that_holds_another_workspace(tilik: Tilik) -> None:
    url = f"sqlite:///{Path('facts.db').resolve()}"
    assert tilik("-w", "one", "init", "--database", url).code == 0
    refused(tilik("-w", "two", "init", "--database", url), "another workspace", "fresh database")
    assert not Path("two").exists()
    assert tilik("-w", "one", "log", "verify").code == 0


def test_link_for_somebody_unknown(ready: Tilik) -> None:
    refused(ready("link", "Budi"), "0 people are called 'Budi'")


# ------------------------------------------------------------------------------------------- guideline
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("id: [\n", ("bad.yaml:2", "YAML")),
        ("", ("bad.yaml:1", "empty")),
        ("just words\n", ("bad.yaml:1",)),
    ],
)
def test_a_broken_guideline(tilik: Tilik, text: str, parts: tuple[str, ...]) -> None:
    Path("bad.yaml").write_text(text)
    refused(tilik("guideline", "check", "bad.yaml"), *parts)
    refused(tilik("guideline", "show", "bad.yaml", "--json"), *parts)


def test_a_fault_deep_in_a_guideline_has_its_line(tilik: Tilik) -> None:
    lines = (Path(__file__).resolve().parents[2] / "guidelines" / "keluarga-id.yaml").read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if "{code: NA-GONE" in line)
    lines[at] = lines[at].replace("name:", "nama:")
    Path("bad.yaml").write_text("\n".join(lines))
    refused(tilik("guideline", "check", "bad.yaml"), f"bad.yaml:{at + 1}: ", "'nama'")


def test_a_guideline_that_is_no_text(tilik: Tilik) -> None:
    Path("bad.yaml").write_bytes(b"\xff\xfe\x00\x01")
    refused(tilik("guideline", "check", "bad.yaml"), "bad.yaml", "cannot be read")


# ----------------------------------------------------------------------------------------------- frame
@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (("none.csv",), ("none.csv", "no such file")),
        (("notes.txt",), ("notes.txt", ".parquet")),
        (("broken.parquet",), ("broken.parquet", "cannot be read")),
        (("empty",), ("empty", "no .parquet file")),
        (("frame.csv", "--video", "id"), ("no column id", "found video, impressions", "--video COLUMN")),
        (("frame.csv", "--score", "harm"), ("--score harm", "NAME=COLUMN")),
        (("frame.csv", "--score", "harm=p"), ("no column p", "--score NAME=COLUMN")),
        (("frame.csv", "--name", "x" * 200), ("1 to 128 characters",)),
        (("bad.csv",), ("1 × negative-impressions", "(e.g. bad1)", "--on-problem drop")),
        (("onlybad.csv", "--on-problem", "drop"), ("no usable row is left",)),
    ],
)
def test_frames_that_are_refused(
    tilik: Tilik, frame: Path, options: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    tilik("init")
    Path("notes.txt").write_text("a,b\n")
    Path("broken.parquet").write_bytes(b"PAR1 and no more")
    Path("empty").mkdir()
    Path("bad.csv").write_text(frame.read_text() + "bad1,-4,0.5,id\n")
    Path("onlybad.csv").write_text("video,impressions\nbad1,-4\n")
    before = inside()
    refused(tilik("frame", "import", *options), *parts)
    assert inside() == before
    assert tilik("frame", "list", "--json").json == []


def test_the_same_frame_again(ready: Tilik, frame: Path, unchanged: None) -> None:
    refused(ready("frame", "import", frame, "--name", "march"), "here already, as 'march'", "--name")
    refused(ready("frame", "import", frame, "--name", "april"), "here already, as 'march'")
    assert [found["name"] for found in ready("frame", "list", "--json").json] == ["march"]


def test_an_unknown_frame(ready: Tilik) -> None:
    refused(ready("frame", "describe", "may"), "no frame is called 'may'", "There are: march.")
    refused(ready("sample", "plan", "--budget", 5, "--frame", "may"), "no frame is called 'may'")


def test_no_frame_yet(tilik: Tilik) -> None:
    tilik("init")
    refused(tilik("sample", "plan", "--budget", 5), "tilik frame import")


# ---------------------------------------------------------------------------------------------- sample
@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (("--design", "stratified"), ("--score", "needs a score")),
        (("--design", "stratified", "--score", "score_joy"), ("score_joy",)),
        (("--design", "stratified", "--score", "lang"), ("lang",)),
        (("--design", "stratified", "--score", "score_harm", "--cuts", "0.9,0.1"), ("--cuts 0.9,0.1",)),
        (("--design", "stratified", "--score", "score_harm", "--cuts", "0.5,1.5"), ("--cuts 0.5,1.5",)),
        (("--design", "stratified", "--score", "score_harm", "--cuts", "nan"), ("--cuts nan",)),
        (("--design", "stratified", "--score", "score_harm", "--cuts", "low,high"), ("numbers with commas",)),
        (("--design", "stratified", "--score", "score_harm", "--cuts", ""), ("numbers with commas",)),
    ],
)
@pytest.mark.parametrize("act", ["plan", "draw"])
def test_designs_that_are_refused(
    ready: Tilik, act: str, options: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    name = ("--name", "s9") if act == "draw" else ()
    refused(ready("sample", act, "--budget", 20, *name, *options), *parts)
    refused(ready("measure", "--study", "s9"), "no study is called 's9'", "There are: s1.")


def test_study_names(ready: Tilik) -> None:
    refused(ready("sample", "draw", "--budget", 5, "--name", "s1"), "a study of this name exists", "--name")
    refused(ready("sample", "draw", "--budget", 5, "--name", ""), "1 to 128 characters")
    assert ready("sample", "draw", "--budget", 5, "--name", "s2").code == 0
    refused(ready("measure"), "2 studies; say which", "There are: s1, s2.")
    refused(ready("measure", "--study", "s3"), "no study is called 's3'")
    refused(ready("export", "out.parquet", "--study", "s3"), "no study is called 's3'")
    assert not Path("out.parquet").exists()


def test_export_where_no_file_can_be(ready: Tilik) -> None:
    refused(ready("export", "no/such/out.parquet"), "no/such", "no such folder")
    refused(ready("export", "."), "this is a folder")


# ----------------------------------------------------------------------------------------------- media
def test_media_that_are_not_there(ready: Tilik) -> None:
    Path("none").mkdir()
    Path("file.csv").write_text("name,id\n")
    Path("a.mp4").write_bytes(b"x")
    refused(ready("media", "add", "none"), "no video files", "none")
    refused(ready("media", "add", "b.mp4"), "b.mp4", "no such file")
    refused(
        ready("media", "add", "a.mp4", "--manifest", "file.csv"),
        "file.csv:1",
        "file, video",
        "file,video,title",
    )
    refused(ready("media", "add", "a.mp4", "--manifest", "none.csv"), "none.csv")
    Path("a.webm").write_bytes(b"y")
    twice = ready("media", "add", "a.mp4", "a.webm", "--unknown")
    refused(twice, "a.mp4 and a.webm would both be the video a", "--manifest")
    refused(ready("demo", "--videos", "none"), "real work")
    refused(ready("-w", "other", "demo", "--videos", "none"), "no video files", "none")
    refused(ready("-w", "other", "demo", "--videos", "absent"), "absent")
    assert not Path("other").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read(ready: Tilik) -> None:
    Path("closed").mkdir(mode=0)
    refused(ready("media", "add", "closed"), "closed", "Permission denied")


def test_a_folder_that_cannot_be_read_by_anybody(ready: Tilik) -> None:
    Path("loop.mp4").symlink_to("loop.mp4")
    refused(ready("media", "add", "loop.mp4"), "loop.mp4")


# ------------------------------------------------------------------------------------------ serve, log
def test_a_port_in_use(ready: Tilik) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused(ready("serve", "--port", port), f"127.0.0.1:{port}", "cannot listen", "Choose another --port")


def test_an_address_that_is_not_here(ready: Tilik) -> None:
    refused(ready("serve", "--host", "203.0.113.9", "--port", 0), "203.0.113.9", "cannot listen")


@pytest.mark.parametrize("noted", ["12", "x:y", "1:9f2c", "²:" + "a" * 64, "9" * 40 + ":" + "a" * 64])
def test_a_noted_head_that_is_none(ready: Tilik, noted: str) -> None:
    refused(ready("log", "verify", "--expect", noted), "--expect", "64 hex digits")


def test_rebuilding_into_what_is_no_fresh_database(ready: Tilik) -> None:
    refused(ready("log", "rebuild", "--into", "mysql://x/y"), "SQLite or PostgreSQL")
    refused(ready("log", "rebuild", "--into", "sqlite:///no/such/folder/x.db"), "does not answer")
    refused(ready("log", "rebuild", "--into", "sqlite:///tilik-data/tilik.db"), "already holds a log")


# --------------------------------------------------------------------------------------------- console
def test_a_step_that_fails_leaves_no_bar_behind(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="half way"), steps() as progress:
        progress.add_task("Importing", total=2)
        raise ValueError("half way")
    assert capsys.readouterr().err == ""
    with steps() as progress:
        progress.add_task("Importing", total=2)
    assert "Importing" in capsys.readouterr().err

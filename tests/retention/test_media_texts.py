"""Text that machines read in a video goes with its files, and nothing else that was measured does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from tilik.kernel import Evidence, EvidenceKind, Span
from tilik.media.keeping import keep_results
from tilik.media.registration import add_video, evidence_of, find_video
from tilik.media.result import Result
from tilik.media.texts import texts_left
from tilik.retention.due import plan
from tilik.retention.proof import prove
from tilik.retention.running import run
from tilik.store import Workspace, rebuild

YEAR = 365
SAID = "nomor rekening kakek Subarjo"


def read(source: str, kind: EvidenceKind, value: Any) -> Result:
    told = Evidence(video="", span=Span(start=0, end=1), kind=kind, value=value, source=source)
    return Result(source=source, evidence=(told,))


READ = (
    read("onscreen/1", "on-screen-text", {"text": SAID}),
    read("speech-text/1", "speech-text", {"text": SAID}),
    read("lexicon/1", "lexicon", {"found": SAID}),
    read("captions/1", "caption", SAID),
    read("loudness/1", "loudness", -14.0),
)


@pytest.fixture
def shelf(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Two videos with the same file, and one alone; machines have read both files."""
    files = {name: tmp_path / name for name in ("one", "alone")}
    for name, file in files.items():
        file.write_bytes(name.encode())
    with workspace.store.write() as writing:
        for name, file in {"first": "one", "second": "one", "alone": "alone"}.items():
            add_video(writing, video=name, title="", file=files[file])
        for name in ("first", "alone"):
            found = find_video(writing.connection, name)
            keep_results(writing, READ, content=found.content, keys=found.keys)
    return workspace


def told(workspace: Workspace, name: str) -> set[str]:
    with workspace.store.read() as connection:
        found = find_video(connection, name)
        return {item.kind for item in evidence_of(workspace.store.blobs, found)}


def blobs_with(workspace: Workspace, said: str) -> list[Path]:
    files = [one for one in Path(workspace.folder).rglob("*") if one.is_file() and "blobs" in one.parts]
    return [one for one in files if said.encode() in one.read_bytes()]


def test_text_goes_with_the_files_and_figures_stay(shelf: Workspace, clock: Any) -> None:
    everything = {"on-screen-text", "speech-text", "lexicon", "caption", "loudness"}
    assert told(shelf, "alone") == everything
    assert blobs_with(shelf, SAID)
    clock.move(days=2 * YEAR)
    with shelf.store.read() as connection:
        planned = plan(connection, shelf.store.blobs, shelf.store.clock)
    (due,) = [one for one in planned.classes if one.rule.kind.name == "media"]
    assert (len(due.items), "media_result" in due.rule.kind.tables) == (3, True)
    assert run(shelf.store).erased["media"] == 3
    assert [told(shelf, name) for name in ("first", "second", "alone")] == [{"loudness"}] * 3
    assert blobs_with(shelf, SAID) == []
    assert prove(shelf.store).holds
    matches = rebuild(shelf.store, create_engine("sqlite://"))
    assert [match for match in matches if not match.equal] == []


def test_what_another_video_with_the_same_file_has_stays(
    shelf: Workspace, clock: Any, tmp_path: Path
) -> None:
    clock.move(days=YEAR)
    (tmp_path / "new").write_bytes(b"one")
    with shelf.store.write() as writing:
        add_video(writing, video="third", title="", file=tmp_path / "new")
    clock.move(days=YEAR / 2)
    assert run(shelf.store).erased["media"] == 3
    assert "speech-text" in told(shelf, "third")
    assert told(shelf, "alone") == {"loudness"}
    assert prove(shelf.store).holds


def test_text_that_comes_after_the_files_went_goes_with_the_next_run(shelf: Workspace, clock: Any) -> None:
    clock.move(days=2 * YEAR)
    run(shelf.store)
    with shelf.store.write() as writing:
        found = find_video(writing.connection, "alone")
        keep_results(writing, READ, content=found.content, keys=found.keys)
    with shelf.store.read() as connection:
        assert [one.id for one in texts_left(connection)] == ["alone"]
    assert not prove(shelf.store).holds
    run(shelf.store)
    assert blobs_with(shelf, SAID) == []
    assert prove(shelf.store).holds

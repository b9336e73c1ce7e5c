"""After a stop nothing derived from the video is reachable: by no role over the API, in no export."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select

from safety.stopped import BYTES, MARKS, STOPPED, TEXT, Place, acts, at_a_browser, clear, paths
from tilik.exchange.judged import judged_videos
from tilik.log import metadata
from tilik.media.exporting import export_evidence
from tilik.media.searching import index_texts
from tilik.safety import seal_stopped
from tilik.store import Workspace


@pytest.fixture
def place(sqlite_workspace: Workspace) -> Place:
    return Place(sqlite_workspace)


def links_in(found: str) -> list[str]:
    return re.findall(r"/media/[A-Za-z0-9_.=-]+", found)


def test_after_a_stop_no_role_reaches_anything_derived(place: Place) -> None:
    visitors = {role: at_a_browser(place, person) for role, person in place.people.items()}
    every = sorted(set(paths(place)))
    before = {(role, path): visitor.get(path).text for role, visitor in visitors.items() for path in every}
    seen = {key for key, text in before.items() if not clear(text)}
    assert len(seen) >= 5, "what must vanish was there"
    place.stop()
    found = {
        f"{role} {path}: {leaked(answer.text)}"
        for role, visitor in visitors.items()
        for path in every
        if not clear((answer := visitor.get(path)).text)
    }
    assert found == set()
    for (role, _), text in before.items():
        for link in links_in(text):
            answer = visitors[role].get(link, headers={"range": "bytes=0-"})
            assert clear(answer.content), f"{role} {link}"


def test_nothing_that_anybody_does_after_a_stop_brings_it_back(place: Place) -> None:
    visitors = {role: at_a_browser(place, person) for role, person in place.people.items()}
    place.stop()
    done, found = Counter[str](), set()
    for method, path, body in list(acts(place)):
        for role, visitor in visitors.items():
            answer = visitor.send(method, path, body)
            assert answer.status_code < 500, f"{role} {method} {path}: {answer.text}"
            if not clear(answer.text):
                found.add(f"{role} {method} {path}: {leaked(answer.text)}")
            done["done" if answer.is_success else str(answer.status_code)] += 1
    assert found == set()
    assert done["done"] >= 20, done
    found = {
        f"{role} {path}: {leaked(answer.text)}"
        for role, visitor in visitors.items()
        for path in sorted(set(paths(place)))
        if not clear((answer := visitor.get(path)).text)
    }
    assert found == set()


def leaked(text: str) -> str:
    return ", ".join(mark for mark in MARKS if mark in text.lower())


def export_rows(file: Path) -> bytes:
    return json.dumps(pq.read_table(file).to_pylist(), default=str).encode()


def test_after_a_stop_the_exported_evidence_does_not_hold_the_video(place: Place, tmp_path: Path) -> None:
    def write(file: Path) -> bytes:
        with place.workspace.store.read() as connection:
            export_evidence(connection, place.workspace.store.blobs, file)
        return export_rows(file)

    assert STOPPED.encode() in write(tmp_path / "before.parquet")
    place.stop()
    after = write(tmp_path / "after.parquet")
    assert clear(after)
    assert STOPPED.encode() not in after


def test_after_a_stop_no_other_program_is_told_of_the_video(place: Place) -> None:
    place.stop()
    with place.workspace.store.read() as connection:
        blobs = place.workspace.store.blobs
        told = [repr(one) for one in judged_videos(connection, blobs, place.study.id)]
        assert clear("".join(told))
        assert not any(STOPPED in one for one in told)


KEPT = {("video", "title"), ("log_entry", "body"), ("note", "text"), ("case_note", "text")}
"""The title, in the log and its fold, of which no route tells; and erasable rows of what people wrote."""


def rows_with_marks(workspace: Workspace) -> set[tuple[str, str]]:
    """Table and column of every cell that holds a mark."""
    with workspace.store.read() as connection:
        return {
            (table.name, name)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
            for name, value in row.items()
            if isinstance(value, str) and not clear(value)
        }


def test_after_a_stop_the_database_keeps_no_text_of_the_video(place: Place) -> None:
    assert ("text_piece", "text") in rows_with_marks(place.workspace)
    place.stop()
    assert rows_with_marks(place.workspace) <= KEPT
    index_texts(place.workspace.store)
    assert rows_with_marks(place.workspace) <= KEPT


def files_with(place: Place, marks: tuple[str, ...]) -> list[Path]:
    every = [file for file in place.workspace.folder.rglob("*") if file.is_file()]
    return [file for file in every if any(one.lower().encode() in file.read_bytes().lower() for one in marks)]


def test_after_a_stop_no_file_on_disk_holds_a_byte_that_was_derived(place: Place) -> None:
    assert len(files_with(place, BYTES)) == 3
    assert files_with(place, (TEXT,))
    place.stop()
    assert seal_stopped(place.workspace) == 4
    assert files_with(place, (*BYTES, TEXT)) == []

"""Families of a workspace: kept as files come, never compared twice, made again equal from the log."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from test_families import made_of

from tilik.media.events import VideoAdded
from tilik.media.exporting import export_evidence
from tilik.media.families import Fingerprint
from tilik.media.family_index import FamilyIndex, to_bytes
from tilik.media.hashing import PRINT_SOURCE
from tilik.media.lending import lent_to
from tilik.media.origin import Provenance
from tilik.media.placing import family_of, place_families, unplaced
from tilik.media.record import MediaRecord
from tilik.media.registration import find_video, keep_prepared
from tilik.media.result import Result
from tilik.store import Workspace, rebuild
from tilik.store.engine import database_file, open_engine


def content_of(name: str) -> str:
    return (name * 64)[:64]


def bring(place: Workspace, name: str, pictures: list[int], origin: Provenance | None = None) -> None:
    print_ = made_of(name, pictures)
    told = base64.b64encode(to_bytes(Fingerprint("", print_.hashes, print_.queries, print_.of))).decode()
    results = [Result(source=PRINT_SOURCE, summary=told)]
    if origin is not None:
        results.append(Result(source="provenance/1", summary=origin.model_dump(mode="json")))
    with place.store.write() as writing:
        writing.record(VideoAdded(video=name, title=name, content=content_of(name)))
        record = MediaRecord(condition="ready", duration=9)
        keep_prepared(writing, video=name, content=content_of(name), record=record, results=results)


def place_all(place: Workspace) -> list[str]:
    return [event.content[0] for event in place_families(place.store)]


def members(place: Workspace, name: str) -> list[str]:
    with place.store.read() as connection:
        family = family_of(connection, content_of(name))
    return [content[0] for content in family.members] if family else []


def test_files_come_to_stand_in_families_one_by_one(workspace: Workspace) -> None:
    bring(workspace, "a", [1, 2])
    bring(workspace, "b", [8, 9])
    assert place_all(workspace) == ["a", "b"]
    assert (members(workspace, "a"), members(workspace, "b")) == ([], [])
    bring(workspace, "c", [2, 9])
    assert place_all(workspace) == ["c"]
    assert sorted(members(workspace, "b")) == ["a", "b", "c"]
    assert place_all(workspace) == []
    with workspace.store.read() as connection:
        family = family_of(connection, content_of("c"))
    assert family is not None
    assert family.name == content_of("a")
    own = {(m.one[0], m.other[0], m.share, m.distance) for m in family.of(content_of("c"))}
    assert own == {("c", "a", 0.5, 0), ("c", "b", 0.5, 0)}
    assert [m.other[0] for m in family.of(content_of("a"))] == ["a"]


def test_what_is_there_is_not_looked_up_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, pictures in {"a": [1, 2], "b": [2, 3], "d": [7]}.items():
        bring(workspace, name, pictures)
    place_all(workspace)
    looked: list[str] = []
    real = FamilyIndex.look_up

    def counted(self: FamilyIndex, print_: Fingerprint) -> list[object]:
        looked.append(print_.video[0])
        return real(self, print_)  # type: ignore[return-value]

    monkeypatch.setattr(FamilyIndex, "look_up", counted)
    bring(workspace, "c", [3])
    place_all(workspace)
    assert looked == ["c"]
    assert sorted(members(workspace, "c")) == ["a", "b", "c"]


def test_a_file_that_no_video_has_any_more_is_not_matched(workspace: Workspace) -> None:
    bring(workspace, "a", [1, 2])
    place_all(workspace)
    with workspace.store.write() as writing:
        writing.record(VideoAdded(video="a", title="", content=content_of("z")))
    bring(workspace, "b", [1, 2])
    place_all(workspace)
    assert members(workspace, "b") == []


def replaced(place: Workspace, name: str, by: str) -> None:
    with place.store.write() as writing:
        writing.record(VideoAdded(video=name, title="", content=content_of(by)))


def test_what_only_a_file_that_is_gone_held_together_falls_apart(workspace: Workspace) -> None:
    """c joins a and b; d stands by b alone. Without c they are two, and without b its mate is alone."""
    for name, pictures in {"a": [1, 2], "b": [8, 9], "d": [9, 30], "c": [2, 9]}.items():
        bring(workspace, name, pictures)
    place_all(workspace)
    assert sorted(members(workspace, "a")) == ["a", "b", "c", "d"]
    replaced(workspace, "c", "z")
    assert place_all(workspace) == []
    assert members(workspace, "a") == []
    assert members(workspace, "d") == ["b", "d"]
    replaced(workspace, "b", "y")
    place_all(workspace)
    assert (members(workspace, "d"), members(workspace, "b")) == ([], [])


def test_a_file_that_comes_back_is_looked_up_among_those_that_came_meanwhile(workspace: Workspace) -> None:
    bring(workspace, "a", [1, 2])
    place_all(workspace)
    replaced(workspace, "a", "z")
    bring(workspace, "b", [1, 2])
    assert place_all(workspace) == ["b"]
    replaced(workspace, "c", "a")  # the first file again, under another id
    assert place_all(workspace) == ["a"]
    assert sorted(members(workspace, "a")) == ["a", "b"]


def test_a_new_print_takes_a_file_out_of_its_family_before_it_is_looked_up(workspace: Workspace) -> None:
    for name, pictures in {"a": [1, 2], "b": [2, 3], "c": [3, 4]}.items():
        bring(workspace, name, pictures)
    place_all(workspace)
    assert members(workspace, "c") == ["a", "b", "c"]
    bring(workspace, "b", [50, 51])
    assert place_all(workspace) == ["b"]
    assert [members(workspace, name) for name in "abc"] == [[], [], []]


def test_prints_do_not_travel_with_what_is_shown(workspace: Workspace) -> None:
    bring(workspace, "a", [1, 2])
    with workspace.store.read() as connection:
        assert "family" not in {one.analyser for one in find_video(connection, "a").results}
        assert [content for content, _ in unplaced(connection)] == [content_of("a")]


def test_the_log_makes_the_same_families(workspace: Workspace, tmp_path: Path) -> None:
    for name, pictures in {"a": [1, 2], "b": [8, 9], "c": [2, 9], "d": [5]}.items():
        bring(workspace, name, pictures)
    place_all(workspace)
    replaced(workspace, "c", "z")
    bring(workspace, "e", [5, 6])
    bring(workspace, "f", [9, 6])
    place_all(workspace)
    fresh = open_engine(database_file(tmp_path / "fresh.db"))
    matched = {row.table: row for row in rebuild(workspace.store, fresh)}
    fresh.dispose()
    assert matched["family_member"].live == 5
    assert matched["family_match"].live == 3
    assert all(row.equal for row in matched.values())


def test_a_signed_original_lends_its_word_to_copies_that_have_none(
    workspace: Workspace, tmp_path: Path
) -> None:
    signed = Provenance(manifest="trusted", generator="Sora", source_types=("trainedAlgorithmicMedia",))
    bring(workspace, "a", [1, 2], signed)
    bring(workspace, "b", [1, 2], Provenance())
    bring(workspace, "c", [1, 2], Provenance(manifest="invalid", source_types=("digitalCapture",)))
    bring(workspace, "d", [7, 8], Provenance())
    place_all(workspace)

    def lent(name: str) -> list[tuple[str, str, str]]:
        with workspace.store.read() as connection:
            found = find_video(connection, name)
            rows = lent_to(connection, workspace.store.blobs, found)
        return [(row.video, row.making, row.manifest) for row in rows]

    assert lent("b") == [("a", "generated", "trusted")]
    assert lent("c") == [("a", "generated", "trusted")]
    assert lent("a") == []
    assert lent("d") == []
    with workspace.store.read() as connection:
        export_evidence(connection, workspace.store.blobs, tmp_path / "evidence.parquet")
    rows = pq.read_table(tmp_path / "evidence.parquet").to_pylist()
    derived = {row["video"]: json.loads(row["value"]) for row in rows if row["source"] == PRINT_SOURCE}
    assert set(derived) == {"b", "c"}
    assert derived["b"]["derived_from"] == "a"
    own = {row["video"]: json.loads(row["value"]) for row in rows if row["source"] == "provenance/1"}
    assert own["b"]["making"] == "unsaid"  # it stays another file's word

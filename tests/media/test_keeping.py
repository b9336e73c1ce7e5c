"""What is kept of a prepared video, and that nothing is ever computed twice."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import update

from media.conftest import flat, write_video
from tilik.kernel import Invalid, Missing
from tilik.media import look, shots, signals
from tilik.media.around import Around, CaptionFile
from tilik.media.due import due
from tilik.media.exporting import export_evidence
from tilik.media.registration import ADDED, add_video, evidence_of, find_video, results_of
from tilik.media.result import LookSummary, Prepared
from tilik.media.tier2 import Texts, sources_for
from tilik.media.workflow import prepare_added
from tilik.store import Workspace
from tilik.store.engine import database_file, open_engine
from tilik.store.rebuild import rebuild
from tilik.store.schema import upgrade
from tilik.store.tables import media_result

SRT = "1\n00:00:00,200 --> 00:00:01,000\nHalo semua\n"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds grey, then two seconds of colour."""
    pictures = [*(flat(90) for _ in range(50)), *(flat((200, 40, 40)) for _ in range(50))]
    return write_video(tmp_path_factory.mktemp("film") / "film.mp4", pictures)


@pytest.fixture
def place(sqlite_workspace: Workspace, film: Path) -> Workspace:
    """A workspace with the film as v-1, and its captions."""
    captions = film.with_name("film.id.srt")
    captions.write_text(SRT)
    with sqlite_workspace.store.write() as writing:
        given = [CaptionFile(captions, captions.name, "id")]
        add_video(writing, video="v-1", title="Satu", file=film, captions=given, declared="AI")
    return sqlite_workspace


def run(place: Workspace, tier: int = 1, **told: object) -> dict[str, Prepared]:
    made = prepare_added(place.store, place.scratch, tier=tier, workers=1, **told)  # type: ignore[arg-type]
    return {video.id: prepared for video, prepared in made}


def told(place: Workspace, video: str) -> set[str]:
    with place.store.read() as connection:
        return {e.kind for e in evidence_of(place.store.blobs, find_video(connection, video))}


def test_summaries_captions_curves_and_versions_are_kept(place: Workspace) -> None:
    run(place)
    with place.store.read() as connection:
        found = find_video(connection, "v-1")
        results = {result.analyser: result for result in results_of(place.store.blobs, found)}
        evidence = evidence_of(place.store.blobs, found)
    assert {f"{r.analyser}/{r.version}" for r in results.values()} == set(signals.ANALYSERS)
    assert LookSummary.model_validate(results["look"].summary).still_seconds == pytest.approx(4, abs=0.1)
    assert len(results["look"].curves["motion"]) == 4
    assert results["flash"].summary == {"general": "pass", "red": "pass", "general_peak": 0, "red_peak": 1}
    assert results["loudness"].summary is None
    assert {e.kind for e in evidence} >= {"shot", "pace", "freeze", "caption", "provenance"}
    assert {e.video for e in evidence} == {"v-1"}
    (caption,) = (e for e in evidence if e.kind == "caption")
    assert (caption.value, caption.note) == ("Halo semua", "id")
    (origin,) = (e.value for e in evidence if e.kind == "provenance")
    assert isinstance(origin, dict)
    assert (origin["manifest"], origin["making"]) == ("none", "generated")


def test_a_second_run_does_nothing(place: Workspace) -> None:
    assert set(run(place)) == {"v-1"}
    assert run(place) == {}
    assert run(place, tier=0) == {}


def grow_old(place: Workspace, analyser: str) -> None:
    """As if the result had been made by an earlier version."""
    with place.store.write() as writing:
        changed = update(media_result).where(media_result.c.analyser == analyser)
        writing.connection.execute(changed.values(version="0"))


def test_only_what_changed_version_is_made_again(place: Workspace) -> None:
    run(place)
    grow_old(place, "look")
    with place.store.read() as connection:
        before = find_video(connection, "v-1")
    made = run(place)["v-1"]
    assert [result.source for result in made.results] == [look.SOURCE]
    assert made.playback is None
    with place.store.read() as connection:
        after = find_video(connection, "v-1")
    kept = {result.analyser: result.bundle for result in before.results}
    changed = {result.analyser for result in after.results if kept[result.analyser] != result.bundle}
    assert changed == {"look"}
    assert after.record == before.record
    assert "freeze" in told(place, "v-1")


def test_new_flashes_bring_new_shots(place: Workspace) -> None:
    run(place)
    grow_old(place, "flash")
    assert {result.analyser for result in run(place)["v-1"].results} == {"shots", "flash"}


def test_the_same_file_under_another_id_is_not_read_again(place: Workspace, film: Path) -> None:
    with place.store.write() as writing:
        add_video(writing, video="v-2", title="Dua", file=film)
    made = run(place)
    assert made["v-1"].results
    assert {result.analyser for result in made["v-2"].results} == {"captions"}  # it came without any
    assert "caption" not in told(place, "v-2")
    assert told(place, "v-2") == told(place, "v-1") - {"caption"}
    with place.store.read() as connection:
        one, other = find_video(connection, "v-1"), find_video(connection, "v-2")
    assert one.record == other.record


def test_captions_that_come_later_are_read_alone(place: Workspace, film: Path) -> None:
    run(place)
    later = film.with_name("film.en.srt")
    later.write_text(SRT.replace("Halo semua", "Hello all"))
    with place.store.write() as writing:
        add_video(writing, video="v-1", title="", file=film, captions=[CaptionFile(later, later.name, "en")])
    made = run(place)["v-1"]
    assert [result.source for result in made.results] == ["captions/1"]
    assert [e.value for e in made.evidence] == ["Hello all"]
    assert run(place) == {}


def test_key_pictures_first_the_whole_later(place: Workspace) -> None:
    quick = run(place, tier=0)["v-1"]
    assert quick.analysers == ("hash-keys/1", "captions/1", "provenance/1")
    with place.store.read() as connection:
        found = find_video(connection, "v-1")
    assert (found.record.condition, found.record.playback) == (ADDED, None)
    assert found.record.poster is not None
    assert found.record.storyboard is not None
    assert run(place, tier=0) == {}
    assert "shots/2" in run(place)["v-1"].analysers
    assert {"caption", "shot"} <= told(place, "v-1")


def test_text_is_read_after_the_pictures_and_again_when_the_words_change(
    place: Workspace, film: Path
) -> None:
    made = list(prepare_added(place.store, place.scratch, tier=2, workers=1))
    first, then = (prepared for _, prepared in made)
    assert set(first.analysers) == set(signals.SOURCES.values())
    assert {r.analyser for r in then.results} == {s.partition("/")[0] for s in sources_for(Texts()).values()}
    assert run(place, tier=2) == {}
    later = film.with_name("film.en.vtt")
    later.write_text("WEBVTT\n\n00:00.200 --> 00:01.000\nmain slot gacor\n")
    with place.store.write() as writing:
        add_video(writing, video="v-1", title="", file=film, captions=[CaptionFile(later, later.name, "en")])
    assert {r.analyser for r in run(place, tier=2)["v-1"].results} <= {"language", "lexicon"}
    assert "lexicon" in told(place, "v-1")
    assert run(place, tier=2) == {}


def test_other_anchors_ask_for_the_origin_again(place: Workspace) -> None:
    run(place)
    made = run(place, around=Around(anchors="-----BEGIN CERTIFICATE-----"))["v-1"]
    assert [result.source for result in made.results] == ["provenance/1"]
    assert run(place, around=Around(anchors="-----BEGIN CERTIFICATE-----")) == {}


def test_what_cannot_be_read_is_said_once(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"bukan video" * 50)
    with sqlite_workspace.store.write() as writing:
        add_video(writing, video="v-9", title="", file=tmp_path / "broken.mp4")
    assert run(sqlite_workspace, tier=0)["v-9"].condition.code == "unreadable"
    assert run(sqlite_workspace) == {}


def test_the_log_makes_the_same_tables_again(place: Workspace, tmp_path: Path) -> None:
    run(place)
    fresh = open_engine(database_file(tmp_path / "again.db"))
    upgrade(fresh)
    matches = {match.table: match for match in rebuild(place.store, fresh)}
    assert matches["media_result"].live == len(signals.SOURCES)
    assert not any(not match.equal for match in matches.values())


def test_evidence_goes_out_as_a_table(place: Workspace, tmp_path: Path) -> None:
    run(place)
    with place.store.read() as connection:
        rows = export_evidence(connection, place.store.blobs, tmp_path / "e.parquet")
        assert due(connection, place.store.blobs, 1, Around()) == []
    table = pq.read_table(tmp_path / "e.parquet").to_pylist()
    assert len(table) == rows
    (shot, *_) = (row for row in table if row["kind"] == "shot")
    assert (shot["video"], shot["start"], shot["source"]) == ("v-1", 0.0, shots.SOURCE)
    assert '"index":0' in shot["value"]


def test_evidence_that_cannot_be_gathered_leaves_no_half_file(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(place)
    into = tmp_path / "e.parquet"
    into.write_bytes(b"what was there before")
    with place.store.read() as connection:
        bundle = find_video(connection, "v-1").results[0].bundle
        place.store.blobs.path(bundle).unlink()
        with pytest.raises(Missing, match=bundle[:12]):
            export_evidence(connection, place.store.blobs, into)
        with pytest.raises(Invalid, match="cannot be written"):
            export_evidence(connection, place.store.blobs, tmp_path / "none" / "e.parquet")
    assert into.read_bytes() == b"what was there before"
    assert [file.name for file in tmp_path.glob("*.part")] == []

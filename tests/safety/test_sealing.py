"""The files of stopped videos: sealed within seconds, opened by who has the key, never lost on the way."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from pyrage import decrypt, x25519
from sqlalchemy import create_engine, select

from safety.stopped import BYTES, OTHER, STOPPED, Place
from tilik.kernel import Conflict, Invalid, Missing, digest_bytes
from tilik.log import log_entry
from tilik.media.registration import add_video, evidence_of, find_video, keep_prepared
from tilik.media.workflow import prepare_added
from tilik.safety import (
    escalations,
    new_key,
    open_files,
    own_recipient,
    recipient_set,
    seal_stopped,
    sealing,
    set_recipient,
)
from tilik.store import Workspace, rebuild
from tilik.store.blobs import SEALED

CLIP = BYTES[2].encode() * 100
NAME = digest_bytes(CLIP)


@pytest.fixture
def place(sqlite_workspace: Workspace) -> Place:
    found = Place(sqlite_workspace)
    found.stop()
    return found


def escalation(place: Place) -> str:
    with place.workspace.store.read() as connection:
        (found,) = escalations(connection, place.workspace.store.blobs)
    return found.id


def told(workspace: Workspace, kind: str) -> list[str]:
    with workspace.store.read() as connection:
        query = select(log_entry.c.body).where(log_entry.c.type == kind).order_by(log_entry.c.seq)
        return list(connection.execute(query).scalars())


def test_sealing_twice_seals_once_and_the_log_counts(place: Place) -> None:
    assert seal_stopped(place.workspace) == 4
    assert seal_stopped(place.workspace) == 0
    (body,) = told(place.workspace, "files-sealed")
    assert '"files":4' in body
    assert NAME not in body
    with pytest.raises(Missing, match="sealed"):
        place.workspace.store.blobs.path(NAME)


def test_the_key_alone_opens_what_is_sealed_and_that_is_logged(place: Place, tmp_path: Path) -> None:
    seal_stopped(place.workspace)
    key = place.workspace.safety_key
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Invalid, match="does not open"):
        open_files(place.workspace, escalation(place), new_key()[0], tmp_path / "wrong", "system")
    files = open_files(place.workspace, escalation(place), key.read_text(), tmp_path / "out", "system")
    assert {file.read_bytes() for file in files} >= {one.encode() * 100 for one in BYTES}
    assert [file.name for file in files] == sorted(digest_bytes(file.read_bytes()) for file in files)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert len(told(place.workspace, "escalation-opened")) == 2, "who tries is logged, too"
    with pytest.raises(Conflict, match="exists"):
        open_files(place.workspace, escalation(place), key.read_text(), tmp_path / "out", "system")


def test_any_age_program_opens_a_sealed_file(place: Place) -> None:
    identity = x25519.Identity.generate()
    with place.workspace.store.write() as writing:
        set_recipient(writing, str(identity.to_public()))
    seal_stopped(place.workspace)
    assert not place.workspace.safety_key.exists(), "the server has no key of its own then"
    file = place.workspace.store.blobs.path(NAME + SEALED)
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert decrypt(file.read_bytes(), [identity]) == CLIP


def test_a_recipient_that_is_none_is_refused_and_the_latest_counts(place: Place) -> None:
    first, second = new_key()[1], new_key()[1]
    with place.workspace.store.write() as writing:
        with pytest.raises(Invalid, match="age recipient"):
            set_recipient(writing, "age1nobody")
        for one in (first, second, second):
            set_recipient(writing, one)
        assert recipient_set(writing.connection) == second
    assert len(told(place.workspace, "sealing-key-set")) == 2


def test_the_workspaces_own_key_is_made_once(place: Place) -> None:
    assert own_recipient(place.workspace) == own_recipient(place.workspace)
    assert list(place.workspace.folder.glob("safety.*")) == [place.workspace.safety_key]


def test_a_copy_that_comes_in_later_is_locked_and_stays_sealed(place: Place, tmp_path: Path) -> None:
    seal_stopped(place.workspace)
    file = tmp_path / "copy.mp4"
    file.write_bytes(CLIP)
    with place.workspace.store.write() as writing:
        add_video(writing, video="vid-copy", title="Salinan", file=file)
        assert find_video(writing.connection, "vid-copy").locked
    assert place.workspace.store.blobs.sealed(NAME)
    assert list(prepare_added(place.workspace.store, place.workspace.scratch)) == []


def test_what_another_video_has_too_stays_open(sqlite_workspace: Workspace) -> None:
    place = Place(sqlite_workspace)
    with place.workspace.store.read() as connection:
        theirs = find_video(connection, STOPPED).record
        assert theirs.poster is not None
        other = find_video(connection, OTHER)
    share_poster(place, other, theirs.poster)
    place.stop()
    assert seal_stopped(place.workspace) == 3
    assert place.workspace.store.blobs.path(theirs.poster.content).exists()
    assert seal_stopped(place.workspace) == 0


def share_poster(place: Place, other: Any, poster: Any) -> None:
    with place.workspace.store.write() as writing:
        record = other.record.model_copy(update={"poster": poster})
        keep_prepared(writing, video=other.id, content=other.content, record=record)


def test_a_kill_between_writing_and_taking_away_leaves_nothing_open(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = place.workspace.store.blobs

    def killed(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(blobs, "_take_away", killed)
    with pytest.raises(KeyboardInterrupt):
        seal_stopped(place.workspace)
    monkeypatch.undo()
    assert seal_stopped(place.workspace) == 4
    assert not blobs.seal(NAME, new_key()[1])


def test_while_serving_a_stop_is_sealed_within_seconds(sqlite_workspace: Workspace) -> None:
    place = Place(sqlite_workspace)
    with sealing(place.workspace):
        place.stop()
        until = time.monotonic() + 30
        while not place.workspace.store.blobs.sealed(NAME) and time.monotonic() < until:
            time.sleep(0.05)
    assert place.workspace.store.blobs.sealed(NAME)


def test_what_is_sealed_is_told_nowhere_and_tables_are_still_the_fold(place: Place, tmp_path: Path) -> None:
    seal_stopped(place.workspace)
    with place.workspace.store.read() as connection:
        assert evidence_of(place.workspace.store.blobs, find_video(connection, STOPPED)) == []
    engine = create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    assert all(one.equal for one in rebuild(place.workspace.store, engine))

"""Screening: what hash lists know is locked before anybody sees it; a server that is away stops the work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hash_server import HashServer, serving
from sqlalchemy import create_engine
from typer.testing import CliRunner

from review.desk import Desk
from study.making import make_study, people
from tilik.cli.main import app as cli_app
from tilik.cli.media_screen import screened as screened_by_command
from tilik.exchange import Hma, VideoMatched, lock_known, screen_waiting, unscreened
from tilik.exchange.screening import Screening
from tilik.kernel import Unavailable
from tilik.media.keeping import keep_results
from tilik.media.limits import DEFAULT
from tilik.media.pdq import Known, known_inside, pdq, to_vpdq
from tilik.media.registration import add_video, find_video
from tilik.review import video_of
from tilik.store import Store, Workspace, create, open_workspace, rebuild

REFERENCE = (  # what Meta's own code (pdqhash 0.2.8) says of these pictures
    (0, 320, 180, "52db240d38fb4445a8db84cde0db40e58b2bcb2c9b273cf124d326db861bdb76", 28),
    (1, 128, 128, "237209cee2329ece7d32b4ce5732fcce7f7632aebdf277265cdaa22308890001", 22),
    (2, 200, 355, "003e001e002e001e02fe185e09fe005e2bfea7fe3ffeffe6fbe70001eaabaaab", 24),
    (3, 512, 288, "0aab01252abb00253afb12459adb12452dbf6da56da69245925b9249faeefdfa", 34),
    (4, 97, 61, "a429dd82473920a99eaf40e97aab5a298eab38a9caafa8a9aaabaaa9aaab5556", 15),
)


def picture(seed: int, w: int, h: int) -> np.ndarray:
    y, x = np.mgrid[:h, :w]
    random, out = np.random.default_rng(seed), np.zeros((h, w, 3))
    for _ in range(12):
        cx, cy, s = random.random() * w, random.random() * h, (0.05 + 0.2 * random.random()) * max(w, h)
        colour = random.random(3) * 255 - 100
        out += np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * s * s))[:, :, None] * colour
    return ((out - out.min()) / (out.max() - out.min()) * 255).astype(np.uint8)


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize(("seed", "w", "h", "expected", "quality"), REFERENCE)
def test_pdq_is_what_the_reference_says(seed: int, w: int, h: int, expected: str, quality: int) -> None:
    found, good = pdq(picture(seed, w, h))
    assert apart(found, expected) <= 2
    assert abs(good - quality) <= 1


def test_pdq_agrees_with_the_reference_on_real_pictures(shared: Path) -> None:
    pdqhash = pytest.importorskip("pdqhash", reason="the reference is not installed")
    import av  # noqa: PLC0415

    for name in ("mdn_frog.mp4", "tmk_chair-orig-22-sd-bar.mp4"):
        with av.open(str(shared / "videos" / name)) as container:
            shown = next(container.decode(video=0)).to_ndarray(format="rgb24")
        bits, quality = pdqhash.compute(shown)
        found, good = pdq(shown)
        assert apart(found, np.packbits(bits).tobytes().hex()) <= 4
        assert abs(good - quality) <= 1


def test_a_file_is_known_by_its_bytes_and_its_pictures(shared: Path) -> None:
    file = shared / "videos" / "tmk_chair-orig-22-sd-bar.mp4"
    known = known_inside(file, DEFAULT)
    assert isinstance(known, Known)
    assert known.md5 == hashlib.md5(file.read_bytes()).hexdigest()
    assert len(known.features) > 5
    seconds = [feature.second for feature in known.features]
    assert all(0.9 < b - a < 1.2 for a, b in pairwise(seconds))
    rows = [row.split(",") for row in json.loads(to_vpdq(known.features))]
    assert all(len(row) == 3 and len(row[0]) == 64 and 0 <= int(row[1]) <= 100 for row in rows)


def test_a_broken_file_still_has_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"bukan video")
    assert known_inside(tmp_path / "no.mp4", DEFAULT) == Known(hashlib.md5(b"bukan video").hexdigest(), ())


# --------------------------------------------------------------------------------- in the workspace
FILES = ("mdn_frog.mp4", "mdn_elf.mp4", "tfio_small.mp4")


@pytest.fixture
def server() -> Iterator[HashServer]:
    with serving() as running:
        yield running


@pytest.fixture
def opened(tmp_path: Path, shared: Path) -> Iterator[Workspace]:
    create(tmp_path / "w")
    found = open_workspace(tmp_path / "w")
    with found.store.write() as writing:
        for name in FILES:
            add_video(writing, video=name[:-4], title="", file=shared / "videos" / name)
    yield found
    found.close()


def screened(store: Store, server: HashServer, **told: object) -> dict[str, str]:
    hma = Hma(server.url, pause=lambda _: None)
    return {v.id: s.state for v, s in screen_waiting(store, hma, **told)}  # type: ignore[arg-type]


def locked(store: Store) -> set[str]:
    with store.read() as connection:
        return {name[:-4] for name in FILES if find_video(connection, name[:-4]).locked}


def features(shared: Path, name: str) -> Known:
    known = known_inside(shared / "videos" / name, DEFAULT)
    assert isinstance(known, Known)
    return known


def test_what_a_bank_holds_is_locked_and_the_rest_is_not(
    opened: Workspace, server: HashServer, shared: Path
) -> None:
    frog, elf = features(shared, "mdn_frog.mp4"), features(shared, "mdn_elf.mp4")
    assert frog.good
    flipped = f"{int(frog.good[0].pdq, 16) ^ 0b1011:064x}"
    server.banks = {"BLOCK": {"pdq": [flipped]}, "KNOWN_GOOD": {"video_md5": [elf.md5]}}
    told = screened(opened.store, server, innocent=("KNOWN_GOOD",))
    assert told == {"mdn_frog": "matched", "mdn_elf": "known-innocent", "tfio_small": "clear"}
    assert locked(opened.store) == {"mdn_frog"}
    assert unscreened(opened.store) == []
    asked = len(server.asked)
    assert screened(opened.store, server) == {}
    assert len(server.asked) == asked


def test_the_same_file_under_another_id_is_locked_without_asking(
    opened: Workspace, server: HashServer, shared: Path
) -> None:
    server.banks = {"BLOCK": {"video_md5": [features(shared, "mdn_frog.mp4").md5]}}
    screened(opened.store, server)
    with opened.store.write() as writing:
        # The known file's own id holds another by now, so that nothing but the result knows of it.
        add_video(writing, video="mdn_frog", title="", file=shared / "videos" / "mdn_elf.mp4")
        add_video(writing, video="again", title="", file=shared / "videos" / "mdn_frog.mp4")
    assert unscreened(opened.store) == []
    assert [video.id for video in lock_known(opened.store)] == ["again"]
    assert lock_known(opened.store) == []
    with opened.store.read() as connection:
        assert find_video(connection, "again").locked


def test_what_could_not_be_hashed_is_tried_again_only_when_asked(
    opened: Workspace, server: HashServer
) -> None:
    (tried, *others) = unscreened(opened.store)
    with opened.store.write() as writing:
        for video, failed in ((tried, "timed-out: no end"), *((one, "") for one in others)):
            told = Screening(0 if failed else 1, (), failed=failed)
            keep_results(writing, [told.result()], content=video.content, keys={})
    assert unscreened(opened.store) == []
    assert [video.id for video in unscreened(opened.store, retry=True)] == [tried.id]
    again = {v.id: s.state for v, s in screen_waiting(opened.store, Hma(server.url), workers=1, retry=True)}
    assert again == {tried.id: "clear"}


def test_a_server_with_vpdq_is_asked_once_a_video(opened: Workspace, server: HashServer) -> None:
    server.kinds = ["vpdq"]
    assert set(screened(opened.store, server).values()) <= {"clear", "not-hashed"}
    assert sum("/m/lookup" in asked for asked in server.asked) <= len(FILES)


def test_a_server_that_goes_away_leaves_the_rest_for_later(opened: Workspace, server: HashServer) -> None:
    hma = Hma(server.url, timeout=2, pause=lambda _: None)
    running = screen_waiting(opened.store, hma, workers=1)
    next(running)
    server.answers = [(503, b"{}")] * 1000
    with pytest.raises(Unavailable):
        list(running)
    left = len(unscreened(opened.store))
    assert 0 < left < len(FILES)
    server.answers = []
    assert len(screened(opened.store, server)) == left


def test_no_server_means_nothing_is_looked_up_and_nothing_kept(opened: Workspace, server: HashServer) -> None:
    server.answers = [(503, b"{}")] * 1000
    with pytest.raises(Unavailable):
        screened(opened.store, server)
    assert len(unscreened(opened.store)) == len(FILES)


# -------------------------------------------------------------------------------------- the commands
def test_the_commands_look_up_first_and_prepare_nothing_without_the_server(
    opened: Workspace, server: HashServer, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, app = CliRunner(), cli_app
    monkeypatch.setenv("TILIK_WORKSPACE", str(tmp_path / "w"))
    monkeypatch.delenv("TILIK_HMA_URL", raising=False)
    assert "TILIK_HMA_URL" in str(runner.invoke(app, ["media", "screen"]).exception)
    monkeypatch.setenv("TILIK_HMA_URL", server.url)
    server.answers = [(404, b"{}")] * 1
    refused = runner.invoke(app, ["media", "prepare"])
    assert refused.exception is not None
    with opened.store.read() as connection:
        assert find_video(connection, "mdn_frog").record.condition == "added"
    server.banks = {"BLOCK": {"video_md5": [features(shared, "mdn_frog.mp4").md5]}}
    assert runner.invoke(app, ["media", "screen"]).exit_code == 0
    assert locked(opened.store) == {"mdn_frog"}


# ------------------------------------------------------------------------------ what is known meanwhile
def test_a_match_takes_the_video_out_of_every_hand(sqlite_workspace: Workspace) -> None:
    """A video may be looked up when people work on it already: nothing of it may be left to them."""
    desk = Desk(sqlite_workspace)
    sari, budi = people(sqlite_workspace, "Sari", "Budi")
    study = make_study(sqlite_workspace, 2, wants=2)
    first = desk.take(budi)
    desk.judge(budi, first, study)
    lease, other = desk.take(sari), desk.take(sari)
    assert lease.task == first.task
    with sqlite_workspace.store.write() as writing:
        watched = video_of(writing.connection, lease.task)
        writing.record(VideoMatched(video=watched, content="0" * 64, banks=("BLOCK",)))
    assert desk.state(lease.task) == "stopped"
    assert desk.held(sari) == [other.task], "the other one can still be fetched"
    assert desk.last(budi) == [], "not even its title"
    assert desk.refused(desk.judge, sari, lease, study) == "Conflict task-stopped"
    assert [m for m in rebuild(sqlite_workspace.store, create_engine("sqlite://")) if not m.equal] == []


def test_what_is_known_is_locked_where_no_server_is_named(
    opened: Workspace, server: HashServer, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.banks = {"BLOCK": {"video_md5": [features(shared, "mdn_frog.mp4").md5]}}
    screened(opened.store, server)
    with opened.store.write() as writing:
        add_video(writing, video="mdn_frog", title="", file=shared / "videos" / "mdn_elf.mp4")
        add_video(writing, video="again", title="", file=shared / "videos" / "mdn_frog.mp4")
    monkeypatch.delenv("TILIK_HMA_URL", raising=False)
    assert screened_by_command(opened, workers=1, quiet=True) is None
    with opened.store.read() as connection:
        assert find_video(connection, "again").locked

"""Real clips, odd and plain: each prepared once, with what is known of it stated here."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tilik.kernel import Invalid
from tilik.media import Item, Limits, Prepared, content_hash, prepare, prepare_many, probe
from tilik.media.guard import AHEAD
from tilik.media.signals import SOURCES

SUFFIXES = (".mp4", ".mov", ".mkv", ".webm", ".avi")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prepared")


@pytest.fixture(scope="module")
def real(videos: Path, folder: Path) -> dict[str, Prepared]:
    """Every real clip, prepared in one run."""
    clips = [f for f in sorted(videos.iterdir()) if f.suffix in SUFFIXES]
    told: list[tuple[int, int]] = []
    items = [Item(f.name, f, folder / f.name) for f in clips]
    found = {p.video: p for p in prepare_many(items, progress=lambda *at: told.append(at))}
    assert told == [(k, len(clips)) for k in range(len(clips) + 1)]
    return found


def test_none_is_lost_and_only_the_corrupted_one_is_damaged(real: dict[str, Prepared], videos: Path) -> None:
    assert len(real) == sum(f.suffix in SUFFIXES for f in videos.iterdir())
    damaged = {name: made.condition.reason for name, made in real.items() if made.condition.code != "ready"}
    assert damaged == {"decord_corrupted.mp4": "damaged"}
    assert real["decord_corrupted.mp4"].condition.detail


@pytest.mark.parametrize(
    ("name", "how", "why"),
    [
        ("mdn_friday.mp4", "original", ""),
        ("mdn_rabbit.webm", "original", ""),
        ("c2pa_c.mov", "original", ""),
        ("moviepy_video_with_failing_audio.mp4", "original", ""),
        ("decord_pancake.mkv", "remux", "matroska"),
        ("psd_issue-236-split-copy.mkv", "remux", "matroska"),
        ("tc_av1_video.mkv", "remux", "matroska"),
        ("moviepy_no_duration.webm", "remux", "length"),
        ("tc_h265_10bits.mp4", "proxy", "yuv420p10le"),
        ("mma_test.avi", "proxy", "mpeg4"),
        ("psd_delayed_start.mp4", "proxy", "mpeg4"),
        ("iris_gray.mp4", "proxy", "open"),
        ("decord_corrupted.mp4", "proxy", "damaged"),
    ],
)
def test_playback(real: dict[str, Prepared], folder: Path, name: str, how: str, why: str) -> None:
    playback = real[name].playback
    assert playback is not None
    assert playback.how == how
    assert why in playback.why
    assert (how == "original") == (playback.file == "")
    if playback.file:
        with av.open(str(folder / name / playback.file)) as copy:
            pictures = sum(1 for _ in copy.decode(video=0))
            assert bool(copy.streams.audio) == playback.audio
        assert pictures == real[name].probe.frames  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "size", "rotation", "seconds"),
    [
        ("psd_issue-134-rotate.mp4", (544, 1280), 90, 10.01),
        ("psd_issue-195-aspect-ratio.mp4", (1024, 576), 0, 25.12),
        ("moviepy_no_duration.webm", (1280, 720), 0, 4.94),
        ("psd_delayed_start.mp4", (480, 320), 0, 0.96),
        ("c2pa_c.mov", (2750, 1834), 0, 5.22),
        ("tmk_chair-19-sd-bar.mp4", (480, 720), 0, 18.8),
    ],
)
def test_facts(
    real: dict[str, Prepared], name: str, size: tuple[int, int], rotation: int, seconds: float
) -> None:
    found = real[name].probe
    assert found is not None
    assert (found.width, found.height) == size
    assert found.rotation == rotation
    assert found.seconds == pytest.approx(seconds, abs=0.02)


def test_variable_frame_rate_is_told(real: dict[str, Prepared]) -> None:
    varying = {name for name, made in real.items() if made.probe and made.probe.vfr}
    assert {"me_echo-hereweare.webm", "c2pa_c.mov"} <= varying
    assert not {"mdn_friday.mp4", "iris_3Hz_6s.mp4", "tmk_chair-19-sd-bar.mp4"} & varying


def test_only_the_clips_made_to_flash_fail(real: dict[str, Prepared]) -> None:
    verdicts = {n: m.flash.general for n, m in real.items() if m.flash and m.flash.general != "pass"}
    assert verdicts == {"iris_2Hz_5s.mp4": "warning", "iris_3Hz_6s.mp4": "fail"}
    assert all(m.flash.red == "pass" for m in real.values() if m.flash)


def test_stills_have_the_size_they_state(real: dict[str, Prepared], folder: Path) -> None:
    for name, made in real.items():
        board, poster, found = made.storyboard, made.poster, made.probe
        assert board and poster and found
        rows = -(-board.tiles // board.columns)
        with Image.open(folder / name / board.file) as sheet:
            assert sheet.size == (board.columns * board.tile_width, rows * board.tile_height)
        with Image.open(folder / name / poster.file) as still:
            assert still.size == (poster.width, poster.height)
        assert board.tile_width == 160
        assert board.tile_height == pytest.approx(160 * found.height / found.width, abs=1)
        assert board.tiles * board.interval >= found.seconds - board.interval
        assert board.tiles <= 120


def test_evidence_lies_inside_the_video(real: dict[str, Prepared]) -> None:
    for name, made in real.items():
        assert made.probe is not None
        assert sorted(made.analysers) == sorted(SOURCES.values())
        assert [e for e in made.evidence if e.kind == "shot"]
        for e in made.evidence:
            assert e.video == name
            assert e.span.end <= made.probe.seconds + 1e-9


def test_the_hash_is_that_of_the_bytes(real: dict[str, Prepared], videos: Path) -> None:
    assert real["mdn_friday.mp4"].content_hash == content_hash(videos / "mdn_friday.mp4")
    assert len({m.content_hash for m in real.values()}) == len(real)


# ------------------------------------------------------------------ generated files
@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=100), "too-large"),
        (Limits(seconds=1), "too-long"),
        (Limits(frames=10), "too-long"),
        (Limits(pixels=320 * 100), "too-demanding"),
        (Limits(pixels_per_second=320 * 180 * 10), "too-demanding"),
        (Limits(wall_seconds=0.001), "timed-out"),
    ],
)
def test_each_cap_is_a_condition(write, tmp_path: Path, limits: Limits, code: str) -> None:  # type: ignore[no-untyped-def]
    luck = np.random.default_rng(1)
    film = write("film.mp4", (luck.integers(0, 255, (180, 320, 3)).astype(np.uint8) for _ in range(60)))
    made = prepare(film, tmp_path / "out", video="v", limits=limits)
    assert made.condition.code == code
    assert made.playback is None
    assert made.content_hash == content_hash(film)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("text.mp4", b"bukan video sama sekali" * 40, "unreadable"),
        ("text.txt", b"bukan video sama sekali" * 40, "format-refused"),
        ("empty.mp4", b"", "unreadable"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:5,\nother.mp4\n", "unreadable"),
        ("list.ffconcat", b"ffconcat version 1.0\nfile other.mp4\n", "format-refused"),
    ],
)
def test_what_is_no_video_is_said_to_be_none(tmp_path: Path, name: str, body: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(body)
    assert prepare(tmp_path / name, tmp_path / "out", video="v").condition.code == code
    assert probe(tmp_path / name)[0].code == code


def test_a_missing_file_and_one_without_pictures(tmp_path: Path) -> None:
    assert prepare(tmp_path / "none.mp4", tmp_path / "a", video="v").condition.code == "missing"
    with av.open(str(tmp_path / "sound.mp4"), "w") as out:
        stream = out.add_stream("aac", rate=24000, layout="mono")
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        silence.sample_rate = 24000
        out.mux(stream.encode(silence))
        out.mux(stream.encode(None))
    assert prepare(tmp_path / "sound.mp4", tmp_path / "b", video="v").condition.code == "no-video"


def test_a_folder_is_replaced_whole(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    film = write("film.mp4", (np.full((90, 160, 3), 120, np.uint8) for _ in range(20)))
    into = tmp_path / "deep" / "out"
    into.mkdir(parents=True)
    (into / "left-over.txt").write_text("old")
    made = prepare(film, into, video="v")
    assert made.condition.code == "ready"
    assert sorted(f.name for f in into.iterdir()) == ["poster.jpg", "storyboard.jpg"]
    assert [f.name for f in into.parent.iterdir()] == ["out"]


def test_uneven_times_are_kept(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    times = [0.0, 0.1, 0.5, 0.6, 2.0, 2.1, 3.7]
    film = write("vfr.mp4", (np.full((90, 160, 3), 30 * k, np.uint8) for k in range(7)), times=times)
    made = prepare(film, tmp_path / "out", video="v")
    assert made.probe is not None
    assert made.probe.vfr
    assert made.probe.frames == 7
    assert made.storyboard is not None
    assert made.storyboard.tiles == 4


def test_two_videos_may_not_share_a_folder(tmp_path: Path) -> None:
    items = [Item(v, tmp_path / f"{v}.mp4", tmp_path / "same") for v in "ab"]
    with pytest.raises(Invalid) as told:
        prepare_many(items)
    assert told.value.code == "media-same-folder"


def test_probe_alone(videos: Path) -> None:
    condition, found = probe(videos / "psd_issue-134-rotate.mp4")
    assert condition.code == "ready"
    assert found is not None
    assert (found.width, found.height, found.rotation, found.has_audio) == (544, 1280, 90, True)


def test_however_many_items_only_a_few_folders_are_in_the_making(tmp_path: Path) -> None:
    items = [Item(f"v-{k}", tmp_path / "none.mp4", tmp_path / "out" / f"{k}") for k in range(60)]
    most = 0
    for made in prepare_many(items, workers=1):
        assert made.condition.code == "missing"
        most = max(most, sum(f.name.startswith(".") for f in (tmp_path / "out").iterdir()))
    assert 1 <= most <= AHEAD + 1
    assert len(list((tmp_path / "out").iterdir())) == 60

"""Damaged copies of real clips: no crash of the pool, no hang, none lost, each with a condition that is kept.

``TILIK_FAULTS=1000 pytest tests/faults/test_media.py -s`` runs the whole; without it a part runs.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import av
import pytest

from faults.mutations import mutate, sources
from tilik.demo.clips import ClipWant, make_clips
from tilik.media import Item, Limits, Prepared, content_hash, prepare_many

COPIES = int(os.environ.get("TILIK_FAULTS", "150"))
LIMITS = Limits(cpu_seconds=60, wall_seconds=240, memory_bytes=1024 * 1024 * 1024)
PLAYS = ("ready", "partly-readable")
ENDED_BADLY = ("crashed", "timed-out", "out-of-memory")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Real clips where the shared folder is there, else a generated one."""
    real = Path(__file__).resolve().parents[3] / "shared" / "videos"
    if real.is_dir():
        return sources(real)
    return [make_clips(tmp_path_factory.mktemp("clip"), [ClipWant(seconds=4)], seed=3, workers=1)[0].path]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def found(clips: list[Path], folder: Path) -> dict[str, Prepared]:
    """What became of each copy."""
    items = [
        Item(copy.name, copy, folder / f"out-{copy.stem}")
        for copy in mutate(clips, COPIES, folder, seed=20260101)
    ]
    started = time.monotonic()
    made = {p.video: p for p in prepare_many(items, workers=2, limits=LIMITS)}
    told = Counter(f"{p.condition.code} {p.condition.reason}".strip() for p in made.values())
    seconds = time.monotonic() - started
    print(f"\n{COPIES} copies of {len(clips)} clips in {seconds:.0f} s: {dict(told.most_common())}")
    return made


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_none_is_lost_and_each_has_its_condition(found: dict[str, Prepared]) -> None:
    assert len(found) == COPIES
    assert {name: p.condition for name, p in found.items() if p.condition.code in ENDED_BADLY} == {}
    codes = Counter(p.condition.code for p in found.values())
    assert codes["partly-readable"] >= COPIES / 5
    assert codes["unreadable"] >= COPIES / 40


@pytest.mark.slow
def test_what_is_not_plain_is_explained(found: dict[str, Prepared]) -> None:
    for made in found.values():
        if made.condition.code != "ready":
            assert made.condition.detail
        assert (made.condition.code == "partly-readable") == (made.condition.reason != "")


@pytest.mark.slow
def test_whatever_decoded_can_be_played_and_seen(found: dict[str, Prepared], folder: Path) -> None:
    for video, made in found.items():
        into = folder / f"out-{Path(video).stem}"
        files = {f.name for f in into.iterdir()}
        if made.condition.code not in PLAYS:
            assert not files
            assert made.probe is None
            continue
        assert made.probe is not None
        assert {"poster.jpg", "storyboard.jpg"} <= files
        assert (made.playback is None) == (made.condition.reason == "no-playback")
        if made.playback and made.playback.file:
            with av.open(str(into / made.playback.file)) as copy:
                assert next(copy.decode(video=0), None) is not None


@pytest.mark.slow
def test_nothing_half_made_is_left(found: dict[str, Prepared], folder: Path) -> None:
    assert not [f.name for f in folder.iterdir() if f.name.startswith(".")]


@pytest.mark.slow
def test_the_sources_are_never_touched(found: dict[str, Prepared], folder: Path) -> None:
    for video, made in found.items():
        assert made.content_hash == content_hash(folder / video)

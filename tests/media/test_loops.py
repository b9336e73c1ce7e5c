"""Loops: repeated stretches are found with their period; real clips, stills and slow scenes have none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from tilik.media.loops import SOURCE, Loops
from tilik.media.small import Batch, Shrink, small_size

MOVING = ("mdn_crystal.mp4", "mdn_elf.mp4", "mdn_frog.mp4", "mdn_pig.mp4", "mdn_rabbit.mp4")
CALM = ("tmk_chair-22-sd-grey-bar.mp4", "intel_one-by-one-person-detection.mp4", "iris_2Hz_5s.mp4")


def batches(clip: Path, most: float = 12.0) -> list[Batch]:
    kept: list[Batch] = []

    class Keep:
        def feed(self, batch: Batch) -> None:
            kept.append(batch)

    with av.open(str(clip)) as container:
        cc = container.streams.video[0].codec_context
        shrink = Shrink(small_size(cc.width, cc.height), [Keep()])
        for frame in container.decode(video=0):
            if (frame.time or 0.0) > most:
                break
            shrink.see(frame, frame.time or 0.0)
    shrink.flush()
    return kept


def repeated(clip: Path, seconds: float, times: int, start: float = 0.0) -> Iterator[Batch]:
    """The clip's first seconds again and again, with fresh noise as a fresh encoding leaves it."""
    found = batches(clip, seconds)
    t = np.concatenate([b.times for b in found])
    y = np.concatenate([b.y for b in found])[t < seconds]
    t = t[t < seconds]
    random = np.random.default_rng(3)
    for k in range(times):
        noisy = (y + random.normal(0, 3, y.shape)).clip(0, 255).astype(np.uint8)
        grey = np.zeros((len(y), y.shape[1] // 2, y.shape[2] // 2), np.uint8)
        yield Batch(start + t + k * seconds, noisy, grey, grey, False)


@pytest.mark.parametrize("name", MOVING)
@pytest.mark.parametrize("period", [2.75, 4.1])
def test_a_repeated_stretch_is_found_with_its_period(videos: Path, name: str, period: float) -> None:
    seen = Loops()
    for batch in repeated(videos / name, period, 4):
        seen.feed(batch)
    (loop,) = seen.loops()
    assert loop.period == pytest.approx(period, abs=0.17)
    assert loop.span.start < 1
    assert loop.span.length == pytest.approx(4 * period, abs=1.2)
    assert loop.times == pytest.approx(4, abs=0.5)


def test_a_loop_inside_a_film_is_found_where_it_is(videos: Path) -> None:
    seen = Loops()
    before = batches(videos / "mdn_elf.mp4", 6)
    for batch in before:
        seen.feed(batch)
    start = float(before[-1].times[-1]) + 0.04
    for batch in repeated(videos / "mdn_crystal.mp4", 3, 4, start):
        seen.feed(batch)
    (found,) = seen.evidence("v", 60)
    assert (found.kind, found.source) == ("loop", SOURCE)
    assert found.span.start == pytest.approx(start, abs=0.7)
    assert found.span.end == pytest.approx(start + 12, abs=0.7)


@pytest.mark.parametrize("name", [*MOVING, *CALM])
def test_real_clips_have_no_loops(videos: Path, name: str) -> None:
    seen = Loops()
    for batch in batches(videos / name, 30):
        seen.feed(batch)
    assert seen.loops() == []


def test_a_still_repeats_nothing() -> None:
    seen = Loops()
    still = np.random.default_rng(1).integers(0, 256, (1, 90, 160)).astype(np.uint8).repeat(32, axis=0)
    grey = np.zeros((32, 45, 80), np.uint8)
    for k in range(10):
        seen.feed(Batch(np.arange(32) / 25 + k * 1.28, still, grey, grey, False))
    assert seen.loops() == []
    assert Loops().loops() == []

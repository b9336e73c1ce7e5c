"""Small files that hold much: refused within their caps, whether their header tells or lies."""

from __future__ import annotations

import time
from pathlib import Path

import av
import numpy as np
import pytest

from tilik.media import Limits, prepare
from tilik.media.limits import DEFAULT


def write(path: Path, size: tuple[int, int], frames: int, codec: str, pix_fmt: str, **options: str) -> Path:
    """``frames`` times the same empty picture."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=24, options=options)
        stream.width, stream.height, stream.pix_fmt = *size, pix_fmt
        picture = av.VideoFrame(*size, pix_fmt)
        for plane in picture.planes:
            plane.update(np.zeros(plane.buffer_size, np.uint8))
        for k in range(frames):
            picture.pts = k
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return path


@pytest.mark.slow
def test_a_picture_of_128_megapixels_is_never_decoded(tmp_path: Path) -> None:
    bomb = write(tmp_path / "bomb.mov", (16_000, 8_000), 1, "png", "gray", compression_level="1")
    assert bomb.stat().st_size < 1_000_000
    made = prepare(bomb, tmp_path / "out", video="v")
    assert made.condition.code == "too-demanding"
    assert "16000 x 8000" in made.condition.detail
    assert made.cpu_seconds < 1


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a_day_of_frames_in_a_megabyte_stops_at_the_cap(tmp_path: Path, ending: str) -> None:
    options = {"preset": "ultrafast", "g": "86400", "sc_threshold": "0"}
    bomb = write(tmp_path / f"bomb.{ending}", (32, 32), 86_400, "libx264", "yuv420p", **options)
    assert bomb.stat().st_size < 3_000_000
    limits = Limits(frames=20_000)
    started = time.monotonic()
    made = prepare(bomb, tmp_path / "out", video="v", limits=limits)
    assert made.condition.code == "too-long"
    assert "20000" in made.condition.detail
    assert time.monotonic() - started < 120
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
def test_a_picture_that_grows_behind_a_modest_header_is_stopped_or_told(tmp_path: Path) -> None:
    """Two streams in one: MPEG-TS states no size up front, and the second part is large."""
    small = write(tmp_path / "small.ts", (64, 64), 24, "libx264", "yuv420p", preset="ultrafast")
    large = write(tmp_path / "large.ts", (4096, 2304), 3, "libx264", "yuv420p", preset="ultrafast")
    both = tmp_path / "both.ts"
    both.write_bytes(small.read_bytes() + large.read_bytes())
    made = prepare(
        both, tmp_path / "out", video="v", limits=DEFAULT.model_copy(update={"pixels": 1920 * 1080})
    )
    assert made.condition.code == "too-demanding"
    assert "4096 x 2304" in made.condition.detail

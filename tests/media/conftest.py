"""Small generated files with known contents, and the shared real clips."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

Frames = Iterable[np.ndarray]
Write = Callable[..., Path]


@pytest.fixture(scope="session")
def videos(shared: Path) -> Path:
    """The folder of real clips."""
    return shared / "videos"


def flat(level: float | tuple[int, int, int], w: int = 320, h: int = 180) -> np.ndarray:
    """One picture of one colour; a number is a grey."""
    colour = (round(level),) * 3 if isinstance(level, (int, float)) else level
    return np.full((h, w, 3), colour, np.uint8)


def write_video(
    path: Path, frames: Frames, *, fps: int = 25, codec: str = "libx264", times: list[float] | None = None
) -> Path:
    """Encode RGB frames without sound; ``times`` (seconds) sets uneven time stamps."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=fps)
        stream.codec_context.time_base = Fraction(1, 1000)
        for k, picture in enumerate(frames):
            if k == 0:
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "yuv420p"
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = round((times[k] if times else k / fps) * 1000)
            frame.time_base = Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write frames into a file of this test: ``write("name.mp4", frames, fps=…)``."""
    return lambda name, frames, **told: write_video(tmp_path / name, frames, **told)

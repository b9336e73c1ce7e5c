"""Small pictures in batches: the one scaled form that every visual analyser reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from av.video import VideoFrame
from av.video.reformatter import VideoReformatter

Bytes = npt.NDArray[np.uint8]
LONG_SIDE = 160
BATCH = 32
BT709 = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """``n`` pictures: ``y`` (n, h, w), ``u`` and ``v`` (n, h/2, w/2), full range, and their seconds.

    ``bt709`` says which matrix turns them into RGB; otherwise BT.601.
    """

    times: npt.NDArray[np.float64]
    y: Bytes
    u: Bytes
    v: Bytes
    bt709: bool


class Analyser(Protocol):
    """Reads batches in order; ``feed`` keeps what the end needs."""

    def feed(self, batch: Batch) -> None: ...


def small_size(width: int, height: int) -> tuple[int, int]:
    """Width and height, both even, the longer one 160, the shape kept."""
    long = max(width, height)
    return (
        max(16, round(width * LONG_SIDE / long / 2) * 2),
        max(16, round(height * LONG_SIDE / long / 2) * 2),
    )


def changes(before: Bytes, pictures: Bytes) -> npt.NDArray[np.float32]:
    """Mean absolute change of level from each picture (n, h, w) to the next; the first follows ``before``."""
    old = np.concatenate([before, pictures[:-1]])
    apart = np.maximum(old, pictures) - np.minimum(old, pictures)  # stays in bytes, which is quick
    means: npt.NDArray[np.float32] = apart.reshape(len(pictures), -1).mean(axis=1, dtype=np.float32)
    return means


def _planes(frame: VideoFrame) -> tuple[Bytes, ...]:
    """Copies of the planes Y, U and V, without the padding at the ends of their lines."""
    return tuple(
        np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].copy()  # type: ignore[call-overload]
        for plane in frame.planes
    )


class Shrink:
    """An eye that scales each picture by area averaging and feeds batches of 32 to the analysers."""

    def __init__(self, size: tuple[int, int], analysers: Sequence[Analyser]) -> None:
        self._size, self._analysers = size, analysers
        self._scaler = VideoReformatter()
        self._times: list[float] = []
        self._pictures: list[tuple[Bytes, ...]] = []
        self._bt709 = False

    def see(self, frame: VideoFrame, t: float) -> None:
        """Take one picture."""
        w, h = self._size
        small = self._scaler.reformat(frame, w, h, format="yuvj420p", interpolation="AREA", threads=1)
        self._pictures.append(_planes(small))
        self._times.append(t)
        self._bt709 = int(frame.colorspace) == BT709
        if len(self._times) == BATCH:
            self.flush()

    def flush(self) -> None:
        """Hand on what is left."""
        if not self._times:
            return
        y, u, v = (np.stack(plane) for plane in zip(*self._pictures, strict=True))
        batch = Batch(np.array(self._times), y, u, v, self._bt709)
        for analyser in self._analysers:
            analyser.feed(batch)
        self._times.clear()
        self._pictures.clear()

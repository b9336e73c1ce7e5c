"""Text that stands in the pictures: one look into each shot, at most twenty a minute, read by RapidOCR.

A long shot is looked into every few seconds, for titles come and go within it. A picture nearly equal to
the last one read is not read again: what stood there still stands. Needs the extra ``ocr``; its models are
inside the wheel, and nothing is fetched.

Runs only inside the guarded child.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from av.error import FFmpegError
from av.video import VideoFrame
from av.video.reformatter import VideoReformatter

from tilik.kernel import Evidence, Span
from tilik.media.stills import fit

SOURCE = "onscreen/1"
NEEDS = ("rapidocr", "onnxruntime")
Picture = npt.NDArray[np.uint8]

PIECE, A_MINUTE, FEWEST = 5.0, 20, 3
"""Seconds of a shot that one look stands for; the most looks a minute of video, and for a short one."""

LONG_SIDE, DETECTOR_SIDE = 1280, 704
"""Pixels of the longer side: of the picture that is read, and of the one in which text is looked for."""

SURE = 0.6
"""Least score of a line, 0..1."""

ROWS, COLUMNS, SAME = 18, 32, 10.0
"""A picture in which no block of this grid changes by more than these levels is nearly equal."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, how sure the reader is (0..1), and where: left, top, width, height in shares."""

    text: str
    score: float
    box: Box


@dataclass(slots=True)
class Reading:
    """The lines that stand in the pictures over ``span``, from top to bottom."""

    span: Span
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(line.text for line in self.lines)


Read = Callable[[Picture], tuple[Line, ...]]


def lacking() -> str:
    """What this analyser misses on this machine, ``""`` when it can run."""
    missing = [name for name in NEEDS if find_spec(name) is None]
    return f"{', '.join(missing)} not installed; install tilik[ocr]" if missing else ""


def looks(shots: Sequence[Span], seconds: float) -> list[Span]:
    """The stretches that one look each stands for, in order; the look itself falls in the middle."""
    pieces: list[Span] = []
    for shot in shots or [Span(start=0, end=seconds)]:
        count = max(1, math.ceil(shot.length / PIECE))
        edges = np.linspace(shot.start, shot.end, count + 1).round(3).tolist()
        pieces += [Span(start=a, end=b) for a, b in pairwise(edges)]
    most = max(FEWEST, math.floor(seconds / 60 * A_MINUTE))
    if len(pieces) <= most:
        return pieces
    return [pieces[int(k)] for k in np.linspace(0, len(pieces) - 1, most).round()]


@lru_cache(maxsize=1)
def reader() -> Read:
    """The reader of this process; loading its models takes a second or two, so it is kept."""
    from rapidocr import RapidOCR  # noqa: PLC0415  (an extra, and slow to load)

    engine: Any = RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": DETECTOR_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )

    def read(picture: Picture) -> tuple[Line, ...]:
        high, wide = picture.shape[:2]
        found = engine(np.ascontiguousarray(picture[:, :, ::-1]))  # it reads BGR
        if not found.txts:
            return ()
        lines = [
            Line(" ".join(text.split()), round(float(score), 3), _share(corners, wide, high))
            for text, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
        ]
        return tuple(line for line in lines if line.score >= SURE and _says_something(line.text))

    return read


def _share(corners: npt.NDArray[np.floating], wide: int, high: int) -> Box:
    left, top = corners[:, 0].min() / wide, corners[:, 1].min() / high
    right, bottom = corners[:, 0].max() / wide, corners[:, 1].max() / high
    found = (left, top, right - left, bottom - top)
    return tuple(round(min(1.0, max(0.0, float(x))), 3) for x in found)  # type: ignore[return-value]


def _says_something(text: str) -> bool:
    return sum(letter.isalnum() for letter in text) >= 2


class OnScreen:
    """An eye that takes one picture from each stretch and reads it; then see ``readings`` and ``evidence``.

    ``shown`` is the video's size as shown, ``rotation`` its clockwise turn.
    """

    def __init__(
        self, stretches: Sequence[Span], shown: tuple[int, int], rotation: int, read: Read | None = None
    ) -> None:
        self._waiting = list(reversed(stretches))
        size = fit(*shown, LONG_SIDE)
        self._turns = rotation // 90
        self._size = size if self._turns % 2 == 0 else (size[1], size[0])
        self._scaler = VideoReformatter()
        self._read = read or reader()
        self._thumb: npt.NDArray[np.float32] | None = None
        self.readings: list[Reading] = []
        self.read_pictures = 0

    def see(self, frame: VideoFrame, t: float) -> None:
        """Read this picture if the middle of the next stretch has come."""
        if not self._waiting or t < (self._waiting[-1].start + self._waiting[-1].end) / 2:
            return
        span = self._waiting.pop()
        while self._waiting and (self._waiting[-1].start + self._waiting[-1].end) / 2 <= t:
            span = Span(
                start=span.start, end=self._waiting.pop().end
            )  # pictures are further apart than looks
        try:
            picture = self._upright(frame)
        except (FFmpegError, ValueError):
            return
        thumb = _thumb(picture)
        if self._thumb is not None and self.readings and np.abs(thumb - self._thumb).max() <= SAME:
            self.readings.append(Reading(span, self.readings[-1].lines))
            return
        self._thumb = thumb
        self.read_pictures += 1
        self.readings.append(Reading(span, self._read(picture)))

    def _upright(self, frame: VideoFrame) -> Picture:
        small = self._scaler.reformat(frame, *self._size, format="rgb24", interpolation="BICUBIC", threads=1)
        return np.rot90(small.to_ndarray(), -self._turns)

    def evidence(self, video: str) -> list[Evidence]:
        """One ``on-screen-text`` for each line of text and the stretch it stands for without a break."""
        told: list[tuple[Span, Line]] = []
        open_: dict[str, int] = {}
        for reading in self.readings:
            still: dict[str, int] = {}
            for line in reading.lines:
                key = "".join(letter for letter in line.text.casefold() if letter.isalnum())
                place = open_.get(key)
                if place is not None and reading.span.start - told[place][0].end < PIECE:
                    before, best = told[place]
                    told[place] = (
                        Span(start=before.start, end=reading.span.end),
                        max(best, line, key=_score),
                    )
                else:
                    place = len(told)
                    told.append((reading.span, line))
                still[key] = place
            open_ = still
        return [_told(video, span, line) for span, line in told]


def _score(line: Line) -> float:
    return line.score


def _thumb(picture: Picture) -> npt.NDArray[np.float32]:
    """Mean brightness of each block of the grid, upright pictures and wide ones alike."""
    grey = picture[:, :, 1].astype(np.float32)  # green carries most of the brightness
    high, wide = grey.shape
    rows, columns = min(ROWS, high), min(COLUMNS, wide)
    bh, bw = high // rows, wide // columns
    return np.asarray(
        grey[: rows * bh, : columns * bw].reshape(rows, bh, columns, bw).mean(axis=(1, 3)), np.float32
    )


def _told(video: str, span: Span, line: Line) -> Evidence:
    return Evidence(
        video=video,
        span=span,
        kind="on-screen-text",
        value={"text": line.text, "score": line.score, "box": list(line.box)},
        source=SOURCE,
    )

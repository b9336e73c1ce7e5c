"""How loud the sound is: EBU R 128 over the whole, sudden rises and falls, silence.

Measured by FFmpeg's ``ebur128`` filter (ITU-R BS.1770 weighting, EBU Tech 3341 and 3342): every 100 ms the
momentary loudness of the last .4 s and the short-term loudness of the last 3 s. A jump is told where three
seconds differ from the three before by 10 LU or more: some two times as loud, or half.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from fractions import Fraction

import av.error
import numpy as np
import numpy.typing as npt
from av.audio import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.filter import Graph

from tilik.kernel import Evidence, Span
from tilik.media.result import LoudnessSummary

SOURCE = "loudness/1"
Levels = npt.NDArray[np.float64]

STEP, MOMENTARY, SHORT_TERM = 0.1, 0.4, 3.0
JUMP, FLOOR = 10.0, -50.0
"""LU between two neighbouring stretches of 3 s; below the floor (LUFS) all sound counts as equally quiet."""

SILENT, SILENT_SECONDS = -60.0, 1.0
"""Momentary loudness (LUFS) below which, and seconds for which, sound counts as silence."""

NOTHING = -120.7
"""LUFS of digital silence. After sound the filter's sums may fall below zero, and it then says NaN."""

GATE = -70.0
"""The absolute gate: an integrated loudness at the gate means that nothing passed it."""

DRIFT = 0.1
"""Seconds by which time stamps may leave the count of samples before they are believed."""


class Meter:
    """One filter graph: sound in, a reading each 100 ms out. Later formats are brought to the first."""

    def __init__(self, first: AudioFrame) -> None:
        self.rate = first.sample_rate
        self._shape = (first.format.name, first.layout.name, first.sample_rate)
        self._resampler: AudioResampler | None = None
        self._graph = Graph()
        base = Fraction(1, self.rate)
        source = self._graph.add_abuffer(
            sample_rate=self.rate, format=first.format, layout=first.layout, time_base=base
        )
        meter = self._graph.add("ebur128", "metadata=1:peak=true:framelog=quiet")
        source.link_to(meter)
        meter.link_to(self._graph.add("abuffersink"))
        self._graph.configure()
        self.samples = self._pulled = 0
        self.readings: list[tuple[int, float, float]] = []
        self.last: dict[str, str] = {}

    def hear(self, frame: AudioFrame) -> None:
        """Take one piece of sound."""
        for piece in self._same_shape(frame):
            piece.pts, piece.time_base = self.samples, Fraction(1, self.rate)
            self.samples += piece.samples
            self._graph.push(piece)
        if self.samples - self._pulled >= self.rate:  # asking after each of many short pieces costs more
            self._pulled = self.samples
            self._pull()

    def close(self) -> None:
        """Read what is still inside."""
        self._graph.push(None)
        self._pull()

    def _same_shape(self, frame: AudioFrame) -> list[AudioFrame]:
        if (frame.format.name, frame.layout.name, frame.sample_rate) == self._shape:
            return [frame]
        if self._resampler is None:
            self._resampler = AudioResampler(*self._shape)
        return list(self._resampler.resample(frame))

    def _pull(self) -> None:
        while True:
            try:
                out = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            said = out.metadata
            if "lavfi.r128.M" in said:  # a last piece shorter than 100 ms is passed on unread
                self.last = said
                momentary, short = as_level(said["lavfi.r128.M"]), as_level(said["lavfi.r128.S"])
                self.readings.append((out.pts or 0, momentary, short))


class Loudness:
    """The ear: hear pieces in order, then read ``summary`` and ``evidence``."""

    def __init__(self) -> None:
        self._meter: Meter | None = None
        self._starts: list[tuple[int, float]] = []
        self.works = True

    def hear(self, frame: AudioFrame, t: float) -> None:
        """Take one piece of sound; what the filter cannot read ends the measurement, never the walk."""
        if not self.works or frame.samples == 0:
            return
        try:
            if self._meter is None:
                self._meter = Meter(frame)
            if not self._starts or abs(self._second(self._meter.samples) - t) > DRIFT:
                self._starts.append((self._meter.samples, t))
            self._meter.hear(frame)
        except (FFmpegError, ValueError):
            self.works = False

    def close(self) -> None:
        """Finish the measurement."""
        if self._meter is not None and self.works:
            self._meter.close()

    def _second(self, sample: int) -> float:
        """The second at which a sample is heard: time stamps may begin late and leave gaps."""
        assert self._meter is not None
        at, t = self._starts[max(0, bisect_right(self._starts, (sample, math.inf)) - 1)]
        return t + (sample - at) / self._meter.rate

    def summary(self) -> LoudnessSummary | None:
        """The whole file's loudness; ``None`` without .4 s of sound."""
        if self._meter is None or len(self._meter.readings) < round(MOMENTARY / STEP):
            return None
        said = {name: float(self._meter.last[f"lavfi.r128.{name}"]) for name in ("I", "LRA", "true_peak")}
        _, momentary, short = self._columns()
        return LoudnessSummary(
            integrated=round(said["I"], 2) if said["I"] > GATE else None,
            range=round(said["LRA"], 2),
            true_peak=decibels(said["true_peak"]),
            momentary_max=round(float(momentary.max()), 2),
            short_term_max=round(float(short.max()), 2) if len(short) >= round(SHORT_TERM / STEP) else None,
        )

    def evidence(self, video: str, seconds: float) -> list[Evidence]:
        """``loudness`` for each jump (``change`` LU, ``before``, ``after`` LUFS) and ``silence``."""
        if self._meter is None or not self._meter.readings:
            return []
        begins, momentary, short = self._columns()
        told = [
            Evidence(video=video, span=span, kind="loudness", value=value, source=SOURCE)
            for span, value in jumps(begins, short)
        ]
        told += [
            Evidence(video=video, span=span, kind="silence", value=None, source=SOURCE)
            for span in silences(begins, momentary)
        ]
        return [e for item in told if (e := within(item, seconds)) is not None]

    def a_second(self, seconds: float) -> list[float | None]:
        """The greatest momentary loudness (LUFS) of each second; ``None`` where nothing was heard."""
        if self._meter is None or not self._meter.readings:
            return []
        told: list[float | None] = [None] * max(1, math.ceil(seconds))
        begins, momentary, _ = self._columns()
        for second, level in zip(begins.astype(int), momentary, strict=True):
            if second < len(told) and level > GATE:
                before = told[second]
                told[second] = round(float(level if before is None else max(level, before)), 1)
        return told

    def _columns(self) -> tuple[Levels, Levels, Levels]:
        assert self._meter is not None
        begins = [self._second(sample) for sample, _, _ in self._meter.readings]
        rows = np.array(self._meter.readings)
        return np.array(begins), rows[:, 1], rows[:, 2]


def within(item: Evidence, seconds: float) -> Evidence | None:
    """The part of it that lies in the video: sound may go on after the last picture."""
    if item.span.start >= seconds:
        return None
    span = Span(start=item.span.start, end=min(item.span.end, seconds))
    return item.model_copy(update={"span": span})


def as_level(said: str) -> float:
    """A loudness as the filter writes it, in LUFS; what is quieter than digital silence is that."""
    told = float(said)
    return told if told > NOTHING else NOTHING


def decibels(amplitude: float) -> float | None:
    """dB relative to full scale; ``None`` for digital silence."""
    return round(20 * math.log10(amplitude), 2) if amplitude > 0 else None


def jumps(begins: Levels, short: Levels) -> list[tuple[Span, dict[str, float]]]:
    """Where 3 s differ from the 3 s before: the later 3 s, and by how much. The largest of neighbours.

    ``begins`` and ``short``: for each 100 ms its start and the short-term loudness at its end.
    """
    window = round(SHORT_TERM / STEP)
    level = np.maximum(short, FLOOR)
    change = level[2 * window - 1 :] - level[window - 1 : -window]
    found: list[tuple[Span, dict[str, float]]] = []
    while change.size and abs(change[k := int(np.argmax(np.abs(change)))]) >= JUMP:
        start = float(begins[k + window])
        value = {
            "change": round(float(change[k]), 1),
            "before": round(float(level[k + window - 1]), 1),
            "after": round(float(level[k + 2 * window - 1]), 1),
        }
        found.append((Span(start=round(start, 3), end=round(start + SHORT_TERM, 3)), value))
        change[max(0, k - window) : k + window] = 0
    return sorted(found, key=lambda one: one[0].start)


def silences(begins: Levels, momentary: Levels) -> list[Span]:
    """Stretches whose every window of .4 s is silent, at least a second long."""
    full = round(MOMENTARY / STEP) - 1
    quiet = np.zeros(len(momentary) + 2, np.int8)
    quiet[1 + full : -1] = momentary[full:] < SILENT
    edges = np.flatnonzero(np.diff(quiet))
    spans = [
        Span(start=round(float(begins[a - full]), 3), end=round(float(begins[b - 1]) + STEP, 3))
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    return [span for span in spans if span.length >= SILENT_SECONDS - STEP / 2]

"""How the pictures look: brightness, colour, motion; stretches that are black, stretches that stand still.

Colourfulness after D. Hasler and S. Süsstrunk, "Measuring colourfulness in natural images" (2003): its two
opponent colours are linear in U and V, so means and variances of the small planes are enough.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tilik.kernel import Evidence, EvidenceKind, Span
from tilik.media.result import LookSummary
from tilik.media.shots import thumbnails
from tilik.media.small import Batch, Bytes, changes

SOURCE = "look/1"
Floats = npt.NDArray[np.float32]
Seconds = npt.NDArray[np.float64]

DARK, DARK_SHARE, BLACK_SECONDS = 26, 0.98, 0.5
"""A picture is black when this share of it lies below a tenth of full brightness; shortest stretch told."""

STILL, STILL_SECONDS, CELLS = 2, 2.0, (9, 16)
"""Pictures stand still when no cell's mean level (0..255) leaves that of the first by more than this."""


@dataclass(slots=True)
class Rows:
    """One number for each picture."""

    times: list[Seconds] = field(default_factory=list)
    brightness: list[Floats] = field(default_factory=list)
    colour: list[Floats] = field(default_factory=list)
    change: list[Floats] = field(default_factory=list)
    dark: list[Floats] = field(default_factory=list)
    cells: list[Bytes] = field(default_factory=list)


class Look:
    """The analyser: feed batches, then read ``summary``, ``a_second`` and ``evidence``."""

    def __init__(self) -> None:
        self._rows = Rows()
        self._last: Bytes | None = None

    def feed(self, batch: Batch) -> None:
        """Measure each picture."""
        rows, n = self._rows, len(batch.times)
        coarse = batch.y[:, ::2, ::2]
        moved = changes(coarse[:1] if self._last is None else self._last, coarse)
        self._last = coarse[-1:].copy()
        cells = thumbnails(batch.y, *CELLS)
        rows.times.append(batch.times)
        rows.change.append(moved)
        rows.cells.append(cells.astype(np.uint8))
        rows.brightness.append(cells.mean(axis=1))
        rows.dark.append((batch.y < DARK).reshape(n, -1).mean(axis=1, dtype=np.float32))
        rows.colour.append(colourfulness(batch))

    def a_second(self, seconds: float) -> dict[str, list[float]]:
        """Brightness, colourfulness and motion of each second; a second without a picture repeats."""
        if not self._rows.times:
            return {"brightness": [], "colour": [], "motion": []}
        times, place = self._times(), np.arange(max(1, int(np.ceil(seconds))))
        edges = np.searchsorted(times, np.append(place, np.inf))
        totals = {
            "brightness": self._column("brightness"),
            "colour": self._column("colour"),
            "motion": self._column("change"),
        }
        return {name: _a_second(edges, row, mean=name != "motion") for name, row in totals.items()}

    def summary(self, seconds: float) -> LookSummary | None:
        """The whole file's means; ``None`` without a picture."""
        if not self._rows.times:
            return None
        return LookSummary(
            brightness=round(float(self._column("brightness").mean()), 1),
            colourfulness=round(float(self._column("colour").mean()), 1),
            motion=round(float(self._column("change").sum()) / max(seconds, 0.04), 1),
            black_seconds=round(sum(span.length for span in self.black(seconds)), 3),
            still_seconds=round(sum(span.length for span in self.still(seconds)), 3),
        )

    def black(self, seconds: float) -> list[Span]:
        """Stretches without a picture to see."""
        dark = self._column("dark") >= DARK_SHARE
        edges = np.flatnonzero(np.diff(np.concatenate([[0], dark.astype(np.int8), [0]])))
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return _spans([(int(a), int(b)) for a, b in pairs], self._times(), seconds, BLACK_SECONDS)

    def still(self, seconds: float) -> list[Span]:
        """Stretches whose pictures are all alike, those that are black left out."""
        runs = still_runs(np.concatenate(self._rows.cells)) if self._rows.cells else []
        black = self.black(seconds)
        spans = _spans(runs, self._times(), seconds, STILL_SECONDS)
        return [s for s in spans if sum(s.overlap(b) for b in black) < s.length / 2]

    def evidence(self, video: str, seconds: float) -> list[Evidence]:
        """``black`` and ``freeze``, one per stretch, without a value."""
        told: list[tuple[EvidenceKind, Span]] = [("black", span) for span in self.black(seconds)]
        told += [("freeze", span) for span in self.still(seconds)]
        return [Evidence(video=video, span=span, kind=kind, source=SOURCE) for kind, span in told]

    def _times(self) -> Seconds:
        return np.concatenate([np.zeros(0), *self._rows.times])

    def _column(self, name: str) -> Floats:
        return np.concatenate([np.zeros(0, np.float32), *getattr(self._rows, name)])


def colourfulness(batch: Batch) -> Floats:
    """Hasler and Süsstrunk's M of each picture: 0 is grey, some 30 moderate, above 80 extreme."""
    kr, kb = (0.2126, 0.0722) if batch.bt709 else (0.299, 0.114)
    kg = 1 - kr - kb
    n = len(batch.times)
    u = batch.u.reshape(n, -1).astype(np.float32) - 128
    v = batch.v.reshape(n, -1).astype(np.float32) - 128
    red_v, blue_u = 2 * (1 - kr), 2 * (1 - kb)
    green_u, green_v = -blue_u * kb / kg, -red_v * kr / kg
    red_green = (red_v - green_v) * v - green_u * u
    yellow_blue = (red_v + green_v) / 2 * v + (green_u / 2 - blue_u) * u
    spread = np.sqrt(red_green.var(axis=1) + yellow_blue.var(axis=1))
    distance = np.sqrt(red_green.mean(axis=1) ** 2 + yellow_blue.mean(axis=1) ** 2)
    return np.asarray(spread + 0.3 * distance, np.float32)


def still_runs(cells: Bytes) -> list[tuple[int, int]]:
    """Longest runs (first, one past the last) that stay near their first picture."""
    runs: list[tuple[int, int]] = []
    first, start = cells[0].astype(np.int16), 0
    for k, row in enumerate(cells):
        if np.abs(row - first).max() > STILL:
            runs.append((start, k))
            first, start = row.astype(np.int16), k
    return [*runs, (start, len(cells))]


def _spans(runs: list[tuple[int, int]], times: Seconds, seconds: float, least: float) -> list[Span]:
    ends = np.append(times[1:], max(seconds, times[-1])) if len(times) else times
    edges = ((float(times[a]), min(float(ends[b - 1]), seconds)) for a, b in runs)
    return [Span(start=start, end=end) for start, end in edges if end - start >= least]


def _a_second(edges: npt.NDArray[np.intp], row: Floats, *, mean: bool) -> list[float]:
    told: list[float] = []
    for a, b in itertools.pairwise(edges):
        part = row[a:b]
        if part.size:
            told.append(round(float(part.mean() if mean else part.sum()), 1))
        else:
            told.append(told[-1] if told and mean else 0.0)
    return told

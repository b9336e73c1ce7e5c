"""Where shots begin: hard cuts by a change that stands out from its neighbours, and gradual changes.

A cut is a picture whose distance to the one before is some three times that of the four pairs around it
and whose colours sit elsewhere (2 x 2 histograms). A change that is undone within .3 s is a
flash, not a cut; changes inside a flashing stretch are dropped. Pace is told as it is measured; what is
too fast is for the guideline and the frame's own distribution to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import JsonValue

from tilik.kernel import Evidence, Span
from tilik.media.gradual import gradual_changes
from tilik.media.small import Batch, Bytes, changes

SOURCE = "shots/2"
Floats = npt.NDArray[np.float32]

CALM, CALM_SHIFT = 2.0, 0.01
"""Neighbours count as at least this restless, so that noise on a still picture makes no cut."""

RULES = ((3.0, 9.0, 0.10, 0.0), (3.0, 15.0, 0.055, 5.0), (2.2, 9.0, 0.25, 4.5))
"""Any of: least ratio, change (sum of mean Y, U, V differences), histogram shift (0..1), ratio of shifts.
The second takes cuts between like backgrounds, the third those amid motion; no real one-shot clip of the
shared set meets any of them."""

UNDONE, UNDONE_SECONDS, SHORTEST = 0.45, 0.3, 0.2
Y_BITS, C_BITS = 4, 3

THUMB, THUMB_COLOUR = (9, 16), (5, 8)
"""Rows and columns of the small pictures that are kept of each picture: brightness, and each colour."""


@dataclass(frozen=True, slots=True)
class Start:
    """A shot begins at ``t``; after a gradual change that is the change's middle."""

    t: float
    entry: Literal["start", "cut", "gradual"]


def thumbnails(plane: Bytes, rows: int, columns: int) -> Floats:
    """Block means, (n, rows × columns)."""
    n, h, w = plane.shape
    bh, bw = h // rows, w // columns
    lines = plane[:, : rows * bh, : columns * bw].reshape(n, rows, bh, columns * bw)
    sums = lines[:, :, 0].astype(np.uint16)  # whole lines at a time, which is quicker than blocks
    for k in range(1, bh):
        sums += lines[:, :, k]
    blocks = sums.reshape(n, rows * columns, bw).sum(axis=2, dtype=np.uint32)
    return np.asarray(blocks / np.float32(bh * bw), np.float32)


def quarter_histograms(plane: Bytes, bits: int) -> Floats:
    """Histograms of the four quarters over the ``bits`` highest bits, each summing to 1, (n, 4 × 2^bits)."""
    n, h, w = plane.shape
    bins = 1 << bits
    place = _places(n, h, w, bins) + (plane >> (8 - bits))
    counts = np.bincount(place.ravel(), minlength=n * 4 * bins).reshape(n, 4 * bins)
    return np.asarray(counts * (4 / (h * w)), np.float32)


@lru_cache(maxsize=16)
def _places(n: int, h: int, w: int, bins: int) -> npt.NDArray[np.intp]:
    """Where the histogram of each pixel's quarter begins."""
    quarter = (np.arange(h)[:, None] * 2 // h) * 2 + np.arange(w)[None, :] * 2 // w
    places: npt.NDArray[np.intp] = (np.arange(n)[:, None, None] * 4 + quarter) * bins
    return places


class Shots:
    """The analyser: feed batches, then read ``cuts`` and ``evidence``."""

    def __init__(self) -> None:
        self._times: list[npt.NDArray[np.float64]] = []
        self._changes: list[Floats] = []
        self._shifts: list[Floats] = []
        self._thumbs: list[Bytes] = []
        self._last: tuple[Bytes, ...] | None = None
        self._last_histogram: Floats | None = None

    def feed(self, batch: Batch) -> None:
        """Measure each picture against the one before."""
        planes = (batch.y, batch.u, batch.v)
        self._times.append(batch.times)
        self._changes.append(self._change(planes))
        # A quarter of the brightness pixels, as many as there are of each colour, tell as much.
        coarse = (batch.y[:, ::2, ::2], batch.u, batch.v)
        histogram = np.concatenate(
            [quarter_histograms(p, b) for p, b in zip(coarse, (Y_BITS, C_BITS, C_BITS), strict=True)], axis=1
        )
        before = histogram[:1] if self._last_histogram is None else self._last_histogram
        moved = np.abs(np.diff(np.concatenate([before, histogram]), axis=0)).sum(axis=1) / 24
        self._shifts.append(moved.astype(np.float32))
        self._last_histogram = histogram[-1:]
        shapes = (THUMB, THUMB_COLOUR, THUMB_COLOUR)
        thumbs = [thumbnails(plane, *shape) for plane, shape in zip(planes, shapes, strict=True)]
        self._thumbs.append(np.concatenate(thumbs, axis=1).astype(np.uint8))

    def _change(self, planes: tuple[Bytes, ...]) -> Floats:
        before = self._last or tuple(p[:1] for p in planes)
        self._last = tuple(p[-1:].copy() for p in planes)
        each = [changes(old, new) for old, new in zip(before, planes, strict=True)]
        return np.asarray(each[0] + each[1] + each[2], np.float32)

    def cuts(self, flashing: Sequence[Span] = ()) -> list[float]:
        """Seconds at which a new shot begins, the first shot's start left out."""
        if not self._times:
            return []
        times, change = np.concatenate(self._times), np.concatenate(self._changes)
        shift, thumbs = np.concatenate(self._shifts), np.concatenate(self._thumbs).astype(np.int16)
        found: list[float] = []
        for k in np.flatnonzero(stands_out(change, shift)):
            t = float(times[k])
            inside = any(span.start < t <= span.end for span in flashing)
            soon = bool(found) and t - found[-1] < SHORTEST
            if k and not inside and not soon and not undone(int(k), times, thumbs):
                found.append(t)
        return found

    def changes(self, flashing: Sequence[Span] = ()) -> list[Span]:
        """Dissolves and fades: from the last second of the old shot alone to the first of the new alone."""
        if not self._times:
            return []
        times, thumbs = np.concatenate(self._times), np.concatenate(self._thumbs)
        found = [change.span for change in gradual_changes(times, thumbs, THUMB[0] * THUMB[1])]
        return [one for one in found if sum(one.overlap(span) for span in flashing) < one.length / 2]

    def starts(self, seconds: float, flashing: Sequence[Span] = ()) -> list[Start]:
        """Where each shot begins, in order; the first at 0. A cut inside a gradual change belongs to it."""
        gradual = self.changes(flashing)
        cuts = [t for t in self.cuts(flashing) if not any(g.start < t <= g.end for g in gradual)]
        later = [Start(t, "cut") for t in cuts]
        later += [Start(round((g.start + g.end) / 2, 3), "gradual") for g in gradual]
        return [Start(0.0, "start"), *sorted((s for s in later if s.t < seconds), key=lambda s: s.t)]

    def evidence(self, video: str, seconds: float, flashing: Sequence[Span] = ()) -> list[Evidence]:
        """One ``shot`` per shot (value: index, entry), then one ``pace`` over the whole video."""
        starts = self.starts(seconds, flashing)
        edges = [*(start.t for start in starts), seconds]
        spans = [Span(start=a, end=b) for a, b in pairwise(edges)]
        whole = Span(start=0, end=seconds)
        shots = [
            Evidence(
                video=video,
                span=span,
                kind="shot",
                value={"index": k, "entry": start.entry},
                source=SOURCE,
            )
            for k, (span, start) in enumerate(zip(spans, starts, strict=True))
        ]
        return [
            *shots,
            Evidence(video=video, span=whole, kind="pace", value=pace(starts, spans, seconds), source=SOURCE),
        ]


def pace(starts: Sequence[Start], spans: Sequence[Span], seconds: float) -> dict[str, JsonValue]:
    """Shots, how many of them begin gradually, changes a minute, median length in seconds."""
    lengths = sorted(span.length for span in spans)
    return {
        "shots": len(spans),
        "gradual": sum(start.entry == "gradual" for start in starts),
        "cuts_per_minute": round((len(spans) - 1) * 60 / seconds, 2) if seconds > 0 else 0.0,
        "median_seconds": round(lengths[len(lengths) // 2], 3),
    }


def stands_out(change: Floats, shift: Floats) -> npt.NDArray[np.bool_]:
    """The pictures that differ from the one before as a new shot does, by any of ``RULES``."""
    ratio = change / np.maximum(neighbours(change), CALM)
    shifted = shift / np.maximum(neighbours(shift), CALM_SHIFT)
    met = np.zeros(len(change), np.bool_)
    for least_ratio, least_change, least_shift, least_shifted in RULES:
        met |= (
            (ratio >= least_ratio)
            & (change >= least_change)
            & (shift >= least_shift)
            & (shifted >= least_shifted)
        )
    return met


def neighbours(change: Floats) -> Floats:
    """The mean change of the two pairs before and the two after, fewer at the ends."""
    padded = np.pad(change, 2)
    there = np.pad(np.ones_like(change), 2)
    n, places = len(change), (0, 1, 3, 4)
    total = sum((padded[p : p + n] for p in places), np.zeros(n, np.float32))
    count = sum((there[p : p + n] for p in places), np.zeros(n, np.float32))
    return np.asarray(total / np.maximum(count, 1), np.float32)


def undone(k: int, times: npt.NDArray[np.float64], thumbs: npt.NDArray[np.int16]) -> bool:
    """Whether the change at picture ``k`` is soon taken back, or itself takes one back."""
    jump = np.abs(thumbs[k] - thumbs[k - 1]).mean()
    after = slice(k + 1, int(np.searchsorted(times, times[k] + UNDONE_SECONDS, "right")))
    before = slice(int(np.searchsorted(times, times[k - 1] - UNDONE_SECONDS)), k - 1)
    returns = np.abs(thumbs[after] - thumbs[k - 1]).mean(axis=1)
    came = np.abs(thumbs[before] - thumbs[k]).mean(axis=1)
    nearest = min(returns.min(initial=np.inf), came.min(initial=np.inf))
    return bool(nearest < UNDONE * jump)

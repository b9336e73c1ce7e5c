"""Gradual changes of shot: dissolves, and fades through black, white or any one colour.

In a dissolve every small picture lies on the straight line between the one before it and the one after
it, and moves along that line; motion, panning and zooming leave the line. A fade is a dissolve into a
flat picture and another out of it. A change of light also keeps to the line, but its two ends look alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tilik.kernel import Span

Floats = npt.NDArray[np.float32]
Seconds = npt.NDArray[np.float64]

GRID = 0.08
"""Seconds between the pictures that are compared: times, not pictures, so that rates may vary."""

LENGTHS = (4, 6, 8, 11, 16, 22)
"""Grid steps a change may take, .3 to 1.8 s."""

OFF_LINE, UNEVEN, LEAST, ALIKE = 0.38, 0.24, 11.0, 0.70
"""Greatest distance from the line and from its even pace (shares of the line's length), least mean change
of level (0..255), greatest likeness (correlation) of the two ends."""

RESTLESS, MOST_FAULT = 0.55, 1.4
"""Greatest change just before and just after, as a share of the change itself; greatest sum of the shares
that line, pace and rest use up of what they are allowed."""

FLAT, FLAT_HELD = 7.0, 3.0
"""Spread of levels below which a picture shows nothing; seconds it may be held within a fade."""


@dataclass(frozen=True, slots=True)
class Change:
    """A gradual change: its seconds, and how far it is from a perfect one (0 is perfect)."""

    span: Span
    fault: float


def gradual_changes(times: Seconds, thumbs: npt.NDArray[np.uint8], luma: int) -> list[Change]:
    """The gradual changes of shot in order, none overlapping.

    ``thumbs``: (n, cells) small pictures, the first ``luma`` cells of each its brightness.
    """
    if len(times) < 2:
        return []
    grid = np.arange(times[0], times[-1] + GRID / 2, GRID)
    at = np.clip(np.searchsorted(times, grid - 1e-9), 0, len(times) - 1)
    cells = thumbs[at].astype(np.float32)
    found = [change for length in LENGTHS for change in _of_length(cells, grid, length, luma)]
    kept: list[Change] = []
    for change in sorted(found, key=lambda one: one.fault):
        if all(change.span.overlap(other.span) <= 0 for other in kept):
            kept.append(change)
    return _fades(sorted(kept, key=lambda one: one.span.start), cells, grid, luma)


def _of_length(cells: Floats, grid: Seconds, length: int, luma: int) -> list[Change]:
    n = len(cells) - length
    if n <= 0:
        return []
    start, end = cells[:n], cells[length:]
    line = end - start
    size = np.sqrt((line**2).mean(axis=1)) + 1e-6
    far = (np.abs(line).mean(axis=1) >= LEAST) & (likeness(start, end, luma) <= ALIKE)
    off, pace = np.zeros(n, np.float32), np.zeros(n, np.float32)
    for quarter in (1, 2, 3):
        middle = round(quarter * length / 4)
        part = cells[middle : middle + n] - start
        along = (part * line).mean(axis=1) / size**2
        off = np.maximum(off, np.sqrt(((part - along[:, None] * line) ** 2).mean(axis=1)) / size)
        pace = np.maximum(pace, np.abs(along - middle / length))
    calm = _restlessness(cells, length, n) / size
    fault = off / OFF_LINE + pace / UNEVEN + calm / RESTLESS
    good = far & (off <= OFF_LINE) & (pace <= UNEVEN) & (calm <= RESTLESS) & (fault <= MOST_FAULT)
    return [
        Change(Span(start=float(grid[k]), end=float(grid[k + length])), float(fault[k]))
        for k in np.flatnonzero(good)
    ]


def _restlessness(cells: Floats, length: int, n: int) -> Floats:
    """How much changes within half the length before the start and after the end, the larger."""
    half = max(2, length // 2)
    before = np.maximum(np.arange(n) - half, 0)
    after = np.minimum(np.arange(n) + length + half, len(cells) - 1)
    came = np.sqrt(((cells[:n] - cells[before]) ** 2).mean(axis=1))
    goes = np.sqrt(((cells[after] - cells[length : length + n]) ** 2).mean(axis=1))
    return np.asarray(np.maximum(came, goes), np.float32)


def likeness(one: Floats, other: Floats, luma: int) -> Floats:
    """Correlation of brightness, row by row; 0 where either is flat."""
    a = one[:, :luma] - one[:, :luma].mean(axis=1, keepdims=True)
    b = other[:, :luma] - other[:, :luma].mean(axis=1, keepdims=True)
    spread = np.sqrt((a**2).mean(axis=1)) * np.sqrt((b**2).mean(axis=1))
    flat = np.minimum((a**2).mean(axis=1), (b**2).mean(axis=1)) < FLAT**2
    return np.where(flat, 0, (a * b).mean(axis=1) / (spread + 1e-6)).astype(np.float32)


def _fades(changes: list[Change], cells: Floats, grid: Seconds, luma: int) -> list[Change]:
    """Join the halves of fades; drop fades that open or close the film, or return to the same scene."""
    flat = cells[:, :luma].std(axis=1) < FLAT
    joined: list[Change] = []
    for change in changes:
        if joined and _held(joined[-1].span.end, change.span.start, grid, flat):
            before = joined.pop()
            span = Span(start=before.span.start, end=change.span.end)
            joined.append(Change(span, max(before.fault, change.fault)))
        else:
            joined.append(change)
    return [change for change in joined if _joins_two(change.span, cells, grid, flat, luma)]


def _held(end: float, start: float, grid: Seconds, flat: npt.NDArray[np.bool_]) -> bool:
    first, last = np.searchsorted(grid, [end - 1e-6, start + 1e-6])
    inside = flat[first:last] if last > first else flat[first : first + 1]
    return bool(start - end <= FLAT_HELD and inside.size and inside.mean() >= 0.5)


def _joins_two(span: Span, cells: Floats, grid: Seconds, flat: npt.NDArray[np.bool_], luma: int) -> bool:
    first, last = (int(k) for k in np.searchsorted(grid, [span.start - 1e-6, span.end - 1e-6]))
    last = min(last, len(cells) - 1)
    if flat[: first + 1].all() or flat[last:].all():
        return False
    return bool(likeness(cells[first : first + 1], cells[last : last + 1], luma)[0] <= ALIKE)

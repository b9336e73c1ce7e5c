"""Finding XMP and C2PA in a file by its boxes, without decoding: lengths may lie, boxes may be missing.

MP4 and MOV keep XMP in a ``uuid`` box or in ``moov/udta/XMP_`` and C2PA in a ``uuid`` box; AVI keeps them in
the chunks ``_PMX`` and ``C2PA``. Elsewhere XMP is found by its own first and last words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
INSIDE = (b"moov", b"udta", b"meta", b"LIST")
FIRST, LAST = b"<x:xmpmeta", b"</x:xmpmeta>"
MOST_BOXES, MOST_DEPTH, MOST_XMP, ENDS = 2_000, 4, 1024 * 1024, 512 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """``xmp``: each packet of XMP, as bytes. ``c2pa``: whether a manifest store is inside."""

    xmp: tuple[bytes, ...]
    c2pa: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its kind (for ``uuid`` boxes their identity), and where its content begins and ends."""

    kind: bytes
    start: int
    end: int


def find_metadata(path: Path) -> Found:
    """What the file carries; whatever cannot be read counts as not there."""
    xmp: list[bytes] = []
    manifest = False
    with path.open("rb") as file:
        end = file.seek(0, 2)
        for box in _boxes(file, end):
            manifest |= box.kind in (C2PA_UUID, b"C2PA")
            if box.kind in (XMP_UUID, b"XMP_", b"_PMX"):
                file.seek(box.start)
                xmp.append(file.read(min(box.end - box.start, MOST_XMP)))
        return Found(tuple(xmp) or tuple(_scanned(file, end)), manifest)


def _boxes(file: BinaryIO, end: int) -> Iterator[Box]:
    file.seek(0)
    riff = file.read(4) == b"RIFF"
    waiting = [(12 if riff else 0, end, 0)]
    for _ in range(MOST_BOXES):
        while waiting and waiting[-1][0] + 8 > waiting[-1][1]:
            waiting.pop()
        if not waiting:
            return
        start, last, depth = waiting.pop()
        box = _chunk(file, start, last) if riff else _box(file, start, last)
        if box is None:
            continue
        waiting.append((box.end + (box.end - box.start) % 2 if riff else box.end, last, depth))
        yield box
        if box.kind in INSIDE and depth < MOST_DEPTH:
            waiting.append((_within(file, box), box.end, depth + 1))


def _box(file: BinaryIO, start: int, last: int) -> Box | None:
    file.seek(start)
    head = file.read(32)
    size, kind, skip = int.from_bytes(head[:4], "big"), head[4:8], 8
    if size == 1:
        size, skip = int.from_bytes(head[8:16], "big"), 16
    if size == 0:
        size = last - start
    if len(head) < skip or size < skip:
        return None
    if kind == b"uuid":
        kind, skip = head[skip : skip + 16], skip + 16
    return Box(kind, start + skip, max(start + skip, min(start + size, last)))


def _chunk(file: BinaryIO, start: int, last: int) -> Box | None:
    file.seek(start)
    head = file.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head[4:], "little")
    return Box(head[:4], start + 8, min(start + 8 + size, last))


def _within(file: BinaryIO, box: Box) -> int:
    """Where the boxes inside a box begin: after the form of a list, or a version that ``meta`` may have."""
    if box.kind == b"LIST":
        return box.start + 4
    if box.kind == b"meta":
        file.seek(box.start + 4)
        return box.start if file.read(4) in (b"hdlr", b"keys", b"ilst") else box.start + 4
    return box.start


def _scanned(file: BinaryIO, end: int) -> Iterator[bytes]:
    """Packets of XMP near either end."""
    file.seek(0)
    ends = file.read(ENDS)
    if end > ENDS:
        file.seek(max(ENDS, end - ENDS))
        ends += file.read(ENDS)
    start = ends.find(FIRST)
    stop = ends.find(LAST, start) if start >= 0 else -1
    if stop >= 0:
        yield ends[start : stop + len(LAST)][:MOST_XMP]

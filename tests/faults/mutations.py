"""Damaged copies of real clips: cut short, bits flipped, false lengths of boxes, blocks zeroed or noise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

BOXES = re.compile(
    rb"ftyp|moov|mvhd|trak|tkhd|mdia|mdhd|minf|stbl|stsd|stts|ctts|stss|stsc|stsz|stco|avcC|hvcC|esds|mdat|udta|edts"
    rb"|LIST|RIFF|idx1|movi"
)
EBML = re.compile(
    rb"\x1a\x45\xdf\xa3|\x18\x53\x80\x67|\x16\x54\xae\x6b|\x1f\x43\xb6\x75|\x15\x49\xa9\x66|[\xa3\xae]"
)
LENGTHS = (0, 1, 7, 8, 9, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
MOST_BYTES = 1_100_000
"""Larger clips would make the run long, not the damage different."""


def cut(body: bytearray, luck: Random) -> None:
    """The end is missing."""
    del body[luck.randrange(len(body)) :]


def flip(body: bytearray, luck: Random) -> None:
    """From 1 to 512 bits are turned."""
    for _ in range(luck.choice((1, 8, 64, 512))):
        body[luck.randrange(len(body))] ^= 1 << luck.randrange(8)


def lie(body: bytearray, luck: Random) -> None:
    """One to three boxes claim another length."""
    heads = [match.start() - 4 for match in BOXES.finditer(body) if match.start() >= 4]
    for _ in range(luck.choice((1, 1, 2, 3))):
        if heads and not body.startswith(b"\x1a\x45"):
            place = luck.choice(heads)
            body[place : place + 4] = luck.choice((*LENGTHS, luck.getrandbits(32))).to_bytes(4, "big")
        else:
            place = luck.choice([match.end() for match in EBML.finditer(body, 0, 200_000)] or [0])
            body[place : place + 2] = luck.randbytes(2)


def zero(body: bytearray, luck: Random) -> None:
    """A stretch of zeros."""
    start, length = _stretch(body, luck)
    body[start : start + length] = bytes(length)


def noise(body: bytearray, luck: Random) -> None:
    """A stretch of noise."""
    start, length = _stretch(body, luck)
    body[start : start + length] = luck.randbytes(length)


def _stretch(body: bytearray, luck: Random) -> tuple[int, int]:
    start = luck.randrange(len(body))
    return start, min(luck.choice((16, 400, 8000, 60_000)), len(body) - start)


KINDS: Sequence[Callable[[bytearray, Random], None]] = (cut, flip, lie, zero, noise)


def sources(folder: Path) -> list[Path]:
    """The clips to damage."""
    endings = (".mp4", ".mov", ".mkv", ".webm", ".avi")
    clips = (file for file in sorted(folder.iterdir()) if file.suffix in endings)
    return [file for file in clips if file.stat().st_size <= MOST_BYTES]


def mutate(clips: Sequence[Path], count: int, into: Path, *, seed: int) -> list[Path]:
    """``count`` damaged files; the same seed makes the same ones."""
    made = []
    for k in range(count):
        luck, source, kind = Random(f"{seed}/{k}"), clips[k % len(clips)], KINDS[k // len(clips) % len(KINDS)]
        body = bytearray(source.read_bytes())
        kind(body, luck)
        copy = into / f"{k:04d}-{kind.__name__}-{source.name}"
        copy.write_bytes(body)
        made.append(copy)
    return made

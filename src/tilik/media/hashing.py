"""A 256-bit hash of what a picture shows: signs of its 16 x 16 lowest frequencies against their median.

After PDQ (Meta, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019), on the
160 px luma of the one pass and without its exact filters, so its strings are not PDQ's. Averaging over
areas, shrinking to 64 x 64 and the cosine transform are linear: one small matrix from each side of the
picture does all three.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tilik.media.small import Batch, Bytes

SOURCE = "hash/1"
KEYS_SOURCE = "hash-keys/1"
"""The same of key pictures alone."""

PRINT_SOURCE = "family/1"
"""Hashes with the variants by which copies are found."""

Floats = npt.NDArray[np.float32]
Words = npt.NDArray[np.uint64]

EVERY = 0.5
"""Seconds between hashed pictures."""

SIDE, FREQUENCIES = 64, 16
CROPS = (0.9, 0.8)
TURNS = (5.0, -5.0)
ZOOM = 0.86
"""Degrees by which copies are often turned to escape look-ups, and the part that then fills the picture."""

EDGE, MOST_TRIMMED = 10.0, 0.4
"""Spread of levels along a row or column of a border; the greatest part of a side that is trimmed."""

BLANK = 6.0
"""Spread of levels below which a picture shows too little to be told from others."""

Window = tuple[float, float]
WHOLE: Window = (0.0, 1.0)


@lru_cache(maxsize=512)
def projection(size: int, window: Window) -> Floats:
    """From ``size`` levels along one side to its 16 lowest frequencies, within a window (shares of it)."""
    edges = np.linspace(window[0] * size, window[1] * size, SIDE + 1)
    place = np.arange(size)
    low, high = np.maximum(edges[:-1, None], place), np.minimum(edges[1:, None], place + 1)
    overlap = np.maximum(high - low, 0)
    areas = overlap / overlap.sum(axis=1, keepdims=True)
    k, x = np.arange(1, FREQUENCIES + 1)[:, None], np.arange(SIDE)
    return np.asarray(np.cos(np.pi / SIDE * (x + 0.5) * k) @ areas, np.float32)


def frequencies(luma: Floats, rows: Window = WHOLE, columns: Window = WHOLE) -> Floats:
    """The 16 x 16 lowest frequencies of pictures (n, h, w), the constant left out."""
    down, across = projection(luma.shape[1], rows), projection(luma.shape[2], columns)
    return np.asarray(down @ luma @ across.T, np.float32)


def to_bits(spectrum: Floats) -> Words:
    """(n, 16, 16) frequencies to (n, 4) words of 64 bits."""
    flat = spectrum.reshape(len(spectrum), -1)
    bits = flat > np.median(flat, axis=1, keepdims=True)
    return np.packbits(bits, axis=1).view(np.uint64)


def mirrored(spectrum: Floats) -> Floats:
    """The frequencies of the mirrored pictures: every second one along a row changes its sign."""
    flipped: Floats = spectrum * np.where(np.arange(1, FREQUENCIES + 1) % 2, -1, 1).astype(np.float32)
    return flipped


@lru_cache(maxsize=64)
def _turned_places(height: int, width: int, degrees: float) -> tuple[npt.NDArray[np.intp], Floats]:
    angle = np.deg2rad(degrees)
    y, x = np.mgrid[:height, :width]
    down, across = y - (height - 1) / 2, x - (width - 1) / 2
    row = np.rint(np.cos(angle) * down - np.sin(angle) * across + (height - 1) / 2).astype(np.intp)
    column = np.rint(np.sin(angle) * down + np.cos(angle) * across + (width - 1) / 2).astype(np.intp)
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    places = np.clip(row, 0, height - 1) * width + np.clip(column, 0, width - 1)
    return places.ravel(), inside.astype(np.float32)


def turned(luma: Floats, degrees: float) -> Floats:
    """Pictures (n, h, w) turned about their centre, black outside."""
    n, h, w = luma.shape
    places, inside = _turned_places(h, w, degrees)
    found: Floats = luma.reshape(n, -1)[:, places].reshape(n, h, w) * inside
    return found


def content_window(spread: npt.NDArray[np.floating]) -> Window:
    """The part of a side that is left when even rows (or columns) at both ends are trimmed."""
    size = len(spread)
    busy = np.flatnonzero(spread > EDGE)
    if busy.size == 0:
        return WHOLE
    first, last = busy[0] / size, (busy[-1] + 1) / size
    return WHOLE if 1 - (last - first) > MOST_TRIMMED else (float(first), float(last))


def variants(luma: Floats) -> Words:
    """Hashes under which a picture (h, w) may be known elsewhere, (k, 4): as it is, without borders,
    mirrored, cropped, turned."""
    one = luma[None]
    whole = frequencies(one)
    rows, columns = content_window(luma.std(axis=1)), content_window(luma.std(axis=0))
    spectra = [whole, mirrored(whole)]
    for trim in dict.fromkeys(((rows, columns), (rows, WHOLE), (WHOLE, columns))):
        if trim != (WHOLE, WHOLE):  # one side alone, because an original may have borders of its own
            trimmed = frequencies(one, *trim)
            spectra += [trimmed, mirrored(trimmed)]
    for crop in CROPS:
        window = ((1 - crop) / 2, (1 + crop) / 2)
        spectra.append(frequencies(one, window, window))
    inner = ((1 - ZOOM) / 2, (1 + ZOOM) / 2)
    for degrees in TURNS:
        turn = turned(one, degrees)
        spectra += [frequencies(turn), frequencies(turn, inner, inner)]
    return to_bits(np.concatenate(spectra))


class Hashes:
    """The analyser: feed batches, then read ``hashes``, and ``queries`` with the place of each picture."""

    def __init__(self, *, queries: bool = False) -> None:
        self._wanted = queries
        self._due = 0.0
        self._hashes: list[Words] = []
        self._queries: list[Words] = []

    def feed(self, batch: Batch) -> None:
        """Hash the pictures whose half second has come."""
        for t, picture in zip(batch.times, batch.y, strict=True):
            if t + 1e-6 >= self._due:
                self._due = (np.floor(t / EVERY + 1e-6) + 1) * EVERY
                self._hash(picture)

    def _hash(self, picture: Bytes) -> None:
        luma = picture.astype(np.float32)
        if luma.std() < BLANK:
            return
        self._hashes.append(to_bits(frequencies(luma[None])))
        if self._wanted:
            self._queries.append(variants(luma))

    @property
    def hashes(self) -> Words:
        """One for each hashed picture, (n, 4)."""
        return np.concatenate([np.zeros((0, 4), np.uint64), *self._hashes])

    @property
    def in_hex(self) -> tuple[str, ...]:
        """Each hash as 64 hexadecimal digits."""
        return tuple(row.tobytes().hex() for row in self.hashes)

    @property
    def queries(self) -> tuple[Words, npt.NDArray[np.intp]]:
        """The variants of every picture, (k, 4), and which picture each is of, (k,)."""
        place = np.repeat(np.arange(len(self._queries)), [len(q) for q in self._queries])
        return np.concatenate([np.zeros((0, 4), np.uint64), *self._queries]), place.astype(np.intp)

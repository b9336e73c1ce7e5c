"""PDQ and vPDQ hashes as other platforms exchange them: for look-ups in hash lists, not for families.

PDQ after Meta's paper ("The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019) and
its reference code: luma, two tent filters, 64 x 64, the 16 x 16 lowest frequencies against their median. vPDQ
is the PDQ of one picture a second with its quality. Equal to the reference but for bits at the median.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.error import FFmpegError
from av.video import VideoFrame
from av.video.reformatter import VideoReformatter

from tilik.media.facts import look, tracks
from tilik.media.inside import stored_size
from tilik.media.limits import Limits
from tilik.media.measuring import settled
from tilik.media.opening import Stop, open_media
from tilik.media.reading import Walk
from tilik.media.result import Condition
from tilik.media.stills import fit

Floats = npt.NDArray[np.float64]
Picture = npt.NDArray[np.uint8]
LUMA = np.array([0.299, 0.587, 0.114])
SIDE, KEPT, PASSES, DIVISOR = 64, 16, 2, 128
LONG_SIDE, EVERY = 512, 1.0
"""Pixels of the longer side of a picture that is hashed; seconds between two."""

GOOD = 50
"""Least quality (0..100) of a picture that is looked up: below it a picture shows too little."""

MD5_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Feature:
    """A picture's PDQ (64 hexadecimal digits), its quality (0..100) and its second."""

    pdq: str
    quality: int
    second: float


@dataclass(frozen=True, slots=True)
class Known:
    """What a video may be known by elsewhere: the MD5 of its bytes, and its pictures' features."""

    md5: str
    features: tuple[Feature, ...]

    @property
    def good(self) -> tuple[Feature, ...]:
        """Those worth a look-up, equal ones once."""
        once = {feature.pdq: feature for feature in reversed(self.features) if feature.quality >= GOOD}
        return tuple(sorted(once.values(), key=lambda feature: feature.second))


def pdq(picture: Picture) -> tuple[str, int]:
    """The PDQ string of an RGB picture (h, w, 3), and its quality."""
    luma = picture.astype(np.float64) @ LUMA
    for _ in range(PASSES):
        luma = boxed(boxed(luma.T, _window(luma.shape[1])).T, _window(luma.shape[0]))
    high, wide = luma.shape
    centres = np.arange(SIDE) + 0.5
    small = luma[np.ix_((centres * high / SIDE).astype(np.intp), (centres * wide / SIDE).astype(np.intp))]
    spectrum = _waves() @ small @ _waves().T
    return to_hex(spectrum), quality(small)


def _window(size: int) -> int:
    return (size + DIVISOR - 1) // DIVISOR


def boxed(rows: Floats, window: int) -> Floats:
    """Running means down the first axis, over ``window`` cells, fewer at the ends."""
    half = (window + 2) // 2
    places = np.arange(len(rows))
    first = np.maximum(places - (window - half), 0)
    last = np.minimum(places + half, len(rows))
    sums = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    means: Floats = (sums[last] - sums[first]) / (last - first)[:, None]
    return means


@lru_cache(maxsize=1)
def _waves() -> Floats:
    k, x = np.arange(1, KEPT + 1)[:, None], np.arange(SIDE)[None, :]
    return np.asarray(np.cos(np.pi / 2 / SIDE * k * (2 * x + 1)))


def to_hex(spectrum: Floats) -> str:
    """The 256 bits as the reference prints them: the last sixteen first."""
    flat = spectrum.ravel()
    bits = flat > np.partition(flat, flat.size // 2 - 1)[flat.size // 2 - 1]
    return np.packbits(bits[::-1]).tobytes().hex()


def quality(small: Floats) -> int:
    """How much a picture shows, 0..100: its gradients, each cut to whole percents."""
    steps = [np.trunc(np.diff(small, axis=axis) * 100 / 255) for axis in (0, 1)]
    return min(100, int(sum(np.abs(step).sum() for step in steps) / 90))


def to_vpdq(features: tuple[Feature, ...]) -> str:
    """The vPDQ string of a video: a JSON list of ``hash,quality,second``."""
    return json.dumps([f"{one.pdq},{one.quality},{one.second:.3f}" for one in features])


class _Hashing:
    """An eye that hashes a picture a second."""

    def __init__(self, stored: tuple[int, int], turns: int) -> None:
        self._size, self._turns = fit(*stored, LONG_SIDE), turns
        self._scaler = VideoReformatter()
        self._due = 0.0
        self.features: list[Feature] = []

    def see(self, frame: VideoFrame, t: float) -> None:
        """Hash this picture if its second has come."""
        if t + 1e-6 < self._due:
            return
        self._due = np.floor(t / EVERY + 1e-6) * EVERY + EVERY
        small = self._scaler.reformat(frame, *self._size, format="rgb24", interpolation="AREA", threads=1)
        found, good = pdq(np.rot90(small.to_ndarray(), -self._turns))
        self.features.append(Feature(found, good, round(t, 3)))


def known_inside(source: Path, limits: Limits) -> Known | Condition:
    """What a file may be known by elsewhere. Runs in the guarded child; a broken file keeps its MD5."""
    return settled(lambda: _known(source, limits))


def _known(source: Path, limits: Limits) -> Known:
    digest = hashlib.md5(usedforsecurity=False)
    with source.open("rb") as file:
        while chunk := file.read(MD5_CHUNK):
            digest.update(chunk)
    try:
        probe = look(source, limits)
        eye = _Hashing(stored_size(probe), probe.rotation // 90)
        with open_media(source, limits) as container:
            Walk(container, tracks(container), limits, eyes=[eye]).run()
    except (Stop, FFmpegError, ValueError):
        return Known(digest.hexdigest(), ())
    return Known(digest.hexdigest(), tuple(eye.features))

"""The storyboard and the poster, from the same walk as everything else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.video import VideoFrame
from av.video.reformatter import VideoReformatter
from PIL import Image

from tilik.media.result import Poster, Storyboard

Picture = npt.NDArray[np.uint8]
TILE_WIDTH, COLUMNS, MOST_TILES = 160, 10, 120
POSTER_SIDE = 640
QUALITY = 72
FLAT, DARK, BRIGHT = 18.0, 25.0, 235.0
"""A still is worth showing when its luma varies and is neither black nor white."""


@dataclass(slots=True)
class _Candidate:
    picture: Picture
    worth: float


def fit(width: int, height: int, side: int) -> tuple[int, int]:
    """The size scaled down so that the longer side is at most ``side``; both even."""
    scale = min(1.0, side / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def worth(picture: Picture) -> float:
    """How much a still shows: the spread of its luma, nothing for black, white or blank ones."""
    luma = picture.mean(axis=2)
    mean, spread = float(luma.mean()), float(luma.std())
    return spread if spread > FLAT and DARK < mean < BRIGHT else spread / 100


class Stills:
    """An eye that keeps a tile a second, every second one thrown away whenever there are too many."""

    def __init__(self, shown: tuple[int, int], rotation: int) -> None:
        self._turns = rotation // 90
        wide, high = shown
        self._tile = (TILE_WIDTH, max(2, min(4 * TILE_WIDTH, round(high * TILE_WIDTH / max(1, wide)))))
        self._poster_size = fit(wide, high, POSTER_SIDE)
        self._scaler, self._poster_scaler = VideoReformatter(), VideoReformatter()
        self._tiles: list[Picture] = []
        self._interval = 1.0
        self._best: _Candidate | None = None

    def see(self, frame: VideoFrame, t: float) -> None:
        """Keep this picture if its second has come."""
        if t < len(self._tiles) * self._interval:
            return
        tile = self._scaled(self._scaler, frame, self._tile)
        while len(self._tiles) * self._interval <= t:
            self._tiles.append(tile)
            if len(self._tiles) > MOST_TILES:
                self._tiles, self._interval = self._tiles[::2], self._interval * 2
        self._consider(frame, tile)

    def _consider(self, frame: VideoFrame, tile: Picture) -> None:
        found = worth(tile)
        if self._best is None or (len(self._tiles) <= 8 and found > self._best.worth * 1.15):
            self._best = _Candidate(self._scaled(self._poster_scaler, frame, self._poster_size), found)

    def _scaled(self, scaler: VideoReformatter, frame: VideoFrame, size: tuple[int, int]) -> Picture:
        w, h = size if self._turns % 2 == 0 else (size[1], size[0])
        small = scaler.reformat(frame, w, h, format="rgb24", interpolation="AREA", threads=1)
        return np.rot90(small.to_ndarray(), -self._turns)

    def write(self, into: Path) -> tuple[Storyboard, Poster]:
        """Write ``storyboard.jpg`` and ``poster.jpg``; at least one picture must have been seen."""
        assert self._best is not None
        w, h = self._tile
        rows = -(-len(self._tiles) // COLUMNS)
        columns = min(COLUMNS, len(self._tiles))
        sheet = np.zeros((rows * h, columns * w, 3), np.uint8)
        for k, tile in enumerate(self._tiles):
            y, x = k // COLUMNS * h, k % COLUMNS * w
            sheet[y : y + h, x : x + w] = tile
        Image.fromarray(sheet).save(into / "storyboard.jpg", quality=QUALITY)
        Image.fromarray(self._best.picture).save(into / "poster.jpg", quality=QUALITY + 8)
        storyboard = Storyboard(
            file="storyboard.jpg", tile_width=w, tile_height=h, columns=columns,
            tiles=len(self._tiles), interval=self._interval,
        )  # fmt: skip
        high, wide = self._best.picture.shape[:2]
        return storyboard, Poster(file="poster.jpg", width=wide, height=high)

"""Films of known construction: real single-shot clips joined by cuts, dissolves and fades, with flashes.

Joining happens on small pictures (160 x 90, 25 a second), where mixing is as linear as in an editor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from tilik.media.small import Batch

ONE_SHOT = (
    "mdn_crystal.mp4",
    "mdn_elf.mp4",
    "mdn_flower.mp4",
    "mdn_frog.mp4",
    "mdn_monster.mp4",
    "mdn_pig.mp4",
    "mdn_rabbit.mp4",
    "mdn_stream-of-water.mp4",
    "mdn_friday.mp4",
    "tmk_chair-22-sd-grey-bar.mp4",
    "tfio_small.mp4",
    "mma_test.avi",
    "moviepy_long_example.mp4",
    "moviepy_chaplin.mp4",
    "c2pa_video1.mp4",
    "intel_one-by-one-person-detection.mp4",
)
FPS, WIDE, HIGH = 25, 160, 90
LUMA = WIDE * HIGH
MOST = 300
FLAT = {"black": (0, 128), "white": (255, 128)}


@dataclass
class Film:
    """Flat YUV pictures (n, 21600) and what was done: pictures that begin shots, (first, last) of mixes."""

    pictures: np.ndarray
    cuts: list[int] = field(default_factory=list)
    gradual: list[tuple[int, int]] = field(default_factory=list)

    def batches(self) -> list[Batch]:
        """As the one pass hands them to analysers."""
        n, quarter = len(self.pictures), LUMA // 4
        whole = self.pictures
        y = whole[:, :LUMA].reshape(n, HIGH, WIDE)
        u = whole[:, LUMA : LUMA + quarter].reshape(n, HIGH // 2, WIDE // 2)
        v = whole[:, LUMA + quarter :].reshape(n, HIGH // 2, WIDE // 2)
        times = np.arange(n) / FPS
        return [
            Batch(times[k : k + 32], y[k : k + 32], u[k : k + 32], v[k : k + 32], False)
            for k in range(0, n, 32)
        ]


def small_pictures(clip: Path) -> np.ndarray:
    """A clip's pictures at 25 a second, at most twelve seconds of them."""
    scaler, kept, due = VideoReformatter(), [], 0.0
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            t = frame.time or 0.0
            if t + 1e-6 < due:
                continue
            due = max(due + 1 / FPS, t - 0.5 / FPS)
            small = scaler.reformat(frame, WIDE, HIGH, format="yuvj420p", interpolation="AREA")
            kept.append(small.to_ndarray().reshape(-1))
            if len(kept) == MOST:
                break
    return np.stack(kept)


def joined(clips: list[np.ndarray], seed: int, shots: int = 14) -> Film:
    """A film of ``shots`` shots, no two neighbours from one clip; half are joined by cuts."""
    luck = np.random.default_rng(seed)
    film, before = Film(np.zeros((0, LUMA * 3 // 2), np.uint8)), -1
    for place in range(shots):
        which = int(luck.choice([k for k in range(len(clips)) if k != before]))
        part = _part(clips[which], luck)
        how = "first" if place == 0 else str(luck.choice(["cut", "cut", "dissolve", "fade"]))
        _append(film, _flashed(part, luck), how, luck)
        before = which
    return film


def _part(clip: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    n = min(len(clip), int(luck.integers(50, 120)))
    start = int(luck.integers(0, len(clip) - n + 1))
    return clip[start : start + n]


def _flashed(part: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """One shot in six holds a camera's flash: one to three pictures far brighter than the rest."""
    if luck.random() > 1 / 6:
        return part
    at, n = len(part) // 2, int(luck.integers(1, 4))
    flashed = part.copy()
    bright = flashed[at : at + n, :LUMA].astype(np.int16) + int(luck.integers(90, 200))
    flashed[at : at + n, :LUMA] = np.minimum(bright, 255)
    return flashed


def _append(film: Film, part: np.ndarray, how: str, luck: np.random.Generator) -> None:
    n, old = len(film.pictures), film.pictures
    if how in ("first", "cut"):
        film.pictures = np.concatenate([old, part])
        film.cuts += [n] if how == "cut" else []
    elif how == "dissolve":
        length = int(luck.integers(8, 31))
        mixed = _mix(old[-length:], part[:length], np.arange(1, length + 1) / (length + 1))
        film.pictures = np.concatenate([old[:-length], mixed, part[length:]])
        film.gradual.append((n - length, n - 1))
    else:
        length, held = int(luck.integers(6, 16)), int(luck.integers(0, 6))
        luma, chroma = FLAT[str(luck.choice(["black", "black", "white"]))]
        flat = np.repeat(np.array([luma, chroma], np.uint8), [LUMA, LUMA // 2])[None]
        weights = np.arange(1, length + 1) / length
        out, back = _mix(old[-length:], flat, weights), _mix(flat, part[:length], weights)
        hold = np.repeat(flat, held, axis=0)
        film.pictures = np.concatenate([old[:-length], out, hold, back, part[length:]])
        film.gradual.append((n - length, n + held + length - 1))


def _mix(old: np.ndarray, new: np.ndarray, weight: np.ndarray) -> np.ndarray:
    w = weight[:, None].astype(np.float32)
    return np.rint(old * (1 - w) + new * w).astype(np.uint8)

"""The clips' sound: small tunes from sines, a siren, and speech by espeak-ng where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from random import Random

import numpy as np
import numpy.typing as npt

from tilik.demo.clips_recipes import Tune

Wave = npt.NDArray[np.float32]
RATE = 24_000
"""Samples per second; both AAC and Opus take it."""

SCALE = (0, 2, 4, 7, 9, 12, 14, 16)
"""A pentatonic scale in semitones: any two notes of it sound well together."""


def _pluck(pitch: float, seconds: float, bright: float) -> Wave:
    t = np.arange(int(seconds * RATE), dtype=np.float32) / RATE
    tone = np.sin(2 * np.pi * pitch * t) + bright * np.sin(4 * np.pi * pitch * t)
    return np.asarray(tone * np.exp(-t * 5) * np.minimum(1, t * 200), np.float32)


def melody(seconds: float, luck: Random, *, beat: float, base: float, bright: float) -> Wave:
    """Plucked notes wandering over the scale, one a ``beat`` (seconds)."""
    out, step = np.zeros(int(seconds * RATE), np.float32), luck.randrange(len(SCALE))
    for start in np.arange(0, seconds, beat):
        step = min(len(SCALE) - 1, max(0, step + luck.choice((-2, -1, 1, 2))))
        note = _pluck(base * 2 ** (SCALE[step] / 12), min(1.2, beat * 2), bright)
        at = int(start * RATE)
        piece = note[: len(out) - at]
        out[at : at + len(piece)] += piece
    return out


def _drone(seconds: float) -> Wave:
    t = np.arange(int(seconds * RATE), dtype=np.float32) / RATE
    low = np.sin(2 * np.pi * 55 * t) + np.sin(2 * np.pi * 58.3 * t) + 0.4 * np.sin(2 * np.pi * 155 * t)
    return np.asarray(low * (0.6 + 0.4 * np.sin(2 * np.pi * 0.3 * t)), np.float32)


def siren(seconds: float) -> Wave:
    """A harsh two-tone sweep, meant to be loud."""
    t = np.arange(int(seconds * RATE), dtype=np.float32) / RATE
    phase = 2 * np.pi * (900 * t - 300 / (2 * np.pi * 2) * np.cos(2 * np.pi * 2 * t))
    return np.asarray(np.tanh(3 * np.sin(phase)), np.float32)


def tune(kind: Tune, seconds: float, luck: Random) -> Wave:
    """Music under the whole clip, peak near 1."""
    if kind == "drone":
        sound = _drone(seconds)
    elif kind in ("chip", "siren"):
        sound = melody(seconds, luck, beat=0.16, base=330, bright=0.8)
    elif kind == "lively":
        sound = melody(seconds, luck, beat=0.25, base=262, bright=0.3)
    else:
        sound = melody(seconds, luck, beat=0.5, base=220, bright=0.15)
    loudest: float = max(1e-6, float(np.abs(sound).max()))
    return (sound / loudest).astype(np.float32)


def speech(words: str) -> Wave | None:
    """``words`` spoken in Indonesian, or ``None`` where espeak-ng is missing or fails."""
    program = shutil.which("espeak-ng")
    if program is None:
        return None
    command = [program, "-v", "id", "-s", "150", "--stdout", "--stdin"]
    try:
        said = subprocess.run(command, input=words.encode(), capture_output=True, timeout=20, check=True)  # noqa: S603
        with wave.open(io.BytesIO(said.stdout)) as file:
            rate = file.getframerate()
        samples = np.frombuffer(said.stdout[44:], "<i2").astype(np.float32) / 32768
    except (OSError, subprocess.SubprocessError, wave.Error):
        return None
    wanted = np.arange(0, len(samples), rate / RATE)
    return np.interp(wanted, np.arange(len(samples)), samples).astype(np.float32)


def put(track: Wave, piece: Wave, at: float, gain: float) -> None:
    """Mix ``piece`` into ``track`` from second ``at``; what hangs over the end is dropped."""
    start = int(at * RATE)
    piece = piece[: max(0, len(track) - start)]
    track[start : start + len(piece)] += gain * piece

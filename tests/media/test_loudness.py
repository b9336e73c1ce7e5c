"""Loudness: EBU Tech 3341's cases, jumps and silences where they were put, sound that misbehaves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilik.media import Prepared, prepare
from tilik.media.loudness import Loudness, jumps, silences

RATE = 48_000
Part = tuple[float, tuple[float, ...] | float]


def tone(parts: list[Part], channels: int = 2) -> np.ndarray:
    """Stretches of a 1 kHz sine: (seconds, peak level in dBFS of all or of each channel)."""
    pieces = []
    for seconds, level in parts:
        levels = level if isinstance(level, tuple) else (level,) * channels
        wave = np.sin(2 * np.pi * 1000 * np.arange(round(seconds * RATE)) / RATE)
        pieces.append(np.stack([10 ** (db / 20) * wave for db in levels]))
    return np.concatenate(pieces, axis=1).astype(np.float32)


def frames(
    sound: np.ndarray, layout: str = "stereo", start: float = 0.0
) -> Iterator[tuple[av.AudioFrame, float]]:
    for k in range(0, sound.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[:, k : k + 1024]), "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = RATE, k, Fraction(1, RATE)
        yield frame, start + k / RATE


def heard(sound: np.ndarray, layout: str = "stereo", start: float = 0.0) -> Loudness:
    ear = Loudness()
    for frame, t in frames(sound, layout, start):
        ear.hear(frame, t)
    ear.close()
    return ear


CASES: list[tuple[list[Part], str, float]] = [
    ([(20, -23.0)], "stereo", -23.0),
    ([(20, -33.0)], "stereo", -33.0),
    ([(10, -36.0), (60, -23.0), (10, -36.0)], "stereo", -23.0),
    ([(10, -72.0), (10, -36.0), (60, -23.0), (10, -36.0), (10, -72.0)], "stereo", -23.0),
    ([(20, -26.0), (20.1, -20.0), (20, -26.0)], "stereo", -23.0),
    ([(20, (-28.0, -28.0, -24.0, -30.0, -30.0))], "5.0", -23.0),
]


@pytest.mark.parametrize(("parts", "layout", "expected"), CASES)
def test_the_cases_of_ebu_tech_3341(parts: list[Part], layout: str, expected: float) -> None:
    found = heard(tone(parts), layout).summary()
    assert found is not None
    assert found.integrated == pytest.approx(expected, abs=0.1)
    if len(parts) == 1:
        assert found.momentary_max == pytest.approx(expected, abs=0.1)
        assert found.short_term_max == pytest.approx(expected, abs=0.1)
        assert found.range == pytest.approx(0, abs=0.1)
        loudest = max(np.atleast_1d(parts[0][1]))
        assert found.true_peak == pytest.approx(loudest, abs=0.2)


def test_the_range_of_two_levels_is_their_distance() -> None:
    found = heard(tone([(20, -20.0), (20, -30.0)])).summary()
    assert found is not None
    assert found.range == pytest.approx(10, abs=1)


def test_a_peak_between_samples_is_seen() -> None:
    k = np.arange(2 * RATE)
    fade = np.clip(np.minimum(k, k[::-1]) / (RATE / 4), 0, 1)
    between = (fade * np.sin(np.pi / 2 * k + np.pi / 4) * 0.5 / np.sin(np.pi / 4)).astype(np.float32)
    assert np.abs(between).max() == pytest.approx(0.5, abs=1e-6)
    found = heard(np.stack([between, between])).summary()
    assert found is not None
    assert found.true_peak == pytest.approx(-3.01, abs=0.2)


def test_a_jump_is_told_where_it_happens_with_its_size() -> None:
    told = heard(tone([(8, -35.0), (8, -20.0), (8, -32.0)])).evidence("v", 24)
    assert [e.kind for e in told] == ["loudness", "loudness"]
    assert [e.span.start for e in told] == pytest.approx([8, 16], abs=0.11)
    assert [e.value["change"] for e in told] == pytest.approx([15, -12], abs=0.3)  # type: ignore[index, call-overload]
    assert told[0].value["before"] == pytest.approx(-35, abs=0.2)  # type: ignore[index, call-overload]
    assert told[0].value["after"] == pytest.approx(-20, abs=0.2)  # type: ignore[index, call-overload]


def test_a_change_of_nine_is_no_jump() -> None:
    assert heard(tone([(8, -30.0), (8, -21.0)])).evidence("v", 16) == []


def test_silence_is_told_from_end_to_end() -> None:
    told = heard(tone([(2, -23.0), (1.5, -100.0), (2, -23.0), (0.6, -100.0), (1, -23.0)])).evidence("v", 7.1)
    assert [(e.kind, round(e.span.start, 1), round(e.span.end, 1)) for e in told] == [("silence", 2.0, 3.5)]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_at_all_after_sound_is_silence_and_every_level_a_number(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.1, (2, 2 * RATE)).astype(np.float32)
    ear = heard(np.concatenate([noise, np.zeros((2, 5 * RATE), np.float32)], axis=1))
    found = ear.summary()
    assert found is not None
    assert found.short_term_max is not None
    assert all(math.isfinite(one) for one in (found.momentary_max, found.short_term_max, found.range))
    told = {e.kind: e for e in ear.evidence("v", 7.0)}
    assert (round(told["silence"].span.start, 1), round(told["silence"].span.end, 1)) == (2.0, 7.0)
    assert told["loudness"].value["after"] == -50  # type: ignore[index, call-overload]
    assert [one is None for one in ear.a_second(7.0)][3:] == [True] * 4


def test_sound_that_begins_late_or_has_a_gap_keeps_its_seconds() -> None:
    ear = Loudness()
    for start, part in ((1.0, [(3, -20.0)]), (9.0, [(1.0, -20.0), (2.0, -100.0), (1.0, -20.0)])):
        for frame, t in frames(tone(part), start=start):  # type: ignore[arg-type]
            ear.hear(frame, t)
    ear.close()
    spans = [e.span for e in ear.evidence("v", 20) if e.kind == "silence"]
    assert [(round(s.start, 1), round(s.end, 1)) for s in spans] == [(10.0, 12.0)]


def test_a_change_of_format_in_mid_stream_is_followed() -> None:
    ear = Loudness()
    for frame, t in frames(tone([(5, -23.0)])):
        ear.hear(frame, t)
    for k in range(0, 5 * 44_100, 1024):
        wave = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * np.arange(k, k + 1024) / 44_100)
        frame = av.AudioFrame.from_ndarray(
            (np.stack([wave, wave]) * 32767).astype(np.int16), "s16p", "stereo"
        )
        frame.sample_rate = 44_100
        ear.hear(frame, 5 + k / 44_100)
    ear.close()
    found = ear.summary()
    assert ear.works
    assert found is not None
    assert found.integrated == pytest.approx(-23, abs=0.2)


def test_silence_alone_has_no_integrated_loudness_and_no_peak() -> None:
    found = heard(np.zeros((2, 2 * RATE), np.float32)).summary()
    assert found is not None
    assert (found.integrated, found.true_peak, found.short_term_max) == (None, None, None)
    assert Loudness().summary() is None
    assert heard(tone([(0.2, -20.0)])).summary() is None


@given(st.lists(st.floats(-90, 0), min_size=1, max_size=200))
def test_spans_lie_in_order_inside_the_sound(levels: list[float]) -> None:
    begins, level = np.arange(len(levels)) / 10, np.array(levels)
    end = len(levels) / 10 + 1e-6
    for found in ([s for s, _ in jumps(begins, level)], silences(begins, level)):
        assert all(0 <= s.start <= s.end <= end + 0.1 for s in found)
        assert all(a.start < b.start for a, b in pairwise(found))


def test_a_file_carries_its_loudness(tmp_path: Path, videos: Path) -> None:
    made: Prepared = prepare(videos / "mdn_frog.mp4", tmp_path / "out", video="v")
    assert made.loudness is not None
    assert made.loudness.integrated is not None
    assert -60 < made.loudness.integrated < 0
    assert "loudness/1" in made.analysers
    silent = prepare(videos / "iris_gray.mp4", tmp_path / "silent", video="v")
    assert silent.loudness is None

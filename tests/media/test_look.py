"""Look: black and still stretches where they were put; colour and motion that mean what they say."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tilik.media import prepare
from tilik.media.look import Look, colourfulness, still_runs
from tilik.media.small import Batch

FPS = 25


def looked(y: np.ndarray, fps: float = FPS) -> Look:
    look, n = Look(), len(y)
    grey = np.full((n, 45, 80), 128, np.uint8)
    for k in range(0, n, 32):
        part = slice(k, k + 32)
        look.feed(Batch(np.arange(n)[part] / fps, y[part], grey[part], grey[part], False))
    return look


def noise(n: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(60, 200, (n, 90, 160)).astype(np.uint8)


def moving(n: int) -> np.ndarray:
    wide = np.random.default_rng(2).integers(0, 255, (9, 50)).astype(np.uint8).repeat(10, 0).repeat(10, 1)
    return np.stack([np.roll(wide, -3 * k, axis=1)[:, :160] for k in range(n)])


def told(look: Look, seconds: float) -> list[tuple[str, float, float]]:
    return [(e.kind, round(e.span.start, 2), round(e.span.end, 2)) for e in look.evidence("v", seconds)]


def test_black_is_told_from_end_to_end() -> None:
    film = moving(150)
    film[50:75] = 10
    film[100:108] = 0
    assert told(looked(film), 6.0) == [("black", 2.0, 3.0)]


def test_black_with_a_line_of_text_is_still_black_and_with_more_is_not() -> None:
    film = np.zeros((50, 90, 160), np.uint8)
    film[:, 40:43, 20:100] = 255
    assert told(looked(film), 2.0) == [("black", 0.0, 2.0)]
    film[:, 40:50, 20:100] = 255
    assert ("black", 0.0, 2.0) not in told(looked(film), 2.0)


def test_a_still_picture_is_told_and_a_small_moving_mouth_is_not() -> None:
    film = moving(150)
    film[50:125] = film[50]
    assert told(looked(film), 6.0) == [("freeze", 2.0, 5.0)]
    mouth = np.repeat(film[:1], 100, axis=0)
    mouth[::2, 60:66, 70:80] = 0
    mouth[1::2, 60:66, 70:80] = 255
    assert told(looked(mouth), 4.0) == []


def test_a_slow_zoom_or_brightening_is_not_still() -> None:
    film = np.stack([np.full((90, 160), 60 + k // 3, np.uint8) for k in range(150)])
    assert told(looked(film), 6.0) == []


def test_noise_of_coding_is_still() -> None:
    film = np.repeat(moving(1), 100, axis=0).astype(np.int16)
    film += np.random.default_rng(3).integers(-3, 4, film.shape).astype(np.int16)
    assert told(looked(np.clip(film, 0, 255).astype(np.uint8)), 4.0) == [("freeze", 0.0, 4.0)]


@given(arrays.arrays(np.uint8, st.tuples(st.integers(2, 6), st.just(8), st.just(8))), st.booleans())
def test_colourfulness_equals_its_definition_in_rgb(planes: np.ndarray, bt709: bool) -> None:
    u, v = planes, planes[::-1]
    y = np.zeros((len(u), 16, 16), np.uint8)
    found = colourfulness(Batch(np.arange(len(u)) / FPS, y, u, v, bt709))
    kr, kb = (0.2126, 0.0722) if bt709 else (0.299, 0.114)
    cu, cv = u.astype(float) - 128, v.astype(float) - 128
    red, blue = 2 * (1 - kr) * cv, 2 * (1 - kb) * cu
    green = (-kr * red - kb * blue) / (1 - kr - kb)
    rg, yb = red - green, (red + green) / 2 - blue
    over = (1, 2)
    expected = np.sqrt(rg.var(over) + yb.var(over)) + 0.3 * np.sqrt(rg.mean(over) ** 2 + yb.mean(over) ** 2)
    assert found == pytest.approx(expected, abs=0.05, rel=1e-3)


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.just(6)), elements=st.integers(0, 6)))
def test_runs_cover_every_picture_once(cells: np.ndarray) -> None:
    runs = still_runs(cells)
    assert runs[0][0] == 0
    assert runs[-1][1] == len(cells)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(runs))


def test_motion_counts_levels_a_second_at_any_rate() -> None:
    steps = np.stack([np.full((90, 160), 10 * (k % 2), np.uint8) for k in range(101)])
    assert looked(steps, 50).summary(2.02).motion == pytest.approx(495, rel=0.01)  # type: ignore[union-attr]
    assert looked(steps, 25).summary(4.04).motion == pytest.approx(247.5, rel=0.01)  # type: ignore[union-attr]
    each = looked(steps, 25).a_second(4.04)
    assert each["motion"][:4] == [240, 250, 250, 250]
    assert len(each["brightness"]) == 5


def test_nothing_seen_says_nothing() -> None:
    assert Look().summary(3) is None
    assert Look().evidence("v", 3) == []


def test_real_clips(videos: Path, tmp_path: Path) -> None:
    buck = prepare(videos / "moviepy_big_buck_bunny_0_30.webm", tmp_path / "a", video="v")
    black = [e.span for e in buck.evidence if e.kind == "black"]
    assert black
    assert black[0].start == pytest.approx(0, abs=0.05)
    chaplin = prepare(videos / "moviepy_chaplin.mp4", tmp_path / "b", video="v")
    assert chaplin.look is not None
    assert chaplin.look.colourfulness < 15 < buck.look.colourfulness  # type: ignore[union-attr]
    chart = prepare(videos / "c2pa_c.mov", tmp_path / "c", video="v")
    assert [e.kind for e in chart.evidence if e.kind == "freeze"] == ["freeze"]

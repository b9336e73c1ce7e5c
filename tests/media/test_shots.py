"""Shots: cuts where they were made, none where a light flashed or a hand moved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from joined_films import FPS, LUMA, ONE_SHOT, Film, joined, small_pictures

from tilik.kernel import Span
from tilik.media import prepare
from tilik.media.shots import Shots
from tilik.media.small import Batch


def scene(seed: int, frames: int, drift: int = 1) -> np.ndarray:
    """A textured picture that slides by ``drift`` pixels a frame, (frames, 90, 160)."""
    luck = np.random.default_rng(seed)
    coarse = luck.integers(0, 256, (12, 60)).astype(np.uint8)
    wide = coarse.repeat(8, axis=0)[:90].repeat(8, axis=1)
    return np.stack([np.roll(wide, -k * drift, axis=1)[:, :160] for k in range(frames)])


def analysed(y: np.ndarray, flashing: tuple[Span, ...] = ()) -> list[float]:
    shots, n = Shots(), len(y)
    uv = y[:, ::2, ::2] // 2 + 64
    for start in range(0, n, 32):
        part = slice(start, start + 32)
        shots.feed(Batch(np.arange(n)[part] / FPS, y[part], uv[part], 255 - uv[part], False))
    return shots.cuts(flashing)


@pytest.mark.parametrize("drift", [0, 1, 2])
def test_joined_scenes_are_cut_where_they_join(drift: int) -> None:
    lengths = (40, 33, 9, 51)
    film = np.concatenate([scene(k, n, drift) for k, n in enumerate(lengths)])
    assert [round(t * FPS) for t in analysed(film)] == [40, 73, 82]


def test_one_scene_has_no_cut() -> None:
    assert analysed(scene(1, 90, 4)) == []


def test_a_flash_is_no_cut() -> None:
    film = scene(1, 90)
    film[40:43] = 250
    assert analysed(film) == []


def test_changes_inside_a_flashing_stretch_are_dropped() -> None:
    film = np.concatenate([scene(1, 40), scene(2, 40)])
    assert analysed(film, (Span(start=1.0, end=2.0),)) == []


def test_evidence_covers_the_video_without_gaps() -> None:
    shots, y = Shots(), np.concatenate([scene(1, 40), scene(2, 60)])
    uv = y[:, ::2, ::2]
    shots.feed(Batch(np.arange(100) / FPS, y, uv, uv, False))
    *found, pace = shots.evidence("v", 4.0)
    assert [(e.span.start, e.span.end, e.value) for e in found] == [
        (0.0, 1.6, {"index": 0, "entry": "start"}),
        (1.6, 4.0, {"index": 1, "entry": "cut"}),
    ]
    assert pace.kind == "pace"
    assert pace.value == {"shots": 2, "gradual": 0, "cuts_per_minute": 15.0, "median_seconds": 2.4}


@pytest.fixture(scope="module")
def clips(videos: Path) -> list[np.ndarray]:
    return [small_pictures(videos / name) for name in ONE_SHOT]


def seen(film: Film) -> tuple[Shots, list[float], list[Span]]:
    shots = Shots()
    for batch in film.batches():
        shots.feed(batch)
    gradual = shots.changes()
    starts = shots.starts(len(film.pictures) / FPS)
    return shots, [s.t for s in starts if s.entry == "cut"], gradual


def matched(found: list[Span], true: list[tuple[int, int]]) -> int:
    """How many true changes are met by a change of their own: more than half of the shorter of the two."""
    left, hits = [Span(start=a / FPS, end=b / FPS) for a, b in true], 0
    for span in found:
        met = next((t for t in left if span.overlap(t) > 0.5 * min(span.length, t.length)), None)
        if met is not None:
            left.remove(met)
            hits += 1
    return hits


def test_cuts_dissolves_and_fades_of_joined_real_clips(clips: list[np.ndarray]) -> None:
    """Cuts: F1 at least .97 within one picture. Dissolves and fades: recall .70 at precision .90."""
    cuts = np.zeros(3)
    gradual = np.zeros(3)
    for seed in range(100, 116):
        film = joined(clips, seed)
        _, found, changes = seen(film)
        hits = sum(any(abs(round(t * FPS) - cut) <= 1 for cut in film.cuts) for t in found)
        cuts += hits, len(found), len(film.cuts)
        gradual += matched(changes, film.gradual), len(changes), len(film.gradual)
    print(f"cuts {cuts}, gradual {gradual} (right, found, true)")
    assert cuts[2] > 80
    assert gradual[2] > 80
    assert 2 * cuts[0] / (cuts[1] + cuts[2]) >= 0.97
    assert gradual[0] / gradual[1] >= 0.90
    assert gradual[0] / gradual[2] >= 0.70


@pytest.mark.parametrize("which", range(len(ONE_SHOT)), ids=ONE_SHOT)
def test_one_real_shot_has_no_change(clips: list[np.ndarray], which: int) -> None:
    _, cuts, changes = seen(Film(clips[which]))
    assert (cuts, changes) == ([], [])


def test_a_fade_that_opens_or_closes_is_no_change_of_shot(clips: list[np.ndarray]) -> None:
    film = Film(clips[0][:120].copy())
    ramp = np.clip(np.minimum(np.arange(120), np.arange(120)[::-1]) / 15, 0, 1)[:, None]
    dark = np.full_like(film.pictures, 128)
    dark[:, :LUMA] = 0
    film.pictures = np.rint(film.pictures * ramp + dark * (1 - ramp)).astype(np.uint8)
    assert seen(film)[1:] == ([], [])


def test_light_that_comes_on_slowly_is_no_change_of_shot(clips: list[np.ndarray]) -> None:
    film = Film(clips[1][:120].copy())
    gain = np.interp(np.arange(120), [0, 50, 70, 119], [0.4, 0.4, 1, 1])[:, None]
    film.pictures[:, :LUMA] = np.rint(film.pictures[:, :LUMA] * gain)
    assert seen(film)[1:] == ([], [])


def test_a_shot_after_a_dissolve_begins_at_its_middle(clips: list[np.ndarray]) -> None:
    old, new, w = clips[2][:75], clips[8][:75], (np.arange(20) / 20)[:, None]
    mixed = np.rint(old[-20:] * (1 - w) + new[:20] * w).astype(np.uint8)
    shots, _, changes = seen(Film(np.concatenate([old[:-20], mixed, new[20:]])))
    assert len(changes) == 1
    _, second, pace = shots.evidence("v", 130 / FPS)
    assert second.value == {"index": 1, "entry": "gradual"}
    assert second.span.start == pytest.approx(65 / FPS, abs=0.2)
    assert pace.value["gradual"] == 1  # type: ignore[index, call-overload]


def test_counter_clip_cuts_on_each_second(videos: Path, tmp_path: Path) -> None:
    made = prepare(videos / "psd_counter.mp4", tmp_path / "out", video="v")
    starts = [round(e.span.start, 2) for e in made.evidence if e.kind == "shot"]
    assert starts == [0.0, 1.0, 2.0]

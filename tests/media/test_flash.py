"""Flashes: EA IRIS's own results picture by picture, and constructed ones beside each threshold."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.media.facts import tracks
from tilik.media.flash import CODES, Flash, Track
from tilik.media.limits import DEFAULT
from tilik.media.opening import open_media
from tilik.media.reading import Walk
from tilik.media.small import Batch, Shrink, small_size

IRIS = ("2Hz_5s", "3Hz_6s", "gray", "intermitentEF")


def analysed(path: Path) -> Flash:
    flash = Flash()
    with open_media(path, DEFAULT) as container:
        found = tracks(container)
        cc = found.video.codec_context
        shrink = Shrink(small_size(cc.width, cc.height), [flash])
        Walk(container, found, DEFAULT, eyes=[shrink]).run()
    shrink.flush()
    return flash


@pytest.mark.parametrize("name", IRIS)
def test_every_picture_agrees_with_iris(name: str, videos: Path) -> None:
    flash = analysed(videos / f"iris_{name}.mp4")
    with (videos / "iris_expected" / f"{name}.csv").open() as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    assert flash.general.counts == [int(r["LuminanceTransitions"]) for r in rows]
    assert flash.general.codes == [int(r["FlashLuminanceFailedFrame"]) for r in rows]
    assert flash.red.counts == [int(r["RedTransitions"]) for r in rows]
    assert flash.red.codes == [int(r["FlashRedFailedFrame"]) for r in rows]


def blink(
    values: tuple[tuple[int, int, int], tuple[int, int, int]],
    *,
    turns_per_second: float,
    seconds: float = 3.0,
    fps: int = 50,
    area: float = 1.0,
) -> Flash:
    """Full-range YUV pictures that alternate between two colours over the top ``area`` of the screen."""
    count = round(seconds * fps)
    y = np.full((count, 90, 160), values[0][0], np.uint8)
    u, v = (np.full((count, 45, 80), values[0][k], np.uint8) for k in (1, 2))
    for k in range(count):
        if int(k / fps * turns_per_second) % 2:
            rows = round(45 * area)
            y[k, : 2 * rows], u[k, :rows], v[k, :rows] = values[1]
    flash = Flash()
    for start in range(0, count, 32):
        part = slice(start, start + 32)
        flash.feed(Batch(np.arange(count)[part] / fps, y[part], u[part], v[part], False))
    return flash


def grey(luminance: float) -> tuple[int, int, int]:
    """The full-range YUV code of a grey of this relative luminance."""
    s = 12.92 * luminance if luminance <= 0.0031308 else 1.055 * luminance ** (1 / 2.4) - 0.055
    return round(s * 255), 128, 128


RED, BLACK = (76, 85, 255), (0, 128, 128)


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [(2, "pass"), (3, "pass"), (4, "warning"), (6, "warning"), (7, "fail"), (12, "fail")],
)
def test_frequency(turns: float, verdict: str) -> None:
    assert blink((grey(0), grey(0.5)), turns_per_second=turns).summary().general == verdict


def test_long_flashing_under_the_limit_is_an_extended_failure() -> None:
    flash = blink((grey(0), grey(0.5)), turns_per_second=5, seconds=7)
    assert flash.summary().general == "extended"
    assert flash.summary().general_peak == 5


@pytest.mark.parametrize(("area", "verdict"), [(0.20, "pass"), (0.24, "pass"), (0.27, "fail"), (0.6, "fail")])
def test_area(area: float, verdict: str) -> None:
    assert blink((grey(0), grey(0.5)), turns_per_second=10, area=area).summary().general == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.2, 0.29, "pass"), (0.2, 0.31, "fail"), (0.83, 1.0, "pass"), (0.78, 1.0, "fail")],
)
def test_luminance_step_and_darker_end(low: float, high: float, verdict: str) -> None:
    assert blink((grey(low), grey(high)), turns_per_second=10).summary().general == verdict


def test_saturated_red_is_counted_on_its_own() -> None:
    dim_red = (round(76 * 0.45), 128 - round(43 * 0.45), 128 + round(127 * 0.45))
    flash = blink((BLACK, dim_red), turns_per_second=10)
    assert (flash.summary().red, flash.summary().general) == ("fail", "pass")
    assert blink((BLACK, RED), turns_per_second=10).summary().general == "fail"
    assert blink((BLACK, (150, 44, 21)), turns_per_second=10).summary().red == "pass"


def test_flicker_without_direction_is_no_flash() -> None:
    luck = np.random.default_rng(5)
    y = luck.choice(np.array([20, 200], np.uint8), (100, 45, 80)).repeat(2, axis=1).repeat(2, axis=2)
    grey_uv = np.full((100, 45, 80), 128, np.uint8)
    flash = Flash()
    flash.feed(Batch(np.arange(100) / 25, y, grey_uv, grey_uv, False))
    assert flash.summary().general == "pass"


@pytest.mark.parametrize("fps", [12, 15, 25, 50])
def test_flashing_right_after_a_mixed_cut_is_counted(fps: int) -> None:
    """At the cut part of the screen brightens and part darkens; from then on it all turns together."""
    y = np.zeros((3 * fps, 90, 160), np.uint8)
    y[:fps, :, :96], y[:fps, :, 96:] = grey(0.2)[0], grey(0.7)[0]
    y[fps::2] = grey(0.45)[0]
    middle = np.full((3 * fps, 45, 80), 128, np.uint8)
    flash = Flash()
    flash.feed(Batch(np.arange(3 * fps) / fps, y, middle, middle, False))
    assert flash.summary().general == "fail"
    assert flash.summary().general_peak == fps


def test_evidence_spans_the_flashing_only() -> None:
    flash = Flash()
    y = np.zeros((250, 90, 160), np.uint8)
    y[100:150:2] = 255
    middle = np.full((250, 45, 80), 128, np.uint8)
    flash.feed(Batch(np.arange(250) / 25, y, middle, middle, False))
    (found,) = flash.evidence("v1")
    assert found.kind == "flash"
    assert found.span.start == pytest.approx(4.0)
    assert found.span.end == pytest.approx(149 / 25)
    assert found.value == {"verdict": "fail", "transitions_per_second": 25}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=120), st.sampled_from([12, 25, 30]))
def test_counts_are_the_transitions_of_the_last_second(turns: list[bool], fps: int) -> None:
    track = Track()
    for k, turned in enumerate(turns):
        track.add(k / fps, turned)
    for k, count in enumerate(track.counts):
        assert count == sum(turns[max(0, k - fps + 1) : k + 1])
        assert (CODES[track.codes[k]] == "fail") == (count > 6)
        assert (CODES[track.codes[k]] == "pass") == (count < 4)

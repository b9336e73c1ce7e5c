"""Text in the pictures: Indonesian titles are read exactly, each over the time it stands there."""

from __future__ import annotations

import socket
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from titles import TITLES

from tilik.kernel import Span
from tilik.media import onscreen
from tilik.media.onscreen import Line, OnScreen, Picture, looks

FONTS = Path("/usr/share/fonts/truetype/dejavu")
CUTS = ("DejaVuSans-Bold", "DejaVuSans", "DejaVuSerif-Bold")
needs_fonts = pytest.mark.skipif(not FONTS.is_dir(), reason="the DejaVu fonts are not installed")
needs_reader = pytest.mark.skipif(bool(onscreen.lacking()), reason=onscreen.lacking() or "there")


def title_card(text: str, seed: int, size: tuple[int, int] = (640, 360)) -> Picture:
    """White letters with a dark edge over a coloured, uneven ground, as thumbnails have them."""
    w, h = size
    random = np.random.default_rng(seed)
    ground = random.normal(random.integers(30, 220), 25, (h // 8, w // 8, 3)).clip(0, 255).astype(np.uint8)
    picture = Image.fromarray(ground).resize((w, h), Image.Resampling.BICUBIC)
    pen, points = ImageDraw.Draw(picture), (24, 28, 34)[seed % 3]
    font = ImageFont.truetype(FONTS / f"{CUTS[seed % 3]}.ttf", points)
    while pen.textlength(text, font) > w - 30:
        points -= 1
        font = font.font_variant(size=points)
    place = ((w - pen.textlength(text, font)) / 2, h * (0.06, 0.45, 0.83)[seed % 3])
    pen.text(place, text, font=font, fill=(255, 255, 255), stroke_width=2, stroke_fill=(0, 0, 0))
    return np.asarray(picture)


@needs_fonts
@needs_reader
@pytest.mark.slow
def test_forty_titles_are_read_exactly_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the reader wants the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    read = onscreen.reader()
    wrong = {}
    for seed, title in enumerate(TITLES):
        lines = read(title_card(title, seed))
        if [line.text for line in lines] != [title]:
            wrong[title] = [line.text for line in lines]
    print(f"{len(TITLES) - len(wrong)} of {len(TITLES)} exact")
    assert len(TITLES) == 40
    assert not wrong


@needs_fonts
@needs_reader
def test_large_upright_and_small_pictures_are_read_too() -> None:
    read = onscreen.reader()
    for size in ((1280, 720), (1080, 1920), (320, 240)):
        assert [line.text for line in read(title_card("Siapa yang paling cepat?", 1, size))] == [
            "Siapa yang paling cepat?"
        ]
    (line,) = read(title_card("Ayo sikat gigi", 0))
    assert line.box[1] < 0.2
    assert 0 < line.box[0] < 0.5 < line.box[0] + line.box[2] < 1


def test_a_long_shot_is_looked_into_often_and_a_video_not_too_often() -> None:
    assert looks([], 0.5) == [Span(start=0, end=0.5)]
    assert looks([Span(start=0, end=2), Span(start=2, end=12)], 12) == [
        Span(start=0, end=2),
        Span(start=2, end=7),
        Span(start=7, end=12),
    ]
    hectic = [Span(start=k / 2, end=(k + 1) / 2) for k in range(240)]
    kept = looks(hectic, 120)
    assert len(kept) == 40
    assert kept[0] == hectic[0]
    assert kept[-1] == hectic[-1]


class Reads:
    """Stands in for the reader: says which grey it saw, and counts."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, picture: Picture) -> tuple[Line, ...]:
        self.calls += 1
        level = round(float(picture.mean()))
        fixed = Line("LOGO", 0.9, (0, 0, 0.1, 0.1))
        return (fixed, Line(f"Bab {level}", 0.8 + self.calls / 100, (0, 0.5, 1, 0.1)))


def shown(eye: OnScreen, levels: list[int], step: float) -> None:
    for k, level in enumerate(levels):
        eye.see(av.VideoFrame.from_ndarray(np.full((90, 160, 3), level, np.uint8), "rgb24"), k * step)


def test_what_stands_still_is_read_once_and_told_as_one_stretch() -> None:
    reads = Reads()
    eye = OnScreen(looks([Span(start=0, end=20)], 20), (160, 90), 0, reads)
    shown(eye, [100] * 20 + [200] * 20, 0.5)
    assert reads.calls == 2
    assert len(eye.readings) == 4
    told = {e.value["text"]: (e.span.start, e.span.end) for e in eye.evidence("v")}  # type: ignore[index, call-overload]
    assert told == {"LOGO": (0, 20), "Bab 100": (0, 10), "Bab 200": (10, 20)}
    assert {e.source for e in eye.evidence("v")} == {onscreen.SOURCE}
    assert eye.readings[0].text == "LOGO\nBab 100"


def test_a_text_that_comes_back_is_told_twice() -> None:
    eye = OnScreen(looks([Span(start=0, end=15)], 15), (160, 90), 0, Reads())
    shown(eye, [100] * 5 + [200] * 5 + [100] * 5, 1.0)
    assert [(e.span.start, e.span.end) for e in eye.evidence("v") if "100" in str(e.value)] == [
        (0, 5),
        (10, 15),
    ]


@needs_fonts
@needs_reader
def test_turned_pictures_are_read_upright() -> None:
    card = title_card("Selamat ulang tahun", 0)
    stored = np.ascontiguousarray(np.rot90(card, 1))  # as a phone stores it, to be turned clockwise by 90
    eye = OnScreen([Span(start=0, end=1)], (640, 360), 90)
    eye.see(av.VideoFrame.from_ndarray(stored, "rgb24"), 0.5)
    assert eye.readings[0].text == "Selamat ulang tahun"

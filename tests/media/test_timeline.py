"""The drawn time line of a long film: as many points as there is room for, hours told, its name cut."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
from PIL import Image, ImageColor

from tilik.kernel import Evidence, Span
from tilik.media.result import Condition, Curves, Probe, SignalReport
from tilik.media.timeline import COLOURS, LEFT, POINTS, timelines_svg
from tilik.media.timeline_png import SCALE, png_of

SVG = "{http://www.w3.org/2000/svg}"


def report(seconds: int, name: str = "film.mp4") -> SignalReport:
    sizes = {"width": 1920, "height": 1080, "coded_width": 1920, "coded_height": 1080}
    probe = Probe(
        container="mp4", video_codec="h264", fps=25, seconds=seconds, frames=25 * seconds, bytes=9, **sizes
    )
    curves = Curves(
        loudness=tuple(None if k % 900 == 0 else -20.0 for k in range(seconds)),
        brightness=tuple(float(k % 200) for k in range(seconds)),
    )
    ready = Condition(code="ready")
    return SignalReport(file=name, content_hash="", tier=1, condition=ready, probe=probe, curves=curves)


def drawn(seconds: int, name: str = "film.mp4") -> ElementTree.Element:
    return ElementTree.fromstring(timelines_svg([report(seconds, name)]))


def test_a_short_film_has_a_point_a_second_and_no_band() -> None:
    lines = drawn(100).findall(f".//{SVG}polyline")
    assert len(lines[-1].attrib["points"].split()) == 100
    assert drawn(100).findall(f".//{SVG}polygon") == []


def test_a_clip_of_one_second_has_its_curve_too() -> None:
    (line,) = drawn(1).findall(f".//{SVG}polyline")  # its brightness; it has no loudness
    (x1, y1), (x2, y2) = (pair.split(",") for pair in line.attrib["points"].split())
    assert float(x2) > float(x1) + 100
    assert y1 == y2


def test_a_film_of_two_hours_is_thinned_to_the_room_with_its_spread() -> None:
    film = drawn(7200)
    (*_, brightness) = film.findall(f".//{SVG}polyline")
    assert 100 < len(brightness.attrib["points"].split()) <= POINTS
    assert film.findall(f".//{SVG}polygon")
    texts = [text.text for text in film.iter(f"{SVG}text")]
    assert "1:00:00" in texts
    assert "60:00" not in texts


def test_a_long_name_gives_way_to_the_facts_and_is_told_whole_when_pointed_at() -> None:
    name = "nama-" * 40 + ".mp4"
    title = drawn(10, name).find(f".//{SVG}text[@font-weight='600']")
    assert title is not None
    assert (title.text or "").endswith("…")
    whole = title.find(f"{SVG}title")
    assert whole is not None
    assert whole.text == name


def texts_at(*spans: tuple[float, float]) -> SignalReport:
    told = tuple(
        Evidence(
            video="v",
            span=Span(start=start, end=end),
            kind="on-screen-text",
            value={"text": f"baris {k}", "score": 1},
            source="onscreen/1",
        )
        for k, (start, end) in enumerate(spans)
    )
    return report(10).model_copy(update={"evidence": told})


def test_texts_of_the_same_time_stand_one_below_the_other() -> None:
    film = ElementTree.fromstring(timelines_svg([texts_at((0, 5), (0, 5), (5, 10))]))
    bars = [bar for bar in film.iter(f"{SVG}rect") if bar.get("rx")]
    first, second, third = sorted(bars, key=lambda bar: (float(bar.attrib["x"]), float(bar.attrib["y"])))
    assert float(second.attrib["y"]) >= float(first.attrib["y"]) + float(first.attrib["height"])
    assert third.attrib["y"] == first.attrib["y"]


def test_the_png_shows_what_the_svg_says() -> None:
    svg = timelines_svg([report(20), texts_at((0, 5), (0, 5), (5, 10))])
    root = ElementTree.fromstring(svg)
    with Image.open(io.BytesIO(png_of(svg))) as picture:
        assert picture.size == (SCALE * int(root.attrib["width"]), SCALE * int(root.attrib["height"]))
        lower = root.findall(f"{SVG}g")[1]
        down = float(lower.attrib["transform"].split()[1].rstrip(")"))
        bars = [bar for bar in lower.iter(f"{SVG}rect") if bar.get("rx")]
        for bar in bars:
            x = float(bar.attrib["x"]) + float(bar.attrib["width"]) - 4
            y = down + float(bar.attrib["y"]) + float(bar.attrib["height"]) / 2
            wanted = ImageColor.getrgb(COLOURS["on-screen-text"])
            assert picture.getpixel((round(SCALE * x), round(SCALE * y))) == wanted
        labels = picture.crop((0, round(SCALE * down), SCALE * LEFT, picture.height)).convert("L")
        assert np.asarray(labels).min() < 80  # letters are drawn

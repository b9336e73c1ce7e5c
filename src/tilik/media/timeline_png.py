"""The picture of ``timeline`` as PNG: its own SVG drawn with Pillow, so that both show the same.

Only what ``timeline`` writes is known: rectangles, lines, curves, areas, texts and shifted groups.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring

from PIL import Image, ImageColor, ImageDraw, ImageFont

SCALE = 2
"""Pixels to each unit of the SVG, for sharp letters."""

MOST_PIXELS = 120_000_000
"""Beyond this the picture is drawn at half the size; a PNG of thousands of files helps nobody."""

FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf")
"""Tried in turn; Pillow's own knows Latin letters only."""

ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
Point = tuple[float, float]


@lru_cache(maxsize=32)
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def png_of(svg: str) -> bytes:
    """The PNG of a picture that ``timelines_svg`` made."""
    root = fromstring(svg)  # noqa: S314  (our own text, made a moment ago)
    wide, high = float(root.attrib["width"]), max(1.0, float(root.attrib["height"]))
    scale = float(SCALE if wide * high * SCALE**2 <= MOST_PIXELS else SCALE / 2)
    picture = Image.new("RGB", (round(wide * scale), round(high * scale)), "#fff")
    _Pen(ImageDraw.Draw(picture, "RGBA"), scale, root.attrib["fill"]).children(root, 0.0)
    with io.BytesIO() as out:
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()


class _Pen:
    """Draws elements below each other; ``down`` is how far the groups around have shifted them."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float, ink: str) -> None:
        self._draw, self._scale, self._ink = draw, scale, ink

    def children(self, parent: Element, down: float) -> None:
        for element in parent:
            name = element.tag.rpartition("}")[2]
            if name == "g":
                self.children(element, down + _shift(element))
            elif name != "title":
                getattr(self, f"_{name}")(element, down)

    def _places(self, points: list[Point], down: float) -> list[Point]:
        return [(x * self._scale, (y + down) * self._scale) for x, y in points]

    def _colour(self, element: Element, name: str) -> tuple[int, int, int, int]:
        red, green, blue = ImageColor.getrgb(element.get(name, self._ink))[:3]
        return red, green, blue, round(255 * float(element.get("opacity", "1")))

    def _rect(self, element: Element, down: float) -> None:
        if element.get("width") == "100%":
            return  # the ground, which is white already
        x, y, wide, high = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
        corners = self._places([(x, y), (x + wide, y + high)], down)
        radius = min(float(element.get("rx", "0")), wide / 2) * self._scale
        self._draw.rounded_rectangle(corners, radius, fill=self._colour(element, "fill"))

    def _line(self, element: Element, down: float) -> None:
        x1, y1, x2, y2 = (float(element.attrib[name]) for name in ("x1", "y1", "x2", "y2"))
        ends = self._places([(x1, y1), (x2, y2)], down)
        self._draw.line(ends, fill=self._colour(element, "stroke"), width=round(self._scale))

    def _polyline(self, element: Element, down: float) -> None:
        thick = round(float(element.get("stroke-width", "1")) * self._scale)
        points = self._places(_points(element), down)
        self._draw.line(points, fill=self._colour(element, "stroke"), width=thick, joint="curve")

    def _polygon(self, element: Element, down: float) -> None:
        self._draw.polygon(self._places(_points(element), down), fill=self._colour(element, "fill"))

    def _text(self, element: Element, down: float) -> None:
        (place,) = self._places([(float(element.attrib["x"]), float(element.attrib["y"]))], down)
        self._draw.text(
            place,
            element.text or "",
            fill=self._colour(element, "fill"),
            font=_font(float(element.get("font-size", "11")) * self._scale),
            anchor=ANCHORS[element.get("text-anchor", "start")],
            stroke_width=0.3 * self._scale if element.get("font-weight") == "600" else 0,
        )


def _points(element: Element) -> list[Point]:
    pairs = (pair.split(",") for pair in element.attrib["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


def _shift(element: Element) -> float:
    found = re.fullmatch(r"translate\(0 ([-\d.]+)\)", element.get("transform", ""))
    return float(found[1]) if found else 0.0

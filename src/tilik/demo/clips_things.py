"""The cast: small figures drawn in a unit square and shrunk to the size the scene needs."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

from tilik.demo.clips_paint import INK, OVER, PAPER, Colour, Picture, darker, hue, lettering

Box = tuple[float, float, float, float]


class Pen:
    """Draws in a unit square (0..1, y down) onto a transparent picture."""

    def __init__(self, side: int) -> None:
        self.side = side * OVER
        self.picture = Image.new("RGBA", (self.side, self.side), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.picture)

    def _at(self, *values: float) -> list[float]:
        return [v * self.side for v in values]

    def round(self, cx: float, cy: float, rx: float, fill: Colour, ry: float | None = None) -> None:
        """An ellipse by centre and radii."""
        ry = rx if ry is None else ry
        self._draw.ellipse(self._at(cx - rx, cy - ry, cx + rx, cy + ry), fill=fill)

    def box(self, box: Box, fill: Colour, corner: float = 0.0) -> None:
        """A rectangle with rounded corners."""
        self._draw.rounded_rectangle(self._at(*box), corner * self.side, fill=fill)

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * self.side, y * self.side) for x, y in points], fill=fill)

    def arc(self, box: Box, start: float, end: float, fill: Colour, width: float = 0.03) -> None:
        """Part of an ellipse's edge, in degrees clockwise from three o'clock."""
        self._draw.arc(self._at(*box), start, end, fill=fill, width=int(width * self.side))

    def text(self, cx: float, cy: float, words: str, size: float, fill: Colour) -> None:
        """Centred lettering."""
        font = lettering(int(size * self.side))
        self._draw.text((cx * self.side, cy * self.side), words, font=font, fill=fill, anchor="mm")

    def eyes(self, cx: float, cy: float, gap: float, r: float, fill: Colour = INK) -> None:
        """Two eyes with a glint."""
        for x in (cx - gap, cx + gap):
            self.round(x, cy, r, fill)
            self.round(x + r * 0.3, cy - r * 0.3, r * 0.35, PAPER)


SKIN: tuple[Colour, ...] = ((236, 188, 150), (206, 150, 108), (168, 112, 76))


def _child(pen: Pen, c: Colour) -> None:
    skin = SKIN[sum(c) % 3]
    pen.box((0.30, 0.56, 0.70, 0.96), c, 0.14)
    pen.box((0.18, 0.60, 0.34, 0.70), skin, 0.05)
    pen.box((0.66, 0.60, 0.82, 0.70), skin, 0.05)
    pen.round(0.5, 0.30, 0.27, INK)
    pen.round(0.5, 0.35, 0.24, skin)
    pen.eyes(0.5, 0.36, 0.09, 0.035)
    pen.arc((0.42, 0.38, 0.58, 0.50), 15, 165, (150, 60, 60), 0.025)
    pen.round(0.34, 0.43, 0.04, (240, 150, 140))
    pen.round(0.66, 0.43, 0.04, (240, 150, 140))


def _cat(pen: Pen, c: Colour) -> None:
    pen.shape([(0.24, 0.34), (0.27, 0.06), (0.47, 0.22)], c)
    pen.shape([(0.76, 0.34), (0.73, 0.06), (0.53, 0.22)], c)
    pen.round(0.5, 0.78, 0.24, darker(c, 0.9), 0.20)
    pen.round(0.5, 0.40, 0.30, c, 0.26)
    pen.eyes(0.5, 0.38, 0.12, 0.045)
    pen.shape([(0.46, 0.47), (0.54, 0.47), (0.5, 0.52)], (230, 110, 120))
    pen.arc((0.40, 0.46, 0.50, 0.58), 20, 160, INK, 0.018)
    pen.arc((0.50, 0.46, 0.60, 0.58), 20, 160, INK, 0.018)
    pen.round(0.36, 0.95, 0.08, c, 0.05)
    pen.round(0.64, 0.95, 0.08, c, 0.05)


def _fish(pen: Pen, c: Colour) -> None:
    pen.shape([(0.72, 0.5), (0.96, 0.30), (0.96, 0.70)], darker(c))
    pen.round(0.45, 0.5, 0.36, c, 0.24)
    pen.arc((0.30, 0.30, 0.62, 0.70), 290, 70, darker(c), 0.03)
    pen.round(0.26, 0.45, 0.06, PAPER)
    pen.round(0.25, 0.45, 0.03, INK)


def _ball(pen: Pen, c: Colour) -> None:
    pen.round(0.5, 0.5, 0.42, c)
    pen.arc((0.08, 0.20, 0.92, 0.80), 0, 180, darker(c), 0.05)
    pen.round(0.36, 0.32, 0.10, PAPER)


def _star(pen: Pen, c: Colour) -> None:
    points = []
    for k in range(10):
        r, a = (0.46 if k % 2 == 0 else 0.21), math.pi * (k / 5 - 0.5)
        points.append((0.5 + r * math.cos(a), 0.52 + r * math.sin(a)))
    pen.shape(points, c)
    pen.eyes(0.5, 0.50, 0.08, 0.035)
    pen.arc((0.43, 0.52, 0.57, 0.63), 15, 165, INK, 0.02)


def _balloon(pen: Pen, c: Colour) -> None:
    pen.box((0.49, 0.66, 0.51, 0.98), INK)
    pen.shape([(0.44, 0.73), (0.56, 0.73), (0.5, 0.64)], darker(c))
    pen.round(0.5, 0.36, 0.28, c, 0.33)
    pen.round(0.41, 0.24, 0.06, PAPER, 0.09)


def _flower(pen: Pen, c: Colour) -> None:
    pen.box((0.48, 0.5, 0.52, 0.98), (84, 150, 84))
    pen.round(0.62, 0.80, 0.12, (104, 172, 96), 0.05)
    for k in range(6):
        a = math.pi * k / 3
        pen.round(0.5 + 0.2 * math.cos(a), 0.36 + 0.2 * math.sin(a), 0.14, c)
    pen.round(0.5, 0.36, 0.13, (255, 220, 110))


def _boat(pen: Pen, c: Colour) -> None:
    pen.shape([(0.5, 0.10), (0.5, 0.58), (0.20, 0.58)], PAPER)
    pen.shape([(0.53, 0.18), (0.53, 0.58), (0.80, 0.58)], hue(0.1, 0.2, 0.95))
    pen.shape([(0.06, 0.62), (0.94, 0.62), (0.78, 0.88), (0.22, 0.88)], c)


def _car(pen: Pen, c: Colour) -> None:
    pen.box((0.26, 0.30, 0.76, 0.62), darker(c, 0.9), 0.12)
    pen.box((0.32, 0.36, 0.50, 0.54), (190, 226, 244), 0.04)
    pen.box((0.54, 0.36, 0.70, 0.54), (190, 226, 244), 0.04)
    pen.box((0.06, 0.50, 0.94, 0.76), c, 0.10)
    for x in (0.28, 0.72):
        pen.round(x, 0.77, 0.12, INK)
        pen.round(x, 0.77, 0.05, PAPER)


def _cucumber(pen: Pen, c: Colour) -> None:
    del c
    pen.round(0.5, 0.55, 0.20, (96, 160, 72), 0.40)
    pen.round(0.44, 0.55, 0.05, (140, 196, 104), 0.30)
    pen.shape([(0.5, 0.18), (0.62, 0.02), (0.56, 0.18)], (70, 120, 60))
    pen.eyes(0.5, 0.46, 0.07, 0.035)
    pen.arc((0.43, 0.48, 0.57, 0.60), 15, 165, INK, 0.02)


def _giant(pen: Pen, c: Colour) -> None:
    pen.box((0.16, 0.50, 0.84, 1.0), darker(c, 0.6), 0.18)
    pen.round(0.5, 0.34, 0.30, (132, 158, 96))
    pen.shape([(0.24, 0.20), (0.16, 0.0), (0.36, 0.10)], PAPER)
    pen.shape([(0.76, 0.20), (0.84, 0.0), (0.64, 0.10)], PAPER)
    pen.eyes(0.5, 0.30, 0.12, 0.05)
    pen.box((0.36, 0.44, 0.64, 0.52), (110, 40, 40), 0.03)
    pen.shape([(0.40, 0.44), (0.46, 0.44), (0.43, 0.50)], PAPER)
    pen.shape([(0.54, 0.44), (0.60, 0.44), (0.57, 0.50)], PAPER)


def _ghost(pen: Pen, c: Colour) -> None:
    del c
    pen.round(0.5, 0.36, 0.30, (226, 228, 236))
    pen.shape(
        [(0.20, 0.36), (0.80, 0.36), (0.86, 0.98), (0.68, 0.86), (0.5, 0.98), (0.32, 0.86), (0.14, 0.98)],
        (226, 228, 236),
    )
    pen.round(0.39, 0.36, 0.08, (18, 10, 20), 0.11)
    pen.round(0.61, 0.36, 0.08, (18, 10, 20), 0.11)
    pen.round(0.39, 0.38, 0.025, (220, 30, 30))
    pen.round(0.61, 0.38, 0.025, (220, 30, 30))
    pen.round(0.5, 0.60, 0.09, (18, 10, 20), 0.13)


def _donut(pen: Pen, c: Colour) -> None:
    pen.round(0.5, 0.5, 0.42, (206, 150, 96))
    pen.round(0.5, 0.47, 0.39, c, 0.36)
    for k in range(12):
        a = k * 2.4
        pen.round(0.5 + 0.27 * math.cos(a), 0.47 + 0.24 * math.sin(a), 0.022, hue(k / 12, 0.3, 1))
    pen.round(0.5, 0.5, 0.13, (120, 84, 60))


def _coin(pen: Pen, c: Colour) -> None:
    del c
    pen.round(0.5, 0.5, 0.42, (214, 158, 40))
    pen.round(0.5, 0.5, 0.35, (255, 208, 80))
    pen.text(0.5, 0.5, "Rp", 0.30, (150, 100, 20))


def _reels(pen: Pen, c: Colour) -> None:
    pen.box((0.02, 0.18, 0.98, 0.86), c, 0.10)
    pen.box((0.08, 0.30, 0.92, 0.74), PAPER, 0.05)
    for x in (0.22, 0.5, 0.78):
        pen.box((x - 0.12, 0.33, x + 0.12, 0.71), (244, 236, 214), 0.03)
        pen.text(x, 0.52, "7", 0.34, (206, 40, 48))


def _phone(pen: Pen, c: Colour) -> None:
    pen.box((0.28, 0.06, 0.72, 0.96), INK, 0.07)
    pen.box((0.32, 0.14, 0.68, 0.86), c, 0.02)
    for k in range(3):
        left = 0.36 if k % 2 == 0 else 0.44
        pen.box((left, 0.24 + k * 0.18, left + 0.20, 0.34 + k * 0.18), PAPER, 0.03)


def _book(pen: Pen, c: Colour) -> None:
    pen.box((0.06, 0.22, 0.94, 0.84), darker(c), 0.05)
    pen.shape([(0.10, 0.24), (0.5, 0.30), (0.5, 0.82), (0.10, 0.76)], PAPER)
    pen.shape([(0.90, 0.24), (0.5, 0.30), (0.5, 0.82), (0.90, 0.76)], (246, 240, 226))
    for k in range(4):
        pen.box((0.16, 0.38 + k * 0.08, 0.42, 0.40 + k * 0.08), (190, 184, 176))
        pen.box((0.58, 0.38 + k * 0.08, 0.84, 0.40 + k * 0.08), (190, 184, 176))


def _gift(pen: Pen, c: Colour) -> None:
    pen.box((0.14, 0.40, 0.86, 0.92), c, 0.03)
    pen.box((0.10, 0.30, 0.90, 0.46), darker(c, 0.88), 0.03)
    pen.box((0.44, 0.30, 0.56, 0.92), (255, 224, 110))
    pen.arc((0.28, 0.10, 0.50, 0.34), 0, 360, (255, 224, 110), 0.05)
    pen.arc((0.50, 0.10, 0.72, 0.34), 0, 360, (255, 224, 110), 0.05)


def _robot(pen: Pen, c: Colour) -> None:
    pen.box((0.48, 0.02, 0.52, 0.16), INK)
    pen.round(0.5, 0.05, 0.05, (240, 90, 90))
    pen.box((0.22, 0.14, 0.78, 0.54), c, 0.08)
    pen.eyes(0.5, 0.32, 0.13, 0.07)
    pen.box((0.38, 0.43, 0.62, 0.48), INK, 0.02)
    pen.box((0.28, 0.58, 0.72, 0.94), darker(c, 0.85), 0.06)
    pen.round(0.5, 0.72, 0.07, (255, 224, 110))


THINGS: dict[str, Callable[[Pen, Colour], None]] = {
    "child": _child, "cat": _cat, "fish": _fish, "ball": _ball, "star": _star, "balloon": _balloon,
    "flower": _flower, "boat": _boat, "car": _car, "cucumber": _cucumber, "giant": _giant,
    "ghost": _ghost, "donut": _donut, "coin": _coin, "reels": _reels, "phone": _phone, "book": _book,
    "gift": _gift, "robot": _robot,
}  # fmt: skip


@lru_cache(maxsize=256)
def thing(name: str, side: int, colour: Colour, lean: int = 0) -> Picture:
    """The figure ``name``, ``side`` pixels square, leaning ``lean`` degrees; RGBA.

    A name of one or two characters is drawn as a toy block that carries it.
    """
    pen = Pen(side)
    if len(name) <= 2:
        pen.box((0.08, 0.08, 0.92, 0.92), colour, 0.14)
        pen.box((0.16, 0.16, 0.84, 0.84), PAPER, 0.10)
        pen.text(0.5, 0.5, name, 0.52, darker(colour, 0.7))
    else:
        THINGS[name](pen, colour)
    picture = pen.picture.rotate(lean, Image.Resampling.BILINEAR) if lean else pen.picture
    return picture.reduce(OVER)

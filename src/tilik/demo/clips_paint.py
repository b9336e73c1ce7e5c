"""Flat, friendly pictures in Pillow: colours, backdrops, things and lettering.

Everything is drawn once at three times its size and shrunk, so edges are smooth and a frame is
only a paste of ready pictures. The only font is the one that ships inside Pillow.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from functools import lru_cache
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Picture = Image.Image
OVER = 3
"""Pictures are drawn this many times larger and then shrunk."""

INK: Colour = (38, 34, 52)
PAPER: Colour = (255, 252, 244)


def hue(turn: float, strength: float = 0.62, light: float = 0.95) -> Colour:
    """A colour from hue (0..1, wraps), saturation and value."""
    r, g, b = colorsys.hsv_to_rgb(turn % 1.0, strength, light)
    return round(r * 255), round(g * 255), round(b * 255)


def darker(colour: Colour, by: float = 0.75) -> Colour:
    """The same hue with less light."""
    return tuple(round(c * by) for c in colour)  # type: ignore[return-value]


@lru_cache(maxsize=64)
def lettering(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own font at this size in pixels."""
    return ImageFont.load_default(size)


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Picture:
    """A vertical blend from ``top`` to ``bottom``."""
    ramp = np.linspace(0, 1, size[1])[:, None, None]
    column = (np.array(top) * (1 - ramp) + np.array(bottom) * ramp).astype(np.uint8)
    return Image.fromarray(np.broadcast_to(column, (size[1], size[0], 3)).copy())


# ------------------------------------------------------------------ backdrops
Backdrop = Callable[[ImageDraw.ImageDraw, int, int, float, Random], None]


def _meadow(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    sun = h // 7
    x = luck.randrange(w // 8, w * 7 // 8)
    pen.ellipse((x - sun, h // 12, x + sun, h // 12 + 2 * sun), fill=(255, 225, 120))
    for _ in range(3):
        cx, cy, r = luck.randrange(w), luck.randrange(h // 12, h // 3), h // 14
        for dx, grow in ((-r, 1.0), (0, 1.4), (r, 1.0)):
            s = int(r * grow)
            pen.ellipse((cx + dx - s, cy - s, cx + dx + s, cy + s), fill=PAPER)
    pen.ellipse((-w // 3, h * 6 // 10, w * 7 // 10, h * 14 // 10), fill=hue(turn + 0.30, 0.45, 0.80))
    pen.ellipse((w * 3 // 10, h * 65 // 100, w * 14 // 10, h * 15 // 10), fill=hue(turn + 0.34, 0.50, 0.68))
    for _ in range(26):
        fx, fy, r = luck.randrange(w), luck.randrange(h * 80 // 100, h), max(3, h // 90)
        pen.ellipse((fx - r, fy - r, fx + r, fy + r), fill=hue(luck.random(), 0.5, 1))


def _room(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    for x in range(0, w, max(1, w // 16)):
        pen.rectangle((x, 0, x + w // 32, h), fill=hue(turn, 0.16, 0.97))
    pen.rectangle((0, h * 72 // 100, w, h), fill=hue(turn + 0.06, 0.42, 0.72))
    pen.rectangle((0, h * 71 // 100, w, h * 73 // 100), fill=PAPER)
    left, top, right, bottom = w * 6 // 100, h * 10 // 100, w * 34 // 100, h * 48 // 100
    pen.rounded_rectangle((left, top, right, bottom), h // 40, fill=PAPER)
    pad = h // 60
    pen.rectangle((left + pad, top + pad, right - pad, bottom - pad), fill=(168, 216, 240))
    pen.line(((left + right) // 2, top, (left + right) // 2, bottom), fill=PAPER, width=pad)
    pen.ellipse(
        (w * 60 // 100, h * 84 // 100, w * 98 // 100, h * 97 // 100), fill=hue(turn + 0.5, 0.35, 0.85)
    )
    del luck


def _sea(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    for row, y in enumerate(range(h * 45 // 100, h, max(1, h // 12))):
        shade = hue(0.53 + turn * 0.05, 0.35 + row * 0.06, 0.92 - row * 0.06)
        pen.rectangle((0, y, w, h), fill=shade)
        r = w // 14
        for x in range(-r * (row % 2), w + r, 2 * r):
            pen.pieslice((x, y - r // 2, x + 2 * r, y + r // 2), 180, 360, fill=shade)
    pen.ellipse(
        (w * 74 // 100, h * 8 // 100, w * 74 // 100 + h // 5, h * 8 // 100 + h // 5), fill=(255, 214, 130)
    )
    del luck


def _night(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    for _ in range(60):
        x, y, r = luck.randrange(w), luck.randrange(h * 6 // 10), luck.choice((1, 2, 3))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(210, 210, 235))
    r = h // 8
    pen.ellipse((w * 7 // 10 - r, h // 6 - r, w * 7 // 10 + r, h // 6 + r), fill=(232, 230, 205))
    pen.ellipse(
        (w * 7 // 10 - r // 3, h // 6 - r * 11 // 10, w * 7 // 10 + r * 5 // 3, h // 6 + r * 8 // 10),
        fill=(30, 28, 58),
    )
    pen.rectangle((0, h * 82 // 100, w, h), fill=(16, 18, 30))
    for k in range(9):
        x = k * w // 8 + luck.randrange(-w // 40, w // 40 + 1)
        tall = luck.randrange(h * 30 // 100, h * 58 // 100)
        pen.polygon(
            ((x - w // 16, h * 84 // 100), (x, h * 84 // 100 - tall), (x + w // 16, h * 84 // 100)),
            fill=(20, 24, 40),
        )
    del turn


def _board(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    edge = h // 28
    pen.rounded_rectangle((edge, edge, w - edge, h - edge), edge, fill=(150, 106, 70))
    pen.rectangle((2 * edge, 2 * edge, w - 2 * edge, h - 2 * edge), fill=hue(0.42 + turn * 0.08, 0.42, 0.36))
    for _ in range(14):
        x, y = luck.randrange(3 * edge, w - 6 * edge), luck.randrange(3 * edge, h - 3 * edge)
        pen.line((x, y, x + luck.randrange(edge, 4 * edge), y), fill=(96, 138, 118), width=2)


def _city(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    x = 0
    while x < w:
        wide, tall = luck.randrange(w // 12, w // 6), luck.randrange(h * 30 // 100, h * 66 // 100)
        pen.rectangle(
            (x, h * 86 // 100 - tall, x + wide, h), fill=hue(turn + luck.random() * 0.15, 0.32, 0.70)
        )
        step = max(6, w // 34)
        for wy in range(h * 86 // 100 - tall + step // 2, h * 84 // 100, step):
            for wx in range(x + step // 2, x + wide - step // 2, step):
                pen.rectangle((wx, wy, wx + step // 3, wy + step // 3), fill=(255, 240, 190))
        x += wide + w // 90
    pen.rectangle((0, h * 86 // 100, w, h), fill=(92, 92, 108))
    for x in range(0, w, max(1, w // 9)):
        pen.rectangle((x, h * 92 // 100, x + w // 18, h * 93 // 100), fill=(245, 240, 220))


def _arena(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    step = max(8, w // 12)
    for gx in range(0, w + step, step):
        for gy in range(0, h + step, step):
            if (gx // step + gy // step) % 2:
                pen.rectangle((gx, gy, gx + step, gy + step), fill=hue(turn + 0.6, 0.45, 0.46))
    for _ in range(12):
        x, y = luck.randrange(0, w, step), luck.randrange(h // 4, h, step)
        pen.rounded_rectangle(
            (x + 4, y + 4, x + step - 4, y + step - 4), step // 6, fill=hue(luck.random(), 0.7, 0.95)
        )


def _dots(pen: ImageDraw.ImageDraw, w: int, h: int, turn: float, luck: Random) -> None:
    step = max(8, w // 11)
    for row, y in enumerate(range(0, h + step, step)):
        for x in range(-step if row % 2 else -step // 2, w + step, step):
            r = step // 6
            pen.ellipse((x - r, y - r, x + r, y + r), fill=hue(turn, 0.30, 1.0))
    del luck


BACKDROPS: dict[str, tuple[Backdrop, Callable[[float], tuple[Colour, Colour]]]] = {
    "meadow": (_meadow, lambda t: (hue(0.55 + t * 0.1, 0.42, 0.98), hue(0.52 + t * 0.1, 0.12, 1))),
    "room": (_room, lambda t: (hue(t, 0.22, 1), hue(t, 0.28, 0.92))),
    "sea": (_sea, lambda t: (hue(0.56, 0.30, 1), hue(0.06 + t * 0.05, 0.22, 1))),
    "night": (_night, lambda _: ((14, 14, 38), (56, 44, 92))),
    "board": (_board, lambda t: (hue(t, 0.2, 0.95), hue(t, 0.3, 0.85))),
    "city": (_city, lambda t: (hue(0.58 + t * 0.1, 0.35, 1), hue(0.09, 0.25, 1))),
    "arena": (_arena, lambda t: (hue(t + 0.62, 0.55, 0.36), hue(t + 0.62, 0.55, 0.60))),
    "dots": (_dots, lambda t: (hue(t, 0.52, 1), hue(t + 0.08, 0.60, 0.92))),
}


def backdrop(name: str, size: tuple[int, int], turn: float, luck: Random) -> Picture:
    """The scene ``name`` at ``size``, its hues turned by ``turn``."""
    paint, tones = BACKDROPS[name]
    big = gradient((size[0] * OVER, size[1] * OVER), *tones(turn))
    paint(ImageDraw.Draw(big), big.width, big.height, turn, luck)
    return big.reduce(OVER)


# ------------------------------------------------------------------ lettering
def wrap(text: str, size: int, room: int) -> list[str]:
    """``text`` broken into lines no wider than ``room`` pixels at letter size ``size``."""
    font, lines = lettering(size), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def sign(text: str, size: int, room: int, *, ink: Colour = PAPER, plate: Colour | None = INK) -> Picture:
    """Centred lettering, on a rounded plate or (``plate=None``) with an outline; RGBA."""
    font, lines = lettering(size), wrap(text, size, room)
    line, pad = int(size * 1.22), int(size * 0.55)
    wide = int(max(font.getlength(row) for row in lines)) + 2 * pad
    card = Image.new("RGBA", (wide, line * len(lines) + 2 * pad - line // 8), (0, 0, 0, 0))
    pen = ImageDraw.Draw(card)
    if plate is not None:
        pen.rounded_rectangle((0, 0, card.width - 1, card.height - 1), pad, fill=(*plate, 224))
    stroke = 0 if plate is not None else max(2, size // 10)
    for row, words in enumerate(lines):
        pen.text(
            (card.width / 2, pad + row * line), words, font=font, fill=ink, anchor="ma",
            stroke_width=stroke, stroke_fill=INK,
        )  # fmt: skip
    return card

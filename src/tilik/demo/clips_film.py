"""From a script to frames: who moves where, when the picture cuts, flashes or jumps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image

from tilik.demo.clips_paint import PAPER, Colour, Picture, backdrop, hue, sign
from tilik.demo.clips_recipes import Recipe, Shot, filled
from tilik.demo.clips_things import thing

FPS = 12
"""Frames per second. A flashing shot flips on every one: 12 transitions a second, twice the limit."""

COLOUR_TURNS = (0.0, 0.60, 0.14, 0.36, 0.78, 0.07)
"""Hues of ``clips_recipes.COLOURS``, in their order."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A script laid out in time. ``starts`` are frame numbers; the last one is the clip's end."""

    recipe: Recipe
    variant: int
    size: tuple[int, int]
    starts: tuple[int, ...]
    turn: float
    luck: int

    @property
    def seconds(self) -> float:
        """The clip's length."""
        return self.starts[-1] / FPS

    @property
    def shots(self) -> list[tuple[int, int, Shot]]:
        """Each shot with its first frame and the frame after its last."""
        count = len(self.starts) - 1
        script = self.recipe.shots
        return [(self.starts[k], self.starts[k + 1], script[k % len(script)]) for k in range(count)]


def lay_out(recipe: Recipe, seconds: float, variant: int, luck: Random) -> Plan:
    """Divide ``seconds`` among the shots; hurried scripts run round their shots again and again."""
    rounds = max(1, round(seconds / (len(recipe.shots) * (0.65 if recipe.hurried else 5.0))))
    shares = np.array([shot.share for shot in recipe.shots] * rounds)
    frames = np.maximum(4, np.round(shares / shares.sum() * seconds * FPS)).astype(int)
    starts = (0, *(int(n) for n in np.cumsum(frames)))
    size = (270, 480) if recipe.tall else (480, 270)
    turn = COLOUR_TURNS[variant % len(COLOUR_TURNS)] if recipe.template else luck.random()
    seed = 0 if recipe.template else luck.randrange(2**32)
    return Plan(recipe, variant, size, starts, turn, seed)


class Actor:
    """One figure with its own way of moving."""

    def __init__(self, name: str, place: int, of: int, *, plan: Plan, colour: Colour, luck: Random) -> None:
        w, h = plan.size
        side = int(min(h * 0.42, w * (0.85 if of == 1 else 1.15) / max(1.6, of)))
        self._poses = [thing(name, side, colour, lean) for lean in (-7, 0, 7, 0)]
        self._x = w * (place + 0.5) / of - side / 2
        self._y = h * (0.45 if plan.recipe.tall else 0.43) - side / 2
        self._sway, self._hop = luck.uniform(0.04, 0.10) * w / of, luck.uniform(0.05, 0.12) * h
        self._beat, self._phase = luck.uniform(0.5, 1.1), luck.random()

    def put_on(self, frame: Picture, t: float) -> None:
        """Paste this figure where it is at ``t`` seconds into the shot."""
        turn = 2 * math.pi * (self._beat * t + self._phase)
        pose = self._poses[int((self._beat * t + self._phase) * 4) % 4]
        x, y = self._x + self._sway * math.sin(turn), self._y - self._hop * abs(math.sin(turn))
        frame.paste(pose, (int(x), int(y)), pose)


Placed = tuple[Picture, tuple[int, int]]


def _lettered(plan: Plan, shot: Shot, first: bool) -> list[Placed]:
    if not shot.caption:
        return []
    w, h = plan.size
    size = int(min(w, h) * (0.105 if first else 0.088))
    card = sign(filled(shot.caption, plan.variant), size, int(w * 0.80))
    signs = [(card, ((w - card.width) // 2, int(h * 0.955) - card.height))]
    if plan.recipe.banner:
        banner = sign(plan.recipe.banner, int(min(w, h) * 0.06), w, ink=(255, 226, 90), plate=(170, 20, 40))
        signs.append((banner, (w - banner.width - w // 40, h // 40)))
    return signs


Still = tuple[Picture, list[Actor], list[Placed]]


def _still(plan: Plan, shot: Shot, number: int, luck: Random) -> Still:
    shift = 0.5 if plan.recipe.template else 0.17 * number
    background = backdrop(shot.backdrop, plan.size, plan.turn + shift, luck)
    tone = plan.turn if plan.recipe.template else luck.random()
    colours = [
        hue(tone + (0 if plan.recipe.template else k * 0.31), 0.66, 0.93) for k in range(len(shot.cast))
    ]
    actors = [
        Actor(n, k, len(shot.cast), plan=plan, colour=colours[k], luck=luck) for k, n in enumerate(shot.cast)
    ]
    return background, actors, _lettered(plan, shot, number == 0)


def _veiled(frame: Picture, colour: Colour) -> Picture:
    return Image.blend(frame, Image.new("RGB", frame.size, colour), 0.86)


def _flash(frame: Picture, k: int) -> Picture:
    return _veiled(frame, PAPER if k % 2 == 0 else (10, 8, 16))


def _red(frame: Picture, k: int) -> Picture:
    return _veiled(frame, (255, 0, 0) if k % 2 == 0 else (10, 8, 16))


def _bolt(frame: Picture, k: int) -> Picture:
    return _veiled(frame, PAPER) if k % FPS == FPS // 2 else frame


def _dark(frame: Picture, _k: int) -> Picture:
    return Image.new("RGB", frame.size)


def _jump(frame: Picture, k: int) -> Picture:
    grow = 1 + min(k, 8) * 0.09
    w, h = frame.size
    left, top = w * (1 - 1 / grow) / 2, h * (1 - 1 / grow) / 2
    return frame.resize((w, h), Image.Resampling.BILINEAR, (left, top, w - left, h - top))


def _shake(frame: Picture, k: int) -> Picture:
    moved = Image.new("RGB", frame.size)
    moved.paste(frame, ((k % 3 - 1) * 7, (k % 2) * 6 - 3))
    return moved


EFFECTS = {"flash": _flash, "red": _red, "bolt": _bolt, "jump": _jump, "shake": _shake, "dark": _dark}


def frames(plan: Plan) -> Iterator[Picture]:
    """Every frame of the clip in order, RGB."""
    luck = Random(plan.luck)  # noqa: S311
    script, stills = len(plan.recipe.shots), dict[int, Still]()
    for number, (start, end, shot) in enumerate(plan.shots):
        place = number % script if plan.recipe.hurried else number  # each round is the one before again
        if place not in stills:
            stills[place] = _still(plan, shot, number, luck)
        background, actors, signs = stills[place]
        for k in range(end - start):
            frame = background.copy()
            for actor in actors:
                actor.put_on(frame, 0.0 if shot.effect == "hold" else k / FPS)
            frame = EFFECTS[shot.effect](frame, k) if shot.effect in EFFECTS else frame
            for card, where in signs:
                frame.paste(card, where, card)
            yield frame

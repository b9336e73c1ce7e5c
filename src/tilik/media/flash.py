"""General and red flashes as WCAG 2.3.1, ITU-R BT.1702 and EA's IRIS count them.

Each cell (two small pixels square) follows a zig-zag of relative luminance, or of saturated red; a
reversal of at least the threshold is a cell's transition. When a quarter of the cells turn the same
way within 100 ms, and twice as many as turn the other way, that is one transition of the screen. The
last rule is ours: hand-held pictures flicker everywhere but in no direction.

Sources: WCAG 2.2 (general and red flash thresholds), ITU-R BT.1702-3; per-frame results agree with the
test results that ship with EA IRIS.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tilik.kernel import Evidence, EvidenceKind, Span
from tilik.media.result import FlashCode, FlashSummary
from tilik.media.small import Batch

SOURCE = "flash/2"
Cells = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

LUMINANCE_STEP, DARKER_BELOW = 0.10, 0.80
RED_STEP, RED_SHARE = 20.0, 0.80
AREA, TOGETHER, NET = 0.25, 0.100, 2.0
WARN, MOST = 4, 6
SECOND, CLOCK = 1.0, 0.002
"""Time stamps are rounded: two instants nearer than ``CLOCK`` to a second apart are a second apart."""

EXTENDED_WINDOW, EXTENDED_SECONDS = 5.0, 4.0
CODES: tuple[FlashCode, ...] = ("pass", "warning", "extended", "fail")


def _linear_table() -> Cells:
    s = np.arange(256, dtype=np.float64) / 255
    return np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4).astype(np.float32)


LINEAR = _linear_table()
"""sRGB code value → linear light, 0..1."""


PARTS, BEYOND = 12, 256
"""Code values are counted in 4096ths; a matrix may leave 0..255 by less than this."""

LIGHT = LINEAR[np.clip(np.arange(-BEYOND, 256 + BEYOND), 0, 255)]
"""Linear light of code values from ``-BEYOND`` on; those outside 0..255 count as the nearest inside."""

Table = npt.NDArray[np.int32]


@lru_cache(maxsize=2)
def _shares(bt709: bool) -> tuple[Table, Table, Table, Table]:
    """What each level of V adds to red, of U and of V to green, of U to blue; each sum is rounded once."""
    kr, kb = (0.2126, 0.0722) if bt709 else (0.299, 0.114)
    level = np.arange(256) - 128.0
    red_v, blue_u = 2 * (1 - kr) * level, 2 * (1 - kb) * level
    kg, half = 1 - kr - kb, 0.5 + BEYOND
    columns = (red_v + half, half - kb * blue_u / kg, -kr * red_v / kg, blue_u + half)
    red, green_u, green_v, blue = ((column * (1 << PARTS)).round().astype(np.int32) for column in columns)
    return red, green_u, green_v, blue


def linear_rgb(batch: Batch) -> tuple[Cells, Cells, Cells]:
    """Linear red, green and blue of each cell, (n, h/2, w/2)."""
    y = batch.y[:, ::2, ::2].astype(np.int32)
    for row, column in ((0, 1), (1, 0), (1, 1)):
        y += batch.y[:, row::2, column::2]
    y <<= PARTS - 2
    red_v, green_u, green_v, blue_u = _shares(batch.bt709)
    green = y + green_u[batch.u]
    green += green_v[batch.v]
    return _light(y + red_v[batch.v]), _light(green), _light(y + blue_u[batch.u])


def _light(code: Table) -> Cells:
    light: Cells = LIGHT[code >> PARTS]
    return light


def luminance(rgb: tuple[Cells, Cells, Cells]) -> Cells:
    """Relative luminance, 0..1."""
    light: Cells = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    return light


def redness(rgb: tuple[Cells, Cells, Cells]) -> Cells:
    """``(R - G - B) x 320`` where red makes up at least .8 of the light, else 0."""
    red, green, blue = rgb
    share = red >= RED_SHARE * (red + green + blue)
    return np.where(share, np.maximum(0, (red - green - blue) * 320), 0).astype(np.float32)


class ZigZag:
    """Per-cell reversals of at least ``step``, counted where the darker end lies below ``below``."""

    def __init__(self, step: float, below: float) -> None:
        self._step, self._below = step, below
        self._low: Cells | None = None
        self._high: Cells = np.zeros(0, np.float32)
        self._way: npt.NDArray[np.int8] = np.zeros(0, np.int8)

    def move(self, value: Cells) -> tuple[Mask, Mask]:
        """The cells that turn up, and those that turn down, at this picture."""
        if self._low is None:
            self._low, self._high = value.copy(), value.copy()
            self._way = np.zeros(value.shape, np.int8)
        np.minimum(self._low, value, out=self._low)
        np.maximum(self._high, value, out=self._high)
        up = value - self._low >= self._step
        up &= self._way <= 0
        up &= self._low < self._below
        down = self._high - value >= self._step
        down &= self._way >= 0
        down &= value < self._below
        down &= ~up
        if up.any() or down.any():
            turned = up | down
            self._way[up], self._way[down] = 1, -1
            self._low[turned] = self._high[turned] = value[turned]
        return up, down

    def rests(self, values: Cells) -> bool:
        """Whether pictures (n, h, w) that are 0 throughout come to one at 0, so that nothing can turn."""
        if values.any():
            return False
        return self._low is not None and not self._low.any() and bool(self._high.max() < self._step)


class Screen:
    """From cells that turn to transitions of the screen."""

    def __init__(self) -> None:
        self._up_at: npt.NDArray[np.float64] = np.zeros(0)
        self._down_at: npt.NDArray[np.float64] = np.zeros(0)
        self._way, self._when, self._latest = 0, -np.inf, -np.inf

    def turned(self, t: float, up: Mask, down: Mask) -> bool:
        """Whether the screen makes a transition at ``t``."""
        if self._up_at.size == 0:
            self._up_at = np.full(up.shape, -np.inf)
            self._down_at = np.full(up.shape, -np.inf)
        # A cell stands for its latest turn alone. Were the one before kept, every picture of a light that
        # turns within 100 ms would rise and fall alike, and the net rule would let it pass.
        if up.any() or down.any():
            self._up_at[up], self._down_at[up] = t, -np.inf
            self._down_at[down], self._up_at[down] = t, -np.inf
            self._latest = t
        elif self._latest <= t - TOGETHER + CLOCK:
            return False  # no cell has turned of late
        rising = int(np.count_nonzero(self._up_at > t - TOGETHER + CLOCK))
        falling = int(np.count_nonzero(self._down_at > t - TOGETHER + CLOCK))
        way = 1 if rising >= falling else -1
        more, less = max(rising, falling), min(rising, falling)
        again = way == self._way and t - self._when < SECOND - CLOCK
        if again or more < AREA * up.size or more < NET * less:
            return False
        self._way, self._when = way, t
        self._up_at.fill(-np.inf)
        self._down_at.fill(-np.inf)
        return True


Stretch = tuple[Span, int, int]


def joined(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches that overlap or touch become one, with the worse verdict and the higher peak."""
    whole: list[Stretch] = []
    for span, code, peak in stretches:
        if whole and span.start <= whole[-1][0].end:
            before, old_code, old_peak = whole.pop()
            span = Span(start=before.start, end=max(before.end, span.end))  # noqa: PLW2901
            code, peak = max(code, old_code), max(peak, old_peak)  # noqa: PLW2901
        whole.append((span, code, peak))
    return whole


@dataclass(slots=True)
class Track:
    """Transitions in the last second and the verdict (index into ``CODES``), picture by picture."""

    times: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    _band: deque[tuple[float, float]] = field(default_factory=deque)
    _band_seconds: float = 0.0
    _oldest: int = 0

    def add(self, t: float, turned: bool) -> None:
        """Book one picture."""
        step = t - self.times[-1] if self.times else 0.0
        if turned:
            self.turns.append(t)
        while self._oldest < len(self.turns) and t - self.turns[self._oldest] >= SECOND - CLOCK:
            self._oldest += 1
        count = len(self.turns) - self._oldest
        self._extend(t, step if WARN <= count <= MOST else 0.0)
        self.times.append(t)
        self.counts.append(count)
        self.codes.append(self._code(count))

    def _extend(self, t: float, seconds: float) -> None:
        if seconds:
            self._band.append((t, seconds))
            self._band_seconds += seconds
        while self._band and t - self._band[0][0] >= EXTENDED_WINDOW - CLOCK:
            self._band_seconds -= self._band.popleft()[1]

    def _code(self, count: int) -> int:
        if count > MOST:
            return 3
        if count < WARN:
            return 0
        return 2 if self._band_seconds >= EXTENDED_SECONDS - CLOCK else 1

    def stretches(self) -> list[Stretch]:
        """Each stretch with a verdict above pass: its span, its worst code, its most transitions."""
        found: list[Stretch] = []
        start: int | None = None
        for k, code in enumerate([*self.codes, 0]):
            if code and start is None:
                start = k
            elif not code and start is not None:
                found.append(self._stretch(start, k))
                start = None
        return joined(found)

    def _stretch(self, start: int, end: int) -> Stretch:
        since, until = self.times[start] - SECOND, self.times[end - 1]
        turns = [t for t in self.turns if since < t <= until]
        return Span(start=turns[0], end=turns[-1]), max(self.codes[start:end]), max(self.counts[start:end])


class Flash:
    """The analyser: feed batches, then read ``summary`` and ``evidence``."""

    def __init__(self) -> None:
        self.general, self.red = Track(), Track()
        self._zigzags = ZigZag(LUMINANCE_STEP, DARKER_BELOW), ZigZag(RED_STEP, np.inf)
        self._screens = Screen(), Screen()

    def feed(self, batch: Batch) -> None:
        """Follow each picture of the batch."""
        rgb = linear_rgb(batch)
        for values, zigzag, screen, track in zip(
            (luminance(rgb), redness(rgb)),
            self._zigzags,
            self._screens,
            (self.general, self.red),
            strict=True,
        ):
            if zigzag.rests(values):
                for t in batch.times:
                    track.add(float(t), False)
                continue
            for t, value in zip(batch.times, values, strict=True):
                track.add(float(t), screen.turned(float(t), *zigzag.move(value)))

    def summary(self) -> FlashSummary:
        """The whole file's verdicts."""
        return FlashSummary(
            general=CODES[max(self.general.codes, default=0)],
            red=CODES[max(self.red.codes, default=0)],
            general_peak=max(self.general.counts, default=0),
            red_peak=max(self.red.counts, default=0),
        )

    def evidence(self, video: str) -> list[Evidence]:
        """One ``flash`` or ``flash-red`` per stretch; value: verdict and most transitions in one second."""
        kinds: tuple[tuple[EvidenceKind, Track], ...] = (("flash", self.general), ("flash-red", self.red))
        return [
            Evidence(
                video=video,
                span=span,
                kind=kind,
                value={"verdict": CODES[code], "transitions_per_second": peak},
                source=SOURCE,
            )
            for kind, track in kinds
            for span, code, peak in track.stretches()
        ]

"""The page's two charts, drawn on the server: an interval on a line, and weeks with their intervals.

Self-contained SVG with the page's own CSS colours; every chart says in words what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from tilik.guideline import Language
from tilik.kernel import Estimate
from tilik.measure import Week
from tilik.report.numbers import percent

WIDTH, HEIGHT = 96, 10
TREND_WIDTH, TREND_HEIGHT, LEFT, BOTTOM = 330, 92, 34, 16
Place = Callable[[float], float]
STEPS = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)


def axis_end(estimates: Sequence[Estimate]) -> float:
    """A round share that holds all of these intervals."""
    most = max((one.high for one in estimates), default=1.0)
    return next((step for step in STEPS if step >= most), 1.0)


def interval_bar(estimate: Estimate, end: float, words: str) -> Markup:
    """A band from low to high with a dot for the value, on a line from 0 to ``end``."""

    def x(value: float) -> float:
        return round(2 + (WIDTH - 4) * min(max(value / end, 0), 1), 1)

    low, high = x(estimate.low), x(estimate.high)
    dot = ""
    if estimate.value is not None:
        dot = f'<circle cx="{x(estimate.value)}" cy="{HEIGHT / 2}" r="2.6" class="dot"/>'
    return Markup(  # noqa: S704  (numbers of ours, and words escaped)
        f'<svg class="bar" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">'
        f'<line x1="2" x2="{WIDTH - 2}" y1="{HEIGHT / 2}" y2="{HEIGHT / 2}" class="axis"/>'
        f'<rect x="{low}" y="{HEIGHT / 2 - 2}" width="{max(1.0, round(high - low, 1))}" height="4" rx="2" '
        f'class="band"/>{dot}</svg>'
    )


def trend(weeks: Sequence[Week], language: Language, words: str) -> Markup:
    """Weeks from left to right; the line breaks where another guideline decides, or days are missing."""
    if len(weeks) < 2:
        return Markup("")
    end = axis_end([one.failing.estimate for one in weeks])
    step = (TREND_WIDTH - LEFT - 12) / (len(weeks) - 1)

    def x(at: int) -> float:
        return round(LEFT + 6 + step * at, 1)

    def y(value: float) -> float:
        return round(6 + (TREND_HEIGHT - BOTTOM - 8) * (1 - value / end), 1)

    parts = [*_grid(end, y, language), *_band(weeks, x, y)]
    for at, week in enumerate(weeks):
        one = week.failing.estimate
        if at and week.follows and not week.new_version and one.value is not None:
            before = weeks[at - 1].failing.estimate.value
            if before is not None:
                parts.append(
                    f'<line x1="{x(at - 1)}" y1="{y(before)}" x2="{x(at)}" y2="{y(one.value)}" class="line"/>'
                )
        if at and week.new_version:
            middle = round((x(at - 1) + x(at)) / 2, 1)
            parts.append(f'<line x1="{middle}" x2="{middle}" y1="4" y2="{y(0)}" class="break"/>')
        parts.append(
            f'<line x1="{x(at)}" x2="{x(at)}" y1="{y(one.low)}" y2="{y(one.high)}" class="whisker"/>'
        )
        if one.value is not None:
            parts.append(f'<circle cx="{x(at)}" cy="{y(one.value)}" r="3" class="dot"/>')
        label = f"{week.last.day}/{week.last.month}"
        parts.append(
            f'<text x="{x(at)}" y="{TREND_HEIGHT - 3}" class="tick" text-anchor="middle">{label}</text>'
        )
    return Markup(  # noqa: S704  (numbers of ours, and words escaped)
        f'<svg class="trend" viewBox="0 0 {TREND_WIDTH} {TREND_HEIGHT}" role="img" '
        f'aria-label="{escape(words)}">{"".join(parts)}</svg>'
    )


def _grid(end: float, y: Place, language: Language) -> list[str]:
    parts = []
    for part in (0.0, 0.5, 1.0):
        at = y(end * part)
        parts.append(f'<line x1="{LEFT}" x2="{TREND_WIDTH - 4}" y1="{at}" y2="{at}" class="axis"/>')
        text = percent(end * part, language, 0 if end >= 0.02 else 1)
        parts.append(f'<text x="{LEFT - 4}" y="{at + 2.5}" class="tick" text-anchor="end">{text}</text>')
    return parts


def _band(weeks: Sequence[Week], x: Callable[[int], float], y: Place) -> list[str]:
    """The mean of the periods before, drawn behind the newest."""
    four = weeks[-1].four
    if four is None:
        return []
    at = x(len(weeks) - 1)
    top, bottom = y(four.high), y(four.low)
    left = x(max(0, len(weeks) - 5))
    height, width = round(bottom - top, 1), round(at - left + 6, 1)
    return [f'<rect x="{left}" y="{top}" width="{width}" height="{height}" class="four"/>']

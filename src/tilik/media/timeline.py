"""A picture of a file's signals: one time line a file, as SVG text. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tilik.kernel import Evidence
from tilik.media.result import SignalReport

WIDE, LEFT, RIGHT, ROW, BAR, CURVE = 1000, 130, 28, 20, 13, 34
INK, PALE, GRID, BAND = "#1f2933", "#7b8794", "#e4e7eb", "#cbd2d9"
COLOURS = {
    "shot": "#3e7cb1",
    "flash": "#d64545",
    "flash-red": "#9b1c1c",
    "loudness": "#b7791f",
    "silence": "#9aa5b1",
    "speech": "#5b7083",
    "speech-text": "#35618e",
    "language": "#8a94a0",
    "on-screen-text": "#2f7d7a",
    "caption": "#3f9142",
    "lexicon": "#c05621",
    "loop": "#7c4dab",
    "black": "#1f2933",
    "freeze": "#627d98",
    "provenance": "#52606d",
}
NAMES = {
    "shot": "shots",
    "flash": "flashing",
    "flash-red": "red flashing",
    "loudness": "loudness jumps",
    "silence": "silence",
    "speech": "speech",
    "speech-text": "words spoken",
    "language": "language",
    "on-screen-text": "text in picture",
    "caption": "captions",
    "lexicon": "word hits",
    "loop": "repetition",
    "black": "black",
    "freeze": "still",
    "provenance": "origin",
}
WORDS = ("text", "found", "language", "manifest")
"""Which part of a value stands on its bar."""
CURVES = (("loudness", "loudness, LUFS", -60.0, 0.0), ("motion", "motion", 0.0, 300.0))
CURVES_MORE = (("brightness", "brightness", 0.0, 255.0), ("colour", "colour", 0.0, 120.0))
POINTS = 280
"""Points of a curve at most."""

MOST_LEVELS, TOUCH = 4, 0.02
"""Rows of one kind at most; seconds by which neighbours may overlap through rounding."""

STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200)
TITLE_LETTER = 8.4
LETTER = 6.2
"""Mean width of a letter of the labels, for cutting texts to their bars."""


Spread = tuple[float, float, float, float]
"""A place of a curve: pixels from the left; those of its greatest, mean and least value from the top."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From seconds to places."""

    seconds: float

    def x(self, t: float) -> float:
        """The place of second ``t``, pixels from the left."""
        return LEFT + (WIDE - LEFT - RIGHT) * min(1.0, max(0.0, t / self.seconds if self.seconds else 0.0))


def timelines_svg(reports: Sequence[SignalReport]) -> str:
    """One picture of all the reports, one below the other."""
    parts: list[str] = []
    top = 0.0
    for report in reports:
        drawn, height = _timeline(report)
        parts.append(f'<g transform="translate(0 {top:.0f})">{drawn}</g>')
        top += height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {top:.0f}" width="{WIDE}" '
        f'height="{top:.0f}" font-family="system-ui, sans-serif" font-size="11" fill="{INK}">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _timeline(report: SignalReport) -> tuple[str, float]:
    seconds = report.probe.seconds if report.probe else 0.0
    scale, y = Scale(seconds), 44.0
    rows: list[str] = []
    for name, label, low, high in (*CURVES, *CURVES_MORE):
        values = getattr(report.curves, name)
        if any(value is not None for value in values):
            rows.append(_label(label, y + CURVE / 2) + _curve(values, scale, (low, high), y))
            y += CURVE + 6
    for kind, name in NAMES.items():
        levels = _levels([e for e in report.evidence if e.kind == kind])
        if levels:
            rows.append(_label(name, y + BAR / 2))
        for lane in levels:
            rows += _bars(lane, scale, y)
            y += ROW
    return _head(report) + _axis(scale, y) + "".join(rows), y + 30


def _levels(lane: Sequence[Evidence]) -> list[list[Evidence]]:
    """One below the other what is there at the same time, as lines of text are; the last takes the rest."""
    levels: list[list[Evidence]] = []
    for item in sorted(lane, key=lambda e: e.span.start):
        free = next((one for one in levels if one[-1].span.end <= item.span.start + TOUCH), None)
        if free is None and len(levels) < MOST_LEVELS:
            levels.append([item])
        else:
            (free if free is not None else levels[-1]).append(item)
    return levels


def _head(report: SignalReport) -> str:
    state = " ".join(part for part in (report.condition.code, report.condition.reason) if part)
    probe = report.probe
    facts = f"{probe.width} × {probe.height}, {probe.seconds:.1f} s" if probe else ""
    loud = report.loudness.integrated if report.loudness else None
    parts = [facts, state, f"{loud:.1f} LUFS" if loud is not None else ""]
    told = " · ".join(part for part in parts if part)
    room = int((WIDE - RIGHT - 20 - LETTER * len(told)) / TITLE_LETTER)
    name = report.file if len(report.file) <= room else f"{report.file[: max(8, room - 1)]}…"
    return (
        f'<text x="10" y="20" font-size="13" font-weight="600">{escape(name)}'
        f"<title>{escape(report.file)}</title></text>"
        f'<text x="{WIDE - RIGHT}" y="20" text-anchor="end" fill="{PALE}">{escape(told)}</text>'
    )


def _axis(scale: Scale, bottom: float) -> str:
    if not scale.seconds:
        return ""  # nothing could be read
    step = next((s for s in STEPS if scale.seconds / s <= 12), 3600)
    marks = [k * step for k in range(int(scale.seconds // step) + 1)]
    return "".join(
        f'<line x1="{scale.x(t):.1f}" x2="{scale.x(t):.1f}" y1="40" y2="{bottom:.0f}" stroke="{GRID}"/>'
        f'<text x="{scale.x(t):.1f}" y="36" text-anchor="middle" fill="{PALE}">'
        f"{_clock(t, scale.seconds)}</text>"
        for t in marks
    )


def _clock(t: int, seconds: float) -> str:
    """Minutes and seconds; of a film of an hour or more hours and minutes too."""
    if seconds < 3600:
        return f"{t // 60}:{t % 60:02}"
    return f"{t // 3600}:{t // 60 % 60:02}:{t % 60:02}"


def _label(text: str, middle: float) -> str:
    return f'<text x="{LEFT - 8}" y="{middle + 4:.1f}" text-anchor="end">{escape(text)}</text>'


def _bars(lane: Sequence[Evidence], scale: Scale, y: float) -> Iterator[str]:
    for place, item in enumerate(lane):
        x, end = scale.x(item.span.start), scale.x(item.span.end)
        wide = max(1.5, end - x - (1 if item.kind == "shot" else 0))
        pale = ' opacity=".62"' if item.kind == "shot" and place % 2 else ""
        yield (
            f'<g><title>{escape(_said(item))}</title><rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" '
            f'height="{BAR}" rx="2" fill="{COLOURS[item.kind]}"{pale}/>'
        )
        text = " ".join(_word(item).split())
        if text and (room := int((wide - 6) / LETTER)) > 2:
            shown = text if len(text) <= room else text[: room - 1] + "…"
            yield f'<text x="{x + 3:.1f}" y="{y + 10:.1f}" font-size="10" fill="#fff">{escape(shown)}</text>'
        yield "</g>"


def _word(item: Evidence) -> str:
    """What stands on the bar: a caption, a text, a word found; of the origin its manifest and making."""
    value = item.value
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    if item.kind == "provenance" and value.get("manifest") == "none":
        return "no manifest: says nothing about origin"
    word = next((str(value[name]) for name in WORDS if name in value), "")
    return f"manifest {word}, making {value.get('making')}" if item.kind == "provenance" else word


def _said(item: Evidence) -> str:
    value = item.value
    if isinstance(value, dict):
        value = ", ".join(f"{name} {each}" for name, each in value.items())
    where = f"{item.span.start:.2f}–{item.span.end:.2f} s"
    return " · ".join(part for part in (NAMES[item.kind], where, str(value or ""), item.source) if part)


def _curve(values: Sequence[float | None], scale: Scale, ends: tuple[float, float], y: float) -> str:
    """A line through the middles of the seconds, broken where there is no value.

    A long file has more seconds than there is room for: the line is then the mean of several, over a pale
    band from their least to their greatest.
    """
    low, high = ends
    step = math.ceil(len(values) / POINTS) or 1

    def at(value: float) -> float:
        return y + CURVE * (1 - min(1.0, max(0.0, (value - low) / (high - low))))

    runs: list[list[Spread]] = [[]]
    for second in range(0, len(values), step):
        some = [value for value in values[second : second + step] if value is not None]
        if not some:
            runs.append([])
            continue
        x = scale.x(min(second + step / 2, scale.seconds))
        runs[-1].append((x, at(max(some)), at(sum(some) / len(some)), at(min(some))))
    half = (scale.x(step) - scale.x(0)) / 2
    drawn = "".join(_run(_seen(run, half), band=step > 1) for run in runs if run)
    base = f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y + CURVE}" y2="{y + CURVE}" stroke="{GRID}"/>'
    return base + drawn


def _seen(run: Sequence[Spread], half: float) -> Sequence[Spread]:
    """A value alone, which a line through middles would not show, as level over its own seconds."""
    if len(run) > 1:
        return run
    ((x, most, mean, least),) = run
    left, right = max(float(LEFT), x - half), min(x + half, float(WIDE - RIGHT))
    return [(left, most, mean, least), (right, most, mean, least)]


def _run(run: Sequence[Spread], *, band: bool) -> str:
    line = " ".join(f"{x:.1f},{mean:.1f}" for x, _, mean, _ in run)
    drawn = f'<polyline points="{line}" fill="none" stroke="{INK}" stroke-width="1.2"/>'
    if not band:
        return drawn
    edge = [f"{x:.1f},{top:.1f}" for x, top, _, _ in run]
    edge += [f"{x:.1f},{bottom:.1f}" for x, _, _, bottom in reversed(run)]
    return f'<polygon points="{" ".join(edge)}" fill="{BAND}"/>{drawn}'

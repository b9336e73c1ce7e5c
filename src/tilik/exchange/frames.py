"""Seconds and numbered frames, one into the other without loss.

Programs that count frames count from 1: frame f at ``fps`` pictures a second is on screen from (f−1)/fps to
f/fps. A span that they give back untouched must come back to the very same seconds, so the seconds are sent
along; where the frames were changed, the frames count.
"""

from __future__ import annotations

import math

from tilik.kernel import Invalid, Span

SLACK = 1e-6
"""Of a frame: what binary fractions may be off before a second falls into the next one."""
MOST_FPS = 1000.0


def to_frames(span: Span, fps: float) -> tuple[int, int]:
    """The first and the last frame that show any of the span; at least one frame."""
    first = math.floor(span.start * fps + SLACK) + 1
    return first, max(first, math.ceil(span.end * fps - SLACK))


def to_span(first: float, last: float, fps: float) -> Span:
    """From the moment the first frame appears to the moment the last one goes. Raises ``Invalid``."""
    if not (math.isfinite(first) and math.isfinite(last) and 1 <= first <= last):
        raise Invalid("frames", f"frames {first:g} to {last:g} are no span: they run from 1 up")
    return Span(start=(first - 1) / fps, end=last / fps)


def checked_fps(value: object, where: str) -> float:
    """Frames a second, above 0 and up to 1000. Raises ``Invalid``."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MOST_FPS:
        return float(value)
    raise Invalid("fps", f"{value!r} is no number of frames a second", where=where)

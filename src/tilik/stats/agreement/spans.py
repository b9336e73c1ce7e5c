"""Agreement on when: Krippendorff's alpha for unitizing, over videos of any length.

Krippendorff, Mathet, Bouvry & Widlöcher (2016), ``uα``, for one label, in the limit of a fine time grid:
each instant of each video is a unit that every person either marked or not. A person's mark cannot be
paired with itself by chance, so its squared length leaves what is expected. This replaces the distance of
Krippendorff (1995; 2004), which its author found to misbehave for more than two people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid, Span
from tilik.stats.agreement.assess import assess
from tilik.stats.agreement.codes import Floats
from tilik.stats.agreement.ends import Asked, How
from tilik.stats.agreement.parts import Parts


class Watched(NamedTuple):
    """One video of ``length`` seconds: the spans of each person who watched it, an empty list for none.

    A point in time has no length and so no say here. ``weight`` is the video's design weight.
    """

    length: float
    marks: Sequence[Sequence[Span]]
    weight: float = 1.0


def span_agreement(
    videos: Sequence[Watched],
    *,
    of: str,
    equal_videos: bool = False,
    how: How = "root",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
    inputs: Mapping[str, JsonValue] | None = None,
) -> Estimate:
    """How far people mark the same seconds, beyond chance: 1 the same, 0 as by chance.

    Each second counts alike, so that long videos weigh more; ``equal_videos`` lets each video count alike.
    A person's overlapping marks are joined. Intervals are over videos. Undefined (value None) where nobody
    marked anything, or everybody everything. Raises ``Invalid`` on spans outside their video, a length or
    weight that is not positive, and fewer than two videos that two people watched.
    """
    twice = _watched_twice(videos)
    found = _alpha([_measure(video, equal_videos) for video in twice], [video.weight for video in twice])
    told: dict[str, JsonValue] = {
        **(inputs or {}),
        "videos": len(twice),
        "seconds": float(sum(video.length for video in twice)),
        "marked_share": float(found.weight @ found.marked / (found.weight @ found.seen)),
        "equal_videos": equal_videos,
    }
    return assess(
        found,
        Asked(how, "linearised", level, draws, seed),
        say=found.weight * found.seen,
        floor=-1.0,
        method="span-alpha",
        of=of,
        inputs=told,
    )


def _watched_twice(videos: Sequence[Watched]) -> list[Watched]:
    twice = [video for video in videos if len(video.marks) >= 2]
    if len(twice) < 2:
        raise Invalid(
            "agreement-too-few-units",
            f"{len(twice)} videos were watched by two people or more; agreement needs at least 2",
            mend="have more videos watched twice",
        )
    return twice


class _Seconds(NamedTuple):
    seen: float
    marked: float
    apart: float
    selves: float


@dataclass(frozen=True, eq=False)
class SpanAlpha:
    """By video: person-seconds ``seen`` and ``marked``, those in which pairs are ``apart`` (each pair once
    in each direction, over m - 1), and the squared lengths of marks, ``selves``."""

    weight: Floats
    seen: Floats
    marked: Floats
    apart: Floats
    selves: Floats

    def parts(self, weight: Floats, square: Floats) -> Parts:
        """Observed and expected disagreement under these weights."""
        seen, marked = float(weight @ self.seen), float(weight @ self.marked)
        pairs = seen**2 - float(square @ self.selves)
        return Parts(float(weight @ self.apart) / seen, 2 * marked * (seen - marked) / pairs)

    def slopes(self, weight: Floats, square: Floats) -> tuple[Floats, Floats]:
        """Derivatives by video."""
        seen, marked = float(weight @ self.seen), float(weight @ self.marked)
        pairs = seen**2 - float(square @ self.selves)
        observed, expected = self.parts(weight, square)
        d_observed = (self.apart - observed * self.seen) / seen
        d_top = self.marked * (seen - 2 * marked) + marked * self.seen
        d_expected = (2 * d_top - expected * 2 * seen * self.seen) / pairs
        # The part of the pairs that a video has with itself moves with its weight, too.
        d_expected = d_expected + expected * 2 * (weight * self.selves) / pairs
        whole = float(weight.sum())
        return d_observed * whole, d_expected * whole

    def published(self, influence: Floats, parts: Parts) -> Floats:
        """Nothing else is published."""
        del parts
        return influence


def _alpha(measured: Sequence[_Seconds], weight: Sequence[float]) -> SpanAlpha:
    heavy = np.asarray(weight, dtype=float)
    if not np.isfinite(heavy).all() or (heavy <= 0).any():
        raise Invalid("weight-unfit", "a video's weight must be finite and above 0")
    table = np.asarray(measured, dtype=float)
    return SpanAlpha(heavy, table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _measure(video: Watched, equal: bool) -> _Seconds:
    if not (np.isfinite(video.length) and video.length > 0):
        raise Invalid("length-not-positive", f"a video's length must be above 0 seconds, not {video.length}")
    people = len(video.marks)
    joined = [_joined(spans, video.length) for spans in video.marks]
    steps = np.concatenate([np.stack([ends, np.tile([1, -1], ends.size // 2)]) for ends in joined], axis=1)
    order = np.argsort(steps[0], kind="stable")
    times = np.append(steps[0][order], video.length)
    marking = np.cumsum(steps[1][order])
    apart = float(np.diff(times) @ (2 * marking * (people - marking))) / (people - 1)
    lengths = np.concatenate([np.diff(ends.reshape(-1, 2)).reshape(-1) for ends in joined])
    unit = video.length if equal else 1.0
    seen, marked = people * video.length / unit, float(lengths.sum()) / unit
    return _Seconds(seen, marked, apart / unit, float((lengths**2).sum()) / unit**2)


def _joined(spans: Sequence[Span], length: float) -> NDArray[np.float64]:
    """Start, end, start, end, … of one person's marks, overlapping and touching ones as one."""
    ends: list[float] = []
    for span in sorted(spans, key=lambda one: one.start):
        if span.end > length * (1 + 1e-9):
            raise Invalid(
                "span-outside-video",
                f"a mark ends at {span.end} s in a video of {length} s",
                mend="give the video's true length, or cut the mark",
            )
        if span.length == 0:
            continue
        if ends and span.start <= ends[-1]:
            ends[-1] = max(ends[-1], span.end)
        else:
            ends += [span.start, span.end]
    return np.asarray(np.minimum(np.asarray(ends, dtype=float), length))

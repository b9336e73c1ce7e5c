"""Where a video repeats itself: the same pictures again and again, at one distance in time.

Five pictures a second are each compared with every picture of the next two minutes. A stretch loops when its
pictures come again at one distance in time, for two rounds and more, while the pictures within a round
differ from each other: a still, or a fixed camera before which little moves, repeats nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tilik.kernel import Evidence, Span
from tilik.media.hashing import BLANK, Words, frequencies, to_bits
from tilik.media.small import Batch

SOURCE = "loops/1"
ASKED, RATE = 0.2, 25.0
"""Seconds between two pictures that are looked for again; pictures a second that they are sought among."""

BIN = 0.08
"""Seconds of lag that count as one."""

NEAR, APART = 32, 44
"""Bits up to which two pictures are the same; median of the pairs in a round from which on they differ."""

SHORTEST, LONGEST = 0.8, 120.0
"""Seconds of one round."""

ROUNDS, LEAST = 2.0, 3.0
"""A loop has at least so many rounds, and so many seconds."""

HOLDS = 0.85
"""Share of a stretch whose pictures must come again."""

AS_LONG, AS_SHORT = 0.8, 1.15
"""Of lags that explain a stretch, within this share of the longest, the shortest counts: two rounds are a
repetition too. Those up to this factor above it are the same lag, of which the best is taken."""

SAMPLED = 40
"""Pictures of a round that are compared with each other."""

MOST = 45_000
"""Pictures that are kept, half an hour of them; what is longer is left out."""

Near = npt.NDArray[np.bool_]
Times = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Loop:
    """A stretch that repeats each ``period`` seconds, ``times`` over."""

    span: Span
    period: float
    times: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int
    last: int
    lag: int
    held: float


class Loops:
    """The analyser: feed batches, then read ``loops`` and ``evidence``."""

    def __init__(self) -> None:
        self._due = 0.0
        self._kept = 0
        self._times: list[float] = []
        self._hashes: list[Words] = []
        self._blank: list[bool] = []

    def feed(self, batch: Batch) -> None:
        """Hash the pictures whose time has come."""
        taken = []
        for k, t in enumerate(batch.times.tolist()):
            if t + 1e-6 >= self._due and self._kept < MOST:
                self._due = t + 1 / RATE - 1e-6
                self._kept += 1
                self._times.append(t)
                taken.append(k)
        if taken:
            luma = batch.y[taken].astype(np.float32)
            self._hashes.append(to_bits(frequencies(luma)))
            self._blank += (luma.std(axis=(1, 2)) < BLANK).tolist()

    def loops(self) -> list[Loop]:
        """The loops, in order, none inside another."""
        if not self._times or self._times[-1] < LEAST:
            return []
        times, hashes = np.array(self._times), np.concatenate(self._hashes)
        asked = np.unique(np.searchsorted(times, np.arange(0, times[-1], ASKED)))
        again = seen_again(times, hashes, asked)
        again[np.array(self._blank)[asked]] = False
        found, free = [], np.ones(len(asked), np.bool_)
        waiting = _candidates(again, times[asked])
        while waiting:
            best = _best(waiting)
            round_ = slice(*np.searchsorted(times, times[asked[best.first]] + np.array([0, best.lag * BIN])))
            if free[best.first : best.last].all() and varied(hashes[round_]):
                free[best.first : best.last] = False
                found.append(_loop(best, times[asked]))
            waiting = [one for one in waiting if one is not best and free[one.first : one.last].mean() > 0.5]
        return sorted(found, key=lambda loop: loop.span.start)

    def evidence(self, video: str, seconds: float) -> list[Evidence]:
        """One ``loop`` for each; value: seconds of a round, and how many rounds."""
        return [
            Evidence(
                video=video,
                span=Span(start=loop.span.start, end=min(seconds, loop.span.end)),
                kind="loop",
                value={"period": loop.period, "times": loop.times},
                source=SOURCE,
            )
            for loop in self.loops()
            if loop.span.start < seconds
        ]


def distance(one: Words, other: Words) -> npt.NDArray[np.int32]:
    """Bits in which hashes differ, along the last axis of words."""
    return np.asarray(np.bitwise_count(one ^ other).sum(axis=-1, dtype=np.int32))


def seen_again(times: Times, hashes: Words, asked: npt.NDArray[np.intp]) -> Near:
    """For each asked picture and each bin of lag, whether it comes again then."""
    bins = round(min(LONGEST, times[-1]) / BIN) + 1
    again = np.zeros((len(asked), bins), np.bool_)
    for row, k in enumerate(asked.tolist()):
        stop = int(np.searchsorted(times, times[k] + bins * BIN))
        near = distance(hashes[k], hashes[k + 1 : stop]) <= NEAR
        lags = ((times[k + 1 : stop][near] - times[k]) / BIN).round().astype(np.intp)
        again[row, lags[lags < bins]] = True
    return again


def _candidates(again: Near, starts: Times) -> list[_Candidate]:
    beside = again.copy()
    beside[:, 1:] |= again[:, :-1]
    beside[:, :-1] |= again[:, 1:]
    enough = np.flatnonzero(beside.sum(axis=0) * ASKED >= LEAST / 2)
    return [
        _Candidate(first, last, int(lag), float(again[first:last, lag].mean() * (last - first)))
        for lag in enough[enough >= SHORTEST / BIN]
        for first, last in stretches(beside[:, lag], float(lag) * BIN)
        if starts[last - 1] - starts[first] + lag * BIN >= max(ROUNDS * lag * BIN, LEAST)
    ]


def stretches(near: Near, lag: float) -> list[tuple[int, int]]:
    """The stretches of asked pictures that hold, first and one past the last, at a lag of some seconds."""
    wide = max(4, round(0.5 * lag / ASKED))
    if len(near) < wide:
        return []
    sums = np.concatenate([[0], np.cumsum(near)])
    held = (sums[wide:] - sums[:-wide]) / wide >= HOLDS
    edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]]).astype(np.int8)))
    return [(first, end - 1 + wide) for first, end in edges.reshape(-1, 2).tolist()]


def _best(waiting: list[_Candidate]) -> _Candidate:
    longest = max(one.last - one.first + one.lag * BIN / ASKED for one in waiting)
    long = [one for one in waiting if one.last - one.first + one.lag * BIN / ASKED >= AS_LONG * longest]
    shortest = min(one.lag for one in long)
    return max((one for one in long if one.lag <= shortest * AS_SHORT + 2), key=lambda one: one.held)


def _loop(one: _Candidate, starts: Times) -> Loop:
    start, period = float(starts[one.first]), one.lag * BIN
    end = float(starts[one.last - 1]) + period
    return Loop(
        Span(start=round(start, 2), end=round(end, 2)), round(period, 2), round((end - start) / period, 1)
    )


def varied(hashes: Words) -> bool:
    """Whether the pictures of one round differ from each other."""
    if len(hashes) < 3:
        return False
    picked = hashes[np.linspace(0, len(hashes) - 1, min(SAMPLED, len(hashes))).round().astype(np.intp)]
    pairs = distance(picked[:, None, :], picked[None, :, :])
    others = ~np.eye(len(picked), dtype=np.bool_)
    return bool(np.median(pairs[others]) >= APART)

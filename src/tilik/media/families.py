"""Families: videos that are copies of one another, re-encoded, cut, cropped, mirrored or written over.

Two videos match when, of either, at least 30 % of the hashed pictures lie within 56 of 256 bits of a picture
of the other. A family is what such matches hold together. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tilik.media.hashing import Hashes, Words

NEAR, SHARE = 56, 0.30
CHUNK = 4_000_000
"""Comparisons at a time, to bound memory."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One video's hashes (n, 4), and the variants (k, 4) it is looked up by, each of picture ``of`` (k,)."""

    video: str
    hashes: Words
    queries: Words
    of: npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Match:
    """Two videos of which ``share`` (0..1) of the pictures of one are found in the other.

    ``distance``  the median, over pictures found, of bits (of 256) to the nearest; ``None`` not counted.
    """

    one: str
    other: str
    share: float
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Videos held together by matches, in order of name, and those matches."""

    videos: tuple[str, ...]
    matches: tuple[Match, ...]


def fingerprint(video: str, seen: Hashes) -> Fingerprint:
    """The fingerprint of what an analyser with ``queries=True`` has seen."""
    queries, of = seen.queries
    return Fingerprint(video, seen.hashes, queries, of)


def bits_apart(one: Words, other: Words) -> npt.NDArray[np.uint16]:
    """How many of 256 bits differ, of hashes (…, 4) and (…, 4) that broadcast."""
    apart: npt.NDArray[np.uint16] = np.bitwise_count(one ^ other).sum(axis=-1, dtype=np.uint16)
    return apart


def near(queries: Words, hashes: Words) -> Iterator[tuple[int, npt.NDArray[np.bool_]]]:
    """For stretches of the queries: the first one's place, and which hashes are near (k, m)."""
    step = max(1, CHUNK // max(1, len(hashes)))
    for start in range(0, len(queries), step):
        part = queries[start : start + step]
        distance = np.zeros((len(part), len(hashes)), np.uint16)
        for word in range(4):
            distance += np.bitwise_count(part[:, word, None] ^ hashes[None, :, word])
        yield start, distance <= NEAR


class Index:
    """The hashes of many videos, to look others up in."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        self._prints = [p for p in prints if len(p.hashes)]
        lengths = [len(p.hashes) for p in self._prints]
        self._starts = np.concatenate([[0], np.cumsum(lengths)])[:-1].astype(np.intp)
        self._hashes = np.concatenate([np.zeros((0, 4), np.uint64), *(p.hashes for p in self._prints)])

    def look_up(self, wanted: Fingerprint) -> dict[str, float]:
        """The share of its pictures that each video holds, 0 left out."""
        pictures = len(wanted.hashes)
        if not pictures or not self._prints:
            return {}
        found = np.zeros((pictures, len(self._prints)), np.bool_)
        for start, close in near(wanted.queries, self._hashes):
            of = wanted.of[start : start + len(close)]
            np.logical_or.at(found, of, np.logical_or.reduceat(close, self._starts, axis=1))
        shares = found.mean(axis=0)
        return {self._prints[k].video: float(shares[k]) for k in np.flatnonzero(shares)}


def matches(prints: Sequence[Fingerprint]) -> list[Match]:
    """Every pair that matches, each once, with the larger of its two shares."""
    index = Index(prints)
    best: dict[tuple[str, str], float] = {}
    for wanted in prints:
        for video, share in index.look_up(wanted).items():
            if video != wanted.video and share >= SHARE:
                pair = (min(video, wanted.video), max(video, wanted.video))
                best[pair] = max(share, best.get(pair, 0.0))
    return [Match(one, other, round(share, 3)) for (one, other), share in sorted(best.items())]


def families(prints: Sequence[Fingerprint]) -> list[Family]:
    """The families of two videos and more, the largest first."""
    found = matches(prints)
    head = {p.video: p.video for p in prints}

    def top(video: str) -> str:
        while head[video] != video:
            head[video] = head[head[video]]
            video = head[video]
        return video

    for match in found:
        head[top(match.other)] = top(match.one)
    groups: dict[str, list[str]] = {}
    for print_ in prints:
        groups.setdefault(top(print_.video), []).append(print_.video)
    kept = [
        Family(tuple(sorted(group)), tuple(m for m in found if top(m.one) == key))
        for key, group in groups.items()
        if len(group) > 1
    ]
    return sorted(kept, key=lambda family: (-len(family.videos), family.videos))

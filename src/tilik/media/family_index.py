"""Families as videos come in: add one video's fingerprint, get its family. Nothing is compared twice.

Few hashes are compared with every one, in numpy. Beyond, with the extra ``dedup-large``, faiss looks hashes
up by sixteen bands of sixteen bits and compares those that share a band: thousands of look-ups a second
among millions, and what it finds is exact. It misses single pictures that differ in every band (about none
at 20 of 256 bits, a tenth at 32, half at 44); a video has many pictures, and three in ten must be found.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from tilik.kernel import Conflict, Missing
from tilik.media.families import NEAR, SHARE, Family, Fingerprint, Match, bits_apart, near
from tilik.media.hashing import CROPS, TURNS, Words

BITS, BAND = 256, 16
EXACT_UP_TO = 20_000
"""Hashes up to which every one is compared, and beyond where faiss is not installed."""

PLAIN_ROWS, TURN_ROWS = 2, 2 * len(TURNS)
"""A picture's variants begin with itself and its mirror, then each trim and its mirror, then crops, then each
turn as it is and filled out."""

Places = npt.NDArray[np.intp]
Pairs = tuple[Places, Places, Places]
"""Places of queries, of kept hashes, and the bits between them."""


class Hashes(Protocol):
    """Keeps hashes in the order they came, and finds those near to others."""

    def add(self, words: Words) -> None: ...

    def near(self, queries: Words) -> Pairs:
        """The places of queries and of kept hashes that are near each other, pair by pair, and how near."""
        ...


class Exact:
    """Compares with every hash."""

    def __init__(self) -> None:
        self._parts: list[Words] = []

    @property
    def words(self) -> Words:
        """All of them, in one piece."""
        self._parts = [np.concatenate([np.zeros((0, 4), np.uint64), *self._parts])]
        return self._parts[0]

    def add(self, words: Words) -> None:
        """Keep more hashes."""
        self._parts.append(words)

    def near(self, queries: Words) -> Pairs:
        """Pairs that are near."""
        asked, found = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        words = self.words
        for start, close in near(queries, words):
            rows, columns = np.nonzero(close)
            asked.append(rows + start)
            found.append(columns)
        ours, theirs = np.concatenate(asked), np.concatenate(found)
        return ours, theirs, bits_apart(queries[ours], words[theirs]).astype(np.intp)


class Banded:
    """Looks up by bands with faiss. Raises ``Missing`` where the extra is not installed."""

    def __init__(self) -> None:
        if find_spec("faiss") is None:
            raise Missing(
                "extra-missing",
                "so many hashes need faiss, which is not installed",
                mend="Install tilik[dedup-large].",
            )
        import faiss  # noqa: PLC0415  (an extra, and slow to load)

        self._index: Any = faiss.IndexBinaryMultiHash(BITS, BITS // BAND, BAND)

    def add(self, words: Words) -> None:
        """Keep more hashes."""
        self._index.add(as_bytes(words))

    def near(self, queries: Words) -> Pairs:
        """Pairs that are near and share a band."""
        if len(queries) == 0:
            return np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.intp)
        edges, bits, found = self._index.range_search(as_bytes(queries), NEAR + 1)
        counts = np.diff(edges.astype(np.intp))
        return np.repeat(np.arange(len(queries)), counts), found.astype(np.intp), bits.astype(np.intp)


def as_bytes(words: Words) -> npt.NDArray[np.uint8]:
    """(n, 4) words of 64 bits as (n, 32) bytes."""
    return np.ascontiguousarray(words).view(np.uint8).reshape(len(words), BITS // 8)


def large_possible() -> bool:
    """Whether faiss is installed."""
    return find_spec("faiss") is not None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a video came to stand: its family's name, and what it matched.

    A family is named after its first member. ``merged`` are families that this video joined into one; the
    oldest of them keeps its name.
    """

    family: str
    matches: tuple[Match, ...]
    merged: tuple[str, ...] = ()


def known_as(print_: Fingerprint) -> tuple[Words, Places]:
    """The hashes a video is kept under, each with its picture: as it is, without borders, cropped, turned.

    Whoever looks it up brings variants of his own, but what a crop has lost cannot be made up for there.
    Mirrors can, and are not kept.
    """
    extra: list[Words] = []
    of: list[Places] = []
    for picture, rows in enumerate(_rows_of(print_)):
        turns = len(rows) - TURN_ROWS
        crops = turns - len(CROPS)
        if crops < PLAIN_ROWS:
            continue  # it brings no variants
        kept = np.concatenate([rows[PLAIN_ROWS:crops:2], rows[crops:turns], rows[turns + 1 :: 2]])
        extra.append(print_.queries[kept])
        of.append(np.full(len(kept), picture, np.intp))
    words = np.concatenate([print_.hashes, *extra])
    pictures: Places = np.concatenate([np.arange(len(print_.hashes), dtype=np.intp), *of])
    return words, pictures


def _rows_of(print_: Fingerprint) -> Iterator[Places]:
    order = np.argsort(print_.of, kind="stable")
    edges = np.searchsorted(print_.of[order], np.arange(len(print_.hashes) + 1))
    for picture in range(len(print_.hashes)):
        yield order[edges[picture] : edges[picture + 1]]


class FamilyIndex:
    """All videos so far, and the families they form."""

    def __init__(self, *, exact_up_to: int = EXACT_UP_TO) -> None:
        self._exact_up_to = exact_up_to
        self._hashes: Hashes = Exact()
        self._count = 0
        self._owner = _Growing()
        self._picture = _Growing()
        self._videos: list[str] = []
        self._number: dict[str, int] = {}
        self._pictures: list[int] = []
        self._gone: set[int] = set()
        self._matches: list[Match] = []
        self._head: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._number)

    @property
    def hashes(self) -> int:
        """How many hashes are kept."""
        return self._count

    def add(self, print_: Fingerprint) -> Placed:
        """Take in a video. Raises ``Conflict`` when it is here already: ``remove`` it first."""
        if print_.video in self._number:
            raise Conflict("family-known", "this video is among the families already", where=print_.video)
        found = self.look_up(print_)
        self._keep(print_)
        self._head[print_.video] = print_.video
        self._matches += found
        before = sorted({self.family_name(m.other) for m in found}, key=self._age)
        for name in before[1:]:
            self._head[name] = before[0]
        if before:
            self._head[print_.video] = before[0]
        return Placed(before[0] if before else print_.video, tuple(found), tuple(before[1:]))

    def hold(self, print_: Fingerprint) -> None:
        """Take in a video to look others up against, without comparing it. Raises ``Conflict``."""
        if print_.video in self._number:
            raise Conflict("family-known", "this video is among the families already", where=print_.video)
        self._keep(print_)
        self._head[print_.video] = print_.video

    def look_up(self, print_: Fingerprint) -> list[Match]:
        """The videos that match, in order of name, without taking this one in."""
        if not len(print_.hashes):
            return []
        queries, kept, bits = self._hashes.near(print_.queries)
        owners, pictures = self._owner.rows[kept], self._picture.rows[kept]
        found = []
        for number in np.unique(owners).tolist():
            if number in self._gone or self._videos[number] == print_.video:
                continue
            its = owners == number
            mine = print_.of[queries[its]]
            here = len(np.unique(mine)) / len(print_.hashes)
            there = len(np.unique(pictures[its])) / self._pictures[number]
            if max(here, there) >= SHARE:
                share, apart = round(max(here, there), 3), _typical(mine, bits[its])
                found.append(Match(print_.video, self._videos[number], share, apart))
        return sorted(found, key=lambda match: match.other)

    def remove(self, video: str) -> None:
        """Take a video out; what only it held together falls apart. Raises ``Missing``."""
        if video not in self._number:
            raise Missing("family-unknown", "this video is not among the families", where=video)
        self._gone.add(self._number.pop(video))
        self._matches = [m for m in self._matches if video not in (m.one, m.other)]
        self._head = {name: name for name in self._number}
        for match in self._matches:
            older, younger = sorted(
                (self.family_name(match.one), self.family_name(match.other)), key=self._age
            )
            self._head[younger] = older

    def family_name(self, video: str) -> str:
        """The name of the family that a video is in: its own while it stands alone. Raises ``Missing``."""
        if video not in self._head:
            raise Missing("family-unknown", "this video is not among the families", where=video)
        while self._head[video] != video:
            self._head[video] = self._head[self._head[video]]
            video = self._head[video]
        return video

    def families(self) -> dict[str, tuple[str, ...]]:
        """Families of two videos and more by name, their members oldest first."""
        groups: dict[str, list[str]] = {}
        for video in self._number:
            groups.setdefault(self.family_name(video), []).append(video)
        return {name: tuple(sorted(g, key=self._age)) for name, g in groups.items() if len(g) > 1}

    def matches(self, video: str) -> tuple[Match, ...]:
        """The direct matches of a video."""
        return tuple(m for m in self._matches if video in (m.one, m.other))

    def every_match(self) -> tuple[Match, ...]:
        """All matches, in the order in which they were found."""
        return tuple(self._matches)

    def _age(self, video: str) -> int:
        return self._number[video]

    def _keep(self, print_: Fingerprint) -> None:
        words, pictures = known_as(print_)
        number = len(self._videos)
        self._videos.append(print_.video)
        self._number[print_.video] = number
        self._pictures.append(max(1, len(print_.hashes)))
        self._owner.add(np.full(len(words), number, np.intp))
        self._picture.add(pictures)
        self._count += len(words)
        if isinstance(self._hashes, Exact) and self._count > self._exact_up_to and large_possible():
            large, before = Banded(), self._hashes.words
            large.add(before)
            self._hashes = large
        self._hashes.add(words)


def _typical(pictures: Places, bits: Places) -> int:
    """The median, over pictures, of the bits to the nearest one found."""
    order = np.lexsort((bits, pictures))
    _, first = np.unique(pictures[order], return_index=True)
    return int(np.median(bits[order][first]))


class _Growing:
    """A column that grows by parts and is read as one."""

    def __init__(self) -> None:
        self._parts: list[Places] = []

    def add(self, part: Places) -> None:
        self._parts.append(part)

    @property
    def rows(self) -> Places:
        if len(self._parts) != 1:
            self._parts = [np.concatenate([np.zeros(0, np.intp), *self._parts])]
        return self._parts[0]


def to_bytes(print_: Fingerprint) -> bytes:
    """A fingerprint as bytes, to keep among the blobs."""
    with io.BytesIO() as out:
        np.savez_compressed(
            out, hashes=print_.hashes, queries=print_.queries, of=print_.of, video=np.array(print_.video)
        )
        return out.getvalue()


def from_bytes(data: bytes) -> Fingerprint:
    """The fingerprint that ``to_bytes`` wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as read:
        return Fingerprint(str(read["video"]), read["hashes"], read["queries"], read["of"].astype(np.intp))


def index_of(prints: Iterable[Fingerprint], *, exact_up_to: int = EXACT_UP_TO) -> FamilyIndex:
    """The index after these videos came in one by one."""
    index = FamilyIndex(exact_up_to=exact_up_to)
    for print_ in prints:
        index.add(print_)
    return index


def families_of(prints: Iterable[Fingerprint], *, exact_up_to: int = EXACT_UP_TO) -> list[Family]:
    """The families of two videos and more, the largest first, as ``families.families`` tells them.

    With faiss the time grows with the videos rather than with their pairs; without it ``families`` is
    quicker, because it keeps fewer hashes of each.
    """
    index = index_of(prints, exact_up_to=exact_up_to)
    held: dict[str, list[Match]] = {}
    for m in index.every_match():
        one, other = sorted((m.one, m.other))
        held.setdefault(index.family_name(m.one), []).append(Match(one, other, m.share, m.distance))
    groups = index.families()
    found = [
        Family(tuple(sorted(groups[name])), tuple(sorted(matches, key=lambda m: (m.one, m.other))))
        for name, matches in held.items()
    ]
    return sorted(found, key=lambda family: (-len(family.videos), family.videos))

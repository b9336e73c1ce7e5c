"""What is known of videos beside what people judged: the frame's columns, and what analysers said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from tilik.learn.tables import Plain
from tilik.log import Blobs
from tilik.measure.population import Population
from tilik.media.registration import evidence_of, find_video
from tilik.store.tables import video

EVIDENCE = "evidence."
"""Begins the name of a column that says whether an analyser found this kind of evidence."""
TEXTS = {"caption": "captions", "on-screen-text": "on_screen", "speech-text": "speech"}
"""Kinds of evidence that carry text, and the column that it stands in."""
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Told:
    """What the file of a video says: its title, kinds of evidence, and texts by column."""

    title: str
    kinds: frozenset[str]
    texts: dict[str, str] = field(default_factory=dict)


def told_of(connection: Connection, blobs: Blobs, videos: Sequence[str]) -> dict[str, Told]:
    """What was said of those of these videos whose file is here and not locked."""
    wanted = set(videos)
    there = connection.execute(select(video.c.id).where(video.c.locked.is_(False))).scalars().all()
    return {name: _told(connection, blobs, name) for name in there if name in wanted}


def frame_columns(population: Population, videos: Sequence[str]) -> Plain:
    """The frame's domains for these videos, as text."""
    cells = {name: population.domain(name, videos).tolist() for name in population.domains}
    return Plain(cells, len(videos))


def evidence_columns(told: dict[str, Told], videos: Sequence[str]) -> dict[str, list[str | None]]:
    """For each kind of evidence whether it was found; nothing where there is no file."""
    kinds = sorted({kind for one in told.values() for kind in one.kinds})
    return {
        EVIDENCE + kind: [
            None if name not in told else YES if kind in told[name].kinds else NO for name in videos
        ]
        for kind in kinds
    }


def _told(connection: Connection, blobs: Blobs, name: str) -> Told:
    found = find_video(connection, name)
    said = evidence_of(blobs, found)
    texts: dict[str, list[str]] = {}
    for one in said:
        text = one.value.get("text") if isinstance(one.value, dict) else one.value
        if one.kind in TEXTS and isinstance(text, str):
            texts.setdefault(TEXTS[one.kind], []).append(text)
    kinds = frozenset(one.kind for one in said if one.kind != "mark")
    return Told(found.title, kinds, {name: " ".join(held) for name, held in texts.items()})

"""What a study's videos were judged to be, one video after another, as every export needs it.

Stopped work and locked videos never leave. Neither does anything of the sampling: not the probability, not
the stratum, not a score; people are their pseudonyms.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from tilik.exchange.said import Said
from tilik.kernel import Evidence, Missing, Span
from tilik.log import Blobs
from tilik.store.tables import judgement, note, person, study, task, video
from tilik.study.shown import shown

FPS = 25.0
"""Of a video whose own is not known: frames are counted by it, spans keep their seconds."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One standing judgement; ``rater`` is a pseudonym."""

    id: str
    rater: str
    said: Said
    active_seconds: float
    at: str


@dataclass(frozen=True, slots=True)
class JudgedVideo:
    """A drawn video with what was said of it; sizes in pixels, times in seconds, 0 where it is not known.

    ``evidence`` is what reviewers of the study may see of it.
    """

    video: str
    title: str
    fps: float
    duration: float
    width: int
    height: int
    voices: tuple[Voice, ...]
    evidence: tuple[Evidence, ...]


def judged_videos(connection: Connection, blobs: Blobs, identity: str) -> Iterator[JudgedVideo]:
    """The videos of a drawn study in order of id, judged or not."""
    blind = bool(connection.execute(select(study.c.blind).where(study.c.id == identity)).scalar_one())
    texts = _texts(connection, identity)
    rows = connection.execute(_query(identity)).all()
    for (name, work), found in groupby(rows, key=lambda row: (row.of_video, row.of_task)):
        voices = tuple(_voice(row, texts.get(row.id, {})) for row in found if row.id is not None)
        yield _video(connection, blobs, name, work, voices, blind=blind)


def _query(identity: str) -> Any:
    return (
        select(
            judgement,
            person.c.pseudonym,
            task.c.video.label("of_video"),
            task.c.id.label("of_task"),
        )
        .select_from(task)
        .outerjoin(judgement, judgement.c.task == task.c.id)
        .outerjoin(person, person.c.id == judgement.c.person)
        .outerjoin(video, video.c.id == task.c.video)
        .where(and_(task.c.study == identity, task.c.state != "stopped", video.c.locked.is_not(True)))
        .order_by(task.c.video, judgement.c.id)
    )


def _texts(connection: Connection, identity: str) -> dict[str, dict[str, str]]:
    query = (
        select(note)
        .join(judgement, judgement.c.id == note.c.owner)
        .join(task, task.c.id == judgement.c.task)
        .where(task.c.study == identity)
    )
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.owner, {})[row.question] = row.text
    return found


def _voice(row: Row[Any], texts: Mapping[str, str]) -> Voice:
    marks = tuple((m["question"], Span(start=m["start"], end=m["end"])) for m in json.loads(row.marks))
    said = Said(json.loads(row.answers), marks, dict(texts))
    return Voice(row.id, row.pseudonym, said, row.active_seconds, row.submitted_at)


def _video(
    connection: Connection, blobs: Blobs, name: str, work: str, voices: tuple[Voice, ...], *, blind: bool
) -> JudgedVideo:
    try:
        seen = shown(connection, blobs, name, blind=blind, task=work)
    except Missing:  # no file was brought in yet
        return JudgedVideo(name, name, FPS, 0.0, 0, 0, voices, ())
    record = seen.record
    return JudgedVideo(
        name,
        seen.title or name,
        record.fps or FPS,
        record.duration,
        record.width,
        record.height,
        voices,
        seen.evidence,
    )

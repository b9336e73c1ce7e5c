"""Blind judgements of tasks that several people judged: what agreement is computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from tilik.frame.languages import languages_in
from tilik.guideline import Guideline, hands_back
from tilik.kernel import Invalid
from tilik.log import Blobs
from tilik.quality.adjudication.compare import Judged, judgements_of
from tilik.store.tables import frame, study, task
from tilik.study import guideline_of, is_drawn

UNKNOWN = "-"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Twice:
    """A task with two judgements or more that count. ``weight`` is 1 over the chance with which it came to be
    judged again; ``language`` of the video as the frame has it, ``-`` where it has none."""

    task: str
    guideline: str
    language: str
    weight: float
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What was judged more than once, and the guidelines by their hash, the one used last first."""

    tasks: tuple[Twice, ...]
    guidelines: Mapping[str, Guideline]


def overlap_in(connection: Connection, blobs: Blobs, identity: str = "") -> Overlap:
    """The overlapping judgements of one blind study, or of all. Raises ``Invalid`` for a study that is not
    blind: people who see what others said do not agree, they follow."""
    query = (
        select(study.c.id, study.c.guideline, study.c.frame, study.c.blind, frame.c.snapshot, frame.c.summary)
        .outerjoin(frame, frame.c.hash == study.c.frame)
        .where(is_drawn())
        .order_by(study.c.drawn_at.desc(), study.c.id.desc())
    )
    rows = connection.execute(query.where(study.c.id == identity) if identity else query).all()
    if identity and rows and not rows[0].blind:
        raise Invalid("study-not-blind", "agreement is told of blind studies only", where=identity)
    blind = [row for row in rows if row.blind]
    guidelines = {row.guideline: guideline_of(connection, blobs, row.guideline) for row in blind}
    tasks = [one for row in blind for one in _of_study(connection, blobs, row, guidelines[row.guideline])]
    return Overlap(tuple(tasks), guidelines)


def _of_study(connection: Connection, blobs: Blobs, row: Any, document: Guideline) -> list[Twice]:
    tasks = connection.execute(
        select(task.c.id, task.c.video, task.c.p2)
        .where(task.c.study == row.id, task.c.judged > 1, task.c.state != "stopped")
        .order_by(task.c.id)
    ).all()
    spoken = _languages(blobs, row, [one.video for one in tasks])
    found = []
    for start in range(0, len(tasks), BATCH):
        some = tasks[start : start + BATCH]
        heard = judgements_of(connection, [one.id for one in some])
        for one in some:
            judged = tuple(said for said in heard[one.id] if not hands_back(document, said.answers))
            if len(judged) > 1:
                weight = 1 / one.p2 if one.p2 else 1.0
                language = spoken.get(one.video, UNKNOWN)
                found.append(Twice(one.id, row.guideline, language, weight, judged))
    return found


def _languages(blobs: Blobs, row: Any, videos: Sequence[str]) -> Mapping[str, str]:
    told = {} if row.summary is None else languages_in(blobs, row.snapshot, row.summary, videos)
    return {video: UNKNOWN if value is None else value for video, value in told.items()}

"""Precedents: what the bench may show of earlier rulings beside the question they concern.

A precedent is a rule in words. It carries no video, no study, no draw, no person, nobody's answers. One that
was made about the very video on the screen, about the same file, or about a video of its family is left out:
it would tell how others judged what is to be judged blind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from tilik.casebook.notes import texts_of
from tilik.kernel import Missing
from tilik.store.adjudication_tables import ruling
from tilik.store.calibration_tables import calibration_item
from tilik.store.casebook_tables import case_member, case_ruling, casebook
from tilik.store.tables import draw, note, study, task, video


@dataclass(frozen=True, slots=True)
class Precedent:
    """A ruling as a reviewer sees it. ``numbers`` name its cases; an adjudicator's ruling has none.

    ``text`` is in both languages; an adjudicator wrote in one, which then stands for both.
    """

    id: str
    numbers: tuple[int, ...]
    question: str | None
    stands: str
    text: dict[str, str]
    ruled_on: str


def precedents_for(connection: Connection, identity: str) -> list[Precedent]:
    """What may be shown to whoever judges this task, the newest first. Raises ``Missing``.

    A ruling that the task's own guideline says already is not told twice.
    """
    row = connection.execute(
        select(task.c.video, study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .where(task.c.id == identity)
    ).first()
    if row is None:
        raise Missing("task-missing", "there is no such task", where=identity)
    kin = _kin(connection, row.video)
    found = [
        *_of_cases(connection, row.guideline, kin),
        *_of_adjudicators(connection, kin),
        *_of_calibrations(connection, kin),
    ]
    return sorted(found, key=lambda one: (one.ruled_on, one.id), reverse=True)


def _kin(connection: Connection, name: str) -> frozenset[str]:
    """The video, every other with its bytes, and every one that was drawn in one family with it."""
    same = select(video.c.content).where(video.c.id == name).scalar_subquery()
    files = connection.execute(select(video.c.id).where(video.c.content == same)).scalars()
    families = select(draw.c.family).where(draw.c.video == name, draw.c.family.is_not(None))
    drawn = connection.execute(select(draw.c.video).where(draw.c.family.in_(families))).scalars()
    return frozenset({name, *files, *drawn})


def _of_cases(connection: Connection, guideline: str, kin: frozenset[str]) -> Iterable[Precedent]:
    ruled = connection.execute(
        select(case_ruling).where(
            case_ruling.c.precedent.is_(True),
            case_ruling.c.current.is_(True),
            or_(case_ruling.c.draft.is_(None), case_ruling.c.draft != guideline),
        )
    ).all()
    about = _videos(connection)
    numbers = {row.id: row.number for row in connection.execute(select(casebook.c.id, casebook.c.number))}
    texts = texts_of(connection, {row.id for row in ruled})
    for row in ruled:
        cases = json.loads(row.cases)
        videos = [one for case in cases for one in about.get(case, [])]
        if any(locked or name in kin for name, locked in videos):
            continue
        text = {part: texts.get((row.id, part), "") for part in ("id", "en")}
        if all(text.values()):
            named = tuple(sorted(numbers[case] for case in cases))
            yield Precedent(row.id, named, row.question, row.stands, text, row.ruled_at[:10])


def _videos(connection: Connection) -> dict[str, list[tuple[str, bool]]]:
    """Case → its videos, and whether each is locked."""
    query = select(case_member.c.case_id, case_member.c.video, video.c.locked)
    found: dict[str, list[tuple[str, bool]]] = {}
    for row in connection.execute(query.outerjoin(video, video.c.id == case_member.c.video)):
        found.setdefault(row.case_id, []).append((row.video, bool(row.locked)))
    return found


def _of_adjudicators(connection: Connection, kin: frozenset[str]) -> Iterable[Precedent]:
    query = (
        select(ruling.c.id, ruling.c.video, ruling.c.question, ruling.c.ruled_at, note.c.text, video.c.locked)
        .join(note, (note.c.owner == ruling.c.id) & (note.c.question == "reason"))
        .outerjoin(video, video.c.id == ruling.c.video)
        .where(ruling.c.precedent.is_(True), ruling.c.stands.is_(True))
    )
    return [_adjudicated(row) for row in connection.execute(query) if row.video not in kin and not row.locked]


def _of_calibrations(connection: Connection, kin: frozenset[str]) -> Iterable[Precedent]:
    """What a lead ruled in a calibration session, as the answer and why."""
    item = calibration_item
    query = (
        select(item.c.ruling, item.c.question, item.c.says, item.c.ruled_at, note.c.text, task.c.video)
        .join(note, (note.c.owner == item.c.ruling) & (note.c.question == "reason"))
        .join(task, task.c.id == item.c.task)
        .join(video, video.c.id == task.c.video)
        .where(item.c.state == "ruled", video.c.locked.is_(False))
    )
    for row in connection.execute(query):
        if row.video not in kin:
            text = {
                "id": f"{'Ya' if row.says else 'Tidak'}. {row.text}",
                "en": f"{'Yes' if row.says else 'No'}. {row.text}",
            }
            yield Precedent(row.ruling, (), row.question, "note", text, row.ruled_at[:10])


def _adjudicated(row: Any) -> Precedent:
    return Precedent(row.id, (), row.question, "note", {"id": row.text, "en": row.text}, row.ruled_at[:10])

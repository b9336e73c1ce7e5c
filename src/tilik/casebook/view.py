"""Reading the casebook: cases as its keepers see them. Of a locked video nothing is shown but that it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from tilik.casebook.act import find_row
from tilik.casebook.notes import texts_of
from tilik.kernel import Span
from tilik.store.casebook_tables import case_member, case_remark, case_ruling, casebook
from tilik.store.tables import judgement, note, person, video


@dataclass(frozen=True, slots=True)
class SeenVideo:
    """A video of a case. ``answers`` are those of the person who met it there, where they judged it."""

    video: str
    task: str | None
    title: str
    locked: bool
    span: Span | None
    by: str
    judgement: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about a case, by pseudonym; ``mentions`` are the people called on, by id."""

    id: str
    by: str
    text: str
    mentions: tuple[str, ...]
    said_at: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What settled cases; ``draft`` is the guideline draft that says it, by hash."""

    id: str
    cases: tuple[str, ...]
    question: str | None
    stands: str
    text: dict[str, str]
    precedent: bool
    current: bool
    draft: str | None
    guideline: str
    by: str
    ruled_at: str


@dataclass(frozen=True, slots=True)
class Case:
    """An entry of the casebook. People are pseudonyms, but ``owner`` and ``calls_on`` are ids.

    ``hidden`` where one of its videos is locked: then neither its sentence nor titles are given. ``calls_on``
    are the people whom its remarks mention.
    """

    id: str
    number: int
    kind: str
    type: str
    guideline: str
    question: str | None
    state: str
    head: str
    cell: dict[str, str] | None
    said: str
    hidden: bool
    seen: tuple[SeenVideo, ...]
    filed_by: str
    filed_at: str
    changed_at: str
    owner: str | None
    next_step: str
    due: str | None
    ruling: str | None
    calls_on: frozenset[str]


def cases(connection: Connection) -> list[Case]:
    """Every case, the latest change first."""
    rows = connection.execute(
        select(casebook).order_by(casebook.c.changed_at.desc(), casebook.c.number.desc())
    )
    return _cases(connection, rows.all())


def find_case(connection: Connection, case: str) -> Case:
    """The case with this id or number. Raises ``Missing``."""
    return _cases(connection, [find_row(connection, case)])[0]


def remarks_of(connection: Connection, case: Case) -> list[Remark]:
    """What was said about a case, in order; nothing of a hidden one."""
    if case.hidden:
        return []
    rows = connection.execute(
        select(case_remark, person.c.pseudonym)
        .join(person, person.c.id == case_remark.c.person)
        .where(case_remark.c.case_id == case.id)
        .order_by(case_remark.c.said_at, case_remark.c.id)
    ).all()
    texts = texts_of(connection, {row.id for row in rows})
    return [
        Remark(
            id=row.id,
            by=row.pseudonym,
            text=texts.get((row.id, "remark"), ""),
            mentions=tuple(json.loads(row.mentions)),
            said_at=row.said_at,
        )
        for row in rows
    ]


def rulings(connection: Connection, identities: Sequence[str] | None = None) -> list[Ruling]:
    """The rulings with these ids, or all, the newest first."""
    query = select(case_ruling, person.c.pseudonym).join(person, person.c.id == case_ruling.c.ruled_by)
    if identities is not None:
        query = query.where(case_ruling.c.id.in_(identities))
    rows = connection.execute(query.order_by(case_ruling.c.ruled_at.desc(), case_ruling.c.id.desc())).all()
    texts = texts_of(connection, {row.id for row in rows})
    return [
        Ruling(
            id=row.id,
            cases=tuple(json.loads(row.cases)),
            question=row.question,
            stands=row.stands,
            text={part: texts.get((row.id, part), "") for part in ("id", "en")},
            precedent=row.precedent,
            current=row.current,
            draft=row.draft,
            guideline=row.guideline,
            by=row.pseudonym,
            ruled_at=row.ruled_at,
        )
        for row in rows
    ]


def _cases(connection: Connection, rows: Sequence[Row[Any]]) -> list[Case]:
    ids = [row.id for row in rows]
    seen, called = _seen(connection, ids), _called(connection, ids)
    texts = texts_of(connection, set(ids))
    names = {one.id: one.pseudonym for one in connection.execute(select(person.c.id, person.c.pseudonym))}
    said = _said_in_judgements(connection, [one.judgement for many in seen.values() for one in many])
    found = []
    for row in rows:
        videos = tuple(seen.get(row.id, ()))
        hidden = any(one.locked for one in videos)
        own = next((said[one.judgement] for one in videos if one.judgement in said), "")
        found.append(
            Case(
                **{name: getattr(row, name) for name in PLAIN},
                cell=None if row.cell is None else json.loads(row.cell),
                said="" if hidden else texts.get((row.id, "said"), own),
                hidden=hidden,
                seen=videos,
                filed_by=names.get(row.filed_by, ""),
                next_step="" if hidden else texts.get((row.id, "next"), ""),
                calls_on=frozenset(called.get(row.id, ())),
            )
        )
    return found


PLAIN = (
    *("id", "number", "kind", "type", "guideline", "question", "state", "head", "filed_at", "changed_at"),
    *("owner", "due", "ruling"),
)
"""Columns that are shown as they are."""


def _seen(connection: Connection, ids: Sequence[str]) -> dict[str, list[SeenVideo]]:
    own = and_(judgement.c.task == case_member.c.task, judgement.c.person == case_member.c.person)
    rows = connection.execute(
        select(case_member, video.c.title, video.c.locked, person.c.pseudonym)
        .add_columns(judgement.c.id.label("judgement"), judgement.c.answers)
        .outerjoin(video, video.c.id == case_member.c.video)
        .join(person, person.c.id == case_member.c.person)
        .outerjoin(judgement, own)
        .where(case_member.c.case_id.in_(ids))
        .order_by(case_member.c.case_id, case_member.c.position)
    )
    found: dict[str, list[SeenVideo]] = {}
    for row in rows:
        locked = bool(row.locked)
        found.setdefault(row.case_id, []).append(
            SeenVideo(
                video=row.video,
                task=row.task,
                title="" if locked else row.title or "",
                locked=locked,
                span=None if row.start is None else Span(start=row.start, end=row.end),
                by=row.pseudonym,
                judgement=row.judgement,
                answers=None if locked else row.answers,
            )
        )
    return found


def _said_in_judgements(connection: Connection, judgements: Sequence[str | None]) -> dict[str | None, str]:
    query = select(note.c.owner, note.c.text).where(note.c.question == "edge_case")
    rows = connection.execute(query.where(note.c.owner.in_({one for one in judgements if one})))
    return {row.owner: row.text for row in rows}


def _called(connection: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    query = select(case_remark.c.case_id, case_remark.c.mentions).where(case_remark.c.case_id.in_(ids))
    found: dict[str, set[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.case_id, set()).update(json.loads(row.mentions))
    return found

"""One's last ten judgements can be looked at again and said anew, until the task is settled with others.

A task that only its author has judged stays theirs to correct: nobody else's work rests on it. One to which
somebody else's judgement belongs is closed once it has all that it wants. Gold and live tasks are alike in
this, and the list says nothing of those that are closed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select

from tilik.kernel import Conflict, to_text
from tilik.review.events import TaskReleased
from tilik.review.lease import Lease, grant, held, others_hold
from tilik.store import Writing
from tilik.store.tables import judgement, lease, note, study, task, video

LAST = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One of a person's last judgements, as they gave it."""

    id: str
    task: str
    title: str
    guideline: str
    answers: dict[str, Any]
    submitted_at: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The answers that a person gave before, with which they begin when they look again."""

    judgement: str
    answers: dict[str, Any]
    marks: list[dict[str, Any]]
    notes: dict[str, str]
    trace: list[tuple[float, float, float]]
    active_seconds: float


def last_judged(connection: Connection, person: str) -> list[Judged]:
    """The person's last ten judgements that can still be changed, the latest first."""
    ten = (
        select(judgement.c.id)
        .where(judgement.c.person == person, ~_in_a_burst(person))
        .order_by(judgement.c.submitted_at.desc(), judgement.c.id.desc())
        .limit(LAST)
    )
    rows = connection.execute(
        select(judgement, video.c.title)
        .join(task, task.c.id == judgement.c.task)
        .join(study, study.c.id == task.c.study)
        .join(video, video.c.id == task.c.video)
        .where(judgement.c.id.in_(connection.execute(ten).scalars().all()), _open(person))
        .order_by(judgement.c.submitted_at.desc(), judgement.c.id.desc())
    )
    return [_judged(row) for row in rows]


def reopen(writing: Writing, person: str, identity: str) -> Lease:
    """Take one of one's last ten judgements up again; asking twice gives the same lease.

    Only one is looked at again at a time: another goes back unchanged. Raises ``Conflict`` when it is not
    among the last ten, or the task is settled with others.
    """
    found = [one for one in last_judged(writing.connection, person) if one.id == identity]
    if not found:
        raise Conflict("not-reopenable", "this judgement stands and cannot be changed", where=identity)
    for one in held(writing.connection, person, to_text(writing.clock())):
        if one.revises == identity:
            return one
        if one.revises is not None:
            writing.record(TaskReleased(task=one.task, lease=one.id))
    return grant(writing, person, found[0].task, revises=identity)


def earlier_of(connection: Connection, granted: Lease) -> Earlier | None:
    """What the judgement that this lease looks at again holds; ``None`` for a task to be judged."""
    if granted.revises is None:
        return None
    row = _standing(connection, granted)
    notes = connection.execute(select(note).where(note.c.owner == row.id))
    return Earlier(
        judgement=row.id,
        answers=json.loads(row.answers),
        marks=json.loads(row.marks),
        notes={one.question: one.text for one in notes},
        trace=json.loads(row.trace),
        active_seconds=row.active_seconds,
    )


def standing_answers(connection: Connection, granted: Lease) -> dict[str, Any]:
    """The answers that stand and that this lease may replace. Raises ``Conflict`` when they no longer may."""
    row = _standing(connection, granted)
    allowed = select(judgement.c.id).join(task, task.c.id == judgement.c.task)
    if connection.execute(allowed.where(judgement.c.id == row.id, _open(granted.person))).first() is None:
        raise Conflict("task-settled", "this task has all the judgements it wants", where=granted.task)
    answers: dict[str, Any] = json.loads(row.answers)
    return answers


def refuse_without_room(writing: Writing, granted: Lease, *, more: int) -> None:
    """Answers that begin to count need a place of the task. Raises ``Conflict``."""
    row = writing.connection.execute(
        select(task.c.judged, task.c.wants).where(task.c.id == granted.task)
    ).one()
    now = to_text(writing.clock())
    if (
        more > 0
        and row.judged + others_hold(writing.connection, granted.task, granted.person, now) >= row.wants
    ):
        raise Conflict("lease-expired", "somebody else has the task by now", where=granted.task)


def _standing(connection: Connection, granted: Lease) -> Row[Any]:
    row = connection.execute(select(judgement).where(judgement.c.id == granted.revises)).first()
    if row is None:
        raise Conflict("revised-already", "this judgement was changed elsewhere already", where=granted.task)
    return row


def _open(person: str) -> ColumnElement[bool]:
    other = judgement.alias("other")
    shared = exists().where(other.c.task == task.c.id, other.c.person != person)
    return or_(and_(task.c.state == "open", ~_place_taken(person)), and_(task.c.state == "settled", ~shared))


def _place_taken(person: str) -> ColumnElement[bool]:
    """A gold task closes when the live one that it stood in for would have: others have judged that one, and
    with this person's judgement it would have all that it wants."""
    mine, place, other = lease.alias("mine"), task.alias("place"), judgement.alias("elsewhere")
    others = (
        select(func.count())
        .where(other.c.task == place.c.id, other.c.person != person)
        .correlate(place)
        .scalar_subquery()
    )
    return exists().where(
        mine.c.task == task.c.id,
        mine.c.person == person,
        mine.c.instead == place.c.id,
        place.c.wants > 1,
        others + 1 >= place.c.wants,
    )


def _in_a_burst(person: str) -> ColumnElement[bool]:
    """Practice and tests stand as they were given: their answers have been shown."""
    return exists().where(
        lease.c.task == judgement.c.task, lease.c.person == person, lease.c.burst.is_not(None)
    )


def _judged(row: Row[Any]) -> Judged:
    return Judged(row.id, row.task, row.title, row.guideline, json.loads(row.answers), row.submitted_at)

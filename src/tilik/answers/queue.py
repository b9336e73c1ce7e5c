"""Who works on which answer, until when. The rules are those of the review queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from tilik.answers.events import AnswerLeased, AnswerReleased
from tilik.answers.planting import Next, gold_instead, met_as_gold
from tilik.kernel import Conflict, Missing, Refused, new_id, to_text
from tilik.store import Writing
from tilik.store.tables import answer_item, answer_judgement, answer_lease, answer_set, answer_task, video

LEASE_LIFE = timedelta(minutes=30)
HELD_AT_ONCE = 4
"""As at the review bench: one on the screen, two behind it, one just submitted that may be called back."""


@dataclass(frozen=True, slots=True)
class Lease:
    """An answer task in someone's hands until a time (RFC 3339 text)."""

    id: str
    task: str
    person: str
    until: str


def lease_next(writing: Writing, person: str) -> Lease | None:
    """Put the next open task into this person's hands, or gold in its place; ``None`` when there is none.

    Nobody gets again what they judged or gave back, or anything about a locked video. Raises ``Conflict``
    when they hold enough already.
    """
    now = to_text(writing.clock())
    if len(held(writing.connection, person, now)) >= HELD_AT_ONCE:
        raise Conflict("enough-held", "this person holds as many tasks as one can", mend="Judge one first.")
    live = _next_live(writing.connection, person, now)
    planted = gold_instead(writing.connection, person, live, ~about_locked(), now)
    if planted is None and live is None:
        return None
    found, instead = planted or (live.task if live else "", None)
    granted = Lease(new_id(), found, person, to_text(writing.clock() + LEASE_LIFE))
    writing.record(
        AnswerLeased(task=found, lease=granted.id, person=person, until=granted.until, instead=instead)
    )
    return granted


def _next_live(connection: Connection, person: str, now: str) -> Next | None:
    task = answer_task.c
    found = connection.execute(
        select(task.id, task.position, task.kind, answer_set.c.guideline)
        .join(answer_set, answer_set.c.id == task.set)
        .where(task.state == "open", _has_room(now), ~_knows_it(person, now), ~about_locked())
        .where(~met_as_gold(person))
        .order_by(task.position, task.id)
        .limit(1)
    ).first()
    return None if found is None else Next(*found)


def release(writing: Writing, person: str, lease_id: str) -> None:
    """Give a task back; giving it back twice changes nothing. Raises ``Missing``, ``Refused``."""
    mine, ended = find_lease(writing.connection, person, lease_id)
    if ended is None:
        writing.record(AnswerReleased(task=mine.task, lease=lease_id))


def held(connection: Connection, person: str, now: str) -> list[Lease]:
    """The live leases of a person, oldest first, without those about a video that was locked since."""
    lease = answer_lease.c
    rows = connection.execute(
        select(answer_lease)
        .join(answer_task, answer_task.c.id == lease.task)
        .where(lease.person == person, lease.ended.is_(None), lease.until > now, ~about_locked())
        .order_by(lease.granted_at, lease.id)
    )
    return [Lease(row.id, row.task, row.person, row.until) for row in rows]


def find_lease(connection: Connection, person: str, lease_id: str) -> tuple[Lease, str | None]:
    """A person's lease and how it ended, if it did. Raises ``Missing`` or ``Refused``."""
    row = connection.execute(select(answer_lease).where(answer_lease.c.id == lease_id)).first()
    if row is None:
        raise Missing("lease-missing", "there is no such lease", where=lease_id)
    if row.person != person:
        raise Refused("lease-not-yours", "this task is in somebody else's hands", where=lease_id)
    return Lease(row.id, row.task, row.person, row.until), row.ended


def others_hold(connection: Connection, task_id: str, person: str, now: str) -> int:
    """How many other people hold this task now."""
    lease = answer_lease.c
    query = select(func.count()).where(_live(now), lease.task == task_id, lease.person != person)
    return connection.execute(query).scalar_one()


def _live(now: str) -> ColumnElement[bool]:
    return and_(answer_lease.c.ended.is_(None), answer_lease.c.until > now)


def _has_room(now: str) -> ColumnElement[bool]:
    here = answer_lease.c.task == answer_task.c.id
    live = select(func.count()).where(here, _live(now)).scalar_subquery()
    return answer_task.c.judged + live < answer_task.c.wants


def about_locked() -> ColumnElement[bool]:
    """The task's answers talk about a video on which work was stopped: nobody reads on about it."""
    item = answer_item.c
    here = and_(item.set == answer_task.c.set, item.id == answer_task.c.a)
    return exists().where(here, video.c.id == item.video, video.c.locked.is_(True)).correlate(answer_task)


def _knows_it(person: str, now: str) -> ColumnElement[bool]:
    task, lease = answer_task.c, answer_lease.c
    judged = exists().where(answer_judgement.c.task == task.id, answer_judgement.c.person == person)
    mine = and_(lease.task == task.id, lease.person == person)
    return or_(judged, exists().where(mine, or_(lease.ended == "released", _live(now))))

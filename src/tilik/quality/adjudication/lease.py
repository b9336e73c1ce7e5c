"""Who rules on which contested task, until when: never on their own work, and not knowing whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import SystemRandom
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from tilik.guideline import hands_back
from tilik.kernel import Conflict, Missing, Refused, new_id, to_text
from tilik.media.registration import UNWATCHABLE
from tilik.quality.adjudication.compare import compare_settled, judgements_of
from tilik.quality.adjudication.events import AdjudicationLeased, AdjudicationReleased, AdjudicationRenewed
from tilik.quality.adjudication.outcome import differing
from tilik.store import Writing
from tilik.store.adjudication_tables import adjudication_lease, comparison, dispute, ruling
from tilik.store.tables import judgement, past_judgement, study, task, video
from tilik.study import guideline_of

LEASE_LIFE = timedelta(minutes=45)
"""Two people's answers are to be read beside the video."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A contested task in an adjudicator's hands; ``a`` and ``b`` are judgements under the letters shown."""

    id: str
    task: str
    person: str
    a: str
    b: str
    until: str
    dispute: str | None = None


def next_adjudication(writing: Writing, person: str, *, simulated: bool = False) -> Lease | None:
    """What this person holds, else the next thing to be ruled on: disputes first, then contested tasks.

    Nobody gets a task that they judged, ruled on or gave back. Which judgement is shown as A is by chance,
    and stands in the log. ``None`` where nothing waits for them.
    """
    now = to_text(writing.clock())
    mine = _held(writing.connection, person, now)
    if mine is not None:
        return mine
    compare_settled(writing)
    free = (_free_for(person, now), _servable(simulated=simulated))
    disputed = writing.connection.execute(
        select(dispute.c.id, ruling.c.task, ruling.c.a, ruling.c.b)
        .join(ruling, ruling.c.id == dispute.c.ruling)
        .join(task, task.c.id == dispute.c.task)
        .where(dispute.c.state == "open", *free)
        .order_by(dispute.c.raised_at, dispute.c.id)
        .limit(1)
    ).first()
    if disputed is not None:
        return _grant(writing, person, disputed.task, (disputed.a, disputed.b), disputed.id)
    contested = writing.connection.execute(
        select(task.c.id, study.c.guideline)
        .join(comparison, comparison.c.task == task.c.id)
        .join(study, study.c.id == task.c.study)
        .where(comparison.c.contested.is_(True), ~_ruled(), *free)
        .order_by(task.c.position, task.c.id)
        .limit(1)
    ).first()
    if contested is None:
        return None
    sides = _sides(writing, contested.id, contested.guideline)
    return _grant(writing, person, contested.id, sides, None)


def _grant(writing: Writing, person: str, about: str, sides: Sequence[str], disputed: str | None) -> Lease:
    a, b = SystemRandom().sample(list(sides), 2)
    granted = Lease(new_id(), about, person, a, b, to_text(writing.clock() + LEASE_LIFE), disputed)
    writing.record(
        AdjudicationLeased(
            lease=granted.id, task=about, person=person, a=a, b=b, until=granted.until, dispute=disputed
        )
    )
    return granted


def _sides(writing: Writing, about: str, guideline: str) -> tuple[str, str]:
    document = guideline_of(writing.connection, writing.blobs, guideline)
    found = [
        one
        for one in judgements_of(writing.connection, [about])[about]
        if not hands_back(document, one.answers)
    ]
    first, other = differing(document, [one.answers for one in found])
    return found[first].id, found[other].id


def renew(writing: Writing, person: str, lease: str) -> Lease:
    """Extend a lease that still runs. Raises ``Missing``, ``Refused``, or ``Conflict`` when it has ended."""
    mine, ended = find_lease(writing.connection, person, lease)
    if ended or mine.until <= to_text(writing.clock()):
        raise Conflict("lease-expired", "this lease has ended", mend="Take the next task.")
    until = to_text(writing.clock() + LEASE_LIFE)
    writing.record(AdjudicationRenewed(lease=lease, task=mine.task, until=until))
    return replace(mine, until=until)


def release(writing: Writing, person: str, lease: str) -> None:
    """Give a task back unruled; twice changes nothing. Raises ``Missing``, ``Refused``."""
    mine, ended = find_lease(writing.connection, person, lease)
    if not ended:
        writing.record(AdjudicationReleased(lease=lease, task=mine.task))


def find_lease(connection: Connection, person: str, lease: str) -> tuple[Lease, str | None]:
    """A lease, live or not, if it is this person's, and how it ended. Raises ``Missing`` or ``Refused``."""
    row = connection.execute(select(adjudication_lease).where(adjudication_lease.c.id == lease)).first()
    if row is None:
        raise Missing("lease-missing", "there is no such lease", where=lease)
    if row.person != person:
        raise Refused("lease-not-yours", "this task is in somebody else's hands", where=lease)
    return _lease(row), row.ended


def _held(connection: Connection, person: str, now: str) -> Lease | None:
    table = adjudication_lease.c
    row = connection.execute(
        select(adjudication_lease)
        .join(task, task.c.id == table.task)
        .where(table.person == person, table.ended.is_(None), table.until > now, task.c.state == "settled")
        .order_by(table.granted_at, table.id)
        .limit(1)
    ).first()
    return _lease(row) if row is not None else None


def _lease(row: Any) -> Lease:
    return Lease(row.id, row.task, row.person, row.a, row.b, row.until, row.dispute)


def held_by_others(connection: Connection, about: str, person: str, now: str) -> bool:
    """Whether somebody else has this task in hand."""
    table = adjudication_lease.c
    live = and_(table.ended.is_(None), table.until > now)
    query = select(table.id).where(live, table.task == about, table.person != person)
    return connection.execute(query).first() is not None


def _free_for(person: str, now: str) -> ColumnElement[bool]:
    """Settled, in nobody's hands, and new to this person: not judged, ruled on, disputed or given back."""
    table = adjudication_lease.c
    live = and_(table.ended.is_(None), table.until > now)
    here = table.task == task.c.id
    own = ruling.alias("own")
    return and_(
        task.c.state == "settled",
        ~exists().where(here, live),
        ~exists().where(here, table.person == person, table.ended == "released"),
        ~exists().where(judgement.c.task == task.c.id, judgement.c.person == person),
        ~exists().where(past_judgement.c.task == task.c.id, past_judgement.c.person == person),
        ~exists().where(own.c.task == task.c.id, own.c.person == person),
    )


def _ruled() -> ColumnElement[bool]:
    return exists().where(ruling.c.task == task.c.id, ruling.c.stands.is_(True))


def _servable(*, simulated: bool) -> ColumnElement[bool]:
    """People get what can be watched; simulated people only tasks without a video, as in review."""
    shown = exists().where(
        video.c.id == task.c.video, or_(video.c.locked.is_(True), video.c.condition.in_(UNWATCHABLE))
    )
    known = exists().where(video.c.id == task.c.video)
    return ~known if simulated else and_(known, ~shown)

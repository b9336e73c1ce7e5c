"""Leases: who works on which task, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
)

from tilik.access.grants import studies_granted
from tilik.access.preferences import preferences_of
from tilik.kernel import Conflict, Missing, Refused, new_id, to_text
from tilik.media.registration import UNWATCHABLE
from tilik.review.events import LeaseRenewed, TaskLeased, TaskReleased
from tilik.review.planting import (
    LEASE_LIFE,
    NOW,
    ONE,
    PERSON,
    SINCE,
    Aside,
    Next,
    Said,
    gold_instead,
    live_for,
    paused,
    set_aside_since,
)
from tilik.store import Writing
from tilik.store.learn_tables import DOUBTING, follow_up
from tilik.store.tables import judgement, lease, study, task, video
from tilik.study.admission import admission_of, admits, is_shut_out

HELD_AT_ONCE = 4
"""The task just submitted, whose judgement its author can still call back; the one on the screen; and two
that are being loaded behind it, so that the next one is there even for somebody in a hurry."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A task in someone's hands until a time (RFC 3339 text)."""

    id: str
    task: str
    person: str
    until: str
    revises: str | None = None
    """The person's own judgement that is looked at again; ``None`` for a task to be judged."""
    burst: str | None = None
    """The burst of known items that the task was asked for in; ``None`` for what the queue gave."""


def lease_next(writing: Writing, person: str, *, simulated: bool = False) -> Lease | None:
    """Put the next open task into this person's hands; ``None`` when there is none for them.

    People get tasks whose video is prepared and not locked. Simulated people get only tasks without
    a video, so that what can be watched waits for somebody who watches. Nobody gets a task again that
    they judged or gave back, nor a video in a language that they do not have, nor what they lack a
    certificate for. Now and then it is a gold task (see ``planting``). Raises ``Conflict`` when the
    person holds enough already.
    """
    now = writing.clock()
    mine = held(writing.connection, person, to_text(now))
    if len([one for one in mine if one.revises is None]) >= HELD_AT_ONCE:
        raise Conflict("enough-held", "this person holds as many tasks as one can", mend="Judge one first.")
    opt_out = preferences_of(writing.connection, person).opt_out
    studies = studies_granted(writing.connection, person)
    admission = admission_of(writing.connection, writing.blobs, person)
    if is_shut_out(writing.connection, admission):
        return None
    routed, certified = bool(admission.languages), admission.needed
    kind = _Kind(opt_out, limited=bool(studies), routed=routed, certified=certified, simulated=simulated)
    since = set_aside_since(writing.connection, person, now)
    given: dict[str, Any] = {"person": person, "now": to_text(now), "since": since, **admission.given}
    if studies:
        given["studies"] = studies
    live = _first(writing.connection, _next_query(kind), given)
    if live is None and (simulated or paused(writing.connection, person, now)):
        live = _first(writing.connection, _next_query(kind, all_of_it=True), given)
    if live is None:
        return None
    known = gold_instead(writing, person, live, opt_out, admission.languages, simulated=simulated)
    return grant(writing, person, known or live.task, instead=live.task if known else None)


class _Kind(NamedTuple):
    """What makes one person's queue another statement than somebody else's."""

    opt_out: tuple[str, ...]
    limited: bool
    routed: bool
    certified: bool
    simulated: bool


@lru_cache(maxsize=256)
def _next_query(kind: _Kind, *, all_of_it: bool = False) -> Select[str, str, bool]:
    """The next live task for somebody; ``all_of_it`` brings what is set aside for them, too.

    Built once for everybody of a kind: building it takes longer than asking it.
    """
    fit = [
        task.c.state == "open",
        _has_room(NOW),
        ~_knows_it(PERSON, NOW),
        ~_judged_it_before(PERSON),
        ~_would_rather_not(kind.opt_out),
        live_for(PERSON),
        servable(simulated=kind.simulated),
    ]
    if kind.routed or kind.certified:
        fit.append(admits(limited=kind.routed, needed=kind.certified))
    if kind.limited:
        fit.append(task.c.study.in_(bindparam("studies", expanding=True)))
    if not all_of_it:
        fit.append(~Aside(PERSON, SINCE, NOW).holds())
    return (
        select(task.c.id, study.c.guideline, study.c.blind)
        .join(study, study.c.id == task.c.study)
        .where(*fit)
        .order_by(task.c.position, task.c.id)
        .limit(ONE)
    )


def _first(connection: Connection, query: Select[str, str, bool], given: dict[str, Any]) -> Next | None:
    row = connection.execute(query, given).first()
    return Next(row.id, row.guideline, row.blind) if row is not None else None


def grant(
    writing: Writing,
    person: str,
    identity: str,
    *,
    revises: str | None = None,
    instead: str | None = None,
    burst: str | None = None,
) -> Lease:
    """Put this task into this person's hands."""
    granted = Lease(new_id(), identity, person, to_text(writing.clock() + LEASE_LIFE), revises, burst)
    writing.record(
        TaskLeased(
            task=identity,
            lease=granted.id,
            person=person,
            until=granted.until,
            revises=revises,
            instead=instead,
            burst=burst,
        )
    )
    return granted


def renew(writing: Writing, person: str, lease_id: str) -> Lease:
    """Extend a lease that still runs. Raises ``Missing``, ``Refused``, or ``Conflict`` when it has ended."""
    mine = find_lease(writing.connection, person, lease_id)
    if lease_ended(writing.connection, lease_id) or mine.until <= to_text(writing.clock()):
        raise Conflict("lease-expired", "this lease has ended", mend="Take the next task.")
    until = to_text(writing.clock() + LEASE_LIFE)
    writing.record(LeaseRenewed(lease=lease_id, task=mine.task, until=until))
    return replace(mine, until=until)


def release(writing: Writing, person: str, lease_id: str) -> None:
    """Give a task back unjudged; giving it back twice changes nothing. Raises ``Missing``, ``Refused``."""
    mine = find_lease(writing.connection, person, lease_id)
    if not lease_ended(writing.connection, lease_id):
        writing.record(TaskReleased(task=mine.task, lease=lease_id))


def held(connection: Connection, person: str, now: str, burst: str | None = None) -> Sequence[Lease]:
    """The live leases of a person, oldest first: those from the queue, or of a burst of known items."""
    rows = connection.execute(_HELD[burst is None], {"person": person, "now": now, "burst": burst})
    return [_lease(row) for row in rows]


_MINE = (
    select(lease)
    .where(lease.c.person == PERSON, lease.c.ended.is_(None), lease.c.until > NOW)
    .order_by(lease.c.granted_at, lease.c.id)
)
_HELD = (_MINE.where(lease.c.burst == bindparam("burst")), _MINE.where(lease.c.burst.is_(None)))


def find_lease(connection: Connection, person: str, lease_id: str) -> Lease:
    """A lease, live or not, if it is this person's. Raises ``Missing`` or ``Refused``."""
    row = connection.execute(_THIS, {"lease": lease_id}).first()
    if row is None:
        raise Missing("lease-missing", "there is no such lease", where=lease_id)
    if row.person != person:
        raise Refused("lease-not-yours", "this task is in somebody else's hands", where=lease_id)
    return _lease(row)


_THIS = select(lease).where(lease.c.id == bindparam("lease"))


def _lease(row: Row[Any]) -> Lease:
    return Lease(row.id, row.task, row.person, row.until, row.revises, row.burst)


def lease_ended(connection: Connection, lease_id: str) -> str | None:
    """How the lease ended (``judged``, ``released``, ``stopped``), or ``None``."""
    return connection.execute(_ENDED, {"lease": lease_id}).scalar()


_ENDED = select(lease.c.ended).where(lease.c.id == bindparam("lease"))


def others_hold(connection: Connection, task_id: str, person: str, now: str) -> int:
    """How many other people hold this task now."""
    query = select(func.count()).where(_live(now), lease.c.task == task_id, lease.c.person != person)
    return connection.execute(query).scalar_one()


def _live(now: Said) -> ColumnElement[bool]:
    """Takes up a place of its task; whoever looks at their own judgement again has theirs already."""
    return and_(lease.c.ended.is_(None), lease.c.until > now, lease.c.revises.is_(None))


def _has_room(now: Said) -> ColumnElement[bool]:
    live = select(func.count()).where(lease.c.task == task.c.id, _live(now)).scalar_subquery()
    return task.c.judged + live < task.c.wants


def _knows_it(person: Said, now: Said) -> ColumnElement[bool]:
    """Judged, given back, or in this person's hands: the places of a task are for different people."""
    judged = exists().where(judgement.c.task == task.c.id, judgement.c.person == person)
    mine = and_(lease.c.task == task.c.id, lease.c.person == person)
    return or_(judged, exists().where(mine, or_(lease.c.ended == "released", _live(now))))


def _judged_it_before(person: Said) -> ColumnElement[bool]:
    """The task judges again what this person judged: a re-review is for others."""
    before = task.alias()
    return exists().where(
        follow_up.c.second == task.c.study,
        follow_up.c.kind == DOUBTING,
        before.c.study == follow_up.c.study,
        before.c.video == task.c.video,
        judgement.c.task == before.c.id,
        judgement.c.person == person,
    )


def _would_rather_not(opt_out: tuple[str, ...]) -> ColumnElement[bool]:
    """Somebody else found in it what this person opted out of. Nothing else is known of an unjudged video."""
    # Answers are canonical JSON, so this text stands there exactly when the family was found.
    said = [judgement.c.answers.contains(f'"family.{code}":true', autoescape=True) for code in opt_out]
    return exists().where(judgement.c.task == task.c.id, or_(*said)) if said else false()


def servable(*, simulated: bool) -> ColumnElement[bool]:
    """The task's video is prepared and not locked; for simulated people: there is no video."""
    if simulated:
        return ~exists().where(video.c.id == task.c.video)
    return exists().where(
        video.c.id == task.c.video, video.c.locked.is_(False), video.c.condition.not_in(UNWATCHABLE)
    )

"""What a reviewer may see of a task. In a blind study that is the media itself and nothing about it:
no score, no reason for sampling, no prediction, no impressions, no channel, nobody else's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, select

from tilik.kernel import Evidence, Missing, to_text
from tilik.log import Blobs
from tilik.media.record import MediaRecord
from tilik.media.registration import UNWATCHABLE
from tilik.review.exposure import Exposure, exposure_of
from tilik.review.lease import Lease
from tilik.review.planting import live_for, paused, set_aside
from tilik.review.reopen import Earlier, earlier_of
from tilik.store.tables import judgement, lease, study, task, video
from tilik.study.admission import admission_of, admits
from tilik.study.shown import shown


@dataclass(frozen=True, slots=True)
class TaskView:
    """A leased task as its holder sees it; ``video`` is for the server, which signs links with it."""

    task: str
    lease: Lease
    guideline: str
    blind: bool
    title: str
    video: str
    record: MediaRecord
    evidence: tuple[Evidence, ...]
    earlier: Earlier | None = None
    loudness: float | None = None


def view_task(connection: Connection, blobs: Blobs, granted: Lease) -> TaskView:
    """The task of this lease. Raises ``Missing`` when the video is not registered or is locked."""
    row = connection.execute(
        select(task.c.id, task.c.video, study.c.guideline, study.c.blind)
        .join(study, study.c.id == task.c.study)
        .where(task.c.id == granted.task)
    ).one()
    seen = shown(connection, blobs, row.video, blind=row.blind, task=granted.task)
    return TaskView(
        *(row.id, granted, row.guideline, row.blind, seen.title, row.video, seen.record, seen.evidence),
        earlier_of(connection, granted),
        seen.loudness,
    )


def video_of(connection: Connection, identity: str) -> str:
    """The video that a task is about. Raises ``Missing``."""
    found = connection.execute(select(task.c.video).where(task.c.id == identity)).scalar()
    if found is None:
        raise Missing("task-missing", "there is no such task", where=identity)
    return str(found)


@dataclass(frozen=True, slots=True)
class Day:
    """A person's own day: judgements, active seconds, how many tasks wait for them, hard content met.

    ``hours`` holds for each hour with work in it (text, UTC) how many were judged and the active seconds.
    """

    judged: int
    active_seconds: float
    waiting: int
    exposure: Exposure
    hours: tuple[tuple[str, int, float], ...] = ()


def day_of(connection: Connection, blobs: Blobs, person: str, since: datetime, now: datetime) -> Day:
    """What this person did since an instant; private to them."""
    rows = connection.execute(
        select(judgement.c.submitted_at, judgement.c.active_seconds).where(
            judgement.c.person == person, judgement.c.submitted_at >= to_text(since), ~_asked_for(person)
        )
    ).all()
    done = (len(rows), sum(row.active_seconds for row in rows))
    aside = set_aside(connection, person, now)
    waiting = _waiting(connection, blobs, person, ~aside.holds(ended=True))
    if not waiting and paused(connection, person, now):
        waiting = _waiting(connection, blobs, person)
    return Day(done[0], float(done[1]), waiting, exposure_of(connection, person, since, now), _hours(rows))


def _waiting(connection: Connection, blobs: Blobs, person: str, *more: ColumnElement[bool]) -> int:
    admission = admission_of(connection, blobs, person)
    admitted = admits(limited=bool(admission.languages), needed=admission.needed)
    mine = exists().where(judgement.c.task == task.c.id, judgement.c.person == person)
    back = exists().where(lease.c.task == task.c.id, lease.c.person == person, lease.c.ended == "released")
    return connection.execute(
        select(func.count())
        .select_from(task)
        .join(study, study.c.id == task.c.study)
        .join(
            video,
            and_(
                video.c.id == task.c.video, video.c.locked.is_(False), video.c.condition.not_in(UNWATCHABLE)
            ),
        )
        .where(task.c.state == "open", ~mine, ~back, live_for(person), admitted, *more),
        admission.given,
    ).scalar_one()


def _asked_for(person: str) -> ColumnElement[bool]:
    """The judgement belongs to a practice or test that its author asked for."""
    return exists().where(
        lease.c.task == judgement.c.task, lease.c.person == person, lease.c.burst.is_not(None)
    )


def _hours(rows: Sequence[Row[Any]]) -> tuple[tuple[str, int, float], ...]:
    found: dict[str, list[float]] = {}
    for row in rows:
        found.setdefault(row.submitted_at[:13], []).append(row.active_seconds)
    return tuple((f"{hour}:00:00Z", len(times), sum(times)) for hour, times in sorted(found.items()))

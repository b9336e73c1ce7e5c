"""How review's events change the tables: the same functions serve the live write and the rebuild."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, or_, select, update

from tilik.frame.languages import languages_in, spoken
from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.review.events import (
    BurstStarted,
    JudgementRevised,
    JudgementSubmitted,
    LeaseRenewed,
    TaskLeased,
    TaskReleased,
    TasksOpened,
    WorkStopped,
)
from tilik.review.ids import task_id
from tilik.store.tables import (
    burst,
    draw,
    escalation,
    frame,
    judgement,
    lease,
    past_judgement,
    study,
    task,
    video,
)

# Built once: making a statement takes longer than running it, and these run with every judgement.
_ADD_LEASE, _ADD_JUDGEMENT = insert(lease), insert(judgement)
_OF_TASK = task.c.id == bindparam("of_task")
# A late judgement also ends the lease by which its author had taken the task up again.
_END_LEASES = (
    update(lease)
    .where(
        or_(
            lease.c.id == bindparam("of_lease"),
            and_(
                lease.c.task == bindparam("of_task"),
                lease.c.person == bindparam("of_person"),
                lease.c.ended.is_(None),
            ),
        )
    )
    .values(ended="judged")
)
_WANT_MORE = (
    update(task)
    .where(_OF_TASK)
    .values(
        p2=bindparam("chance"),
        wants=select(study.c.wants).where(study.c.id == task.c.study).scalar_subquery() + bindparam("more"),
    )
)
_COUNTED, _COUNT = select(task.c.judged, task.c.wants).where(_OF_TASK), update(task).where(_OF_TASK)


@applies(TasksOpened)
def _opened(connection: Connection, event: TasksOpened, _envelope: Envelope, blobs: Blobs) -> None:
    videos = connection.execute(select(draw.c.video).where(draw.c.study == event.study)).scalars()
    # Served in an order that has nothing to do with size or score: so what has been judged at any moment
    # is a random part of the draw, and the rest may be treated as missing at random.
    order = sorted(videos, key=lambda v: hashlib.sha256(f"{event.study} {v}".encode()).digest())
    locked = set(connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars())
    language = _languages(connection, blobs, event.study, order)
    rows = [
        {
            "id": task_id(event.study, name),
            "study": event.study,
            "video": name,
            "language": spoken(language.get(name)),
            "state": "stopped" if name in locked else "open",
            "wants": event.wants,
            "judged": 0,
            "position": position,
        }
        for position, name in enumerate(order)
    ]
    if rows:
        connection.execute(insert(task), rows)


def _languages(
    connection: Connection, blobs: Blobs, identity: str, videos: list[str]
) -> Mapping[str, str | None]:
    of_study = select(frame.c.snapshot, frame.c.summary).join(study, study.c.frame == frame.c.hash)
    row = connection.execute(of_study.where(study.c.id == identity)).first()
    return {} if row is None else languages_in(blobs, row.snapshot, row.summary, videos)


@applies(TaskLeased)
def _leased(connection: Connection, event: TaskLeased, envelope: Envelope, _blobs: Blobs) -> None:
    row = {
        "id": event.lease,
        "task": event.task,
        "person": event.person,
        "granted_at": envelope.at,
        "until": event.until,
        "ended": None,
        "revises": event.revises,
        "instead": event.instead,
        "burst": event.burst,
    }
    connection.execute(_ADD_LEASE, row)


@applies(BurstStarted)
def _started(connection: Connection, event: BurstStarted, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(burst).values(
            id=event.burst,
            person=event.person,
            kind=event.kind,
            guideline=event.guideline,
            language=event.language,
            spoken=event.spoken,
            tasks=canonical(event.tasks).decode(),
            count=len(event.tasks),
            started_at=envelope.at,
            ended_at=None,
        )
    )


@applies(LeaseRenewed)
def _renewed(connection: Connection, event: LeaseRenewed, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(update(lease).where(lease.c.id == event.lease).values(until=event.until))


@applies(TaskReleased)
def _released(connection: Connection, event: TaskReleased, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(update(lease).where(lease.c.id == event.lease).values(ended="released"))


@applies(JudgementSubmitted)
def _judged(connection: Connection, event: JudgementSubmitted, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, event, envelope)
    _end_leases(connection, event)
    _look_again(connection, event)
    if event.settles:
        _count(connection, event.task, 1)
    else:
        _heard(connection, event)


@applies(JudgementRevised)
def _revised(connection: Connection, event: JudgementRevised, envelope: Envelope, _blobs: Blobs) -> None:
    before = connection.execute(select(judgement).where(judgement.c.id == event.supersedes)).one()
    connection.execute(insert(past_judgement).values(**before._asdict(), superseded_by=event.judgement))
    connection.execute(delete(judgement).where(judgement.c.id == event.supersedes))
    _keep(connection, event, envelope)
    _end_leases(connection, event)
    _look_again(connection, event)
    _count(connection, event.task, int(event.settles) - int(event.settled_before))
    if not event.settles:
        _heard(connection, event)


def _keep(connection: Connection, event: JudgementSubmitted | JudgementRevised, envelope: Envelope) -> None:
    body = event.model_dump(mode="json")
    row = {
        "id": event.judgement,
        "key": event.key,
        "request": event.request,
        "task": event.task,
        "person": event.person,
        "guideline": event.guideline,
        **{name: canonical(body[name]).decode() for name in ("answers", "marks", "notes", "trace")},
        "active_seconds": event.active_seconds,
        "language": event.language,
        "submitted_at": envelope.at,
    }
    connection.execute(_ADD_JUDGEMENT, row)


def _end_leases(connection: Connection, event: JudgementSubmitted | JudgementRevised) -> None:
    of = {"of_lease": event.lease, "of_task": event.task, "of_person": event.person}
    connection.execute(_END_LEASES, of)


def _look_again(connection: Connection, event: JudgementSubmitted | JudgementRevised) -> None:
    """The first judgement says with what chance a second is wanted, and whether it is."""
    if event.p2 is None:
        return
    connection.execute(_WANT_MORE, {"of_task": event.task, "chance": event.p2, "more": int(event.again)})


def _heard(connection: Connection, event: JudgementSubmitted | JudgementRevised) -> None:
    """Whoever hands a task on for its language says which it is: they have seen the video."""
    language = spoken(str(event.answers.get("assessable.language") or ""))
    if language:
        connection.execute(update(task).where(task.c.id == event.task).values(language=language))


def _count(connection: Connection, identity: str, more: int) -> None:
    """So many more judgements of this task that count; enough of them settle it."""
    row = connection.execute(_COUNTED, {"of_task": identity}).one()
    judged = row.judged + more
    state = "settled" if judged >= row.wants else "open"
    connection.execute(_COUNT, {"of_task": identity, "judged": judged, "state": state})


@applies(WorkStopped)
def _stopped(connection: Connection, event: WorkStopped, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(escalation).values(
            id=event.escalation,
            key=event.key,
            request=event.request,
            task=event.task,
            video=event.video,
            guideline=event.guideline,
            person=event.person,
            code=event.code,
            at_second=event.at_second,
            note=event.note,
            raised_at=envelope.at,
        )
    )
    # A locked video stops in every study; without a lock only this task does.
    if event.lock:
        lock_video(connection, event.video)
    elif event.task is not None:
        _stop_tasks(connection, task.c.id == event.task)


def lock_video(connection: Connection, identity: str) -> None:
    """Nobody sees this video again, nor the same file under another id: their tasks stop in every study, and
    the leases end. For appliers."""
    content = select(video.c.content).where(video.c.id == identity).scalar_subquery()
    same = connection.execute(select(video.c.id).where(video.c.content == content)).scalars().all()
    _stop_tasks(connection, task.c.video.in_([identity, *same]))
    connection.execute(update(video).where(video.c.id.in_(same)).values(locked=True))


def _stop_tasks(connection: Connection, where: ColumnElement[bool]) -> None:
    stopped = connection.execute(select(task.c.id).where(where)).scalars().all()
    connection.execute(update(task).where(task.c.id.in_(stopped)).values(state="stopped"))
    connection.execute(
        update(lease).where(lease.c.task.in_(stopped), lease.c.ended.is_(None)).values(ended="stopped")
    )

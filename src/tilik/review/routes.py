"""The HTTP face of review. Every task, gold or live, goes through the same routes with the same shape."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from tilik.access.guard import MediaLinksHere, Reviewer, StoreHere
from tilik.access.sessions import Session
from tilik.kernel import Conflict, to_text
from tilik.review.lease import Lease, held, lease_next, release, renew
from tilik.review.reopen import last_judged, reopen
from tilik.review.stop import Stop, stop_work
from tilik.review.submit import Submission, submit
from tilik.review.view import day_of, view_task
from tilik.review.wire import (
    DayView,
    HeldTasks,
    Holding,
    JudgedView,
    JudgementReceipt,
    LeaseBody,
    NextTask,
    StopReceipt,
    TaskOut,
    TaskWriter,
    Until,
)
from tilik.store import Store
from tilik.study.admission import lacks_certificate

router = APIRouter(prefix="/api")
JAKARTA = ZoneInfo("Asia/Jakarta")


@router.post("/tasks/next")
def post_next(body: Holding, session: Reviewer, store: StoreHere, links: MediaLinksHere) -> NextTask:
    """Take the next task. A task already in one's hands that this browser does not know comes first."""
    person = session.person
    for lease in _held(store, session):
        if lease.revises is None and lease.task not in body.holding:
            return NextTask(task=_task(store, TaskWriter(links, session), lease))
    try:
        with store.write(person.id) as writing:
            granted = lease_next(writing, person.id, simulated=person.simulated)
    except Conflict:
        return NextTask(task=None, reason="enough-held")
    if granted is None:
        with store.read() as connection:
            lacking = lacks_certificate(connection, store.blobs, person.id)
        return NextTask(task=None, reason="not-certified" if lacking else "queue-empty")
    return NextTask(task=_task(store, TaskWriter(links, session), granted))


@router.get("/tasks/held")
def get_held(session: Reviewer, store: StoreHere, links: MediaLinksHere) -> HeldTasks:
    """The tasks in one's hands, with fresh media links."""
    writer = TaskWriter(links, session)
    return HeldTasks(tasks=[_task(store, writer, lease) for lease in _held(store, session)])


@router.post("/tasks/{task}/renew")
def post_renew(task: str, body: LeaseBody, session: Reviewer, store: StoreHere) -> Until:
    """Keep a task in one's hands."""
    del task  # the lease says which; the path is for people who read logs
    with store.write(session.person.id) as writing:
        return Until(until=renew(writing, session.person.id, body.lease).until)


@router.post("/tasks/{task}/release", status_code=204)
def post_release(task: str, body: LeaseBody, session: Reviewer, store: StoreHere) -> None:
    """Give a task back unjudged."""
    del task
    with store.write(session.person.id) as writing:
        release(writing, session.person.id, body.lease)


@router.post("/judgements")
def post_judgement(body: Submission, session: Reviewer, store: StoreHere) -> JudgementReceipt:
    """Keep a judgement for good; sending it again with the same key gives the same receipt."""
    with store.write(session.person.id) as writing:
        receipt = submit(writing, session.person.id, body)
    return JudgementReceipt(judgement=receipt.id, repeated=receipt.repeated)


@router.post("/stop-work")
def post_stop(body: Stop, session: Reviewer, store: StoreHere) -> StopReceipt:
    """Stop work on a task."""
    with store.write(session.person.id) as writing:
        receipt = stop_work(writing, session.person.id, body)
    return StopReceipt(escalation=receipt.id, repeated=receipt.repeated)


@router.get("/my/judgements")
def get_my_judgements(session: Reviewer, store: StoreHere) -> list[JudgedView]:
    """One's own last ten that can still be changed, the latest first."""
    with store.read() as connection:
        return [JudgedView.of(found) for found in last_judged(connection, session.person.id)]


@router.post("/my/judgements/{judgement}/reopen")
def post_reopen(judgement: str, session: Reviewer, store: StoreHere, links: MediaLinksHere) -> TaskOut:
    """Take one of one's last ten up again, with its answers."""
    with store.write(session.person.id) as writing:
        lease = reopen(writing, session.person.id, judgement)
    return _task(store, TaskWriter(links, session), lease)


@router.get("/my/day")
def get_my_day(session: Reviewer, store: StoreHere) -> DayView:
    """One's own day in Western Indonesian Time; nobody else can ask for it."""
    now = store.clock()
    midnight = datetime.combine(now.astimezone(JAKARTA).date(), time(), JAKARTA)
    with store.read() as connection:
        return DayView.of(day_of(connection, store.blobs, session.person.id, midnight, now))


def _held(store: Store, session: Session) -> list[Lease]:
    with store.read() as connection:
        return list(held(connection, session.person.id, to_text(store.clock())))


def _task(store: Store, writer: TaskWriter, lease: Lease) -> TaskOut:
    with store.read() as connection:
        return writer.write(view_task(connection, store.blobs, lease))

"""The HTTP face of machine answers. What is sent never names a model."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Ml, Reviewer, StoreHere
from tilik.access.sessions import Session
from tilik.answers.events import Kind
from tilik.answers.items import Turn
from tilik.answers.queue import Lease, held, lease_next, release
from tilik.answers.report import Report, report
from tilik.answers.stop import AnswerStop, stop
from tilik.answers.submit import AnswerSubmission, submit
from tilik.answers.view import answer_sets, find_set, view_task
from tilik.kernel import Conflict, to_text
from tilik.store import Store

router = APIRouter(prefix="/api")


class AnswerLease(BaseModel):
    """How long the task is yours."""

    id: str
    until: str


class AnswerTaskOut(BaseModel):
    """An answer task in the reviewer's hands; ``second`` only where two answers are compared.

    ``about_video`` says that it talks about a video, ``title`` which; no platform's id is sent.
    """

    task: str
    lease: AnswerLease
    guideline: str
    kind: Kind
    band: str | None
    stated: bool
    language: str
    about_video: bool
    title: str | None
    first: list[Turn]
    second: list[Turn] | None


class NextAnswer(BaseModel):
    """The next answer task, or why there is none."""

    task: AnswerTaskOut | None
    reason: Literal["queue-empty", "enough-held"] | None = None


class AnswersHeld(BaseModel):
    """The answer tasks that this browser has loaded already."""

    model_config = ConfigDict(extra="forbid")

    holding: list[str] = Field(default_factory=list, max_length=10)


class AnswerBack(BaseModel):
    """Which lease is given back."""

    model_config = ConfigDict(extra="forbid")

    lease: str


class AnswerReceipt(BaseModel):
    """The judgement is kept. ``repeated``: it had been kept before."""

    judgement: str
    repeated: bool


class AnswerStopReceipt(BaseModel):
    """The report is kept. ``repeated``: it had been kept before."""

    escalation: str
    repeated: bool


class AnswerSetView(BaseModel):
    """A set of machine answers and how far it has come; counts are of tasks."""

    id: str
    name: str
    guideline: str
    answers: int
    ratings: int
    ratings_settled: int
    pairs: int
    pairs_settled: int
    imported_at: str


@router.post("/answers/next")
def post_next_answer(body: AnswersHeld, session: Reviewer, store: StoreHere) -> NextAnswer:
    """Take the next answer. One already in one's hands that this browser does not know comes first."""
    person = session.person.id
    with store.read() as connection:
        mine = held(connection, person, to_text(store.clock()))
    for lease in mine:
        if lease.task not in body.holding:
            return NextAnswer(task=_task(store, lease))
    try:
        with store.write(person) as writing:
            granted = lease_next(writing, person)
    except Conflict:
        return NextAnswer(task=None, reason="enough-held")
    return (
        NextAnswer(task=None, reason="queue-empty")
        if granted is None
        else NextAnswer(task=_task(store, granted))
    )


@router.post("/answers/release", status_code=204)
def post_release_answer(body: AnswerBack, session: Reviewer, store: StoreHere) -> None:
    """Give an answer task back unjudged."""
    with store.write(session.person.id) as writing:
        release(writing, session.person.id, body.lease)


@router.post("/answers/judgements")
def post_answer_judgement(body: AnswerSubmission, session: Reviewer, store: StoreHere) -> AnswerReceipt:
    """Keep a judgement for good; sending it again with the same key gives the same receipt."""
    return _submit(body, session, store)


@router.post("/answers/stop")
def post_answer_stop(body: AnswerStop, session: Reviewer, store: StoreHere) -> AnswerStopReceipt:
    """Stop work on an answer: it is not shown to anybody again. Once, however often it is sent."""
    with store.write(session.person.id) as writing:
        receipt = stop(writing, session.person.id, body)
    return AnswerStopReceipt(escalation=receipt.id, repeated=receipt.repeated)


@router.get("/answers/sets")
def get_answer_sets(_session: Ml, store: StoreHere) -> list[AnswerSetView]:
    """Every set of machine answers, the newest first."""
    with store.read() as connection:
        return [AnswerSetView.model_validate(one, from_attributes=True) for one in answer_sets(connection)]


@router.get("/answers/sets/{name}/report")
def get_answer_report(name: str, _session: Ml, store: StoreHere) -> Report:
    """A set's scores, gaps and preferences as of now."""
    with store.read() as connection:
        return report(connection, store.blobs, find_set(connection, name))


def _submit(body: AnswerSubmission, session: Session, store: Store) -> AnswerReceipt:
    with store.write(session.person.id) as writing:
        receipt = submit(writing, session.person.id, body)
    return AnswerReceipt(judgement=receipt.id, repeated=receipt.repeated)


def _task(store: Store, lease: Lease) -> AnswerTaskOut:
    with store.read() as connection:
        view = view_task(connection, lease)
    return AnswerTaskOut(
        task=view.task,
        lease=AnswerLease(id=lease.id, until=lease.until),
        guideline=view.guideline,
        kind=view.kind,
        band=view.band,
        stated=view.stated,
        language=view.language,
        about_video=view.video is not None,
        title=view.title,
        first=list(view.first),
        second=None if view.second is None else list(view.second),
    )

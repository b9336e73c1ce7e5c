"""The HTTP face of practice: begin a burst, take its next item. Judging goes by the bench's own routes."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from tilik.access.guard import MediaLinksHere, Reviewer, StoreHere
from tilik.kernel import Missing
from tilik.review.practice import DEFAULT, Burst, last_burst, lease_of_burst, left_to_practise, start_burst
from tilik.review.view import view_task
from tilik.review.wire import NextTask, TaskWriter
from tilik.store import Store

router = APIRouter(prefix="/api")


class BurstBody(BaseModel):
    """How many items, in which language the person works."""

    model_config = ConfigDict(extra="forbid")

    count: int = DEFAULT
    language: Literal["id", "en"] = "id"


class BurstView(BaseModel):
    """A burst and how far it is; ``done`` names the tasks judged so far, in order of serving."""

    id: str
    total: int
    done: list[str]
    started_at: str

    @staticmethod
    def of(found: Burst) -> BurstView:
        """As it is sent."""
        return BurstView(
            id=found.id, total=len(found.tasks), done=list(found.done), started_at=found.started_at
        )


class PracticeView(BaseModel):
    """The burst begun last, if any, and how many items are left for another."""

    burst: BurstView | None
    left: int


@router.get("/practice")
def get_practice(session: Reviewer, store: StoreHere) -> PracticeView:
    """One's last burst, and how many items there are to practise on."""
    return _view(store, session.person.id, simulated=session.person.simulated)


@router.post("/practice")
def post_practice(body: BurstBody, session: Reviewer, store: StoreHere) -> PracticeView:
    """Begin a burst of known items."""
    person = session.person
    with store.write(person.id) as writing:
        start_burst(writing, person.id, count=body.count, language=body.language, simulated=person.simulated)
    return _view(store, person.id, simulated=person.simulated)


@router.post("/practice/{burst}/next")
def post_practice_next(burst: str, session: Reviewer, store: StoreHere, links: MediaLinksHere) -> NextTask:
    """Take the burst's next item; the one in one's hands comes first."""
    with store.write(session.person.id) as writing:
        granted = lease_of_burst(writing, session.person.id, burst)
    if granted is None:
        return NextTask(task=None, reason="queue-empty")
    with store.read() as connection:
        return NextTask(task=TaskWriter(links, session).write(view_task(connection, store.blobs, granted)))


def _view(store: Store, person: str, *, simulated: bool) -> PracticeView:
    with store.read() as connection:
        found = last_burst(connection, person)
        try:
            left = left_to_practise(connection, person, simulated=simulated)
        except Missing:  # no guideline is active yet
            left = 0
    return PracticeView(burst=BurstView.of(found) if found is not None else None, left=left)

"""The HTTP face of gold. Whoever asks must be a lead; a reviewer gets feedback on their own practice."""

from __future__ import annotations

from fastapi import APIRouter

from tilik.access.guard import Lead, Reviewer, StoreHere
from tilik.quality.gold.act import add_from_task, change_state, set_rate
from tilik.quality.gold.feedback import feedback_on
from tilik.quality.gold.figures import accuracy
from tilik.quality.gold.view import find_gold, list_gold, scored
from tilik.quality.gold.wire import (
    AccuracyView,
    FeedbackView,
    GoldBody,
    GoldList,
    GoldStateBody,
    GoldView,
    RateBody,
)
from tilik.store import Store
from tilik.study.gold_rate import planting_rate

router = APIRouter(prefix="/api")


@router.get("/gold")
def get_gold(_session: Lead, store: StoreHere) -> GoldList:
    """Every known item with its state, and the rate at which gold is planted."""
    return _listed(store)


@router.post("/gold")
def post_gold(body: GoldBody, session: Lead, store: StoreHere) -> GoldView:
    """Make a settled task known, by its ruling or by what its judgements agree on."""
    with store.write(session.person.id) as writing:
        identity = add_from_task(writing, body.task, body.pool, vouch=body.vouch)
        return GoldView.of(find_gold(writing.connection, identity))


@router.put("/gold/rate")
def put_gold_rate(body: RateBody, session: Lead, store: StoreHere) -> GoldList:
    """Plant gold at this rate from now on."""
    with store.write(session.person.id) as writing:
        set_rate(writing, body.rate)
    return _listed(store)


@router.post("/gold/{identity}/state")
def post_gold_state(identity: str, body: GoldStateBody, session: Lead, store: StoreHere) -> GoldView:
    """Take an item to another state: known, contested, retired."""
    with store.write(session.person.id) as writing:
        return GoldView.of(change_state(writing, identity, body.state))


@router.get("/practice/feedback/{task}")
def get_feedback(task: str, session: Reviewer, store: StoreHere) -> FeedbackView:
    """One's own answers to a practice item beside the known ones."""
    with store.read() as connection:
        return FeedbackView.of(feedback_on(connection, store.blobs, session.person.id, task))


@router.get("/my/practice")
def get_my_practice(session: Reviewer, store: StoreHere) -> AccuracyView:
    """One's own accuracy on the items one has practised on, with intervals; private."""
    with store.read() as connection:
        found = scored(connection, store.blobs, "practice", session.person.id)
        return AccuracyView.of(accuracy([one.score for one in found], "the reviewer"))


def _listed(store: Store) -> GoldList:
    with store.read() as connection:
        items = [GoldView.of(one) for one in list_gold(connection)]
        return GoldList(rate=planting_rate(connection), items=items)

"""The HTTP face of gold among machine answers: for leads; a reviewer gets their own figures alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from tilik.access.guard import Lead, Reviewer, StoreHere
from tilik.answers.gold.act import add_from_task, change_state
from tilik.answers.gold.figures import VERDICT, own, team
from tilik.answers.gold.view import find_gold, list_gold
from tilik.answers.gold.wire import (
    AnswerGoldBody,
    AnswerGoldList,
    AnswerGoldStateBody,
    AnswerGoldView,
    AnswerTeamView,
    OwnAnswerAccuracy,
)
from tilik.study.gold_rate import planting_rate
from tilik.study.period import period_of

router = APIRouter(prefix="/api")
Day = Annotated[str, Query(description="A day, `2026-03-01`; the eight weeks up to today without.")]


@router.get("/answers/gold")
def get_answer_gold(_session: Lead, store: StoreHere) -> AnswerGoldList:
    """Every machine answer of which is known what to say, and the rate at which gold is planted."""
    with store.read() as connection:
        items = [AnswerGoldView.of(one) for one in list_gold(connection)]
        return AnswerGoldList(rate=planting_rate(connection), items=items)


@router.post("/answers/gold")
def post_answer_gold(body: AnswerGoldBody, session: Lead, store: StoreHere) -> AnswerGoldView:
    """Make a settled answer task known by what its judgements agree on."""
    with store.write(session.person.id) as writing:
        identity = add_from_task(writing, body.task, vouch=body.vouch)
        return AnswerGoldView.of(find_gold(writing.connection, identity))


@router.post("/answers/gold/{identity}/state")
def post_answer_gold_state(
    identity: str, body: AnswerGoldStateBody, session: Lead, store: StoreHere
) -> AnswerGoldView:
    """Take a known answer to another state: known, contested, retired."""
    with store.write(session.person.id) as writing:
        return AnswerGoldView.of(change_state(writing, identity, body.state))


@router.get("/quality/answers")
def get_quality_answers(
    _session: Lead,
    store: StoreHere,
    since: Day = "",
    until: Day = "",
    of: Annotated[
        str, Query(description="`verdict`, `preference`, `kind`, or the code of a fail or a dimension.")
    ] = VERDICT,
) -> AnswerTeamView:
    """How right each person was on known machine answers; ordered by pseudonym, never by score."""
    period = period_of(store.clock(), since, until)
    with store.read() as connection:
        return AnswerTeamView.of_team(team(connection, store.blobs, period, of))


@router.get("/my/quality/answers")
def get_my_quality_answers(session: Reviewer, store: StoreHere) -> OwnAnswerAccuracy | None:
    """One's own figures on machine answers up to yesterday; nothing that would tell gold from live."""
    with store.read() as connection:
        found = own(connection, store.blobs, session.person.id, store.clock())
    return None if found is None else OwnAnswerAccuracy.of(found)

"""The HTTP face of adjudication: the adjudicator's queue, a reviewer's own rulings, the list of all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from tilik.access.guard import Adjudicator, MediaLinksHere, Reviewer, RoleGuard, StoreHere
from tilik.access.sessions import Session
from tilik.quality.adjudication.dispute import DisputeSubmission, dispute_ruling
from tilik.quality.adjudication.lease import next_adjudication, release, renew
from tilik.quality.adjudication.precedent import mark_precedent
from tilik.quality.adjudication.rule import DisputeRuling, RulingSubmission, rule, rule_on_dispute
from tilik.quality.adjudication.view import all_rulings, own_rulings, view_adjudication, waiting
from tilik.quality.adjudication.wire import (
    AdjudicationOut,
    LeaseEnd,
    NextAdjudication,
    OwnRulingsView,
    PrecedentBody,
    RulingLineView,
    RulingReceipt,
)
from tilik.study.shown import MediaWriter

router = APIRouter(prefix="/api")
LATEST = 200
RulingReader = Annotated[Session, Depends(RoleGuard("adjudicator", "policy", "lead", "admin"))]
"""Reads all rulings and says which are precedents."""


@router.post("/adjudication/next")
def post_next_adjudication(session: Adjudicator, store: StoreHere, links: MediaLinksHere) -> NextAdjudication:
    """What one holds, or the next contested task or dispute that is not about one's own work."""
    person = session.person
    with store.write(person.id) as writing:
        lease = next_adjudication(writing, person.id, simulated=person.simulated)
    with store.read() as connection:
        left = waiting(connection)
        if lease is None:
            return NextAdjudication(task=None, waiting=left)
        view = view_adjudication(connection, store.blobs, lease)
    return NextAdjudication(task=AdjudicationOut.of(view, MediaWriter(links, session.digest)), waiting=left)


@router.post("/adjudication/leases/{lease}/renew")
def post_renew_adjudication(lease: str, session: Adjudicator, store: StoreHere) -> LeaseEnd:
    """Keep a contested task in one's hands."""
    with store.write(session.person.id) as writing:
        return LeaseEnd(until=renew(writing, session.person.id, lease).until)


@router.post("/adjudication/leases/{lease}/release", status_code=204)
def post_release_adjudication(lease: str, session: Adjudicator, store: StoreHere) -> None:
    """Give a contested task back; it never comes again."""
    with store.write(session.person.id) as writing:
        release(writing, session.person.id, lease)


@router.post("/adjudication/rulings")
def post_adjudication_ruling(body: RulingSubmission, session: Adjudicator, store: StoreHere) -> RulingReceipt:
    """Rule on a contested task for good; sending it again with the same key gives the same receipt."""
    with store.write(session.person.id) as writing:
        receipt = rule(writing, session.person.id, body)
    return RulingReceipt(id=receipt.id, repeated=receipt.repeated)


@router.post("/adjudication/disputes")
def post_adjudication_dispute(body: DisputeRuling, session: Adjudicator, store: StoreHere) -> RulingReceipt:
    """Uphold or overturn a disputed ruling."""
    with store.write(session.person.id) as writing:
        receipt = rule_on_dispute(writing, session.person.id, body)
    return RulingReceipt(id=receipt.id, repeated=receipt.repeated)


@router.get("/my/rulings")
def get_my_rulings(session: Reviewer, store: StoreHere) -> OwnRulingsView:
    """Rulings that overturned one's own judgements; nobody else can ask for them."""
    with store.read() as connection:
        return OwnRulingsView.of(own_rulings(connection, store.blobs, session.person.id))


@router.post("/my/rulings/{ruling}/dispute")
def post_dispute(ruling: str, body: DisputeSubmission, session: Reviewer, store: StoreHere) -> RulingReceipt:
    """Object to a ruling that overturned one's own judgement, once."""
    with store.write(session.person.id) as writing:
        receipt = dispute_ruling(writing, session.person.id, ruling, body)
    return RulingReceipt(id=receipt.id, repeated=receipt.repeated)


@router.get("/rulings")
def get_rulings(_session: RulingReader, store: StoreHere) -> list[RulingLineView]:
    """The latest rulings, without anybody's name."""
    with store.read() as connection:
        return [RulingLineView.of(found) for found in all_rulings(connection, LATEST)]


@router.post("/rulings/{ruling}/precedent", status_code=204)
def post_precedent(ruling: str, body: PrecedentBody, session: RulingReader, store: StoreHere) -> None:
    """Make a ruling a precedent on one of its questions, or no longer one."""
    with store.write(session.person.id) as writing:
        mark_precedent(writing, ruling, precedent=body.precedent, question=body.question)

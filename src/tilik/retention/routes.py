"""Retention over HTTP, for the role privacy alone: rules, what is due, a run, the proof, erasing a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from tilik.access import list_people
from tilik.access.guard import AccessHere, FreshOfficer, Officer, StoreHere, WorkspaceHere
from tilik.guideline.words import Text
from tilik.retention.due import plan
from tilik.retention.people import erase_person, person_due
from tilik.retention.proof import prove
from tilik.retention.record import record_of
from tilik.retention.record_page import to_html
from tilik.retention.rules import set_rule
from tilik.retention.running import run, runs
from tilik.retention.views import shown
from tilik.retention.wire import (
    ClassView,
    ErasureBody,
    OneView,
    PersonDueView,
    ProofView,
    RetentionView,
    RuleBody,
    RunView,
    ViewsView,
)
from tilik.store import Store

router = APIRouter(prefix="/api/retention")
SHOWN = 20
MOST_VIEWS = 200
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$", description="A day as 2026-03-01.")]


@router.get("")
def get_retention(_session: Officer, store: StoreHere) -> RetentionView:
    """Every class of data with its rule, what is due and what is held; the last runs."""
    return _shown(store)


@router.put("/rules/{kind}")
def put_retention_rule(kind: str, body: RuleBody, session: Officer, store: StoreHere) -> RetentionView:
    """Keep a class of data so many days from now on."""
    ground = Text(id=body.ground_id, en=body.ground_en)
    with store.write(session.person.id) as writing:
        set_rule(writing, kind, body.days, ground, impersonal=body.impersonal)
    return _shown(store)


@router.post("/runs")
def post_retention_run(session: FreshOfficer, store: StoreHere) -> RetentionView:
    """Erase what is due and not held; sending it again erases what is left."""
    run(store, session.person.id)
    return _shown(store)


@router.get("/proof")
def get_retention_proof(_session: Officer, store: StoreHere) -> ProofView:
    """Walk the chain, rebuild the tables and look for what was erased; takes as long as a rebuild."""
    return ProofView.of(prove(store))


@router.get("/people/{person}")
def get_person_due(person: str, _session: Officer, store: StoreHere) -> PersonDueView:
    """What would be erased of a person, and what keeps them."""
    with store.read() as connection:
        return PersonDueView.of(person_due(connection, store.blobs, person))


@router.post("/people/{person}/erasure")
def post_person_erasure(
    person: str, body: ErasureBody, session: FreshOfficer, store: StoreHere
) -> PersonDueView:
    """Erase who a person is, for good; their pseudonym and judgements stay."""
    with store.write(session.person.id) as writing:
        erase_person(writing, person, body.ground, texts=body.texts, naming=body.naming)
    store.overwrite_deleted()
    with store.read() as connection:
        return PersonDueView.of(person_due(connection, store.blobs, person))


@router.get("/views")
def get_views(
    _session: Officer, store: StoreHere, person: str = "", since: Day = "", until: Day = ""
) -> ViewsView:
    """Who was shown what, the latest first: of everybody or of one (by pseudonym), in days of UTC."""
    with store.read() as connection:
        found = shown(
            connection, pseudonym=person.upper(), since=since, until=until or "9", most=MOST_VIEWS + 1
        )
    views = [OneView.model_validate(asdict(one)) for one in found[:MOST_VIEWS]]
    return ViewsView(views=views, more=len(found) > MOST_VIEWS)


@router.get("/record", response_class=HTMLResponse)
def get_processing_record(
    _session: Officer, workspace: WorkspaceHere, access: AccessHere, language: Literal["id", "en"] = "id"
) -> HTMLResponse:
    """The record of processing activities as a page."""
    return HTMLResponse(to_html(record_of(workspace, access), language))


def _shown(store: Store) -> RetentionView:
    with store.read() as connection:
        planned = plan(connection, store.blobs, store.clock)
        names = {one.id: one.pseudonym for one in list_people(connection)}
        every = runs(connection)[:SHOWN]
    return RetentionView(
        at=planned.at,
        classes=[ClassView.of(one, names) for one in planned.classes],
        runs=[RunView.of(one, names) for one in every],
    )

"""The HTTP face of the library. Nothing of a video is told to whoever may still judge it blind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import func, select

from tilik.access.guard import Lead, MediaLinksHere, RoleGuard, StoreHere
from tilik.access.media_links import MediaLinks
from tilik.access.sessions import Session
from tilik.library.cards import Desk
from tilik.library.looking_up import lookups
from tilik.library.offering import decide_siblings, offers, withdraw
from tilik.library.shown import hidden_from
from tilik.library.stopping import stop_where_seen
from tilik.library.view import offer_views, search_view, video_view
from tilik.library.wire import (
    AcceptBody,
    AcceptedView,
    DecidedView,
    FoundList,
    LookupList,
    OfferList,
    VideoList,
    VideoView,
)
from tilik.media.searching import PLACES, Place
from tilik.media.words import parse
from tilik.privacy import note_opened
from tilik.review import Seen
from tilik.review.wire import StopReceipt
from tilik.store import Store
from tilik.store.tables import sibling_decision, task
from tilik.study import guideline_of
from tilik.study.shown import MediaWriter

router = APIRouter(prefix="/api/library")
HASH_SERVER = "TILIK_HMA_URL"
DECIDED = 50

Onlooker = Annotated[Session, Depends(RoleGuard("reviewer", "adjudicator", "lead", "policy", "admin"))]
"""May have a video before them that they do not judge."""
SafetyDesk = Annotated[Session, Depends(RoleGuard("child-safety", "lead", "admin"))]
"""Sees what hash lists say of a file, and nothing of the file itself."""


@contextmanager
def _desk(store: Store, session: Session, links: MediaLinks) -> Iterator[Desk]:
    hidden = hidden_from(session.person.id, session.person.roles)
    with store.read() as connection:
        yield Desk(connection, store.blobs, MediaWriter(links, session.digest), hidden)


@router.get("/videos")
def get_videos(
    session: Lead, store: StoreHere, links: MediaLinksHere, after: str = "", condition: str = ""
) -> VideoList:
    """The videos that the workspace knows, a page at a time."""
    with _desk(store, session, links) as desk:
        return desk.page(after, condition)


@router.get("/search")
def get_search(
    session: Lead,
    store: StoreHere,
    links: MediaLinksHere,
    q: str,
    place: Annotated[list[Place] | None, Query()] = None,
) -> FoundList:
    """Videos by what stands and is said in them."""
    query = parse(q)
    with _desk(store, session, links) as desk:
        return search_view(desk, query, place or PLACES)


@router.get("/video")
def get_video(video: str, session: Lead, store: StoreHere, links: MediaLinksHere) -> VideoView:
    """One video with its evidence, origin, family and look-up. By query, for an id may hold any sign."""
    with _desk(store, session, links) as desk:
        found = video_view(desk, video)
    note_opened(store, session.person.id, [video], "page")
    return found


@router.get("/lookups")
def get_lookups(session: SafetyDesk, store: StoreHere) -> LookupList:
    """What look-ups in hash lists found."""
    del session
    with store.read() as connection:
        return lookups(connection, store.blobs, server=bool(os.environ.get(HASH_SERVER, "").strip()))


@router.get("/siblings")
def get_siblings(session: Lead, store: StoreHere, links: MediaLinksHere) -> OfferList:
    """Judged videos whose copies wait, and what was accepted of such offers."""
    with _desk(store, session, links) as desk:
        found = offers(desk.connection, desk.blobs)
        names = {one.guideline for one in found}
        documents = {name: guideline_of(desk.connection, desk.blobs, name) for name in names}
        return OfferList(
            offers=[one for one in offer_views(desk, found, documents) if one.siblings],
            decided=_decided(desk),
        )


def _decided(desk: Desk) -> list[DecidedView]:
    table = sibling_decision.c
    rows = desk.connection.execute(
        select(table.batch, table.judged, task.c.video, table.person, table.decided_at, func.count())
        .join(task, task.c.id == table.judged)
        .group_by(table.batch, table.judged, task.c.video, table.person, table.decided_at)
        .order_by(table.decided_at.desc(), table.batch)
        .limit(DECIDED)
    ).all()
    return [
        DecidedView(batch=batch, judged=judged, video=video, tasks=count, person=person, decided_at=at)
        for batch, judged, video, person, at, count in rows
    ]


@router.post("/siblings")
def post_siblings(body: AcceptBody, session: Lead, store: StoreHere) -> AcceptedView:
    """Let waiting copies end like the judged one: assisted work, which no measurement counts."""
    with store.write(session.person.id) as writing:
        event = decide_siblings(writing, body.judged, body.tasks)
    return AcceptedView(batch=event.batch, tasks=len(event.siblings))


@router.post("/siblings/{batch}/withdraw", status_code=204)
def post_siblings_withdraw(batch: str, session: Lead, store: StoreHere) -> None:
    """Take back what was accepted at once; its tasks wait again."""
    with store.write(session.person.id) as writing:
        withdraw(writing, batch)


@router.post("/stop-work")
def post_stop_where_seen(body: Seen, session: Onlooker, store: StoreHere) -> StopReceipt:
    """Stop work on a task that one rules on, calibrates or has in a case, or on a video on its page."""
    with store.write(session.person.id) as writing:
        receipt = stop_where_seen(writing, session.person, body)
    return StopReceipt(escalation=receipt.id, repeated=receipt.repeated)

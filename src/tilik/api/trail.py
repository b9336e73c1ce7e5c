"""The audit trail over HTTP: what the log holds, newest first, without bodies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from sqlalchemy import Connection, select
from starlette.datastructures import State

from tilik.access import list_people
from tilik.access.guard import Privacy, StoreHere
from tilik.log import GENESIS, breaks_at, last, log_entry, read

router = APIRouter(prefix="/api")
STRETCH = 20_000


class TrailEntry(BaseModel):
    """One event: who did what to what, and its seal."""

    seq: int
    at: str
    actor: str
    type: str
    subject: str
    hash: str


class Trail(BaseModel):
    """A page of the trail. ``head`` is where the chain ends, ``verified_to`` how far its seals were checked
    by this server; it stops before the first break."""

    entries: list[TrailEntry]
    head: int
    verified_to: int


@router.get("/log")
def get_log(
    request: Request,
    _session: Privacy,
    store: StoreHere,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Trail:
    """Entries before a position, newest first; actors by pseudonym."""
    query = select(log_entry).order_by(log_entry.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(log_entry.c.seq < before)
    with store.read() as connection:
        pseudonyms = {person.id: person.pseudonym for person in list_people(connection)}
        rows = connection.execute(query).all()
        head = last(connection)[0]
        verified = _verified_to(connection, request.app.state)
    entries = [
        TrailEntry(
            seq=row.seq,
            at=row.at,
            actor=pseudonyms.get(row.actor, row.actor),
            type=row.type,
            subject=pseudonyms.get(row.subject, row.subject),
            hash=row.hash,
        )
        for row in rows
    ]
    return Trail(entries=entries, head=head, verified_to=verified)


def _verified_to(connection: Connection, state: State) -> int:
    """How far the chain holds: each call checks a stretch more, so that no request waits for all of it."""
    seq, previous = getattr(state, "chain_verified", (0, GENESIS))
    for entry in read(connection, after=seq, up_to=seq + STRETCH):
        if next(breaks_at(entry, expected=seq + 1, previous=previous), None) is not None:
            break
        seq, previous = entry.seq, entry.hash
    state.chain_verified = (seq, previous)
    return int(seq)

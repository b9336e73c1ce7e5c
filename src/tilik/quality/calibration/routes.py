"""The HTTP face of calibration: everybody who judges or answers for judging takes part, leads lead."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import Connection, select

from tilik.access.guard import Lead, MediaLinksHere, RoleGuard, StoreHere
from tilik.access.sessions import Session
from tilik.kernel import Missing
from tilik.privacy import note_opened
from tilik.quality.calibration.act import close, open_session, remark, reveal, rule, vote
from tilik.quality.calibration.view import session_of, sessions
from tilik.quality.calibration.wire import (
    CalibrationItemMedia,
    CalibrationLine,
    CalibrationRuling,
    CalibrationSession,
    OpenBody,
    RemarkBody,
    VoteBody,
)
from tilik.store import Store
from tilik.store.calibration_tables import calibration_item
from tilik.store.tables import task
from tilik.study import guideline_of
from tilik.study.shown import MediaWriter, shown

router = APIRouter(prefix="/api/calibration")
Participant = Annotated[Session, Depends(RoleGuard("reviewer", "adjudicator", "lead", "policy", "admin"))]
"""Takes part in a calibration session."""


@router.get("")
def get_calibrations(session: Participant, store: StoreHere) -> list[CalibrationLine]:
    """Every calibration session, the newest first, with what waits for whoever asks."""
    with store.read() as connection:
        return [CalibrationLine.of(one) for one in sessions(connection, session.person.id)]


@router.post("")
def post_calibration(body: OpenBody, session: Lead, store: StoreHere) -> CalibrationSession:
    """Open a session on what split a study's judges most, weighed by how often it is seen."""
    with store.write(session.person.id) as writing:
        identity = open_session(writing, body.study, body.most)
        return _view(writing.connection, store, identity, session)


@router.get("/{name}")
def get_calibration(name: str, session: Participant, store: StoreHere) -> CalibrationSession:
    """A session as its reader may see it: others' votes only once they are revealed."""
    with store.read() as connection:
        return _view(connection, store, name, session)


@router.get("/{name}/items/{task_id}/media")
def get_calibration_media(
    name: str, task_id: str, session: Participant, store: StoreHere, links: MediaLinksHere
) -> CalibrationItemMedia:
    """What is to be watched before one votes, by links for this session alone."""
    with store.read() as connection:
        query = select(task.c.video).join(calibration_item, calibration_item.c.task == task.c.id)
        video = connection.execute(
            query.where(calibration_item.c.session == name, calibration_item.c.task == task_id)
        ).scalar()
        if video is None:
            raise Missing("calibration-missing", "there is no such item in a session", where=task_id)
        found = shown(connection, store.blobs, video, blind=True, task=task_id)
    note_opened(store, session.person.id, [video], "calibration")
    media = MediaWriter(links, session.digest).media(task_id, found.record, found.loudness)
    return CalibrationItemMedia(title=found.title or None, media=media)


@router.post("/{name}/items/{task_id}/vote")
def post_calibration_vote(
    name: str, task_id: str, body: VoteBody, session: Participant, store: StoreHere
) -> CalibrationSession:
    """Vote on an item: blind first, again after the ruling."""
    with store.write(session.person.id) as writing:
        vote(writing, session.person.id, name, task_id, says=body.says)
        return _view(writing.connection, store, name, session)


@router.post("/{name}/items/{task_id}/reveal")
def post_calibration_reveal(name: str, task_id: str, session: Lead, store: StoreHere) -> CalibrationSession:
    """Show the blind votes on an item."""
    with store.write(session.person.id) as writing:
        reveal(writing, name, task_id)
        return _view(writing.connection, store, name, session)


@router.post("/{name}/items/{task_id}/remarks")
def post_calibration_remark(
    name: str, task_id: str, body: RemarkBody, session: Participant, store: StoreHere
) -> CalibrationSession:
    """Say something in the discussion of an item."""
    with store.write(session.person.id) as writing:
        remark(writing, session.person.id, name, task_id, body.text, impersonal=body.impersonal)
        return _view(writing.connection, store, name, session)


@router.post("/{name}/items/{task_id}/ruling")
def post_calibration_ruling(
    name: str, task_id: str, body: CalibrationRuling, session: Lead, store: StoreHere
) -> CalibrationSession:
    """Rule on an item: a precedent from now on."""
    with store.write(session.person.id) as writing:
        rule(writing, name, task_id, body.reason, says=body.says, impersonal=body.impersonal)
        return _view(writing.connection, store, name, session)


@router.post("/{name}/close")
def post_calibration_close(name: str, session: Lead, store: StoreHere) -> CalibrationSession:
    """End a session."""
    with store.write(session.person.id) as writing:
        close(writing, name)
        return _view(writing.connection, store, name, session)


def _view(connection: Connection, store: Store, identity: str, session: Session) -> CalibrationSession:
    found = session_of(connection, identity, session.person.id)
    return CalibrationSession.of(found, guideline_of(connection, store.blobs, found.guideline))

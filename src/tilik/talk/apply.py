"""How talk's events change the tables."""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, update

from tilik.log import Blobs, Envelope, applies
from tilik.store.talk_tables import talk_comment, talk_errand, talk_read
from tilik.talk.events import CommentWritten, ErrandGiven, ErrandMoved, MentionsRead


@applies(CommentWritten)
def _written(connection: Connection, event: CommentWritten, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(talk_comment).values(
            id=event.comment,
            video=event.video,
            person=event.person,
            mentions=json.dumps(event.mentions),
            said_at=envelope.at,
        )
    )


@applies(MentionsRead)
def _read(connection: Connection, event: MentionsRead, envelope: Envelope, _blobs: Blobs) -> None:
    rows = [{"comment": one, "person": event.person, "read_at": envelope.at} for one in event.comments]
    connection.execute(insert(talk_read), rows)


@applies(ErrandGiven)
def _given(connection: Connection, event: ErrandGiven, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(talk_errand).values(
            id=event.errand,
            about=event.about,
            subject=event.subject_id,
            giver=event.giver,
            owner=event.owner,
            due=event.due,
            state="given",
            given_at=envelope.at,
            changed_at=envelope.at,
        )
    )


@applies(ErrandMoved)
def _moved(connection: Connection, event: ErrandMoved, envelope: Envelope, _blobs: Blobs) -> None:
    where = talk_errand.c.id == event.errand
    connection.execute(update(talk_errand).where(where).values(state=event.state, changed_at=envelope.at))

"""The outbox: what endpoints are to be told is written in the transaction of the event that it tells.

A message's id follows from what it tells, so that the same thing never goes out under two ids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from tilik.exchange.webhooks.events import Kind
from tilik.kernel import Json, canonical, to_text
from tilik.store import Writing
from tilik.store.webhook_tables import webhook, webhook_delivery, webhook_message

TEST = "webhook.test"


def listening(connection: Connection) -> dict[Kind, list[str]]:
    """Who is told of which kind of thing; kinds that nobody is told of are absent."""
    live = connection.execute(select(webhook.c.id, webhook.c.kinds).where(webhook.c.removed_at.is_(None)))
    found: dict[Kind, list[str]] = {}
    for row in live:
        for kind in json.loads(row.kinds):
            found.setdefault(kind, []).append(row.id)
    return found


def message_id(kind: str, about: str) -> str:
    """The id under which this is told, always."""
    return "msg_" + hashlib.sha256(f"{kind} {about}".encode()).hexdigest()[:32]


def tell(
    writing: Writing,
    kind: Kind,
    about: str,
    data: dict[str, Json],
    *,
    to: Sequence[str],
    video: str | None = None,
) -> None:
    """Put a message into the outbox, once, for these endpoints.

    ``about`` is the id of what is told, ``video`` the video that it speaks of.
    """
    _put(writing, message_id(kind, about), kind, data, to, video)


def tell_test(writing: Writing, endpoint: str, message: str) -> None:
    """A message that says nothing but that it is a test."""
    _put(writing, message, TEST, {"test": True}, [endpoint], None)


def _put(
    writing: Writing,
    message: str,
    kind: str,
    data: dict[str, Json],
    heard: Sequence[str],
    video: str | None,
) -> None:
    connection, now = writing.connection, to_text(writing.clock())
    known = select(webhook_message.c.id).where(webhook_message.c.id == message)
    if not heard or connection.execute(known).first() is not None:
        return
    body = canonical({"type": kind, "timestamp": now, "data": data}).decode()
    row = {"id": message, "kind": kind, "video": video, "body": body, "made_at": now}
    connection.execute(insert(webhook_message).values(**row))
    connection.execute(insert(webhook_delivery), [waiting(message, one, now) for one in heard])


def waiting(message: str, endpoint: str, now: str) -> dict[str, Any]:
    """A delivery that nobody has tried."""
    return {
        "message": message,
        "webhook": endpoint,
        "state": "waiting",
        "tries": 0,
        "since": now,
        "next_at": now,
        "claimed_until": None,
        "tried_at": None,
        "status": None,
        "said": "",
    }


def withhold(connection: Connection, videos: Sequence[str]) -> None:
    """Tell nothing more of these videos: what waits is not sent, and nothing can be sent again."""
    about = webhook_message.c.video.in_(videos)
    messages = list(connection.execute(select(webhook_message.c.id).where(about)).scalars())
    if not messages:
        return
    these = webhook_delivery.c.message.in_(messages)
    connection.execute(
        update(webhook_delivery)
        .where(these, webhook_delivery.c.state != "delivered")
        .values(state="withheld", claimed_until=None)
    )
    connection.execute(update(webhook_message).where(about).values(body="", video=None))

"""What was told, to whom, and what came of it; sending again and testing by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection, select, update

from tilik.exchange.webhooks.endpoints import find_live
from tilik.exchange.webhooks.events import WebhookResent, WebhookTested
from tilik.exchange.webhooks.outbox import message_id, tell_test, waiting
from tilik.kernel import Conflict, Missing, new_id, to_text
from tilik.store import Writing
from tilik.store.webhook_tables import webhook_delivery, webhook_message

State = Literal["waiting", "delivered", "failed", "withheld"]
"""``withheld``: work on what it tells was stopped, so it is told no more."""
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way to an endpoint. ``next_at`` is when it is tried again while it waits; ``said`` the
    beginning of an unhappy answer, or what kept it from being sent."""

    message: str
    webhook: str
    kind: str
    made_at: str
    state: State
    tries: int
    tried_at: str | None
    next_at: str | None
    status: int | None
    said: str


def deliveries(
    connection: Connection, *, message: str | None = None, state: State | None = None, limit: int = 100
) -> list[Delivery]:
    """The latest deliveries, the newest message first; without their bodies."""
    table = webhook_delivery.c
    query = select(webhook_delivery, webhook_message.c.kind, webhook_message.c.made_at).join(
        webhook_message, webhook_message.c.id == table.message
    )
    if message is not None:
        query = query.where(table.message == message)
    if state is not None:
        query = query.where(table.state == state)
    order = (webhook_message.c.made_at.desc(), table.message, table.webhook)
    return [_delivery(row) for row in connection.execute(query.order_by(*order).limit(limit))]


def _delivery(row: object) -> Delivery:
    held = {name: getattr(row, name) for name in Delivery.__slots__}
    return Delivery(**held | {"next_at": held["next_at"] if held["state"] == "waiting" else None})


def send_test(writing: Writing, endpoint: str) -> str:
    """Put a test message into the outbox; returns its id. Raises ``Missing``, ``Conflict``."""
    find_live(writing.connection, endpoint)
    message = message_id("webhook.test", new_id())
    tell_test(writing, endpoint, message)
    writing.record(WebhookTested(webhook=endpoint, message=message))
    return message


def resend(writing: Writing, message: str, endpoint: str) -> None:
    """Send a message again, now, under the id that it has, so that a receiver can tell.

    Raises ``Missing``, ``Conflict`` for a removed endpoint or a message that is told no more.
    """
    find_live(writing.connection, endpoint)
    table = webhook_delivery.c
    this = (table.message == message, table.webhook == endpoint)
    about = select(table.state, webhook_message.c.body).join(
        webhook_message, webhook_message.c.id == table.message
    )
    found = writing.connection.execute(about.where(*this)).first()
    if found is None:
        raise Missing("webhook-message-missing", "there is no such message to it", where=message)
    if not found.body:
        raise Conflict("webhook-withheld", "work on what it tells was stopped", where=message)
    again = waiting(message, endpoint, to_text(writing.clock()))
    anew = {name: again[name] for name in ("state", "tries", "since", "next_at")}
    writing.connection.execute(update(webhook_delivery).where(*this).values(**anew))
    writing.record(WebhookResent(webhook=endpoint, message=message))

"""What no event says: that an escalation was not taken on in time. And forgetting what was told long ago."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, select

from tilik.exchange.webhooks.hearing import about_escalation
from tilik.exchange.webhooks.outbox import listening, message_id, tell
from tilik.kernel import to_text
from tilik.safety.view import escalations
from tilik.store import Store
from tilik.store.webhook_tables import webhook_delivery, webhook_message

KEPT_DAYS = 30
"""Messages that wait for nothing are forgotten after so long."""


def notice(store: Store) -> None:
    """Put what is overdue into the outbox, each escalation once."""
    now, since = to_text(store.clock()), to_text(store.clock() - timedelta(days=KEPT_DAYS))
    with store.read() as connection:
        if "escalation.overdue" not in listening(connection):
            return
        waiting = (one for one in escalations(connection, store.blobs) if one.state == "waiting")
        late = [one for one in waiting if since < one.due < now]
        ids = {message_id("escalation.overdue", one.id): one for one in late}
        known = select(webhook_message.c.id).where(webhook_message.c.id.in_(ids))
        new = ids.keys() - set(connection.execute(known).scalars())
    if new:
        with store.write() as writing:
            to = listening(writing.connection).get("escalation.overdue", [])
            for one in (ids[each] for each in sorted(new)):
                tell(writing, "escalation.overdue", one.id, about_escalation(one), to=to)


def forget_old(store: Store) -> None:
    """Take away messages of which nothing waits and that are older than ``KEPT_DAYS``."""
    before = to_text(store.clock() - timedelta(days=KEPT_DAYS))
    of_it = webhook_delivery.c.message == webhook_message.c.id
    old = select(webhook_message.c.id).where(
        webhook_message.c.made_at < before, ~exists().where(of_it, webhook_delivery.c.state == "waiting")
    )
    with store.read() as connection:
        if connection.execute(old.limit(1)).first() is None:
            return
    with store.write() as writing:
        ids = list(writing.connection.execute(old.limit(1_000)).scalars())
        writing.connection.execute(delete(webhook_delivery).where(webhook_delivery.c.message.in_(ids)))
        writing.connection.execute(delete(webhook_message).where(webhook_message.c.id.in_(ids)))

"""The tables of webhooks, which ``tables`` declares with the others: who is told, with which keys, and what
waits to be told."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import FOLDED, OPERATIONAL, id_, time_

# ``host`` is scheme, name and port: the path of an address may hold a secret of its own.
webhook = Table(
    "webhook",
    metadata,
    id_(primary_key=True),
    Column("host", String(300), nullable=False),
    Column("kinds", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    time_("added_at", nullable=False),
    time_("removed_at"),
    Column("removed_why", String(16)),
    info=FOLDED,
)
# All sealed with the workspace's secret, which is not in the database. ``former`` signs beside ``secret``
# until ``former_until``.
webhook_key = Table(
    "webhook_key",
    metadata,
    id_("webhook", primary_key=True),
    Column("address", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("former", Text),
    time_("former_until"),
    info=OPERATIONAL,
)
# What is to be told, written in the transaction of the event that it tells. ``video`` is what it is about:
# when work on that is stopped, the body goes.
webhook_message = Table(
    "webhook_message",
    metadata,
    id_(primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("video", String(128), index=True),
    Column("body", Text, nullable=False),
    time_("made_at", nullable=False, index=True),
    info=OPERATIONAL,
)
# One message for one endpoint. ``since`` is when delivery began, anew when it is sent again by hand;
# ``claimed_until`` keeps two senders from one delivery.
webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    id_("message", primary_key=True),
    id_("webhook", primary_key=True),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    time_("since", nullable=False),
    time_("next_at", nullable=False),
    time_("claimed_until"),
    time_("tried_at"),
    Column("status", Integer),
    Column("said", Text, nullable=False),
    Index("ix_webhook_delivery_webhook_state_next_at", "webhook", "state", "next_at"),
    info=OPERATIONAL,
)

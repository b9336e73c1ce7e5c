"""The tables of what people say to each other about videos, and of errands; ``tables`` declares them with the
others. What is said about a case is a remark of the casebook. Texts are in ``note`` (owner = id)."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import FOLDED, id_, time_

talk_comment = Table(
    "talk_comment",
    metadata,
    id_(primary_key=True),
    Column("video", String(128), nullable=False, index=True),
    id_("person", nullable=False),
    Column("mentions", Text, nullable=False),
    time_("said_at", nullable=False),
    info=FOLDED,
)
# A comment or a remark that calls on somebody, and that they have read.
talk_read = Table(
    "talk_read",
    metadata,
    id_("comment", primary_key=True),
    id_("person", primary_key=True),
    time_("read_at", nullable=False),
    info=FOLDED,
)
talk_errand = Table(
    "talk_errand",
    metadata,
    id_(primary_key=True),
    Column("about", String(8), nullable=False),
    Column("subject", String(128), nullable=False),
    id_("giver", nullable=False),
    id_("owner", nullable=False),
    Column("due", String(10), nullable=False),
    Column("state", String(16), nullable=False),
    time_("given_at", nullable=False),
    time_("changed_at", nullable=False),
    Index("ix_talk_errand_about_subject", "about", "subject"),
    Index("ix_talk_errand_owner_state", "owner", "state"),
    info=FOLDED,
)

"""The studies that learning asked for, and why; ``tables`` declares it with the others."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import FOLDED, id_, time_

DOUBTING = "label-errors"
"""The kind of a study that judges again what was judged in another: never by the same person."""

# ``second`` was drawn because of ``study``: ``body`` is the event that says what is to be seen in it.
follow_up = Table(
    "follow_up",
    metadata,
    id_("second", primary_key=True),
    id_("study", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("body", Text, nullable=False),
    id_("person", nullable=False),
    time_("opened_at", nullable=False),
    info=FOLDED,
)

"""The tables of child safety; ``tables`` declares them with the others."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from tilik.log import metadata
from tilik.store.columns import FOLDED, hash_, id_, time_

# For whose key (age) the files of stopped videos are sealed; the latest row counts.
sealing_key = Table(
    "sealing_key",
    metadata,
    id_(primary_key=True),
    Column("recipient", String(128), nullable=False),
    time_("set_at", nullable=False),
    info=FOLDED,
)
# What was done about an escalation, each view among it. Its note is in ``note`` (owner = id).
escalation_step = Table(
    "escalation_step",
    metadata,
    id_(primary_key=True),
    id_("escalation", nullable=False),
    Column("step", String(16), nullable=False),
    Column("said", String(32)),
    hash_("note"),
    id_("person", nullable=False),
    time_("at", nullable=False),
    Index("ix_escalation_step_escalation_at", "escalation", "at"),
    info=FOLDED,
)

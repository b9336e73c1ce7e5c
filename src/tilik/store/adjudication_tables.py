"""Adjudication's tables, which ``tables`` declares with the others."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, String, Table, Text, UniqueConstraint

from tilik.log import metadata
from tilik.store.columns import FOLDED, hash_, id_, time_

# Whether the judgements of a settled task agree on what is decided; nobody adds to them afterwards.
comparison = Table(
    "comparison",
    metadata,
    id_("task", primary_key=True),
    Column("contested", Boolean, nullable=False),
    time_("compared_at", nullable=False),
    Index("ix_comparison_contested", "contested"),
    info=FOLDED,
)
# ``a`` and ``b`` are the judgements in the order in which the holder sees them; ``dispute`` what is ruled on.
adjudication_lease = Table(
    "adjudication_lease",
    metadata,
    id_(primary_key=True),
    id_("task", nullable=False, index=True),
    id_("person", nullable=False),
    id_("a", nullable=False),
    id_("b", nullable=False),
    id_("dispute"),
    time_("granted_at", nullable=False),
    time_("until", nullable=False),
    Column("ended", String(16)),
    Index("ix_adjudication_lease_person_ended", "person", "ended"),
    info=FOLDED,
)
# ``stands`` until a dispute overturns it. The reason is the note (owner = id, question = "reason"), of
# which ``reason`` is the digest. ``question`` is what a precedent is about: a question's id.
ruling = Table(
    "ruling",
    metadata,
    id_(primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    hash_("request", nullable=False),
    id_("task", nullable=False, index=True),
    Column("video", String(128), nullable=False),
    hash_("guideline", nullable=False),
    id_("person", nullable=False),
    id_("a", nullable=False),
    id_("b", nullable=False),
    Column("error_a", String(32), nullable=False),
    Column("error_b", String(32), nullable=False),
    Column("begun", String(8), nullable=False),
    Column("answers", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("notes", Text, nullable=False),
    hash_("reason", nullable=False),
    Column("active_seconds", Float, nullable=False),
    Column("language", String(2), nullable=False),
    time_("ruled_at", nullable=False),
    id_("dispute"),
    Column("stands", Boolean, nullable=False),
    Column("precedent", Boolean, nullable=False),
    Column("question", String(64)),
    info=FOLDED,
)
# A reviewer's objection to a ruling that overturned their judgement: once, with a reason (a note). ``state``
# says what became of the ruling: open, upheld, overturned.
dispute = Table(
    "dispute",
    metadata,
    id_(primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    hash_("request", nullable=False),
    id_("task", nullable=False, index=True),
    id_("ruling", nullable=False),
    id_("judgement", nullable=False),
    id_("person", nullable=False),
    hash_("reason", nullable=False),
    Column("state", String(16), nullable=False),
    time_("raised_at", nullable=False),
    Column("ruled_key", String(64), unique=True),
    hash_("ruled_request"),
    id_("ruled_by"),
    hash_("answer"),
    time_("ruled_at"),
    UniqueConstraint("ruling", "person"),
    info=FOLDED,
)

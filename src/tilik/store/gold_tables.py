"""The tables of gold and practice; ``tables`` hands them on with the others."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import FOLDED, hash_, id_, time_

# A task whose outcome is known. It is known of one version of an item: ``content`` is the file's hash (empty
# where no file is registered). ``shares`` holds what several people answered, of a contested item. Reasons
# are notes (owner = id), of which ``notes`` holds the digests. ``barred`` are people who know the answer.
gold = Table(
    "gold",
    metadata,
    id_(primary_key=True),
    id_("task", nullable=False, unique=True),
    Column("video", String(128), nullable=False, index=True),
    hash_("content", nullable=False),
    hash_("guideline", nullable=False),
    Column("practice", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("fails", Boolean, nullable=False),
    Column("answers", Text, nullable=False),
    Column("shares", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("source", String(64), nullable=False),
    Column("barred", Text, nullable=False),
    time_("added_at", nullable=False),
    Index("ix_gold_guideline_practice", "guideline", "practice"),
    info=FOLDED,
)
# An answer task whose outcome is known, of machine answers named by their content: ``a``, and ``b`` where two
# are compared. ``answers`` is what was said, by question; the rest is as in ``gold``.
answer_gold = Table(
    "answer_gold",
    metadata,
    id_(primary_key=True),
    id_("task", nullable=False, unique=True),
    hash_("a", nullable=False, index=True),
    hash_("b"),
    hash_("guideline", nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("fails", Boolean, nullable=False),
    Column("answers", Text, nullable=False),
    Column("shares", Text, nullable=False),
    Column("source", String(64), nullable=False),
    Column("barred", Text, nullable=False),
    time_("added_at", nullable=False),
    info=FOLDED,
)
# One number each, such as ``gold-rate``.
quality_setting = Table(
    "quality_setting",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Float, nullable=False),
    info=FOLDED,
)
# Known items that a person asked for, one after another: for practice, or as a test (``kind``). A
# test is of videos in one language (``spoken``; empty: in general) and ends by its rule.
burst = Table(
    "burst",
    metadata,
    id_(primary_key=True),
    id_("person", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    hash_("guideline", nullable=False),
    Column("language", String(2), nullable=False),
    Column("spoken", String(3), nullable=False),
    Column("tasks", Text, nullable=False),
    Column("count", Integer, nullable=False),
    time_("started_at", nullable=False),
    time_("ended_at"),
    info=FOLDED,
)

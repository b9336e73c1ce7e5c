"""Tables of families and of text to search, which ``tables`` declares with the others.

Families hold files (by content), not videos: two videos of the same bytes are one member. ``text_piece`` is
made from what analysers said and can be made again at any time, so the log does not carry it; full-text
search over it is SQLite's FTS5 or PostgreSQL's (``migrations``), which no table here declares.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import FOLDED, OPERATIONAL, hash_, id_, time_

family_member = Table(
    "family_member",
    metadata,
    hash_("content", primary_key=True),
    hash_("family", nullable=False, index=True),
    hash_("print", nullable=False),
    time_("placed_at", nullable=False),
    info=FOLDED,
)
family_match = Table(
    "family_match",
    metadata,
    hash_("one", primary_key=True),
    hash_("other", primary_key=True, index=True),
    Column("share", Float, nullable=False),
    Column("distance", Integer, nullable=False),
    info=FOLDED,
)
sibling_decision = Table(
    "sibling_decision",
    metadata,
    id_("task", primary_key=True),
    Column("video", String(128), nullable=False, index=True),
    id_("judged", nullable=False, index=True),
    hash_("guideline", nullable=False),
    Column("share", Float, nullable=False),
    id_("batch", nullable=False),
    id_("person", nullable=False),
    time_("decided_at", nullable=False),
    info=FOLDED,
)
text_piece = Table(
    "text_piece",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("video", String(128), nullable=False, index=True),
    Column("place", String(16), nullable=False),
    Column("start", Float, nullable=False),
    Column("end", Float, nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),
    info=OPERATIONAL,
)
text_indexed = Table(
    "text_indexed",
    metadata,
    Column("video", String(128), primary_key=True),
    hash_("mark", nullable=False),
    info=OPERATIONAL,
)

"""The casebook's tables, which ``tables`` declares with the others.

``head`` of a case is the case that stands for a group of near ones: itself, where a case stands alone.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import ERASABLE, FOLDED, hash_, id_, time_

casebook = Table(
    "casebook",
    metadata,
    id_(primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("key", String(64), nullable=False, unique=True),
    hash_("request", nullable=False),
    Column("kind", String(16), nullable=False),
    Column("type", String(64), nullable=False),
    hash_("guideline", nullable=False),
    Column("question", String(128)),
    Column("state", String(64), nullable=False),
    id_("head", nullable=False, index=True),
    Column("cell", Text),
    id_("filed_by", nullable=False),
    time_("filed_at", nullable=False),
    time_("changed_at", nullable=False),
    id_("owner"),
    Column("due", String(10)),
    id_("ruling"),
    info=FOLDED,
)
case_member = Table(
    "case_member",
    metadata,
    id_("case_id", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("video", String(128), nullable=False, index=True),
    id_("task"),
    Column("start", Float),
    Column("end", Float),
    id_("person", nullable=False),
    time_("added_at", nullable=False),
    info=FOLDED,
)
case_remark = Table(
    "case_remark",
    metadata,
    id_(primary_key=True),
    id_("case_id", nullable=False, index=True),
    id_("person", nullable=False),
    Column("mentions", Text, nullable=False),
    time_("said_at", nullable=False),
    info=FOLDED,
)
case_ruling = Table(
    "case_ruling",
    metadata,
    id_(primary_key=True),
    Column("cases", Text, nullable=False),
    hash_("guideline", nullable=False),
    Column("question", String(128)),
    Column("stands", String(16), nullable=False),
    Column("precedent", Boolean, nullable=False),
    Column("current", Boolean, nullable=False),
    hash_("draft"),
    id_("ruled_by", nullable=False),
    time_("ruled_at", nullable=False),
    info=FOLDED,
)
case_note = Table(
    "case_note",
    metadata,
    id_("owner", primary_key=True),
    Column("part", String(16), primary_key=True),
    hash_("digest", nullable=False),
    Column("text", Text, nullable=False),
    info=ERASABLE,
)

"""Tables of what people and machines elsewhere judged, which ``tables`` declares with the others.

They stand apart on purpose: nothing here was drawn, so nothing here has an inclusion probability, and no
query of estimates, agreement or quality reads these tables.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, String, Table, Text, UniqueConstraint

from tilik.log import metadata
from tilik.store.columns import ERASABLE, FOLDED, hash_, id_, time_

outside_study = Table(
    "outside_study",
    metadata,
    id_(primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
    Column("source", String(32), nullable=False),
    hash_("guideline", nullable=False),
    hash_("rows", nullable=False),
    Column("count", Integer, nullable=False),
    time_("imported_at", nullable=False),
    info=FOLDED,
)
# A machine's name stands here; a person's in ``outside_name``, of which this is the digest.
outside_rater = Table(
    "outside_rater",
    metadata,
    id_(primary_key=True),
    id_("study", nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("name", String(256), nullable=False),
    info=FOLDED,
)
outside_name = Table(
    "outside_name",
    metadata,
    id_("rater", primary_key=True),
    Column("name", Text, nullable=False),
    info=ERASABLE,
)
outside_judgement = Table(
    "outside_judgement",
    metadata,
    id_(primary_key=True),
    id_("study", nullable=False, index=True),
    Column("video", String(128), nullable=False),
    id_("rater", nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("fps", Float, nullable=False),
    Column("answers", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("score", Float),
    Column("active_seconds", Float),
    Column("judged_at", String(40), nullable=False),
    info=FOLDED,
)
machine_judge = Table(
    "machine_judge",
    metadata,
    id_(primary_key=True),
    id_("study", nullable=False, index=True),
    Column("name", String(128), nullable=False),
    hash_("rows", nullable=False),
    Column("count", Integer, nullable=False),
    time_("imported_at", nullable=False),
    UniqueConstraint("study", "name"),
    info=FOLDED,
)

"""Every table but the log's two. Times are text (``kernel.to_text``) and JSON is canonical text, so that a
row is the same on SQLite and PostgreSQL and two databases can be compared row by row.

Three kinds, told apart by ``info``:
``folded``       the log's fold: only appliers write them, ``log rebuild`` makes them again;
``erasable``     personal data and free text, outside the log, cited there by digest;
``operational``  sessions, links and preferences: nobody's decision, not rebuilt.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

import tilik.store.access_tables
import tilik.store.adjudication_tables
import tilik.store.calibration_tables
import tilik.store.casebook_tables
import tilik.store.certification_tables
import tilik.store.exchange_tables
import tilik.store.learn_tables
import tilik.store.privacy_tables
import tilik.store.retention_tables
import tilik.store.safety_tables
import tilik.store.talk_tables
import tilik.store.training_tables
import tilik.store.webhook_tables  # noqa: F401  (declares them on the metadata)
from tilik.log import metadata
from tilik.store.columns import ERASABLE, FOLDED, OPERATIONAL
from tilik.store.columns import hash_ as _hash
from tilik.store.columns import id_ as _id
from tilik.store.columns import time_ as _time
from tilik.store.gold_tables import answer_gold as answer_gold  # noqa: PLC0414
from tilik.store.gold_tables import burst as burst  # noqa: PLC0414
from tilik.store.gold_tables import gold as gold  # noqa: PLC0414
from tilik.store.gold_tables import quality_setting as quality_setting  # noqa: PLC0414
from tilik.store.media_tables import family_match as family_match  # noqa: PLC0414
from tilik.store.media_tables import family_member as family_member  # noqa: PLC0414
from tilik.store.media_tables import sibling_decision as sibling_decision  # noqa: PLC0414
from tilik.store.media_tables import text_indexed as text_indexed  # noqa: PLC0414
from tilik.store.media_tables import text_piece as text_piece  # noqa: PLC0414

# ------------------------------------------------------------------------------------------- people
person = Table(
    "person",
    metadata,
    _id(primary_key=True),
    Column("pseudonym", String(32), nullable=False, unique=True),
    Column("roles", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("simulated", Boolean, nullable=False),
    _time("created_at", nullable=False),
    _time("erased_at"),
    info=FOLDED,
)
person_name = Table(
    "person_name",
    metadata,
    _id("person", primary_key=True),
    Column("name", Text, nullable=False),
    info=ERASABLE,
)
sign_in_link = Table(
    "sign_in_link",
    metadata,
    _hash("digest", primary_key=True),
    _id("person", nullable=False),
    _time("expires_at", nullable=False),
    _time("used_at"),
    info=OPERATIONAL,
)
session = Table(
    "session",
    metadata,
    _hash("digest", primary_key=True),
    _id("person", nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("way", String(16), nullable=False),
    _time("created_at", nullable=False),
    _time("seen_at", nullable=False),
    _time("expires_at", nullable=False),
    _time("ended_at"),
    info=OPERATIONAL,
)
preference = Table(
    "preference",
    metadata,
    _id("person", primary_key=True),
    Column("body", Text, nullable=False),
    info=OPERATIONAL,
)

# ---------------------------------------------------------------------------- guideline, frame, study
guideline = Table(
    "guideline",
    metadata,
    _hash(primary_key=True),
    Column("name", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    _hash("source", nullable=False),
    Column("state", String(16), nullable=False),
    _time("added_at", nullable=False),
    info=FOLDED,
)
frame = Table(
    "frame",
    metadata,
    _hash(primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
    Column("rows", BigInteger, nullable=False),
    Column("impressions", Float, nullable=False),
    Column("summary", Text, nullable=False),
    _hash("snapshot", nullable=False),
    _time("imported_at", nullable=False),
    Column("first_day", String(10)),
    Column("last_day", String(10)),
    info=FOLDED,
)
study = Table(
    "study",
    metadata,
    _id(primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
    _hash("frame", nullable=False),
    _hash("guideline", nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("design", Text, nullable=False),
    Column("budget", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("wants", Integer, nullable=False),
    Column("overlap", Float),
    Column("totals", Text, nullable=False),
    _hash("draws", nullable=False),
    _time("drawn_at", nullable=False),
    info=FOLDED,
)
draw = Table(
    "draw",
    metadata,
    _id("study", primary_key=True),
    Column("video", String(128), primary_key=True),
    Column("stratum", String(64), nullable=False),
    Column("pi", Float, nullable=False),
    Column("impressions", Float, nullable=False),
    Column("purpose", String(32)),
    Column("purposes", Text),
    Column("family", String(128)),
    info=FOLDED,
)

# -------------------------------------------------------------------------------------------- media
video = Table(
    "video",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("title", Text, nullable=False),
    _hash("content", nullable=False, index=True),
    Column("condition", String(32), nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("prepared", Text, nullable=False),
    Column("captions", Text, nullable=False),
    Column("declared", Text, nullable=False),
    _time("registered_at", nullable=False),
    # The few that are locked are asked for often, to seal their files.
    Index("ix_video_locked", "id", sqlite_where=text("locked"), postgresql_where=text("locked")),
    info=FOLDED,
)
media_result = Table(
    "media_result",
    metadata,
    _hash("of", primary_key=True),
    Column("analyser", String(32), primary_key=True),
    Column("version", String(32), primary_key=True),
    _hash("bundle", nullable=False),
    _time("measured_at", nullable=False),
    info=FOLDED,
)

# ------------------------------------------------------------------------------------------- review
task = Table(
    "task",
    metadata,
    _id(primary_key=True),
    _id("study", nullable=False),
    Column("video", String(128), nullable=False),
    Column("language", String(3), nullable=False),
    Column("state", String(16), nullable=False),
    Column("wants", Integer, nullable=False),
    Column("judged", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("p2", Float),
    UniqueConstraint("study", "video"),
    Index("ix_task_state_position", "state", "position"),
    Index("ix_task_video", "video"),
    info=FOLDED,
)
lease = Table(
    "lease",
    metadata,
    _id(primary_key=True),
    _id("task", nullable=False, index=True),
    _id("person", nullable=False),
    _time("granted_at", nullable=False),
    _time("until", nullable=False),
    Column("ended", String(16)),
    _id("revises"),
    _id("instead"),
    _id("burst"),
    Index("ix_lease_person_ended", "person", "ended"),
    info=FOLDED,
)


def _judged() -> list[Any]:
    """What is kept of one person's answers."""
    return [
        _id(primary_key=True),
        Column("key", String(64), nullable=False, unique=True),
        _hash("request", nullable=False),
        _id("task", nullable=False, index=True),
        _id("person", nullable=False),
        _hash("guideline", nullable=False),
        Column("answers", Text, nullable=False),
        Column("marks", Text, nullable=False),
        Column("notes", Text, nullable=False),
        Column("trace", Text, nullable=False),
        Column("active_seconds", Float, nullable=False),
        Column("language", String(2), nullable=False),
        _time("submitted_at", nullable=False),
    ]


# A person's standing judgement of a task. One that its author superseded moves to ``past_judgement``, so
# that whoever counts judgements counts the latest without asking.
judgement = Table(
    "judgement",
    metadata,
    *_judged(),
    UniqueConstraint("task", "person"),
    Index("ix_judgement_person_submitted_at", "person", "submitted_at"),
    info=FOLDED,
)
past_judgement = Table(
    "past_judgement",
    metadata,
    *_judged(),
    _id("superseded_by", nullable=False),
    info=FOLDED,
)
note = Table(
    "note",
    metadata,
    _id("owner", primary_key=True),
    Column("question", String(64), primary_key=True),
    _hash("digest", nullable=False),
    Column("text", Text, nullable=False),
    info=ERASABLE,
)
escalation = Table(
    "escalation",
    metadata,
    _id(primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    _hash("request", nullable=False),
    # None where the video was seen outside any task.
    _id("task"),
    Column("video", String(128), nullable=False),
    _hash("guideline", nullable=False),
    _id("person", nullable=False),
    Column("code", String(32), nullable=False),
    Column("at_second", Float, nullable=False),
    _hash("note"),
    _time("raised_at", nullable=False),
    info=FOLDED,
)

# ---------------------------------------------------------------------------------- machine answers
answer_set = Table(
    "answer_set",
    metadata,
    _id(primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
    _hash("guideline", nullable=False),
    _hash("items", nullable=False),
    _hash("tasks", nullable=False),
    Column("count", Integer, nullable=False),
    Column("wants", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    # A set of gold: its tasks are served among those of the others, and reported nowhere.
    Column("gold", Boolean, nullable=False),
    _time("imported_at", nullable=False),
    info=FOLDED,
)
answer_item = Table(
    "answer_item",
    metadata,
    _id("set", primary_key=True),
    _hash("id", primary_key=True),
    _hash("prompt", nullable=False),
    Column("turns", Text, nullable=False),
    Column("model", String(128), nullable=False),
    Column("band", String(64)),
    Column("stated", Boolean, nullable=False),
    Column("language", String(35), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("video", String(128)),
    info=FOLDED,
)
answer_task = Table(
    "answer_task",
    metadata,
    _id(primary_key=True),
    _id("set", nullable=False),
    Column("kind", String(8), nullable=False),
    _hash("a", nullable=False),
    _hash("b"),
    Column("state", String(16), nullable=False),
    Column("wants", Integer, nullable=False),
    Column("judged", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Index("ix_answer_task_state_position", "state", "position"),
    info=FOLDED,
)
answer_lease = Table(
    "answer_lease",
    metadata,
    _id(primary_key=True),
    _id("task", nullable=False, index=True),
    _id("person", nullable=False),
    _time("granted_at", nullable=False),
    _time("until", nullable=False),
    Column("ended", String(16)),
    # The live task in whose place gold was given.
    _id("instead"),
    Index("ix_answer_lease_person_ended", "person", "ended"),
    info=FOLDED,
)
answer_stop = Table(
    "answer_stop",
    metadata,
    _id(primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    _hash("request", nullable=False),
    _id("task", nullable=False, index=True),
    _id("person", nullable=False),
    Column("code", String(32), nullable=False),
    _hash("note"),
    _time("raised_at", nullable=False),
    info=FOLDED,
)
answer_judgement = Table(
    "answer_judgement",
    metadata,
    _id(primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    _hash("request", nullable=False),
    _id("task", nullable=False, index=True),
    _id("person", nullable=False),
    _hash("guideline", nullable=False),
    Column("body", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("active_seconds", Float, nullable=False),
    Column("language", String(2), nullable=False),
    _time("submitted_at", nullable=False),
    UniqueConstraint("task", "person"),
    info=FOLDED,
)

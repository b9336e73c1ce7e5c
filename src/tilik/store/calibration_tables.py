"""The tables of calibration sessions; ``tables`` declares them with the others. What is said in a session
stands here and nowhere else, so that no measurement can read it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, String, Table

from tilik.log import metadata
from tilik.store.columns import FOLDED, hash_, id_, time_

calibration = Table(
    "calibration",
    metadata,
    id_(primary_key=True),
    id_("study", nullable=False),
    hash_("guideline", nullable=False),
    time_("opened_at", nullable=False),
    time_("closed_at"),
    info=FOLDED,
)
# One question about one task. ``state``: voting, revealed, ruled. ``split`` is how far its judges were apart
# (0 to 1). ``reason`` is the digest of the note (owner = ruling) that says why the lead ruled so.
calibration_item = Table(
    "calibration_item",
    metadata,
    id_("session", primary_key=True),
    id_("task", primary_key=True),
    Column("question", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("split", Float, nullable=False),
    Column("state", String(16), nullable=False),
    id_("ruling"),
    Column("says", Boolean),
    hash_("reason"),
    time_("ruled_at"),
    info=FOLDED,
)
# ``round`` 1: blind, before the reveal; 2: after the ruling.
calibration_vote = Table(
    "calibration_vote",
    metadata,
    id_("session", primary_key=True),
    id_("task", primary_key=True),
    Column("round", Integer, primary_key=True),
    id_("person", primary_key=True),
    Column("says", Boolean, nullable=False),
    time_("voted_at", nullable=False),
    info=FOLDED,
)
# What was said in the discussion: a note (owner = id), of which ``digest`` is the digest.
calibration_remark = Table(
    "calibration_remark",
    metadata,
    id_(primary_key=True),
    id_("session", nullable=False, index=True),
    id_("task", nullable=False),
    id_("person", nullable=False),
    hash_("digest", nullable=False),
    time_("said_at", nullable=False),
    info=FOLDED,
)

"""The table of who looked at which video outside work on it; ``tables`` declares it with the others."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from tilik.log import metadata
from tilik.store.columns import FOLDED, id_, time_

# One row for a person, a video and a place within some minutes, however often it was opened in them.
video_view = Table(
    "video_view",
    metadata,
    id_(primary_key=True),
    id_("person", nullable=False),
    Column("video", String(128), nullable=False),
    Column("place", String(16), nullable=False),
    time_("at", nullable=False),
    Index("ix_video_view_person_video_at", "person", "video", "at"),
    info=FOLDED,
)

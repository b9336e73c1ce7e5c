"""The tables of retention; ``tables`` declares them with the others."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from tilik.log import metadata
from tilik.store.columns import FOLDED, OPERATIONAL, hash_, id_, time_

# The rule that was set last for a class; its grounds are notes (owner = change).
retention_rule = Table(
    "retention_rule",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("days", Integer, nullable=False),
    id_("change", nullable=False),
    id_("person", nullable=False),
    time_("changed_at", nullable=False),
    info=FOLDED,
)
# A run without an end was interrupted: the next one goes on where it stood.
retention_run = Table(
    "retention_run",
    metadata,
    id_(primary_key=True),
    id_("person", nullable=False),
    time_("begun_at", nullable=False),
    time_("ended_at"),
    info=FOLDED,
)
# One batch that was erased, by a run or because of a person; ``digest`` seals the keys of what it was.
erasure = Table(
    "erasure",
    metadata,
    id_(primary_key=True),
    id_("cause", nullable=False),
    Column("kind", String(32), nullable=False),
    Column("count", Integer, nullable=False),
    hash_("digest", nullable=False),
    time_("erased_at", nullable=False),
    Index("ix_erasure_cause", "cause"),
    info=FOLDED,
)
# Files that are still to be taken from the blobs; a row goes when its file is gone.
blob_removal = Table(
    "blob_removal",
    metadata,
    hash_("name", primary_key=True),
    info=OPERATIONAL,
)

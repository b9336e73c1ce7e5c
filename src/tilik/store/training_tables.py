"""What was learned and kept: training sets and baselines; ``tables`` declares it with the others."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import FOLDED, hash_, id_, time_

# ``content`` is the hash of a training set's rows, or of a model; ``body`` is the event; it names the files.
learned = Table(
    "learned",
    metadata,
    id_(primary_key=True),
    id_("study", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    hash_("content", nullable=False),
    Column("body", Text, nullable=False),
    id_("person", nullable=True),
    time_("made_at", nullable=False),
    info=FOLDED,
)

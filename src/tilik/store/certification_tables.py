"""The tables of certification; ``tables`` declares them with the others."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import FOLDED, hash_, id_, time_

# The one rule of the workspace, as JSON; without a row the rule is the usual one and nobody needs to pass.
certification_rule = Table(
    "certification_rule",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("body", Text, nullable=False),
    info=FOLDED,
)
# Who is certified for a guideline version: in general (``language`` empty), or for videos in one language
# that has a test of its own. ``source`` says whether a test or a lead (``by``) gave it; ``ground`` is the
# digest of a note (owner = id).
certificate = Table(
    "certificate",
    metadata,
    id_("person", primary_key=True),
    hash_("guideline", primary_key=True),
    Column("language", String(3), primary_key=True),
    id_(nullable=False),
    Column("state", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    id_("by"),
    hash_("ground"),
    time_("since", nullable=False),
    info=FOLDED,
)
# A test that is over; ``id`` is its burst's, ``results`` a JSON list: of, right, asked, finding.
certification_test = Table(
    "certification_test",
    metadata,
    id_(primary_key=True),
    id_("person", nullable=False),
    hash_("guideline", nullable=False),
    Column("language", String(3), nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("results", Text, nullable=False),
    time_("ended_at", nullable=False),
    Index("ix_certification_test_person", "person"),
    info=FOLDED,
)

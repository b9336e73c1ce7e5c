"""The two tables of the chain, and the ``MetaData`` that all of Tilik's tables share."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

log_entry = Table(
    "log_entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("at", String(27), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("type", String(64), nullable=False, index=True),
    Column("subject", String(128), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""One row per event, never updated, never deleted. ``body`` is canonical JSON."""

log_head = Table(
    "log_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""One row: where the chain ends. It makes a dropped tail visible and is the lock that orders writers."""

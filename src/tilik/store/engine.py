"""Engines for the two databases: what each needs so that an acknowledged write survives ``kill -9``."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from tilik.kernel import Invalid

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "secure_delete=ON",  # what is deleted is overwritten, so that no name stays in the file's free space
)
SCHEMES = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def database_url(text: str) -> URL:
    """The URL as SQLAlchemy needs it. Raises ``Invalid`` for anything but SQLite and PostgreSQL."""
    try:
        url = make_url(text)
        url = url.set(drivername=SCHEMES[url.drivername.partition("+")[0]])
    except (ArgumentError, KeyError, ValueError):
        raise _not_a_database(text) from None
    if not url.database:  # SQLite would keep it in memory and lose it
        raise _not_a_database(text)
    return url


def _not_a_database(text: str) -> Invalid:
    return Invalid(
        "database-url",
        "the database must be a named one on SQLite or PostgreSQL",
        where=text.rpartition("@")[2],
        mend="Write postgresql://USER@HOST:PORT/NAME, or leave it out for SQLite in the workspace.",
    )


def database_file(file: Path) -> URL:
    """The URL of a SQLite file, whatever signs its path holds."""
    return URL.create("sqlite", database=str(file))


def open_engine(url: URL) -> Engine:
    """An engine whose transactions are durable once committed."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": 10}
    return create_engine(url, connect_args=patience, pool_size=10, max_overflow=20, pool_pre_ping=True)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions behind our back
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("tilik_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def overwrite_deleted(engine: Engine) -> bool:
    """Leave nothing on disk of rows that were deleted; False where others kept it from ending: try again.

    SQLite: the file is written anew and the write-ahead log emptied; whoever writes waits meanwhile.
    PostgreSQL: the space of dead rows is given free to be written over; its own write-ahead log and backups
    have a life of their own.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if engine.dialect.name == "postgresql":
            with connection.execution_options(isolation_level="AUTOCOMMIT") as alone:
                alone.exec_driver_sql("VACUUM")
            return True
        assert isinstance(raw, sqlite3.Connection)
        try:
            raw.execute("VACUUM")
            (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # locked
            return False
        return not busy


def empty_journal(engine: Engine) -> bool:
    """Leave nothing in SQLite's write-ahead log of what rows held before; False where somebody reads just
    now: try again. PostgreSQL's has a life of its own.
    """
    if engine.dialect.name == "postgresql":
        return True
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA busy_timeout=200")  # nobody who writes is to wait for a long reader
        try:
            (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # locked
            return False
        finally:
            raw.execute("PRAGMA busy_timeout=30000")
        return not busy

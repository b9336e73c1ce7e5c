"""Bringing a database to this version's tables, with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DatabaseError

from tilik.kernel import Conflict, Unavailable

MIGRATING = 0x7469_6C69_6B  # "tilik": the advisory lock of whoever changes the schema on PostgreSQL


def config() -> Config:
    """Alembic's settings: the migrations that ship inside the package."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings


def upgrade(engine: Engine) -> None:
    """Run the migrations that this database has not seen; processes that come together wait in line.

    Raises ``Unavailable`` when the database does not answer, ``Conflict`` when a later version wrote it.
    """
    where = engine.url.render_as_string(hide_password=True)
    try:
        _migrate(engine)
    except CommandError as error:
        raise Conflict(
            "database-newer",
            f"the database was written by another version of Tilik: {error}",
            where=where,
            mend="Open it with that version, or a later one.",
        ) from error
    except DatabaseError as error:
        raise Unavailable(
            "database-unreachable",
            f"the database does not answer: {str(error.orig).splitlines()[0]}",
            where=where,
            mend="Start it, or correct `database` in workspace.json.",
        ) from error


def _migrate(engine: Engine) -> None:
    settings = config()
    newest = ScriptDirectory.from_config(settings).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.connect().execution_options(tilik_writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")

"""What an acknowledged write rests on."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import InternalError

from tilik.store import Workspace, database_url, open_engine
from tilik.store.tables import preference


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_sqlite_waits_for_the_disk_on_every_connection(sqlite_workspace: Workspace) -> None:
    with sqlite_workspace.store.read() as one, sqlite_workspace.store.write() as other:
        for connection in (one, other.connection):
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "synchronous") == 2  # FULL
            assert pragma(connection, "foreign_keys") == 1
            assert pragma(connection, "busy_timeout") == 30_000


def test_sqlite_takes_the_write_lock_at_the_start_of_a_write(sqlite_workspace: Workspace) -> None:
    other = open_engine(sqlite_workspace.store.engine.url)
    with sqlite_workspace.store.write(), other.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
        connection.rollback()
        connection.execution_options(tilik_writes=True)
        with pytest.raises(Exception, match="database is locked"):
            connection.begin()
    other.dispose()


@pytest.mark.postgres
def test_postgresql_commits_wait_for_the_disk(postgres_url: str) -> None:
    engine = open_engine(database_url(postgres_url))
    with engine.connect() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() != "off"
        assert connection.execute(text("SHOW fsync")).scalar_one() == "on"
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_reading_on_postgresql_cannot_write(workspace: Workspace) -> None:
    with (
        pytest.raises(InternalError, match="read-only transaction"),
        workspace.store.read() as connection,
    ):
        connection.execute(preference.insert().values(person="p", body="{}"))
    with workspace.store.write() as writing:
        writing.connection.execute(preference.insert().values(person="p", body="{}"))


@pytest.mark.postgres
def test_an_unanswering_server_is_given_up_after_ten_seconds(postgres_url: str) -> None:
    patient = database_url(f"{postgres_url}?connect_timeout=77")
    assert open_engine(patient).dialect.create_connect_args(patient)[1]["connect_timeout"] == "77"
    engine = open_engine(database_url(postgres_url))
    raw = engine.raw_connection()
    assert raw.driver_connection is not None
    assert raw.driver_connection.info.get_parameters()["connect_timeout"] == "10"
    raw.close()
    engine.dispose()

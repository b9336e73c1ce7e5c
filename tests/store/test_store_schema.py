"""The migrations make what the code declares, on both databases, however many open it at once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from tilik.kernel import Conflict
from tilik.log import GENESIS, last, metadata
from tilik.store import Store, create, database_url, open_engine, open_workspace, tables_of, upgrade
from tilik.store.schema import config


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url(store_url))
    yield opened
    opened.dispose()


def writes(engine: Engine) -> Engine:
    return engine.execution_options(tilik_writes=True)


def declared(name: str | None, _type: str, _parents: object) -> bool:
    """Full-text search is the databases' own: a virtual table here, an index there."""
    return not (name or "").startswith("text_search")


def test_the_migrations_make_the_declared_tables(engine: Engine) -> None:
    upgrade(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": declared}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert last(connection) == (0, GENESIS)


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    before = set(inspect(engine).get_table_names())
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) == before
    assert {name for name in before if declared(name, "table", None)} == {*metadata.tables, "alembic_version"}


def test_the_way_back_leaves_nothing(engine: Engine) -> None:
    upgrade(engine)
    settings = config()
    with writes(engine).connect() as connection, connection.begin():
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) >= metadata.tables.keys()


def test_every_table_is_of_one_kind() -> None:
    kinds = [table.name for kind in ("folded", "erasable", "operational") for table in tables_of(kind)]
    assert sorted([*kinds, "log_entry", "log_head"]) == sorted(metadata.tables)


def test_a_database_of_a_later_version_is_left_alone(engine: Engine) -> None:
    upgrade(engine)
    with writes(engine).connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Conflict) as caught:
        upgrade(engine)
    assert caught.value.code == "database-newer"
    assert "9999" in str(caught.value)


@pytest.mark.slow
def test_processes_that_open_an_empty_database_at_once_all_succeed(
    store_url: str,
    tmp_path: Path,
    start_writer: Callable[[Path, int], subprocess.Popen[str]],
    unbroken: Callable[[Store], int],
) -> None:
    create(tmp_path / "workspace", database=store_url)
    writers = [start_writer(tmp_path / "workspace", 1) for _ in range(4)]
    assert [writer.communicate("\n", timeout=120)[1] for writer in writers] == [""] * 4
    opened = open_workspace(tmp_path / "workspace")
    assert unbroken(opened.store) == 4
    opened.close()

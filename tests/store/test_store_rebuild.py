"""The log folded into fresh tables equals the live ones, and whatever does not come from the log is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Integer,
    Table,
    delete,
    insert,
    select,
    update,
)

from tilik.access import PersonAdded, add_person, change_person, issue_link, sign_in, sign_out
from tilik.kernel import Conflict
from tilik.log import log_entry, log_head
from tilik.store import Store, TableMatch, Workspace, database_url, open_engine, rebuild, tables_of
from tilik.store.tables import person, person_name
from tilik.study import add_guideline

FOLDED = tables_of("folded")
COMPARED = ["log_entry", "log_head", *(table.name for table in FOLDED)]
GUIDELINE = Path(__file__).resolve().parents[2] / "guidelines" / "keluarga-id.yaml"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    """An empty SQLite database: a workspace on PostgreSQL is rebuilt into another kind of database."""
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    yield engine
    engine.dispose()


@pytest.fixture
def lived_in(workspace: Workspace) -> Workspace:
    """A workspace where people came, changed, signed in and out, and a guideline was brought in."""
    with workspace.store.write() as writing:
        siti = add_person(writing, name="Siti", roles=("admin",))
        adi = add_person(writing, name="Adi", roles=("reviewer",))
        add_person(writing, name="Model", roles=("reviewer",), simulated=True)
    with workspace.store.write(siti.id) as writing:
        change_person(writing, adi.id, roles=("lead", "reviewer"))
        sign_out(writing, sign_in(writing, issue_link(writing, adi.id))[1])
        change_person(writing, adi.id, active=False)
        add_guideline(writing, GUIDELINE.read_text(encoding="utf-8"), name=GUIDELINE.stem)
    return workspace


def differing(matches: list[TableMatch]) -> dict[str, int]:
    return {match.table: match.differing for match in matches if not match.equal}


def live(store: Store, *statements: object) -> None:
    """Change the live tables behind the log's back."""
    with store.engine.connect().execution_options(tilik_writes=True) as connection, connection.begin():
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def rows(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in connection.execute(select(table)))


def test_the_rebuilt_tables_are_the_live_ones_row_for_row(lived_in: Workspace, fresh: Engine) -> None:
    seen: list[tuple[int, int]] = []
    matches = rebuild(lived_in.store, fresh, progress=lambda done, total: seen.append((done, total)))
    assert [match.table for match in matches] == COMPARED
    assert differing(matches) == {}
    found = {match.table: (match.live, match.rebuilt) for match in matches}
    assert found["person"] == (3, 3)
    assert found["guideline"] == (1, 1)
    assert found["log_entry"] == (len(seen), len(seen))
    assert seen == [(done, len(seen)) for done in range(1, len(seen) + 1)]
    with lived_in.store.read() as ours, fresh.connect() as theirs:
        for table in (log_entry, log_head, person_name, *FOLDED):
            assert rows(ours, table) == rows(theirs, table)


def bogus(column: Column[object]) -> object:
    match column.type:
        case Boolean():
            return True
        case Integer() | Float():
            return 1
        case _:
            return "bogus"


@pytest.mark.parametrize("table", FOLDED, ids=lambda table: table.name)
def test_a_row_that_no_event_made_is_found(table: Table, sqlite_workspace: Workspace, fresh: Engine) -> None:
    live(
        sqlite_workspace.store, insert(table).values({column.name: bogus(column) for column in table.columns})
    )
    assert differing(rebuild(sqlite_workspace.store, fresh)) == {table.name: 1}


@pytest.mark.parametrize("column", [c.name for c in person.columns if not c.primary_key])
def test_an_altered_value_in_any_column_is_found(lived_in: Workspace, fresh: Engine, column: str) -> None:
    with lived_in.store.read() as connection:
        row = connection.execute(select(person).order_by(person.c.id)).first()
    assert row is not None
    old = row._mapping[column]
    other = (not old) if isinstance(old, bool) else f"{old}x"[-27:]
    live(lived_in.store, update(person).where(person.c.id == row.id).values({column: other}))
    assert differing(rebuild(lived_in.store, fresh)) == {"person": 1}


def test_a_dropped_row_is_found(lived_in: Workspace, fresh: Engine) -> None:
    live(lived_in.store, delete(person).where(person.c.pseudonym == "S01"))
    matches = {match.table: match for match in rebuild(lived_in.store, fresh)}
    assert (matches["person"].live, matches["person"].rebuilt, matches["person"].differing) == (2, 3, 1)


def test_a_dropped_last_entry_is_found(lived_in: Workspace, fresh: Engine) -> None:
    newest = select(log_head.c.seq).scalar_subquery()
    live(lived_in.store, delete(log_entry).where(log_entry.c.seq == newest))
    assert differing(rebuild(lived_in.store, fresh)) == {"log_head": 1, "guideline": 1}


def test_an_erased_name_stays_erased_and_the_rest_is_equal(lived_in: Workspace, fresh: Engine) -> None:
    live(lived_in.store, delete(person_name))
    assert differing(rebuild(lived_in.store, fresh)) == {}
    with fresh.connect() as connection:
        assert rows(connection, person_name) == []


def test_a_database_that_holds_a_log_is_not_rebuilt_into(lived_in: Workspace, fresh: Engine) -> None:
    rebuild(lived_in.store, fresh)
    with pytest.raises(Conflict) as caught:
        rebuild(lived_in.store, fresh)
    assert caught.value.code == "rebuild-not-empty"


@pytest.mark.postgres
def test_a_sqlite_workspace_rebuilds_into_postgresql(sqlite_workspace: Workspace, postgres_url: str) -> None:
    with sqlite_workspace.store.write() as writing:
        add_person(writing, name="Siti", roles=("admin",))
        writing.record(PersonAdded(person="p", pseudonym="R99", roles=("lead",)))
    engine = open_engine(database_url(postgres_url))
    try:
        assert differing(rebuild(sqlite_workspace.store, engine)) == {}
    finally:
        engine.dispose()


def test_the_rebuild_reads_one_state_while_others_write(lived_in: Workspace, fresh: Engine) -> None:
    def somebody_comes(done: int, _total: int) -> None:
        if done == 2:
            with lived_in.store.write() as writing:
                add_person(writing, name="Late", roles=("reviewer",))

    assert differing(rebuild(lived_in.store, fresh, progress=somebody_comes)) == {}

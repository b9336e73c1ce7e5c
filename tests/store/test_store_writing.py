"""One transaction holds the event and its rows, or neither; many writers make one chain."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from tilik.access import PersonAdded, add_person, list_people
from tilik.kernel import to_text
from tilik.log import GENESIS, last, log_entry, read, seal
from tilik.store import SYSTEM, Store, Workspace, Writing
from tilik.store.tables import person, person_name

Unbroken = Callable[[Store], int]
Go = Callable[[Sequence["subprocess.Popen[str]"]], None]
StartWriter = Callable[[Path, int], "subprocess.Popen[str]"]


class Interrupted(Exception):
    """What a test throws in the middle of a write."""


def add(writing: Writing, name: str = "Siti") -> None:
    add_person(writing, name=name, roles=("reviewer",))


def sizes(store: Store) -> tuple[int, int, int, int]:
    with store.read() as connection:
        rows = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (log_entry, person, person_name)
        ]
        return (rows[0], rows[1], rows[2], last(connection)[0])


def test_a_new_workspace_has_an_empty_chain(workspace: Workspace, unbroken: Unbroken) -> None:
    assert unbroken(workspace.store) == 0
    with workspace.store.read() as connection:
        assert last(connection) == (0, GENESIS)


def test_a_write_leaves_the_event_its_rows_and_the_head(workspace: Workspace, unbroken: Unbroken) -> None:
    with workspace.store.write("tester") as writing:
        add(writing)
    assert sizes(workspace.store) == (1, 1, 1, 1)
    assert unbroken(workspace.store) == 1


def test_an_envelope_says_who_when_what_and_seals_it(workspace: Workspace) -> None:
    event = PersonAdded(person="p-1", pseudonym="R01", roles=("lead",))
    with workspace.store.write("tester") as writing:
        written = writing.record(event)
    with workspace.store.write() as writing:
        add(writing)
    with workspace.store.read() as connection:
        first, second = read(connection)
    assert first == written
    assert (first.actor, first.type, first.subject) == ("tester", "person-added", "p-1")
    assert first.at == to_text(workspace.store.clock())
    assert PersonAdded.model_validate_json(first.body) == event
    assert (second.actor, second.prev) == (SYSTEM, first.hash)
    said = {n: getattr(first, n) for n in ("seq", "id", "at", "actor", "type", "subject", "body", "prev")}
    assert first.hash == seal(**said)


@pytest.mark.parametrize("problem", [Interrupted, KeyboardInterrupt, GeneratorExit])
def test_an_exception_leaves_neither_event_nor_rows(
    workspace: Workspace, unbroken: Unbroken, problem: type[BaseException]
) -> None:
    with workspace.store.write() as writing:
        add(writing)
    before = sizes(workspace.store)
    with pytest.raises(problem), workspace.store.write() as writing:
        add(writing)
        add(writing)
        raise problem
    assert sizes(workspace.store) == before
    with workspace.store.write() as writing:
        add(writing)
    assert unbroken(workspace.store) == 2


def test_an_applier_that_fails_takes_its_event_with_it(workspace: Workspace, unbroken: Unbroken) -> None:
    taken = PersonAdded(person="p-1", pseudonym="R01", roles=("lead",))
    with workspace.store.write() as writing:
        writing.record(taken)
    with pytest.raises(DatabaseError), workspace.store.write() as writing:
        writing.record(taken)
    assert sizes(workspace.store)[0] == 1
    assert unbroken(workspace.store) == 1


def test_a_reader_sees_one_state_while_others_write(workspace: Workspace) -> None:
    with workspace.store.read() as connection:
        assert list_people(connection) == []
        with workspace.store.write() as writing:
            add(writing)
        assert list_people(connection) == []
        assert last(connection)[0] == 0
    assert sizes(workspace.store) == (1, 1, 1, 1)


def test_nothing_of_an_open_write_is_seen_by_others(workspace: Workspace) -> None:
    with workspace.store.write() as writing:
        add(writing)
        assert sizes(workspace.store) == (0, 0, 0, 0)
    assert sizes(workspace.store) == (1, 1, 1, 1)


def test_many_threads_make_one_chain(workspace: Workspace, unbroken: Unbroken) -> None:
    threads, each, troubles = 8, 12, []

    def work() -> None:
        try:
            for number in range(each):
                with workspace.store.write() as writing:
                    add(writing)
                    if number % 4 == 3:
                        add(writing)
        except Exception as error:
            troubles.append(error)

    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(timeout=120)
    assert troubles == []
    wanted = threads * (each + each // 4)
    assert unbroken(workspace.store) == wanted
    with workspace.store.read() as connection:
        pseudonyms = {one.pseudonym for one in list_people(connection)}
    assert pseudonyms == {f"R{number:02d}" for number in range(1, wanted + 1)}


@pytest.mark.slow
def test_several_processes_make_one_chain(
    workspace: Workspace, unbroken: Unbroken, start_writer: StartWriter, go: Go
) -> None:
    writers = [start_writer(workspace.folder, 20) for _ in range(3)]
    go(writers)
    for _ in range(20):
        with workspace.store.write() as writing:
            add(writing)
    for writer in writers:
        assert writer.communicate(timeout=120)[1] == ""
        assert writer.returncode == 0
    assert unbroken(workspace.store) == 80


def test_a_writer_killed_at_work_leaves_a_whole_chain(
    workspace: Workspace, unbroken: Unbroken, start_writer: StartWriter, go: Go
) -> None:
    writer = start_writer(workspace.folder, 100_000)
    go([writer])
    while sizes(workspace.store)[0] < 5:
        assert writer.poll() is None, writer.communicate()[1]
    writer.kill()
    writer.communicate(timeout=30)
    survived = unbroken(workspace.store)
    assert sizes(workspace.store) == (survived,) * 4
    with workspace.store.write() as writing:
        add(writing)
    assert unbroken(workspace.store) == survived + 1

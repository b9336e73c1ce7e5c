"""Counting what is in a workspace, and starting other processes on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, func, select

from tilik.log import last, log_entry, read, verify
from tilik.store import Store

WRITER = Path(__file__).with_name("many_people.py")


def count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.fixture
def unbroken() -> Callable[[Store], int]:
    """Asserts that the chain holds and is numbered 1, 2, 3 …; gives its length."""

    def check(store: Store) -> int:
        with store.read() as connection:
            entries = list(read(connection))
            assert list(verify(entries, last(connection))) == []
            assert [entry.seq for entry in entries] == list(range(1, count(connection, log_entry) + 1))
        return len(entries)

    return check


@pytest.fixture
def go() -> Callable[[Sequence[subprocess.Popen[str]]], None]:
    """Lets writers begin, all at once, when each has opened the workspace."""

    def release(writers: Sequence[subprocess.Popen[str]]) -> None:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n", writer.communicate()[1]
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("\n")
            writer.stdin.flush()

    return release


@pytest.fixture
def start_writer() -> Callable[[Path, int], subprocess.Popen[str]]:
    """Starts a process that opens the workspace in a folder and adds so many people."""

    def start(folder: Path, people: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(WRITER), str(folder), str(people)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start

"""The door to the facts: reading, and writing by recording events."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from sqlalchemy import Connection, Engine

from tilik.kernel import Clock, utc_now
from tilik.log import Envelope, Event, append, apply, lock_chain
from tilik.store.blobs import BlobStore
from tilik.store.engine import empty_journal, overwrite_deleted

SYSTEM = "system"
"""The actor of what no person did."""


@dataclass(frozen=True)
class Writing:
    """One write transaction. Folded tables change only through :meth:`record`."""

    connection: Connection
    blobs: BlobStore
    actor: str
    clock: Clock

    def record(self, event: Event) -> Envelope:
        """Append the event to the chain and carry it into the tables, both or neither."""
        envelope = append(self.connection, event, actor=self.actor, clock=self.clock)
        apply(self.connection, event, envelope, self.blobs)
        for follower in followers_of(event.type):
            follower(self, event)
        return envelope


Follower = Callable[[Writing, Event], None]
_followers: dict[str, list[Follower]] = {}


@cache
def _load_followers(kind: str) -> None:
    """Load the rooms that follow this type, whoever records it: nobody need know them by name."""
    for entry in entry_points(group="tilik.followers"):
        if entry.name.partition(".")[0] == kind:
            entry.load()


def followers_of(kind: str) -> list[Follower]:
    """Everything that is to be done when an event of this type has just happened."""
    _load_followers(kind)
    return _followers.get(kind, [])


def follows(*types: str) -> Callable[[Follower], Follower]:
    """Declare what a room does when events of these types, another room's perhaps, have just happened.

    It runs in the same transaction and may record events of its own. Those stand in the log like all
    others, so a rebuild folds them and calls no follower. The module needs an entry point for each type, in
    the group ``tilik.followers`` and named ``type.room``, so that it is there whoever records the event.
    """

    def register(function: Follower) -> Follower:
        for name in types:
            _followers.setdefault(name, []).append(function)
        return function

    return register


class Store:
    """The facts of one workspace: a database and its blobs."""

    def __init__(self, engine: Engine, blobs: BlobStore, *, clock: Clock = utc_now) -> None:
        self.engine = engine
        self.blobs = blobs
        self.clock = clock
        self._writer = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading: one consistent state, however many write meanwhile."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    @contextmanager
    def write(self, actor: str = SYSTEM) -> Iterator[Writing]:
        """A write transaction: committed when the block ends, undone when it raises.

        One writer at a time in each process: on SQLite, threads that wait in Python are served in turn,
        threads that wait in SQLite's busy loop are not (p99 of seconds at 32 people).
        """
        with self._writer, self.engine.connect() as connection:
            writing = connection.execution_options(tilik_writes=True)
            with writing.begin():
                lock_chain(writing)
                yield Writing(writing, self.blobs, actor, self.clock)

    def overwrite_deleted(self) -> bool:
        """Leave nothing on disk of deleted rows; False where somebody was reading meanwhile: try again."""
        with self._writer:
            return overwrite_deleted(self.engine)

    def empty_journal(self) -> bool:
        """Leave nothing on disk of what rows held before they changed; False where somebody was reading."""
        return empty_journal(self.engine)

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

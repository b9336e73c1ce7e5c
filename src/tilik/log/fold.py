"""The fold: how an event changes the tables. The same function serves the live write and the rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, insert, update

from tilik.log.append import read
from tilik.log.chain import Envelope
from tilik.log.event import Event, event_class
from tilik.log.tables import log_entry, log_head

E = TypeVar("E", bound=Event)


class Blobs(Protocol):
    """Bulk data that events cite by content hash."""

    def path(self, name: str) -> Path:
        """A local file with this content. Raises ``Missing``."""
        ...

    def sealed(self, name: str) -> bool:
        """Whether this content is here for the holder of a key alone."""
        ...


Applier = Callable[[Connection, E, Envelope, Blobs], None]
_appliers: dict[str, Applier[Any]] = {}


def applies(event: type[E]) -> Callable[[Applier[E]], Applier[E]]:
    """Declare the function that carries ``event`` into the tables.

    It may read the tables, the event, its envelope (time, actor) and cited blobs, and nothing else: no
    clock, no chance, no settings. That is what makes the rebuilt tables equal to the live ones.
    """

    def register(function: Applier[E]) -> Applier[E]:
        _appliers[event.type] = function
        return function

    return register


def apply(connection: Connection, event: Event, envelope: Envelope, blobs: Blobs) -> None:
    """Carry one event into the tables. An event without an applier only stands in the log."""
    applier = _appliers.get(event.type)
    if applier is not None:
        applier(connection, event, envelope, blobs)


def fold_into(
    source: Connection, target: Connection, blobs: Blobs, *, after: int = 0, up_to: int | None = None
) -> Iterator[int]:
    """Carry the entries of ``source`` past ``after`` into ``target``, with the chain itself; yields each
    position done. ``target`` holds the fold of all entries up to ``after``; ``up_to`` is the last one wanted.
    """
    for envelope in read(source, after=after, up_to=up_to):
        row = {name: getattr(envelope, name) for name in Envelope.__dataclass_fields__}
        target.execute(insert(log_entry).values(**row))
        event = event_class(envelope.type).model_validate_json(envelope.body)
        target.execute(update(log_head).values(seq=envelope.seq, hash=envelope.hash))
        apply(target, event, envelope, blobs)
        yield envelope.seq

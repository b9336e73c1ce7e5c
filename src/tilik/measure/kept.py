"""What was worked out once, kept: figures are functions of the log's prefix, so its position is their key.

A new event makes a new position and a new reckoning; whoever looks twice between two events waits once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

from tilik.guideline import Decision, Guideline, decide, hands_back
from tilik.kernel import Json
from tilik.log import last

T = TypeVar("T")
DECISIONS = 50_000
"""Distinct answers whose decision is kept: some 3 kB each."""


class Kept(Generic[T]):
    """The newest results by key, up to a total ``size``; safe to use from several threads."""

    def __init__(self, size: int, weigh: Callable[[T], int] = lambda _: 1) -> None:
        self._size, self._weigh = size, weigh
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, connection: Connection, key: Hashable, make: Callable[[], T]) -> T:
        """The result for this key at the log's present end, which seals all that is read."""
        whole = (key, *last(connection))
        with self._lock:
            if whole in self._held:
                self._held.move_to_end(whole)
                return self._held[whole]
        made = make()
        with self._lock:
            self._held[whole] = made
            while len(self._held) > 1 and sum(map(self._weigh, self._held.values())) > self._size:
                self._held.popitem(last=False)
        return made


class Decider:
    """Decisions by answers, of one guideline: many people say the same, and one decision serves them all."""

    def __init__(self, guideline: Guideline, read: Callable[[str], Json]) -> None:
        self.guideline, self._read = guideline, read
        self._held: OrderedDict[str, Decision | None] = OrderedDict()
        self._lock = Lock()

    def __call__(self, answers: str) -> Decision | None:
        """What these answers (canonical JSON) come to; None where the task was handed back."""
        with self._lock:
            if answers in self._held:
                self._held.move_to_end(answers)
                return self._held[answers]
        given = self._read(answers)
        assert isinstance(given, dict)
        made = None if hands_back(self.guideline, given) else decide(self.guideline, given)
        with self._lock:
            self._held[answers] = made
            if len(self._held) > DECISIONS:
                self._held.popitem(last=False)
        return made


_DECIDERS: OrderedDict[str, Decider] = OrderedDict()
_MOST_GUIDELINES = 4


def decider_of(identity: str, guideline: Guideline, read: Callable[[str], Json]) -> Decider:
    """The decider of the guideline with this content hash; the newest few are kept."""
    key = identity
    found = _DECIDERS.get(key) or Decider(guideline, read)
    _DECIDERS[key] = found
    _DECIDERS.move_to_end(key)
    while len(_DECIDERS) > _MOST_GUIDELINES:
        _DECIDERS.popitem(last=False)
    return found

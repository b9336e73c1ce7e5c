"""Where calls are made: in guarded children of this machine, or of a cluster's.

An engine takes calls one by one as it has room and gives an outcome for each, in any order. Whatever a call
does, its outcome says so; an engine raises only when it cannot work at all.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tilik.media.guard import Call, Outcome, run_guarded
from tilik.media.limits import Limits


@dataclass(frozen=True, slots=True)
class Made:
    """The outcome of a call, and the machine it was made on."""

    outcome: Outcome[str]
    where: str


class Engine(Protocol):
    """Makes calls."""

    def make(self, calls: Iterable[Call[str]], limits: Limits) -> Iterator[Made]:
        """The outcomes of all calls, as they are ready."""
        ...


@dataclass(frozen=True, slots=True)
class Local:
    """Children of this machine, so many at once."""

    workers: int = 2

    def make(self, calls: Iterable[Call[str]], limits: Limits) -> Iterator[Made]:
        """The outcomes, as they are ready."""
        here = socket.gethostname()
        for outcome in run_guarded(calls, limits, workers=self.workers):
            yield Made(outcome, here)

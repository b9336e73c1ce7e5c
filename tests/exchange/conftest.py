"""A workspace that tells a receiver on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from exchange.receiver import Receiver, receiving
from moving_clock import MovingClock
from tilik.exchange.webhooks import KINDS, Delivery, Sender, add_endpoint, deliveries, seal_of, send_test
from tilik.store import Workspace


class Line:
    """A workspace, its clock, and one endpoint that is told of everything."""

    def __init__(self, workspace: Workspace, clock: MovingClock, receiver: Receiver) -> None:
        self.workspace, self.clock, self.receiver = workspace, clock, receiver
        self.secret, self.id = self.add()

    def add(self, url: str = "", kinds: tuple[str, ...] = KINDS) -> tuple[str, str]:
        """One more endpoint: its secret and its id."""
        with self.workspace.store.write() as writing:
            secret, made = add_endpoint(
                writing, seal_of(self.workspace), url or self.receiver.url, kinds, private=True
            )
        return secret, made.id

    def test(self) -> str:
        with self.workspace.store.write() as writing:
            return send_test(writing, self.id)

    def send(self, *, total: float = 5.0) -> int:
        return Sender(self.workspace, total=total).send_due()

    def listed(self) -> list[Delivery]:
        with self.workspace.store.read() as connection:
            return deliveries(connection)

    def only(self) -> Delivery:
        (found,) = self.listed()
        return found


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


@pytest.fixture
def line(sqlite_workspace: Workspace, clock: MovingClock, receiver: Receiver) -> Line:
    return Line(sqlite_workspace, clock, receiver)

"""The sender: takes what is due from the outbox, posts it, writes down what came of it.

A delivery is claimed for longer than a request may take. A sender that dies leaves its claims to run out, and
the next one posts the same message under the same id: at least once, and nothing is lost.
"""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from tilik.exchange.webhooks.endpoints import Keys, find_endpoint, keys_of, remove_endpoint, seal_of
from tilik.exchange.webhooks.noticing import forget_old, notice
from tilik.exchange.webhooks.posting import TOTAL, Answered, post
from tilik.exchange.webhooks.signing import headers
from tilik.kernel import TilikError, from_text, to_text
from tilik.store import Workspace
from tilik.store.webhook_tables import webhook, webhook_delivery, webhook_message

FIRST_PAUSE, FACTOR, LONGEST_PAUSE = 5.0, 3.0, 6 * 3600.0
"""Seconds before the second attempt; each further pause is so many times longer, up to the longest."""
JITTER = 0.25
GIVE_UP = timedelta(hours=72)
"""After so long an undelivered message has failed."""
CLAIM_SLACK = 20.0
AT_ONCE = 4
"""Requests under way to one endpoint; a slow one holds up nobody else."""
TICK, LOOK = 1.0, 15.0
"""Seconds between looks into the outbox, and between looks for what is overdue."""
GONE = 410
logger = logging.getLogger("tilik.webhooks")


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed delivery with all that its request needs; ``keys`` is None where they cannot be opened."""

    message: str
    webhook: str
    body: bytes
    keys: Keys | None
    private: bool
    tries: int
    since: str


def pause(tries: int, dice: random.Random) -> float:
    """Seconds to wait after so many failed attempts."""
    plain = min(FIRST_PAUSE * FACTOR ** min(tries - 1, 20), LONGEST_PAUSE)
    return plain * dice.uniform(1 - JITTER, 1 + JITTER)


class Sender:
    """Sends what one workspace has to tell. ``total`` is the most seconds that a request takes."""

    def __init__(self, workspace: Workspace, *, total: float = TOTAL) -> None:
        self._store, self._seal = workspace.store, seal_of(workspace)
        self._total = total
        self._dice = random.Random()  # noqa: S311  (spreads attempts; guards nothing)
        self._busy: Counter[str] = Counter()

    # ------------------------------------------------------------------------------------- running
    def send_due(self) -> int:
        """Notice what is overdue, send all that is due now, wait for the answers; returns how many."""
        notice(self._store)
        forget_old(self._store)
        # A thread of its own: whoever calls may be within a loop that runs, as in a notebook.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._drain()).result()

    async def _drain(self) -> int:
        sent = 0
        while due := self._claim():
            await asyncio.gather(*map(self._deliver, due))
            sent += len(due)
        return sent

    async def run(self, stop: threading.Event) -> None:
        """Send until told to stop; what is under way then is sent again, under its id, by whoever is next."""
        under_way: set[asyncio.Task[None]] = set()
        looked = -LOOK
        while not stop.is_set():
            try:
                if time.monotonic() - looked >= LOOK:
                    looked = time.monotonic()
                    await asyncio.to_thread(notice, self._store)
                    await asyncio.to_thread(forget_old, self._store)
                for due in await asyncio.to_thread(self._claim):
                    begun = self._deliver(due)
                    under_way.add(begun)
                    begun.add_done_callback(under_way.discard)
            except (SQLAlchemyError, TilikError, OSError):
                logger.exception("looking into the outbox failed; trying again")
            await asyncio.sleep(TICK)
        for task in under_way:
            task.cancel()

    # -------------------------------------------------------------------------------------- claiming
    def _claim(self) -> list[Due]:
        """Take what is due, so much of each endpoint as it may have under way."""
        now = to_text(self._store.clock())
        with self._store.read() as connection:
            if not self._due(connection, now):
                return []
        with self._store.write() as writing:
            rows = self._due(writing.connection, now)
            until = to_text(self._store.clock() + timedelta(seconds=self._total + CLAIM_SLACK))
            for row in rows:
                self._mark(writing.connection, row.message, row.webhook, claimed_until=until)
            return [self._with_keys(writing.connection, row, now) for row in rows]

    def _due(self, connection: Connection, now: str) -> list[Row[Any]]:
        live = connection.execute(select(webhook.c.id).where(webhook.c.removed_at.is_(None))).scalars().all()
        return [
            row
            for endpoint in live
            if self._busy[endpoint] < AT_ONCE
            for row in connection.execute(_due_for(endpoint, now).limit(AT_ONCE - self._busy[endpoint]))
        ]

    def _with_keys(self, connection: Connection, row: Row[Any], now: str) -> Due:
        return Due(
            message=row.message,
            webhook=row.webhook,
            body=row.body.encode(),
            keys=keys_of(connection, self._seal, row.webhook, now),
            private=find_endpoint(connection, row.webhook).private,
            tries=row.tries,
            since=row.since,
        )

    # -------------------------------------------------------------------------------------- delivering
    def _deliver(self, due: Due) -> asyncio.Task[None]:
        self._busy[due.webhook] += 1
        return asyncio.create_task(self._ask_and_keep(due))

    async def _ask_and_keep(self, due: Due) -> None:
        try:
            answered = await self._ask(due)
            await asyncio.to_thread(self._keep, due, answered)
        except (SQLAlchemyError, TilikError, OSError):
            logger.exception("%s: the answer could not be kept; it will be sent again", due.message)
        finally:
            self._busy[due.webhook] -= 1

    async def _ask(self, due: Due) -> Answered:
        if due.keys is None:
            return Answered(None, "its address and secret cannot be opened with this workspace's secret")
        now = self._store.clock()
        signed = headers(due.keys.secrets, due.message, now, due.body)
        return await post(due.keys.address, signed, due.body, private=due.private, total=self._total)

    def _keep(self, due: Due, answered: Answered) -> None:
        """Write down what came of it, unless work on what it tells was stopped meanwhile."""
        now = self._store.clock()
        tries = due.tries + 1
        after = max(pause(tries, self._dice), min(answered.after, LONGEST_PAUSE))
        again = now + timedelta(seconds=after)
        failed = again > from_text(due.since) + GIVE_UP or answered.status == GONE
        state = "delivered" if answered.good else "failed" if failed else "waiting"
        with self._store.write() as writing:
            self._mark(
                writing.connection,
                due.message,
                due.webhook,
                state=state,
                tries=tries,
                next_at=to_text(again),
                claimed_until=None,
                tried_at=to_text(now),
                status=answered.status,
                said=answered.said,
            )
            endpoint = find_endpoint(writing.connection, due.webhook)
            if answered.status == GONE and endpoint.removed_at is None:
                remove_endpoint(writing, due.webhook, gone=True)

    @staticmethod
    def _mark(connection: Connection, message: str, endpoint: str, **values: Any) -> None:
        table = webhook_delivery.c
        this = (table.message == message, table.webhook == endpoint, table.state == "waiting")
        connection.execute(update(webhook_delivery).where(*this).values(**values))


def _due_for(endpoint: str, now: str) -> Any:
    table = webhook_delivery.c
    return (
        select(webhook_delivery, webhook_message.c.body)
        .join(webhook_message, webhook_message.c.id == table.message)
        .where(
            table.webhook == endpoint,
            table.state == "waiting",
            table.next_at <= now,
            or_(table.claimed_until.is_(None), table.claimed_until <= now),
        )
        .order_by(table.next_at, table.message)
    )


@contextmanager
def sending(workspace: Workspace) -> Iterator[None]:
    """Send in the background while the block runs."""
    stop = threading.Event()
    sender = Sender(workspace)
    thread = threading.Thread(target=lambda: asyncio.run(sender.run(stop)), name="webhooks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(TICK * 5)

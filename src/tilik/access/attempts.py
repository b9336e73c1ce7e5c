"""How often somebody may try to sign in. Attempts are rows, so that all processes of a team count together.

An attempt is written down before it is examined and taken away when it succeeded: however many come at once,
no more than the limit are examined in a window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, select

from tilik.kernel import Clock, Refused, digest_bytes, from_text, new_id, to_text
from tilik.store import Store, Writing
from tilik.store.access_tables import sign_in_attempt

WINDOW = timedelta(minutes=15)
PER_PERSON = 10
PER_ADDRESS = 50


class TooManyAttempts(Refused):
    """Too many failed sign-ins (HTTP 429). ``until`` is when the next one is examined."""

    def __init__(self, until: str) -> None:
        super().__init__(
            "too-many-attempts",
            f"too many failed sign-ins; the next one is examined after {until}",
            mend="Wait, or ask an administrator for a one-time link.",
        )
        self.until = until


@dataclass(frozen=True, slots=True)
class Trier:
    """Who tries, as far as it is known before they are: by ``kind`` and ``name``, so often in a window."""

    kind: str
    name: str
    limit: int

    @property
    def digest(self) -> str:
        """What the table holds: no address and no name."""
        return digest_bytes(f"{self.kind} {self.name}".encode(errors="surrogatepass"))


def by_person(name: str) -> Trier:
    """Whoever claims to be this person, known or not."""
    return Trier("person", name.strip().casefold(), PER_PERSON)


def by_address(address: str) -> Trier:
    """Whoever asks from this address."""
    return Trier("address", address, PER_ADDRESS)


def attempt(store: Store, triers: Sequence[Trier]) -> tuple[str, ...]:
    """Write an attempt down; its ids are for :func:`succeeded`. Raises ``TooManyAttempts``."""
    with store.read() as connection:  # whoever is refused costs no write lock
        refuse_too_many(connection, triers, store.clock)
    with store.write() as writing:
        refuse_too_many(writing.connection, triers, store.clock)
        return failed(writing, triers)


def refuse_too_many(connection: Connection, triers: Sequence[Trier], clock: Clock) -> None:
    """Raise ``TooManyAttempts`` if one of these has tried too often."""
    since = to_text(clock() - WINDOW)
    for trier in triers:
        query = select(func.count(), func.min(sign_in_attempt.c.at)).where(
            sign_in_attempt.c.digest == trier.digest, sign_in_attempt.c.at > since
        )
        count, first = connection.execute(query).one()
        if count >= trier.limit:
            raise TooManyAttempts(to_text(from_text(first) + WINDOW))


def failed(writing: Writing, triers: Sequence[Trier]) -> tuple[str, ...]:
    """Write an attempt down without looking, and forget what is too old to count."""
    now = writing.clock()
    writing.connection.execute(delete(sign_in_attempt).where(sign_in_attempt.c.at <= to_text(now - WINDOW)))
    rows = [{"id": new_id(), "digest": trier.digest, "at": to_text(now)} for trier in triers]
    writing.connection.execute(insert(sign_in_attempt), rows)
    return tuple(row["id"] for row in rows)


def succeeded(writing: Writing, ids: Sequence[str]) -> None:
    """The attempt was no guess: it does not count."""
    writing.connection.execute(delete(sign_in_attempt).where(sign_in_attempt.c.id.in_(ids)))


def forget_attempts(writing: Writing, names: Sequence[str]) -> None:
    """Forget every attempt to sign in under one of these names."""
    digests = [by_person(name).digest for name in names if name]
    writing.connection.execute(delete(sign_in_attempt).where(sign_in_attempt.c.digest.in_(digests)))

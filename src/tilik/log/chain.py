"""The hash chain: every entry seals the one before it.

What it proves: after an entry's hash has been noted elsewhere (printed by ``tilik log verify``), nobody can
alter, drop, insert or reorder anything up to that entry unseen. Without such a note it still finds every
change that does not rewrite the whole chain and its head.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tilik.kernel import canonical

GENESIS = hashlib.sha256(b"tilik log 1").hexdigest()


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event as the log holds it; ``body`` is canonical JSON text."""

    seq: int
    id: str
    at: str
    actor: str
    type: str
    subject: str
    body: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: ``seq`` and what is wrong there."""

    seq: int
    what: str


def seal(*, seq: int, id: str, at: str, actor: str, type: str, subject: str, body: str, prev: str) -> str:
    """SHA-256 over all that an entry says and over the hash of the entry before it."""
    return hashlib.sha256(canonical([seq, id, at, actor, type, subject, body, prev])).hexdigest()


def verify(entries: Iterable[Envelope], head: tuple[int, str] | None) -> Iterator[Break]:
    """Walk the whole chain in order of ``seq``; yield every break, and a dropped tail against ``head``."""
    seq, previous = 0, GENESIS
    for entry in entries:
        yield from breaks_at(entry, expected=seq + 1, previous=previous)
        seq, previous = entry.seq, entry.hash
    if head is None:
        yield Break(seq, "the head of the chain is missing")
    elif head != (seq, previous):
        yield Break(seq, f"the head says the chain ends at {head[0]} {head[1][:12]}…, it ends at {seq}")


def breaks_at(entry: Envelope, *, expected: int, previous: str) -> Iterator[Break]:
    """What is wrong with one entry, given the position and the hash that come before it."""
    if entry.seq != expected:
        yield Break(entry.seq, f"expected entry {expected}: {entry.seq - expected} missing or out of order")
    if entry.prev != previous:
        yield Break(entry.seq, "does not follow the entry before it")
    if not _is_canonical(entry.body):
        yield Break(entry.seq, "body is not canonical JSON")
    sealed = seal(
        seq=entry.seq,
        id=entry.id,
        at=entry.at,
        actor=entry.actor,
        type=entry.type,
        subject=entry.subject,
        body=entry.body,
        prev=entry.prev,
    )
    if sealed != entry.hash:
        yield Break(entry.seq, "content does not match its hash")


def _is_canonical(body: str) -> bool:
    try:
        return canonical(json.loads(body)).decode() == body
    except ValueError:
        return False

"""Erasing a batch and recording that it was: in one transaction, by count and seal, never by content."""

from __future__ import annotations

from collections.abc import Callable

from tilik.kernel import digest, new_id
from tilik.retention.events import DataErased, Erased
from tilik.retention.items import Item, delete_items
from tilik.store import Writing

Erase = Callable[[Writing, list[Item]], list[Item]]
"""Erases items and gives those that were still there."""


def erase(writing: Writing, cause: str, kind: Erased, items: list[Item], how: Erase = delete_items) -> int:
    """Erase these items and record how many, sealed by the digest of their keys; returns how many."""
    gone = how(writing, items)
    if gone:
        keys = sorted([one.table.name, *one.key] for one in gone)
        sealed = digest(keys)
        writing.record(DataErased(cause=cause, batch=new_id(), kind=kind, count=len(gone), digest=sealed))
    return len(gone)

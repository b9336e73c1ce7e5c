"""What was decided: typed events in one append-only chain, and the fold that makes the tables of them."""

from tilik.log.append import append, last, lock_chain, read
from tilik.log.chain import GENESIS, Break, Envelope, breaks_at, seal, verify
from tilik.log.event import Event, event_class, event_types
from tilik.log.fold import Blobs, applies, apply, fold_into
from tilik.log.tables import log_entry, log_head, metadata

__all__ = [
    "GENESIS",
    "Blobs",
    "Break",
    "Envelope",
    "Event",
    "append",
    "applies",
    "apply",
    "breaks_at",
    "event_class",
    "event_types",
    "fold_into",
    "last",
    "lock_chain",
    "log_entry",
    "log_head",
    "metadata",
    "read",
    "seal",
    "verify",
]

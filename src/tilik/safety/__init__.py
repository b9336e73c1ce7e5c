"""Child safety: escalations from stop-work, taken on in time, without media; every view is logged."""

import tilik.safety.apply  # noqa: F401  (declares how its events change the tables)
from tilik.safety.act import acknowledge, close, hold, refer, view
from tilik.safety.sealing import (
    new_key,
    open_files,
    own_recipient,
    recipient_set,
    seal_stopped,
    sealing,
    set_recipient,
)
from tilik.safety.view import Raised, Step, escalations, find_escalation, note_of

__all__ = [
    "Raised",
    "Step",
    "acknowledge",
    "close",
    "escalations",
    "find_escalation",
    "hold",
    "new_key",
    "note_of",
    "open_files",
    "own_recipient",
    "recipient_set",
    "refer",
    "seal_stopped",
    "sealing",
    "set_recipient",
    "view",
]

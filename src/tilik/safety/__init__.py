"""Child safety: escalations from stop-work, taken on in time, without media; every view is logged."""

import tilik.safety.apply  # noqa: F401  (declares how its events change the tables)
from tilik.safety.act import acknowledge, close, hold, refer, view
from tilik.safety.view import Raised, Step, escalations, find_escalation, note_of

__all__ = [
    "Raised",
    "Step",
    "acknowledge",
    "close",
    "escalations",
    "find_escalation",
    "hold",
    "note_of",
    "refer",
    "view",
]

"""The workspace's videos as leads see them, outside blind work: search, evidence, families, proposals."""

import tilik.library.apply  # noqa: F401  (declares how its events change the tables)
from tilik.library.events import SiblingsDecided, SiblingsWithdrawn
from tilik.library.offering import Offer, Offered, decide_siblings, offers, withdraw
from tilik.library.shown import hidden_from

__all__ = [
    "Offer",
    "Offered",
    "SiblingsDecided",
    "SiblingsWithdrawn",
    "decide_siblings",
    "hidden_from",
    "offers",
    "withdraw",
]

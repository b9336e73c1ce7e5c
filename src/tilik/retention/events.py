"""What can happen to data that is kept for a time. What was erased is counted and sealed, never told."""

from __future__ import annotations

from typing import Literal

from tilik.log import Event

KindName = Literal[
    "judgement-texts",
    "ruling-texts",
    "case-texts",
    "escalation-texts",
    "outside",
    "other-texts",
    "media",
    "sessions",
    "sign-in-attempts",
    "people-gone",
]
Erased = Literal[
    "judgement-texts",
    "ruling-texts",
    "case-texts",
    "escalation-texts",
    "outside",
    "other-texts",
    "media",
    "sessions",
    "sign-in-attempts",
    "people-gone",
    "own-texts",
    "naming-texts",
]
"""A class, or what a person wrote, or what others wrote in which a person is named."""


class RetentionRuleSet(Event, type="retention-rule-set"):
    """A class of data is kept so many days from now on. The ground is an erasable row under ``change`` in
    each language, of which ``grounds`` holds the digests."""

    kind: KindName
    days: int
    change: str
    grounds: dict[str, str]


class RetentionBegun(Event, type="retention-begun"):
    """A run begins; ``days`` are the rules that it goes by."""

    run: str
    days: dict[KindName, int]


class DataErased(Event, type="data-erased"):
    """So many items were erased at once, because of a run or of a person (``cause``).

    ``digest`` is the SHA-256 of their keys in order: whoever has a backup can prove what it was.
    """

    cause: str
    batch: str
    kind: Erased
    count: int
    digest: str


class RetentionEnded(Event, type="retention-ended"):
    """A run did all it could; ``erased`` and ``held`` count items by class."""

    run: str
    erased: dict[KindName, int]
    held: dict[KindName, int]

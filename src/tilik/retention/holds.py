"""What nothing may be erased of: legal holds, and escalations that nobody has closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from tilik.log import Blobs
from tilik.safety import Raised, escalations
from tilik.store import Writing

Why = Literal["legal-hold", "open-escalation", "in-use"]
"""Why something stays that is due: an escalation's legal hold; an escalation that is not closed; a precedent,
a known item or a contested task that still needs it."""


@dataclass(frozen=True, slots=True)
class Holds:
    """Ids of videos, tasks, escalations and people → the escalation that holds them, by why."""

    legal: dict[str, str]
    unclosed: dict[str, str]
    raised: tuple[Raised, ...]

    def of(self, about: frozenset[str]) -> tuple[Why, str] | None:
        """Why nothing of these may be erased, and the escalation; a legal hold first."""
        for why, held in (("legal-hold", self.legal), ("open-escalation", self.unclosed)):
            for one in sorted(about & held.keys()):
                return why, held[one]  # type: ignore[return-value]
        return None


def holds(connection: Connection, blobs: Blobs) -> Holds:
    """Every hold as of now."""
    raised = escalations(connection, blobs)
    legal: dict[str, str] = {}
    unclosed: dict[str, str] = {}
    for one in raised:
        about = {name for name in (one.id, one.task, one.video) if name is not None}
        if one.hold:
            people = {one.person, *(step.person for step in one.steps)}
            legal.update(dict.fromkeys(about | people, one.id))
        if one.state != "closed":
            unclosed.update(dict.fromkeys(about, one.id))
    return Holds(legal, unclosed, tuple(raised))


def holds_now(writing: Writing) -> Holds:
    """The same inside a transaction that erases: nobody sets a hold meanwhile."""
    return holds(writing.connection, writing.blobs)

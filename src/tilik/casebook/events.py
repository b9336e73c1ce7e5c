"""What can happen in the casebook: cases are filed, grouped, talked over, handed on, ruled.

Free text (what was seen, remarks, the next step, rulings) lies in erasable rows; events hold digests.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tilik.kernel import Span
from tilik.log import Event

Kind = Literal["edge-case", "content-gap"]
"""A judgement that the guideline does not settle, or something that viewers lack."""
Stands = Literal["counts", "does-not-count", "note"]
"""What a ruling says of what was seen: it counts under the question, it does not, or a note on how to take
it."""


class Seen(BaseModel):
    """A video that a case is about; ``task`` and ``span`` (seconds) where it was met on the bench."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    video: str
    task: str | None = None
    span: Span | None = None


class CaseFiled(Event, type="case-filed"):
    """Somebody met an edge case or found a content gap.

    ``number`` is what people call it by; ``case_type`` and ``state`` are the guideline's codes; ``question``
    is the question it concerns, where that is known; ``said`` is the digest of their sentence; ``cell`` holds
    the domains' levels of a gap in coverage, or the digest of a search for which nothing was found.
    """

    case: str
    number: int
    key: str
    request: str
    kind: Kind
    case_type: str
    guideline: str
    state: str
    question: str | None
    seen: Seen | None
    cell: dict[str, str] | None
    person: str
    said: str | None


class CaseSeenAgain(Event, type="case-seen-again"):
    """The same thing was seen in another video, or elsewhere in this one."""

    case: str
    seen: Seen
    person: str


class CaseMoved(Event, type="case-moved"):
    """A case goes to another of the guideline's states, or is about another question."""

    case: str
    state: str
    question: str | None


class CaseHandedOver(Event, type="case-handed-over"):
    """Who looks after a case, what they do next (``next_step``, a digest) and until which day."""

    case: str
    owner: str | None
    next_step: str | None
    due: str | None


class CaseRemarked(Event, type="case-remarked"):
    """Somebody said something about a case; ``mentions`` are the people it calls on."""

    case: str
    remark: str
    person: str
    said: str
    mentions: tuple[str, ...]


class CasesGrouped(Event, type="cases-grouped"):
    """A person confirmed that these cases ask the same; ``head`` stands for them."""

    head: str
    cases: tuple[str, ...]


class CaseLeftGroup(Event, type="case-left-group"):
    """A case asks something else than its group after all."""

    case: str


class CaseRuled(Event, type="case-ruled"):
    """A ruling settles a group of near cases and takes the place of their earlier one.

    ``says`` holds the digests of its text in both languages; a ``precedent`` is shown on the bench.
    """

    ruling: str
    cases: tuple[str, ...]
    guideline: str
    state: str
    question: str | None
    stands: Stands
    precedent: bool
    says: dict[Literal["id", "en"], str]
    person: str


class PrecedentWithdrawn(Event, type="precedent-withdrawn"):
    """A ruling is no longer shown on the bench; its cases stay as they are."""

    ruling: str


class RulingAdopted(Event, type="ruling-adopted"):
    """A draft of the guideline (by hash) says what the ruling says, naming its cases."""

    ruling: str
    draft: str
    state: str

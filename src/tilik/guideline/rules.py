"""Proposals as data: which audience and which verdict the answers suggest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from tilik.guideline.words import Code, Part, Text

Counted = Literal["labels", "strengths"]


class Proposal(NamedTuple):
    """What a rule suggests (``value``, a code) and which rule it was (``rule``, its code)."""

    value: str
    rule: str


class SumRule(Part):
    """Proposes ``then`` when the ticked factors weigh ``at_least`` … ``at_most`` together."""

    code: Code
    at_least: int
    at_most: int | None = None
    then: Code
    text: Text

    def holds(self, total: int) -> bool:
        """Whether this sum of weights is in the rule's range."""
        return self.at_least <= total and (self.at_most is None or total <= self.at_most)


class Count(Part):
    """How many labels (or strengths) stand at ``min_level`` or above.

    It holds when that number is within ``at_least`` … ``at_most``. With ``of``, only the labels (or
    strengths) of these codes are counted; with ``below_age``, only labels that matter to some age band
    starting below that age.
    """

    count: Counted
    of: Annotated[tuple[Code, ...], Field(min_length=1)] | None = None
    min_level: Annotated[int, Field(ge=1)]
    at_least: Annotated[int, Field(ge=0)] = 0
    at_most: Annotated[int, Field(ge=0)] | None = None
    below_age: Annotated[int, Field(ge=1)] | None = None

    def holds(self, number: int) -> bool:
        """Whether this number of labels or strengths satisfies the condition."""
        return self.at_least <= number and (self.at_most is None or number <= self.at_most)


class VerdictRule(Part):
    """Proposes ``then`` when ``all`` or ``any`` of the conditions hold; no conditions and ``all``: always."""

    code: Code
    match: Literal["all", "any"] = "all"
    when: tuple[Count, ...] = ()
    then: Code
    text: Text

    def holds(self, tally: Mapping[Count, int]) -> bool:
        """Whether the rule fires, given the number found for each of its conditions."""
        found = (count.holds(tally[count]) for count in self.when)
        return all(found) if self.match == "all" else any(found)

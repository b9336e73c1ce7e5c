"""What a decision settles about a video, so that two people's judgements can be said to agree or not."""

from __future__ import annotations

from dataclasses import dataclass

from tilik.guideline.deciding import Decision, failing_verdicts
from tilik.guideline.model import Guideline

CLEAR = 2
"""From this level on a label counts: "clear: should not be recommended"."""


@dataclass(frozen=True, slots=True)
class Decided:
    """``assessable``; ``fails`` the verdict; ``families`` codes with a label at a clear level."""

    assessable: bool
    fails: bool
    families: frozenset[str]


def decided(guideline: Guideline, decision: Decision) -> Decided:
    """What is decided; of a video that could not be judged, only that."""
    if not decision.assessable:
        return Decided(False, False, frozenset())
    family_of = {label.code: label.family for label in guideline.labels}
    clear = frozenset(family_of[code] for code, level in decision.labels.items() if level >= CLEAR)
    return Decided(True, decision.verdict in failing_verdicts(guideline), clear)

"""Second looks: whose work is judged once more by somebody else, blind, and with what chance.

Everything that was found to fail is looked at again, and a random part of the rest: so a rare label is never
one person's word, and what was missed is known from a sample whose chances are known. The choice hangs on a
salted hash of the study's seed and the task, so it can be repeated and nobody at the bench can foresee it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tilik.guideline import Guideline, decide, failing_verdicts

HIGHEST = 3
"""At this level every label is looked at again, whatever the verdict."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """``p2`` the chance of a second judgement given what the first says; ``again`` whether it is wanted."""

    p2: float
    again: bool


def second_look(
    guideline: Guideline,
    answers: Mapping[str, Any],
    *,
    overlap: float,
    seed: int,
    task: str,
    before: float | None = None,
) -> SecondLook:
    """Whether this first judgement is followed by a second.

    ``overlap`` is the chance where nothing was found;
    ``before`` is the chance of the answers that this judgement revises: what was once to be looked at again
    stays so, and the chance given the whole history of answers is the larger of the two.
    """
    p2 = max(1.0 if is_positive(guideline, answers) else overlap, before or 0.0)
    return SecondLook(p2, luck(seed, task) < p2)


def is_positive(guideline: Guideline, answers: Mapping[str, Any]) -> bool:
    """Whether these answers find what is rare and weighs: a failing verdict, labels for which the guideline
    proposes one, or any label at the highest level."""
    decision = decide(guideline, answers)
    failing = failing_verdicts(guideline)
    grave = max(decision.labels.values(), default=0) >= HIGHEST
    return grave or decision.verdict in failing or decision.verdict_proposed in failing


def luck(seed: int, task: str) -> float:
    """A number in 0..1 that belongs to this task in this study: the top 53 bits of a salted SHA-256."""
    salted = hashlib.sha256(f"second look {seed} {task}".encode()).digest()
    return (int.from_bytes(salted[:8], "big") >> 11) / float(1 << 53)

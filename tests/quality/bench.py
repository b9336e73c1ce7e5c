"""Contested work: two people who differ, a third who rules, over calls like those of HTTP."""

from __future__ import annotations

import uuid
from typing import Any

from review.desk import Desk, submission
from study.making import Made, answers
from tilik.access import Person
from tilik.quality.adjudication import (
    DisputeRuling,
    DisputeSubmission,
    Lease,
    Receipt,
    RulingSubmission,
    dispute_ruling,
    mark_precedent,
    next_adjudication,
    release,
    rule,
    rule_on_dispute,
)
from tilik.quality.adjudication.events import RulingMark
from tilik.review.events import Mark

GAMBLING = "label.COM-GAMB"


def found(level: int) -> dict[str, Any]:
    """Somebody who saw gambling at this level."""
    return answers({"family.COM": True, GAMBLING: level})


class Court(Desk):
    """A desk whose people also rule."""

    def find(self, person: Person, study: Made, level: int = 3) -> str:
        """Take the next task and judge gambling at this level; the task's id."""
        lease = self.take(person)
        marks = (Mark(question=GAMBLING, start=0.5, end=1),)
        notes = {GAMBLING: "Ada tautan slot."}
        self.send(person, submission(lease, study, answers=found(level), marks=marks, notes=notes))
        return lease.task

    def clear(self, person: Person, study: Made) -> str:
        """Take the next task and find nothing."""
        lease = self.take(person)
        self.send(person, submission(lease, study))
        return lease.task

    def called(self, person: Person) -> Lease | None:
        """What this person is to rule on."""
        with self.workspace.store.write(person.id) as writing:
            return next_adjudication(writing, person.id, simulated=person.simulated)

    def hand_back(self, person: Person, lease: Lease) -> None:
        with self.workspace.store.write(person.id) as writing:
            release(writing, person.id, lease.id)

    def rule(self, person: Person, sent: RulingSubmission) -> Receipt:
        with self.workspace.store.write(person.id) as writing:
            return rule(writing, person.id, sent)

    def dispute(self, person: Person, ruling: str, reason: str = "Tautannya tidak terlihat.") -> Receipt:
        sent = DisputeSubmission(key=str(uuid.uuid4()), reason=reason)
        with self.workspace.store.write(person.id) as writing:
            return dispute_ruling(writing, person.id, ruling, sent)

    def answer(self, person: Person, sent: DisputeRuling) -> Receipt:
        with self.workspace.store.write(person.id) as writing:
            return rule_on_dispute(writing, person.id, sent)

    def mark(self, ruling: str, precedent: bool, question: str | None) -> None:
        with self.workspace.store.write() as writing:
            mark_precedent(writing, ruling, precedent=precedent, question=question)


def ruled(study: Made, level: int = 0, **changes: Any) -> dict[str, Any]:
    """A third person's whole answers."""
    gambling: dict[str, Any] = {
        "answers": found(level),
        "marks": (RulingMark(question=GAMBLING, start=0.5, end=1),),
        "notes": {GAMBLING: "Promosi slot terdengar."},
    }
    return {
        "guideline": study.guideline,
        "answers": answers(),
        "begun": "own",
        "error_a": "none",
        "error_b": "missed",
        "active_seconds": 30.0,
        "language": "id",
        **(gambling if level else {}),
        **changes,
    }


def ruling(lease: Lease, study: Made, level: int = 0, **changes: Any) -> RulingSubmission:
    """A ruling as the screen sends it."""
    body = {
        "key": str(uuid.uuid4()),
        "task": lease.task,
        "lease": lease.id,
        "reason": "Tautannya nyata.",
        **ruled(study, level),
    }
    return RulingSubmission(**{**body, **changes})

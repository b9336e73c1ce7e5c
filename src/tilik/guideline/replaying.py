"""Answers given to one version, read again by another: what follows from them, and what was never asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tilik.guideline.deciding import Decision, decide, decide_usable, usable_answers
from tilik.guideline.firing import possible_verdicts
from tilik.guideline.model import Guideline
from tilik.guideline.walk import Answers


@dataclass(frozen=True, slots=True)
class Replayed:
    """One judgement under two versions.

    ``before``, ``after``  what the answers come to under each;
    ``verdict``   the verdict after: the newly proposed one where the judge had taken the proposal, the
                  judge's own where it was overridden; ``None`` where the answers do not settle it;
    ``possible``  every verdict it may be, given any answers to what was never asked (``None``: none);
    ``unasked``   ids of questions the new version asks, to which there is no answer that fits.
    """

    before: Decision
    after: Decision
    verdict: str | None
    possible: frozenset[str | None]
    unasked: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether the verdict follows, whatever would be answered to what was never asked."""
        return len(self.possible) == 1

    @property
    def verdict_flips(self) -> bool:
        """The verdict is certain to be another."""
        return self.settled and self.verdict != self.before.verdict

    @property
    def levels(self) -> dict[str, tuple[int, int]]:
        """Labels whose level is another, as ``(before, after)``; a label one version lacks counts as 0 there.

        A label that the new version asks about and that was never asked is not among them.
        """
        before, after = self.before.labels, self.after.labels
        moved = {code: (before.get(code, 0), level) for code, level in after.items()}
        unasked = {id_.removeprefix("label.") for id_ in self.unasked}
        gone = {c: (level, 0) for c, level in before.items() if c not in after and c not in unasked}
        return {code: pair for code, pair in {**moved, **gone}.items() if pair[0] != pair[1]}

    @property
    def flips(self) -> bool:
        """Something decided is certain to be another: the verdict, or the level of a label."""
        return self.verdict_flips or bool(self.levels)


def replay(before: Guideline, after: Guideline, answers: Answers) -> Replayed:
    """Read the answers, which were given to ``before``, by ``after``. Pure and total."""
    reached, usable = usable_answers(after, answers)
    old, new = decide(before, answers), decide_usable(after, usable)
    unasked = [id_ for id_ in reached if id_ not in usable]
    own = old.verdict is not None and old.verdict != old.verdict_proposed
    possible = _possible(after, old, new, reached, unasked, own=own)
    if not own and "verdict" in unasked:
        unasked.remove("verdict")  # it follows from the proposal
    return Replayed(
        before=old,
        after=new,
        verdict=next(iter(possible)) if len(possible) == 1 else None,
        possible=possible,
        unasked=tuple(unasked),
    )


def _possible(
    after: Guideline, old: Decision, new: Decision, reached: Collection[str], unasked: list[str], *, own: bool
) -> frozenset[str | None]:
    every = frozenset(value.code for value in after.verdict.values)
    if "assessable" in unasked:
        return every | {None}
    if "verdict" not in reached:
        return frozenset([None])
    if own:
        return every if "verdict" in unasked else frozenset([old.verdict])
    if unasked:
        return possible_verdicts(after, new.labels, new.strengths)
    return frozenset([new.verdict_proposed])

"""What scores of known items come to: sensitivity and specificity, of one person or of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tilik.kernel import Estimate
from tilik.quality.gold.view import Scored
from tilik.stats import People
from tilik.stats.rate import plain_rate
from tilik.study.known import Score
from tilik.study.rightness import rates_of

VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right one person was: of failing items found, of passing ones left alone, of all verdicts."""

    sensitivity: Estimate
    specificity: Estimate
    right: Estimate
    judged: int


def accuracy(scores: Sequence[Score], who: str) -> Accuracy:
    """One person's accuracy from their scores alone; ``who`` enters the estimates' names."""
    verdicts = [one.verdict for one in scores if one.verdict is not None]
    failing = [said for truly, said in verdicts if truly]
    passing = [not said for truly, said in verdicts if not truly]
    right = [truly == said for truly, said in verdicts]
    return Accuracy(
        sensitivity=plain_rate(sum(failing), len(failing), of=f"failing items found by {who}"),
        specificity=plain_rate(sum(passing), len(passing), of=f"passing items left alone by {who}"),
        right=plain_rate(sum(right), len(right), of=f"right verdicts of {who}"),
        judged=len(scores),
    )


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody's sensitivity and specificity for one thing, each person's rate borrowing from the others.

    ``None`` where nobody has judged a known item of that kind.
    """

    people: tuple[str, ...]
    sensitivity: People | None
    specificity: People | None


def team(found: Iterable[Scored], what: str = VERDICT) -> Team:
    """Pooled rates for the verdict, or for a family of labels (its code)."""
    said: dict[str, list[tuple[bool, bool]]] = {}
    for one in found:
        pair = one.score.verdict if what == VERDICT else one.score.families.get(what)
        if pair is not None:
            said.setdefault(one.person, []).append(pair)
    people = tuple(sorted(said))
    return Team(people, *(_rates(people, said, what, present=present) for present in (True, False)))


def _rates(
    people: tuple[str, ...], said: dict[str, list[tuple[bool, bool]]], what: str, *, present: bool
) -> People | None:
    asked = {one: [right == true for true, right in pairs if true is present] for one, pairs in said.items()}
    of = f"{'sensitivity' if present else 'specificity'} for {what} of person {{}}"
    return rates_of(people, asked, of)

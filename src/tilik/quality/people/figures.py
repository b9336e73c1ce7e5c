"""How right each person is: pooled rates, who is flagged, and the sequential test. Pure.

Nobody is ranked: people come in the order of their names. A person is flagged only where the whole pooled
interval of one of the two rates lies below its target, and the exact interval of their own answers alone does
too: in a team below the target the others would else drag down somebody who is above it. The exact one flags
a person at the target at most 2.5 % of the time, so both rates together at most 5 %, whatever the team is
like. The two sequential tests share their 5 % alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tilik.kernel import Estimate
from tilik.quality.gold.figures import VERDICT
from tilik.quality.people.known import Compared, Source
from tilik.quality.people.targets import Targets
from tilik.stats import Sprt, clopper_pearson, pooled_rates
from tilik.stats.estimate import nothing_known

Side = Literal["sensitivity", "specificity"]
Finding = Literal["none", "open", "below", "at-target"]
"""No target is set; the test goes on; a rate that is not enough; at the target."""
SIDES: tuple[Side, ...] = ("sensitivity", "specificity")
LEVEL = 0.95
ERRORS = 0.025
"""Chance of either error of each of the two tests of a person."""


@dataclass(frozen=True, slots=True)
class Rightness:
    """One person. ``sources`` counts the judgements compared by who knew; ``below`` names the rates whose
    whole interval lies below the target; ``answers`` is how many answers the test has used."""

    sensitivity: Estimate
    specificity: Estimate
    below: tuple[Side, ...]
    test: Finding
    answers: int
    sources: Mapping[Source, int]

    @property
    def flagged(self) -> bool:
        """Whether a whole interval lies below its target."""
        return bool(self.below)


def rightness(found: Iterable[Compared], team: Sequence[str], targets: Targets, what: str) -> list[Rightness]:
    """Each of the team, in its order, for the verdict or a family of labels; rates borrow strength from the
    others'."""
    place = {person: n for n, person in enumerate(team)}
    answers: dict[Side, list[list[bool]]] = {side: [[] for _ in team] for side in SIDES}
    sources: list[Counter[Source]] = [Counter() for _ in team]
    for one in found:
        pair = one.verdict if what == VERDICT else one.families.get(what)
        if pair is None or one.person not in place:
            continue
        true, said = pair
        answers["sensitivity" if true else "specificity"][place[one.person]].append(said == true)
        sources[place[one.person]][one.source] += 1
    rates = {side: _rates(answers[side], side, getattr(targets, side), what) for side in SIDES}
    listed = []
    for n in range(len(team)):
        mine: dict[Side, Sequence[bool]] = {side: answers[side][n] for side in SIDES}
        below = tuple(side for side in SIDES if _below(rates[side][n], answers[side][n]))
        test, used = _tested(mine, targets)
        listed.append(
            Rightness(rates["sensitivity"][n], rates["specificity"][n], below, test, used, dict(sources[n]))
        )
    return listed


def sprt_of(target: float) -> Sprt:
    """The sequential test of this target against three times its errors."""
    return Sprt(target, max(target / 2, 1 - 3 * (1 - target)), ERRORS, ERRORS)


def _rates(
    asked: Sequence[Sequence[bool]], side: Side, target: float | None, what: str
) -> Sequence[Estimate]:
    of = f"{side} for {what} of person {{}}"
    if not any(asked):
        return [
            nothing_known(0, method="beta-binomial-pooled", of=of.format(n + 1), level=LEVEL, inputs=None)
            for n in range(len(asked))
        ]
    right, many = [sum(one) for one in asked], [len(one) for one in asked]
    return pooled_rates(right, many, of=of, target=target).rates


def _below(pooled: Estimate, answers: Sequence[bool]) -> bool:
    """Whether the pooled interval and the one of these answers alone both lie below the target."""
    target = pooled.inputs.get("target")
    if not isinstance(target, float) or not answers:
        return False
    own = clopper_pearson(sum(answers), len(answers), pooled.level)
    return pooled.high < target and own.high < target


def _tested(answers: Mapping[Side, Sequence[bool]], targets: Targets) -> tuple[Finding, int]:
    """Below where one of the two rates is; at the target where all that have one are."""
    wanted = {side: target for side in SIDES if (target := getattr(targets, side)) is not None}
    if not wanted:
        return "none", 0
    verdicts = [
        sprt_of(target).decide([float(right) for right in answers[side]]) for side, target in wanted.items()
    ]
    used = sum(one.answers for one in verdicts)
    findings = {one.finding for one in verdicts}
    if "below" in findings:
        return "below", used
    return ("at-target" if findings == {"at-target"} else "open"), used

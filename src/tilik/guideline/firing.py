"""Which rules can ever fire, found exactly by following every reachable tally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from tilik.guideline.deciding import counted
from tilik.guideline.model import Guideline
from tilik.guideline.rules import Count, VerdictRule

_Tally: TypeAlias = tuple[int, ...]
_Open: TypeAlias = Mapping[str, tuple[int, ...]]
_Settled: TypeAlias = Mapping[str, int]


def firing_audience_rules(guideline: Guideline) -> frozenset[str]:
    """Codes of the audience rules that some choice of factors brings to fire."""
    sums = {0}
    for factor in guideline.audience.factors:
        sums |= {total + factor.weight for total in sums}
    rules = guideline.audience.rules
    first = (next((rule.code for rule in rules if rule.holds(total)), None) for total in sums)
    return frozenset(code for code in first if code is not None)


def firing_verdict_rules(guideline: Guideline) -> frozenset[str | None]:
    """Codes of the verdict rules that some answers bring to fire; ``None`` if some answers fire no rule."""
    fired = _fired(guideline, _askable(guideline, "label"), _askable(guideline, "strength"), {}, {})
    return frozenset(None if rule is None else rule.code for rule in fired)


def possible_verdicts(
    guideline: Guideline, labels: Mapping[str, int], strengths: Mapping[str, int]
) -> frozenset[str | None]:
    """The verdicts that may still be proposed once these levels (code → level) are settled.

    Labels and strengths that are not among them, and are asked about, may take any of their levels.
    ``None`` stands for no proposal.
    """
    open_labels = {
        code: levels for code, levels in _askable(guideline, "label").items() if code not in labels
    }
    open_strengths = {
        code: levels for code, levels in _askable(guideline, "strength").items() if code not in strengths
    }
    fired = _fired(guideline, open_labels, open_strengths, labels, strengths)
    return frozenset(None if rule is None else rule.then for rule in fired)


def contradicting_rules(guideline: Guideline) -> frozenset[str]:
    """Codes of verdict rules by which more or worse labels turn a failing video into one that passes.

    Every tally that answers can lead to is compared with every other that has at least as many labels in
    each count and the same strengths.
    """
    rules = guideline.verdict.rules
    counts = _counts(guideline)
    fails = {value.code: value.fails for value in guideline.verdict.values}
    first = {
        tally: next((rule for rule in rules if rule.holds(dict(zip(counts, tally, strict=True)))), None)
        for tally in _tallies(guideline, counts, _free(guideline))
    }
    failing = [tally for tally, rule in first.items() if rule is not None and fails[rule.then]]
    passing = [(tally, rule) for tally, rule in first.items() if rule is not None and not fails[rule.then]]
    labels = [count.count == "labels" for count in counts]
    return frozenset(
        rule.code
        for worse, rule in passing
        for better in failing
        if all(a >= b if of_labels else a == b for a, b, of_labels in zip(worse, better, labels, strict=True))
    )


def impossible_conditions(guideline: Guideline) -> Iterator[tuple[str, int]]:
    """``(rule code, position)`` of conditions that hold under no answers at all."""
    counts = _counts(guideline)
    reached = _tallies(guideline, counts, _free(guideline))
    for rule in guideline.verdict.rules:
        for at, count in enumerate(rule.when):
            place = counts.index(count)
            if not any(count.holds(tally[place]) for tally in reached):
                yield rule.code, at


def _counts(guideline: Guideline) -> tuple[Count, ...]:
    return tuple(dict.fromkeys(count for rule in guideline.verdict.rules for count in rule.when))


def _free(guideline: Guideline) -> list[tuple[str, str, set[int]]]:
    parts = (("labels", _askable(guideline, "label")), ("strengths", _askable(guideline, "strength")))
    return [(kind, code, set(levels)) for kind, part in parts for code, levels in part.items()]


def _fired(
    guideline: Guideline, labels: _Open, strengths: _Open, known: _Settled, strong: _Settled
) -> set[VerdictRule | None]:
    rules = guideline.verdict.rules
    counts = _counts(guideline)
    fixed = [
        (kind, code, {level})
        for kind, part in (("labels", known), ("strengths", strong))
        for code, level in part.items()
        if level > 0
    ]
    free = [
        (kind, code, set(levels))
        for kind, part in (("labels", labels), ("strengths", strengths))
        for code, levels in part.items()
    ]
    tallies = _tallies(guideline, counts, [*fixed, *free])
    found = (dict(zip(counts, tally, strict=True)) for tally in tallies)
    return {next((rule for rule in rules if rule.holds(tally)), None) for tally in found}


def _askable(guideline: Guideline, kind: str) -> dict[str, tuple[int, ...]]:
    """Code → the levels it may be given; empty where no step asks for it."""
    asked = {step.uses for step in guideline.flow}
    if kind == "label":
        both = {"families", "labels"} <= asked
        return {one.code: (0, *(s.level for s in one.severity)) for one in guideline.labels if both}
    levels = tuple(one.level for one in guideline.strength_scale)
    return {one.code: levels for one in guideline.high_quality if "high_quality" in asked}


def _tallies(
    guideline: Guideline, counts: tuple[Count, ...], choices: Iterable[tuple[str, str, set[int]]]
) -> set[_Tally]:
    """Every tally these choices lead to. Each number stops where no condition can tell it from more."""
    limits = tuple(max(count.at_least, 0 if count.at_most is None else count.at_most + 1) for count in counts)
    reached: set[_Tally] = {tuple(0 for _ in counts)}
    for kind, code, levels in choices:
        added = _added(guideline, counts, kind, code, levels)
        reached = {
            tuple(min(a + b, limit) for a, b, limit in zip(tally, more, limits, strict=True))
            for tally in reached
            for more in added
        }
    return reached


def _added(
    guideline: Guideline, counts: tuple[Count, ...], kind: str, code: str, levels: Iterable[int]
) -> set[_Tally]:
    relevant = [count.count == kind and counted(guideline, count, code) for count in counts]
    return {
        tuple(int(yes and level >= count.min_level) for yes, count in zip(relevant, counts, strict=True))
        for level in levels
    }

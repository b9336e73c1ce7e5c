"""Answers → decision. Pure and total: the same answers always give the same decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from tilik.guideline.ages import AgeReading, read_age
from tilik.guideline.model import Guideline
from tilik.guideline.rules import Count, Proposal
from tilik.guideline.walk import YES, Answers, fits, questions


@dataclass(frozen=True, slots=True)
class Decision:
    """What a set of answers comes to.

    ``assessable``  whether the video was judged; if not, ``na_code`` says why, ``language`` which was
                    lacking, and everything below is empty;
    ``audience``, ``min_age`` (years), ``verdict``, ``confidence``, ``edge_case``  as answered;
    ``labels``      code → level; 0 for labels of closed families; a label not settled yet is absent;
    ``strengths``   code → level; one not answered yet is absent;
    ``audience_proposed``, ``audience_rule``  what the ticked factors suggest and by which rule;
    ``verdict_proposed``, ``rule``            what labels and strengths suggest and by which rule;
    ``overridden``  whether the verdict given differs from the one proposed;
    ``ages``        age scheme → how the minimum age reads there.
    ``None`` wherever there is no usable answer.
    """

    assessable: bool
    na_code: str | None
    language: str | None
    audience: str | None
    audience_proposed: str | None
    audience_rule: str | None
    min_age: int | None
    labels: Mapping[str, int]
    strengths: Mapping[str, int]
    verdict: str | None
    verdict_proposed: str | None
    rule: str | None
    overridden: bool
    confidence: int | None
    edge_case: str | None
    ages: Mapping[str, AgeReading]


def decide(guideline: Guideline, answers: Answers) -> Decision:
    """What these answers lead to. Answers that do not fit, or were never asked for, count as absent."""
    return decide_usable(guideline, usable_answers(guideline, answers)[1])


def decide_usable(guideline: Guideline, usable: Answers) -> Decision:
    """The decision of answers that are all asked for and all fit."""
    assessable = usable.get("assessable")
    audience = audience_proposal(guideline, _texts(usable.get("audience.factors")))
    if "audience.factors" not in usable:
        audience = None
    labels, strengths = _levels(usable, "label."), _levels(usable, "strength.")
    verdict = _proposed(guideline, labels, strengths) if assessable == YES else None
    given, min_age = _text(usable.get("verdict")), _whole(usable.get("min_age"))
    return Decision(
        assessable=assessable == YES,
        na_code=None if assessable == YES else _text(assessable),
        language=_text(usable.get("assessable.language")),
        audience=_text(usable.get("audience")),
        audience_proposed=audience.value if audience else None,
        audience_rule=audience.rule if audience else None,
        min_age=min_age,
        labels=_labels(guideline, usable, labels) if assessable == YES else {},
        strengths=strengths,
        verdict=given,
        verdict_proposed=verdict.value if verdict else None,
        rule=verdict.rule if verdict else None,
        overridden=given is not None and verdict is not None and given != verdict.value,
        confidence=_whole(usable.get("confidence")),
        edge_case=_text(usable.get("edge_case")),
        ages={} if min_age is None else {one.code: read_age(one, min_age) for one in guideline.age_schemes},
    )


def audience_proposal(guideline: Guideline, factors: Iterable[str]) -> Proposal | None:
    """The audience that the ticked factors (codes) suggest, or ``None`` when no rule holds."""
    ticked = set(factors)
    total = sum(one.weight for one in guideline.audience.factors if one.code in ticked)
    fired = next((rule for rule in guideline.audience.rules if rule.holds(total)), None)
    return Proposal(fired.then, fired.code) if fired else None


def verdict_proposal(guideline: Guideline, answers: Answers) -> Proposal | None:
    """The verdict that labels and strengths suggest so far; what is not answered counts as level 0.

    ``None`` when the video is not assessable or no rule holds.
    """
    usable = usable_answers(guideline, answers)[1]
    if usable.get("assessable") != YES:
        return None
    return _proposed(guideline, _levels(usable, "label."), _levels(usable, "strength."))


def hands_back(guideline: Guideline, answers: Answers) -> bool:
    """Whether these answers give the task to somebody else instead of settling it."""
    code = answers.get("assessable")
    return any(one.code == code and one.hands_back for one in guideline.assessability.codes)


def failing_verdicts(guideline: Guideline) -> frozenset[str]:
    """The codes of verdicts that say a video should not have been recommended."""
    return frozenset(value.code for value in guideline.verdict.values if value.fails)


def matters_below(guideline: Guideline, label: str, age: int) -> bool:
    """Whether this label (code) matters to some age band that starts below ``age`` years."""
    return any(
        start < age for one in guideline.labels if one.code == label for start in guideline.starts(one)
    )


def counted(guideline: Guideline, count: Count, code: str) -> bool:
    """Whether a condition counts this label or strength (code), once its level is high enough."""
    if count.of is not None and code not in count.of:
        return False
    if count.count == "strengths" or count.below_age is None:
        return True
    return matters_below(guideline, code, count.below_age)


def _proposed(
    guideline: Guideline, labels: Mapping[str, int], strengths: Mapping[str, int]
) -> Proposal | None:
    for rule in guideline.verdict.rules:
        found = (
            count.holds(_number(guideline, count, labels if count.count == "labels" else strengths))
            for count in rule.when
        )
        if all(found) if rule.match == "all" else any(found):
            return Proposal(rule.then, rule.code)
    return None


def _number(guideline: Guideline, count: Count, levels: Mapping[str, int]) -> int:
    return sum(level >= count.min_level and counted(guideline, count, code) for code, level in levels.items())


def usable_answers(guideline: Guideline, answers: Answers) -> tuple[tuple[str, ...], dict[str, JsonValue]]:
    """The ids of the questions these answers reach, in order, and those answers to them that fit."""
    reached = questions(guideline, answers)
    usable = {one.id: answers[one.id] for one in reached if one.id in answers and fits(one, answers[one.id])}
    return tuple(one.id for one in reached), usable


def _labels(guideline: Guideline, usable: Answers, answered: Mapping[str, int]) -> dict[str, int]:
    closed = {one.code for one in guideline.families if usable.get(f"family.{one.code}") is False}
    known = {one.code: 0 if one.family in closed else answered.get(one.code) for one in guideline.labels}
    return {code: level for code, level in known.items() if level is not None}


def _levels(usable: Answers, prefix: str) -> dict[str, int]:
    return {
        id_.removeprefix(prefix): answer
        for id_, answer in usable.items()
        if id_.startswith(prefix) and isinstance(answer, int)
    }


def _text(answer: JsonValue) -> str | None:
    return answer if isinstance(answer, str) else None


def _whole(answer: JsonValue) -> int | None:
    return answer if isinstance(answer, int) else None


def _texts(answer: JsonValue) -> tuple[str, ...]:
    return tuple(one for one in answer if isinstance(one, str)) if isinstance(answer, list) else ()

"""Which questions are asked, in which order, given the answers so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import JsonValue

from tilik.guideline.model import Guideline, Section

Answers: TypeAlias = Mapping[str, JsonValue]
"""Question id → answer. A question that was not answered has no key; ``None`` is an answer."""

Kind = Literal["choice", "language", "many", "age", "yes-no", "level"]
Option: TypeAlias = str | int | bool | None
YES = "yes"

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to answer.

    ``id``       its key in the answers, e.g. ``label.SYN-MASS``;
    ``step``     the step of the flow it belongs to;
    ``kind``     how it is answered: ``choice`` one of the options, ``many`` a list of different options,
                 ``level`` one of the levels, ``yes-no`` true or false, ``age`` whole years from 0 to the
                 greatest option, ``language`` a language tag (the options are suggestions);
    ``options``  what the screen offers;
    ``entity``   code of the family, label or strength whose texts belong to it.
    """

    id: str
    step: str
    kind: Kind
    options: tuple[Option, ...]
    entity: str | None = None


def questions(guideline: Guideline, answers: Answers) -> tuple[Question, ...]:
    """Every question that these answers reach, in the order of the flow.

    Until ``assessable`` is answered with ``yes``, nothing but the assessability questions is reached.
    """
    open_ = answers.get("assessable") == YES
    return tuple(
        question
        for step in guideline.flow
        if open_ or step.uses == "assessability"
        for question in _ASKS[step.uses](guideline, step.step, answers)
    )


def next_question(guideline: Guideline, answers: Answers) -> Question | None:
    """The first reached question without a usable answer, or ``None`` when all are answered."""
    reached = questions(guideline, answers)
    return next((one for one in reached if one.id not in answers or not fits(one, answers[one.id])), None)


def prune(guideline: Guideline, answers: Answers) -> dict[str, JsonValue]:
    """The answers without those to questions that are (no longer) asked."""
    reached = {question.id for question in questions(guideline, answers)}
    return {id_: answer for id_, answer in answers.items() if id_ in reached}


def fits(question: Question, answer: JsonValue) -> bool:
    """Whether this is an answer the question can have. ``true`` is not 1, and 1.0 is not 1."""
    if question.kind == "many":
        return _are_different_options(answer, question.options)
    if question.kind == "age":
        oldest = max(age for age in question.options if isinstance(age, int))
        return type(answer) is int and 0 <= answer <= oldest
    if question.kind == "language":
        return isinstance(answer, str) and _LANGUAGE_TAG.fullmatch(answer) is not None
    return _is_option(answer, question.options)


def _is_option(answer: JsonValue, options: Sequence[Option]) -> bool:
    return any(answer == option and type(answer) is type(option) for option in options)


def _are_different_options(answer: JsonValue, options: Sequence[Option]) -> bool:
    if not isinstance(answer, list) or not all(_is_option(one, options) for one in answer):
        return False
    return len(answer) == len({str(one) for one in answer})


_Asks: TypeAlias = Callable[[Guideline, str, Answers], Iterator[Question]]


def _nothing(_guideline: Guideline, _step: str, _answers: Answers) -> Iterator[Question]:
    yield from ()


def _assessability(guideline: Guideline, step: str, answers: Answers) -> Iterator[Question]:
    section, given = guideline.assessability, answers.get("assessable")
    yield Question("assessable", step, "choice", (YES, *(one.code for one in section.codes)))
    if any(one.ask_language and one.code == given for one in section.codes):
        yield Question("assessable.language", step, "language", tuple(one.code for one in section.languages))


def _audience(guideline: Guideline, step: str, _answers: Answers) -> Iterator[Question]:
    section = guideline.audience
    yield Question("audience.factors", step, "many", tuple(one.code for one in section.factors))
    yield Question("audience", step, "choice", tuple(one.code for one in section.values))


def _min_age(guideline: Guideline, step: str, _answers: Answers) -> Iterator[Question]:
    yield Question("min_age", step, "age", tuple(band.from_ for band in guideline.age_bands))


def _families(guideline: Guideline, step: str, _answers: Answers) -> Iterator[Question]:
    for family in guideline.families:
        yield Question(f"family.{family.code}", step, "yes-no", (True, False), family.code)


def _labels(guideline: Guideline, step: str, answers: Answers) -> Iterator[Question]:
    asked = any(one.uses == "families" for one in guideline.flow)
    opened = {one.code for one in guideline.families if asked and answers.get(f"family.{one.code}") is True}
    for label in guideline.labels:
        if label.family in opened:
            levels = (0, *(one.level for one in label.severity))
            yield Question(f"label.{label.code}", step, "level", levels, label.code)


def _strengths(guideline: Guideline, step: str, _answers: Answers) -> Iterator[Question]:
    levels = tuple(one.level for one in guideline.strength_scale)
    for strength in guideline.high_quality:
        yield Question(f"strength.{strength.code}", step, "level", levels, strength.code)


def _verdict(guideline: Guideline, step: str, _answers: Answers) -> Iterator[Question]:
    yield Question("verdict", step, "choice", tuple(one.code for one in guideline.verdict.values))


def _confidence(guideline: Guideline, step: str, _answers: Answers) -> Iterator[Question]:
    yield Question("confidence", step, "level", tuple(one.level for one in guideline.confidence_scale))


def _edge_case(guideline: Guideline, step: str, _answers: Answers) -> Iterator[Question]:
    types = guideline.casebook.edge_case_types
    yield Question("edge_case", step, "choice", (None, *(one.code for one in types)))


_ASKS: dict[Section, _Asks] = {
    "escalations": _nothing,
    "assessability": _assessability,
    "audience": _audience,
    "age_bands": _min_age,
    "families": _families,
    "labels": _labels,
    "high_quality": _strengths,
    "verdict": _verdict,
    "confidence_scale": _confidence,
    "casebook": _edge_case,
}

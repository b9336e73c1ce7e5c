"""Every question of a guideline with the words that another program shows for it, asked in one sheet.

Other programs have no walk: they show all questions at once. An answer there is one or more short tokens:
``token`` of an option, and back by ``option_of``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilik.guideline import Guideline, Language, Option, Question, Text, questions

_BARE = re.compile(r"true|false|null|undefined|nan|infinity|[0-9.e+_-]+|0x[0-9a-f]+", re.IGNORECASE)
NONE = "-"
"""The token of no option at all: ``None``, or an empty list of many. No code is a hyphen."""

_SAID = {
    "yes": Text(id="Ya", en="Yes"),
    "no": Text(id="Tidak", en="No"),
    NONE: Text(id="Tidak ada", en="None"),
}


def every_question(guideline: Guideline) -> tuple[Question, ...]:
    """All questions that any answers reach, each once, in the order of the flow."""
    opened = {"assessable": "yes"} | {f"family.{one.code}": True for one in guideline.families}
    found = {question.id: question for question in questions(guideline, opened)}
    for code in guideline.assessability.codes:
        for question in questions(guideline, {"assessable": code.code}):
            found.setdefault(question.id, question)
    return tuple(sorted(found.values(), key=lambda one: (_place(guideline, one), one.id != "assessable")))


def _place(guideline: Guideline, question: Question) -> int:
    return [step.step for step in guideline.flow].index(question.step)


def token(option: Option) -> str:
    """The option as other programs hold it: never a bare number, ``true`` or ``false``.

    Label Studio's editor reads an ``alias`` of that look as a number or truth value, and then shows nothing.
    """
    if option is None:
        return NONE
    if isinstance(option, bool):
        return "yes" if option else "no"
    if isinstance(option, int):
        return f"level-{option}"
    return f"={option}" if _BARE.fullmatch(option) else option


def option_of(question: Question, said: str) -> Option:
    """The option with this token. Raises ``KeyError`` where the question has none."""
    return {token(option): option for option in question.options}[said]


def title_of(guideline: Guideline, question: Question, language: Language) -> str:
    """What the question asks, in one line."""
    for text in _titles(guideline, question):
        return str(getattr(text, language))
    step = next(one for one in guideline.flow if one.step == question.step)
    return str(getattr(step.question, language))


def _titles(guideline: Guideline, question: Question) -> Iterator[Text]:
    if question.id == "audience.factors":
        yield guideline.audience.factors_question
    if question.id == "assessable.language":
        yield guideline.assessability.language_question
    yield from (one.quick for one in guideline.families if question.id == f"family.{one.code}")
    yield from (one.name for one in guideline.labels if question.id == f"label.{one.code}")
    yield from (one.name for one in guideline.high_quality if question.id == f"strength.{one.code}")


def option_title(guideline: Guideline, question: Question, option: Option, language: Language) -> str:
    """What the option says; its token where the guideline has no words for it."""
    held = token(option)
    text = _words(guideline, question).get(held) or _SAID.get(held)
    said = held if text is None else str(getattr(text, language))
    return f"{option} · {said}" if question.kind == "level" else said


def _words(guideline: Guideline, question: Question) -> dict[str, Text]:
    if question.id.startswith("label."):
        label = next(one for one in guideline.labels if one.code == question.entity)
        return {token(level.level): level.text for level in (guideline.severity_scale[0], *label.severity)}
    if question.id.startswith("strength."):
        return {token(level.level): level.text for level in guideline.strength_scale}
    by_question: dict[str, dict[str, Text]] = {
        "assessable": {
            "yes": guideline.assessability.yes,
            **{token(one.code): one.name for one in guideline.assessability.codes},
        },
        "audience.factors": {token(one.code): one.text for one in guideline.audience.factors},
        "audience": {token(one.code): one.name for one in guideline.audience.values},
        "verdict": {token(one.code): one.name for one in guideline.verdict.values},
        "confidence": {token(one.level): one.text for one in guideline.confidence_scale},
        "edge_case": {token(one.code): one.name for one in guideline.casebook.edge_case_types},
    }
    return by_question.get(question.id, {})

"""Writes the cases that every interpreter of a guideline must agree on.

    python tests/guideline/make_vectors.py          write tests/vectors/*.json anew

Deterministic on every machine and Python: choices come from SHA-256, not from ``random``.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tilik.guideline import (
    Decision,
    Guideline,
    Question,
    check,
    content_hash,
    decide,
    load,
    next_question,
    questions,
)
from tilik.kernel import Span

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "guidelines" / "keluarga-id.yaml"
VECTORS = ROOT / "tests" / "vectors"
JUNK: tuple[Any, ...] = (None, True, False, -1, 0, 1, 2, 4, 19, 1.5, "", "yes", "Q9", [], ["AF1", "AF1"], {})

T = TypeVar("T")


class Dice:
    """A stream of choices named by a seed."""

    def __init__(self, seed: str) -> None:
        self.seed, self.thrown = seed, 0

    def below(self, n: int) -> int:
        """A whole number 0 … n − 1."""
        self.thrown += 1
        return int(hashlib.sha256(f"{self.seed}:{self.thrown}".encode()).hexdigest(), 16) % n

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]


def shipped() -> Guideline:
    """The guideline that the vectors are about."""
    return load(SHIPPED.read_text(encoding="utf-8"), name=SHIPPED.name)


def documents() -> dict[str, str]:
    """File name → text of everything in the vectors folder that this script writes."""
    guideline = shipped()
    model = json.dumps(guideline.model_dump(mode="json"), ensure_ascii=False, indent=1)
    cases = ",\n".join(json.dumps(one, ensure_ascii=False) for one in _cases(guideline))
    every = ",\n".join(json.dumps(dataclasses.asdict(one)) for one in _every_question(guideline))
    head = f'"guideline": "keluarga-id.json",\n"hash": "{content_hash(guideline)}"'
    vectors = f'{{\n{head},\n"questions": [\n{every}\n],\n"cases": [\n{cases}\n]\n}}'
    one_label = json.dumps(_one_label(guideline), ensure_ascii=False, indent=1)
    return {
        "keluarga-id.json": model + "\n",
        "guideline.json": vectors + "\n",
        "one-label.json": one_label + "\n",
    }


def _one_label(guideline: Guideline) -> dict[str, Any]:
    """Rules that count only the labels and strengths they name, and what they propose in walks."""
    rules = guideline.model_dump(mode="json")["verdict"]["rules"]
    text = {"id": "Satu label.", "en": "One label."}
    own = [
        {"count": "labels", "of": ["SYN-MASS", "COM-GAMB"], "min_level": 1, "at_least": 1, "below_age": 10},
        {"count": "strengths", "of": ["HQ-CREA"], "min_level": 2, "at_most": 0},
    ]
    rules = [{"code": "OWN", "match": "all", "when": own, "then": "Q3", "text": text}, *rules]
    document = guideline.model_dump(mode="json")
    document["verdict"]["rules"] = rules
    changed = Guideline.model_validate_json(json.dumps(document), strict=True)
    cases = []
    for number in range(40):
        answers = _walk(guideline, Dice(f"one label {number}"), 4, 0)
        found = decide(changed, answers)
        cases.append({"answers": answers, "verdict_proposed": found.verdict_proposed, "rule": found.rule})
    return {"rules": changed.model_dump(mode="json")["verdict"]["rules"], "cases": cases}


def _every_question(guideline: Guideline) -> tuple[Question, ...]:
    asking = next(one.code for one in guideline.assessability.codes if one.ask_language)
    gate = questions(guideline, {"assessable": asking})
    opened = {f"family.{family.code}": True for family in guideline.families}
    return (*gate, *questions(guideline, {"assessable": "yes", **opened})[1:])


def _cases(guideline: Guideline) -> Iterator[dict[str, Any]]:
    yield _case(guideline, "empty", {})
    for code in [one.code for one in guideline.assessability.codes]:
        yield _case(guideline, f"not assessable: {code}", {"assessable": code})
        yield _case(guideline, f"{code}, jv", {"assessable": code, "assessable.language": "jv"})
    for age in (0, 1, 2, 3, 6, 7, 10, 12, 13, 15, 16, 17, 18, 19):
        yield _case(guideline, f"clean, from {age}", {**_clean(guideline), "min_age": age})
    for number in range(40):
        yield _walked(guideline, f"clean walk {number}", opens=0, stops=0)
    for number in range(100):
        yield _walked(guideline, f"walk {number}", opens=2 + number % 4, stops=0)
    for number in range(60):
        yield _walked(guideline, f"walk broken off {number}", opens=3, stops=30)
    for number in range(50):
        yield _changed(guideline, f"changed mind {number}")
    for number in range(50):
        yield _junk(guideline, f"junk {number}")


def _clean(guideline: Guideline) -> dict[str, Any]:
    answers: dict[str, Any] = {"assessable": "yes", "audience.factors": ["AF1", "AF2"], "audience": "AUD-KID"}
    answers |= {"min_age": 3} | {f"family.{one.code}": False for one in guideline.families}
    answers |= {f"strength.{one.code}": 1 for one in guideline.high_quality}
    return answers | {"verdict": "Q2", "confidence": 3, "edge_case": None}


def _answer(question: Question, dice: Dice, opens: int) -> Any:
    if question.id == "assessable":
        return "yes" if dice.below(20) else dice.pick(question.options)
    if question.kind == "yes-no":
        return dice.below(8) < opens
    if question.kind == "many":
        return [code for code in question.options if dice.below(4) == 0]
    if question.kind == "age":
        return dice.below(19)
    if question.id.startswith("label."):
        return dice.pick((0, 0, 0, 0, 0, 1, 1, 2, 3))
    return dice.pick(question.options)


def _walk(guideline: Guideline, dice: Dice, opens: int, stops: int) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    while (question := next_question(guideline, answers)) is not None:
        if stops and dice.below(stops) == 0:
            break
        answers[question.id] = _answer(question, dice, opens)
        proposed = decide(guideline, answers).verdict_proposed
        if question.id == "verdict" and dice.below(2):
            answers["verdict"] = proposed
    return answers


def _beside(answers: dict[str, Any], dice: Dice) -> tuple[list[tuple[str, Span]], dict[str, str]]:
    marks: list[tuple[str, Span]] = []
    notes: dict[str, str] = {}
    for id_ in [*answers, *(["label.SYN-MASS"] if dice.below(10) == 0 else [])]:
        wanted = id_.startswith("label.") and answers.get(id_) != 0
        if wanted and dice.below(6):
            start = dice.below(60)
            marks.append((id_, Span(start=start, end=start + dice.below(10) + 0.5)))
        if (wanted and dice.below(6)) or (id_ == "verdict" and dice.below(2)):
            notes[id_] = dice.pick(("Karena terlihat jelas.", "Because it shows.", "  "))
    return marks, notes


def _walked(guideline: Guideline, name: str, *, opens: int, stops: int) -> dict[str, Any]:
    dice = Dice(name)
    answers = _walk(guideline, dice, opens, stops)
    return _case(guideline, name, answers, *_beside(answers, dice))


def _changed(guideline: Guideline, name: str) -> dict[str, Any]:
    """A finished walk in which one earlier answer is changed and nothing is cleared away."""
    dice = Dice(name)
    answers = _walk(guideline, dice, 5, 0)
    changeable = [one for one in _every_question(guideline) if one.id in answers]
    question = dice.pick([one for one in changeable if not one.id.startswith("strength.")])
    answers[question.id] = dice.pick((*question.options, *JUNK[:3]))
    return _case(guideline, name, answers, *_beside(answers, dice))


def _junk(guideline: Guideline, name: str) -> dict[str, Any]:
    """Arbitrary values under true and false ids."""
    dice = Dice(name)
    ids = [*(one.id for one in _every_question(guideline)), "label.NO-SUCH", "family.", "toString"]
    answers = {id_: dice.pick(JUNK) for id_ in ids if dice.below(2)}
    if dice.below(3):
        answers["assessable"] = "yes"
    if dice.below(3) == 0:
        answers["audience.factors"] = dice.pick((["AF9"], ["AF1", "AF3"], ["AF1", 2], ["AF0"], "AF1"))
    return _case(guideline, name, answers, *_beside(answers, dice))


def _case(
    guideline: Guideline,
    name: str,
    answers: dict[str, Any],
    marks: Sequence[tuple[str, Span]] = (),
    notes: dict[str, str] | None = None,
) -> dict[str, Any]:
    upcoming = next_question(guideline, answers)
    problems = check(guideline, answers, marks, notes or {})
    return {
        "name": name,
        "answers": answers,
        "marks": [{"question": id_, "span": span.model_dump()} for id_, span in marks],
        "notes": notes or {},
        "questions": [one.id for one in questions(guideline, answers)],
        "next": upcoming.id if upcoming else None,
        "problems": [one.code for one in problems],
        "problem_questions": [one.question for one in problems],
        "decision": decision_json(decide(guideline, answers)),
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    """A decision as plain JSON values."""
    plain = {field.name: getattr(decision, field.name) for field in dataclasses.fields(decision)}
    plain["ages"] = {code: reading.model_dump() for code, reading in decision.ages.items()}
    return plain


if __name__ == "__main__":
    VECTORS.mkdir(exist_ok=True)
    for file, text in documents().items():
        (VECTORS / file).write_text(text, encoding="utf-8")

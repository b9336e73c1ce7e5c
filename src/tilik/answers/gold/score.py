"""How right a judgement of a known machine answer is. Pure: what is known and what was said in, a score out.

What was said is read by question: of each answer of a dialogue (its place, such as ``1``) the kind
(``1.kind``), the critical fails (``1.fails``) and each dimension (``1.SAF``); of two side by side which is
preferred (``choice``: a, b or even) and by what (``dimension``). A score next to the known one is right:
scales have five steps, and two careful people are often one apart. Kinds, fails and choices must be the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tilik.guideline import AiResponse
from tilik.study.known import Answers, Known, Score, alike, distance, right_on

APART = 1
"""So many steps of a scale may lie between a right score and the known one."""
SIDES = {"A_much_better": "a", "A_better": "a", "B_better": "b", "B_much_better": "b"}


def answers_of(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """What a judgement says, by question; of a comparison in the task's own order."""
    if kind == "pair":
        side = SIDES.get(body["choice"], "even")
        return {"choice": side, "dimension": body["dimension"]} if side != "even" else {"choice": side}
    said: dict[str, Any] = {}
    for turn in body["turns"]:
        at = turn["turn"]
        said |= {f"{at}.kind": turn["kind"], f"{at}.fails": sorted(turn["fails"])}
        said |= {f"{at}.{code}": score for code, score in sorted(turn["scores"].items())}
    return said


def score(yardstick: AiResponse, known: Known, said: Answers) -> Score:
    """How this compares with what is known; ``families`` are critical fails, in any turn."""
    if known.contested:
        return Score({}, {}, None, {}, distance(known, said, sorted(said)))
    rated = "choice" not in known.answers
    found, true = fails_in(said), fails_in(known.answers)
    codes = [one.code for one in yardstick.critical_fails] if rated else []
    return Score(
        questions=right_on(known, said, sorted(known.answers), _near),
        families={code: (code in true, code in found) for code in codes},
        verdict=(bool(true), bool(found)) if rated else None,
        spans={},
    )


def fails_in(said: Answers) -> frozenset[str]:
    """The critical fails named for any answer of a dialogue."""
    return frozenset(
        code for question, codes in said.items() if question.endswith(".fails") for code in codes
    )


def decided(said: Answers) -> object:
    """What two people must say alike for it to be known: the critical fails, or which is preferred."""
    return said.get("choice") or fails_in(said)


def _near(true: Any, said: Any) -> bool:
    if type(true) is int and type(said) is int:
        return abs(true - said) <= APART
    return alike(true, said)

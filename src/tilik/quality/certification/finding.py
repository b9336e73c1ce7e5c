"""What a test comes to, by its rule. Pure: answers in, a result out.

Each thing asked is decided by Wald's sequential test of its target against the rate that is not enough. One
found below fails the whole; all at target pass it. What is still open when nothing is left to judge has not
been shown, so it does not pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tilik.guideline import Guideline, decide, failing_verdicts, hands_back
from tilik.quality.gold.score import families_present
from tilik.stats.sprt import Finding
from tilik.study.admission import CertificationRule, sprt_of

VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Result:
    """``right`` of ``asked`` about one thing, and what the sequential test found."""

    of: str
    right: int
    asked: int
    finding: Finding


def found(
    rule: CertificationRule, answers: Mapping[str, Sequence[bool]], *, over: bool
) -> tuple[bool, tuple[Result, ...]] | None:
    """Whether the test is passed, with the results; ``None`` while it goes on.

    ``answers`` has for each thing asked what was right, in order; ``over``: nothing is left to judge.
    """
    results = tuple(_result(rule, one.of, answers) for one in rule.asked)
    findings = {one.finding for one in results}
    if findings == {"at-target"}:
        return True, results
    return (False, results) if over or "below" in findings else None


def _result(rule: CertificationRule, of: str, answers: Mapping[str, Sequence[bool]]) -> Result:
    asked = next(one for one in rule.asked if one.of == of)
    right = list(answers.get(of, ()))
    return Result(of, sum(right), len(right), sprt_of(rule, asked).decide(right).finding)


def right_in(guideline: Guideline, known: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, bool]:
    """What of one item was right: its verdict (fails, passes, cannot be judged), and whether each family of
    labels is present. Empty where the answers hand the item on, which is nobody's mistake."""
    if hands_back(guideline, said):
        return {}
    right = {VERDICT: _verdict(guideline, known) == _verdict(guideline, said)}
    if decide(guideline, known).assessable and decide(guideline, said).assessable:
        truly, found_in = families_present(guideline, known), families_present(guideline, said)
        right |= {one.code: (one.code in truly) == (one.code in found_in) for one in guideline.families}
    return right


def _verdict(guideline: Guideline, answers: Mapping[str, Any]) -> bool | None:
    verdict = decide(guideline, answers).verdict
    return None if verdict is None else verdict in failing_verdicts(guideline)

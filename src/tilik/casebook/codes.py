"""What the guideline's own codes mean to the casebook: kinds of cases, states, questions. Pure."""

from __future__ import annotations

from tilik.casebook.events import Kind
from tilik.guideline import Guideline
from tilik.kernel import Invalid

RULED, ADOPTED = "ruled", "added_to_guideline"
"""States that only a ruling, and a draft that says it, lead to."""
SETTLED = frozenset({RULED, ADOPTED, "rejected"})
"""States in which nobody need do anything."""
WHOLE = ("assessable", "audience.factors", "audience", "min_age", "verdict", "confidence", "edge_case")


def kind_of(guideline: Guideline, case_type: str) -> Kind:
    """Whether this type is of edge cases or of content gaps. Raises ``Invalid``."""
    if any(one.code == case_type for one in guideline.casebook.edge_case_types):
        return "edge-case"
    if any(one.code == case_type for one in guideline.casebook.content_gap_types):
        return "content-gap"
    there = [*guideline.casebook.edge_case_types, *guideline.casebook.content_gap_types]
    raise Invalid(
        "case-type",
        f"the guideline knows no type of case {case_type!r}",
        where="type",
        mend=f"There are: {', '.join(one.code for one in there)}.",
    )


def first_state(guideline: Guideline) -> str:
    """Where a case begins."""
    return guideline.casebook.states[0].code


def known_state(guideline: Guideline, state: str) -> str:
    """The state, if the guideline names it. Raises ``Invalid``."""
    there = [one.code for one in guideline.casebook.states]
    if state not in there:
        raise Invalid(
            "case-state",
            f"the guideline knows no state of cases {state!r}",
            where="state",
            mend=f"There are: {', '.join(there)}.",
        )
    return state


def known_question(guideline: Guideline, question: str | None) -> str | None:
    """The question's id, if the guideline can ask it. Raises ``Invalid``."""
    if question is None:
        return None
    there = {
        *WHOLE,
        *(f"family.{one.code}" for one in guideline.families),
        *(f"label.{one.code}" for one in guideline.labels),
        *(f"strength.{one.code}" for one in guideline.high_quality),
    }
    if question not in there:
        raise Invalid(
            "case-question",
            f"the guideline asks no question {question!r}",
            where="question",
            mend="Name one as the answers do, such as label.SYN-MASS.",
        )
    return question

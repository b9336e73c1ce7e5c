"""What every figure of a study is a function of; it travels with the figure."""

from __future__ import annotations

import json

from pydantic import JsonValue

from tilik.measure.facts import StudyFacts


def inputs_of(facts: StudyFacts) -> dict[str, JsonValue]:
    """Study, frame, guideline, design, seed, log position, and the counts of draws that have no outcome."""
    return {
        "study": facts.study.id,
        "frame": facts.study.frame,
        "guideline": facts.study.guideline,
        "design": design_of(facts),
        "seed": facts.study.seed,
        "log": f"{facts.as_of.seq}:{facts.as_of.hash}",
        "drawn": len(facts.pi),
        "unjudgeable": int(facts.unjudgeable.sum()),
        "stopped": int(facts.stopped.sum()),
    }


def design_of(facts: StudyFacts) -> dict[str, JsonValue]:
    """The study's design as it was stored."""
    design: dict[str, JsonValue] = json.loads(facts.study.design)
    return design

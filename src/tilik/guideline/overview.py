"""A guideline at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tilik.guideline.model import Guideline, content_hash
from tilik.guideline.walk import YES, questions
from tilik.guideline.words import Language, Text


@dataclass(frozen=True, slots=True)
class Summary:
    """What ``tilik guideline show`` prints.

    ``hash``      content hash (hex), which studies and judgements cite;
    ``counts``    section → number of entries;
    ``fewest``, ``most``  questions asked of an assessable video: no family opened, all opened;
    ``families``  family code → codes of its labels;
    ``flow``      steps in order;
    ``rules``     verdict rule code → verdict it proposes, in order of trial.
    """

    id: str
    version: str
    status: str
    hash: str
    name: Text
    languages: tuple[Language, ...]
    counts: Mapping[str, int]
    fewest: int
    most: int
    families: Mapping[str, tuple[str, ...]]
    flow: tuple[str, ...]
    rules: Mapping[str, str]


def summary(guideline: Guideline) -> Summary:
    """The guideline's identity, size and shape."""
    opened = {f"family.{family.code}": True for family in guideline.families}
    return Summary(
        id=guideline.id,
        version=guideline.version,
        status=guideline.status,
        hash=content_hash(guideline),
        name=guideline.name,
        languages=guideline.languages,
        counts=_counts(guideline),
        fewest=len(questions(guideline, {"assessable": YES})),
        most=len(questions(guideline, {"assessable": YES, **opened})),
        families={
            family.code: tuple(one.code for one in guideline.labels if one.family == family.code)
            for family in guideline.families
        },
        flow=tuple(step.step for step in guideline.flow),
        rules={rule.code: rule.then for rule in guideline.verdict.rules},
    )


def _counts(guideline: Guideline) -> dict[str, int]:
    return {
        "principles": len(guideline.principles),
        "age_bands": len(guideline.age_bands),
        "age_schemes": len(guideline.age_schemes),
        "escalations": len(guideline.escalations),
        "assessability": len(guideline.assessability.codes),
        "audience": len(guideline.audience.values),
        "factors": len(guideline.audience.factors),
        "families": len(guideline.families),
        "labels": len(guideline.labels),
        "high_quality": len(guideline.high_quality),
        "verdict": len(guideline.verdict.values),
        "edge_case_types": len(guideline.casebook.edge_case_types),
        "ai_dimensions": len(guideline.ai_response.dimensions),
        "critical_fails": len(guideline.ai_response.critical_fails),
    }

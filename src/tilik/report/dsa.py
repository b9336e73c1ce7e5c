"""Statements of reasons for the DSA's transparency database: one for each failing video of a study.

The worst label says category and keyword, from the guideline's own mapping; its code travels in
``category_specification_other`` and the ground's text. Only codes, names and levels enter: no reviewer's
sentence, no title, no channel, and the video's id only as a digest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from tilik.guideline import CLEAR, Guideline, Label, failing_verdicts
from tilik.kernel import Invalid, digest
from tilik.log import Blobs
from tilik.measure import StudyFacts, gather
from tilik.report.checking import Statement, problems
from tilik.report.rules import dsa_rules
from tilik.store.tables import draw, judgement, task, video

UPLOADED = "uploaded"
BY_SCORE = frozenset({"high-impact", "synthetic-suspect", "uncertain"})
"""Purposes for which a machine's score picked the video; then detection was automated."""
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the decisions apply (EU and EEA countries), and the frame's column of upload days."""

    territories: tuple[str, ...]
    uploaded: str = UPLOADED


def statements(connection: Connection, blobs: Blobs, study: str, asked: Asked) -> list[Statement]:
    """One statement for each settled video that fails, checked. Raises ``Missing``, ``Invalid``."""
    facts = gather(connection, blobs, study)
    if asked.uploaded not in facts.population.domains:
        raise Invalid(
            "dsa-content-date",
            f"the frame has no column {asked.uploaded!r}, and a statement says when the content was uploaded",
            where=facts.frame_name,
            mend="Import the frame with that column, or name another with --uploaded.",
        )
    found = list(_each(connection, facts, asked))
    for statement in found:
        if wrong := problems(statement):
            raise Invalid("dsa-statement", "; ".join(wrong), where=str(statement["puid"]))
    return found


def batches(found: Sequence[Statement]) -> Iterator[dict[str, list[Statement]]]:
    """Bodies of at most as many statements as the database takes in one call."""
    size = dsa_rules().batch
    for at in range(0, len(found), size):
        yield {"statements": list(found[at : at + size])}


def mapped(guideline: Guideline, label: Label) -> dict[str, Any]:
    """The fields that a label decides: category, keyword, code and ground."""
    code = f"{guideline.id} {label.code}"
    fields: dict[str, Any] = {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": f"{guideline.name.en}, version {guideline.version}: {label.code}",
        "incompatible_content_explanation": f"{label.code} {label.name.en}. {label.definition.en}",
        "category": label.map.dsa_category,
        "category_specification": [label.map.dsa_keyword],
        "category_specification_other": f"{code} {label.name.en}",
        "content_type": ["CONTENT_TYPE_VIDEO"],
    }
    if label.map.dsa_also:
        fields["category_addition"] = list(label.map.dsa_also)
    if label.family in dsa_rules().synthetic:
        fields["content_type"] = ["CONTENT_TYPE_VIDEO", "CONTENT_TYPE_SYNTHETIC_MEDIA"]
    return fields


def _each(connection: Connection, facts: StudyFacts, asked: Asked) -> Iterator[Statement]:
    guideline = facts.guideline
    order = {label.code: at for at, label in enumerate(guideline.labels)}
    days, purposes, locked = _days(connection, facts), _purposes(connection, facts), _locked(connection)
    uploaded = facts.population.domain(asked.uploaded, facts.videos)
    spoken = (
        facts.population.domain("language", facts.videos) if "language" in facts.population.domains else None
    )
    for at, one in enumerate(facts.videos):
        levels = _levels(facts, at)
        if one in locked or not levels:
            continue
        worst = min(levels, key=lambda code: (-levels[code], order[code]))
        label = next(label for label in guideline.labels if label.code == worst)
        statement = {
            "decision_visibility": [dsa_rules().restriction],
            **mapped(guideline, label),
            "content_date": str(uploaded[at])[:10],
            "application_date": days[one],
            "decision_facts": _told(guideline, levels),
            "source_type": "SOURCE_VOLUNTARY",
            "automated_detection": "Yes" if purposes.get(one) in BY_SCORE else "No",
            "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
            "territorial_scope": sorted(asked.territories),
            "puid": f"tilik-{digest([facts.study.id, one])[:32]}",
        }
        language = None if spoken is None else dsa_rules().spoken.get(str(spoken[at]))
        yield statement if language is None else {**statement, "content_language": language}


def _levels(facts: StudyFacts, at: int) -> dict[str, int]:
    """The clear labels of a video that fails for most of its judges, each at its commonest level."""
    judged = [one for one in facts.decisions[at] if one.assessable]
    failing = [one for one in judged if one.verdict in failing_verdicts(facts.guideline)]
    if len(failing) <= HALF * len(judged):
        return {}
    said: dict[str, Counter[int]] = {}
    for one in failing:
        for code, level in one.labels.items():
            if level >= CLEAR:
                said.setdefault(code, Counter())[level] += 1
    return {
        code: max(sorted(levels), key=lambda level: levels[level])
        for code, levels in said.items()
        if levels.total() > HALF * len(failing)
    }


def _told(guideline: Guideline, levels: dict[str, int]) -> str:
    names = {label.code: label.name.en for label in guideline.labels}
    found = ", ".join(f"{code} {names[code]} (level {level})" for code, level in sorted(levels.items()))
    return (
        f"People judged the video by {guideline.name.en}, version {guideline.version}, and found: {found}. "
        "It is no longer recommended to minors."
    )


def _days(connection: Connection, facts: StudyFacts) -> dict[str, str]:
    query = (
        select(task.c.video, func.max(judgement.c.submitted_at))
        .join(judgement, judgement.c.task == task.c.id)
        .where(task.c.study == facts.study.id)
        .group_by(task.c.video)
    )
    return {name: str(at)[:10] for name, at in connection.execute(query)}


def _purposes(connection: Connection, facts: StudyFacts) -> dict[str, str]:
    query = select(draw.c.video, draw.c.purpose).where(draw.c.study == facts.study.id)
    return {name: purpose or facts.study.purpose for name, purpose in connection.execute(query)}


def _locked(connection: Connection) -> set[str]:
    return set(connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars())

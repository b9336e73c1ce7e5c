"""Judgements beside what is known of their videos: hidden gold, and what others settled.

In a study with second looks the first judgement of a task decides, by what it says, whether anybody looks
again: among tasks seen twice those whose first judge found something are too many, and such a judgement would
be compared mostly where it was right. So only the judgements that came after it are compared. They were given
to people without regard to what these would say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from tilik.guideline import Guideline, hands_back
from tilik.log import Blobs
from tilik.quality.adjudication.compare import Judged, judgements_of
from tilik.quality.adjudication.outcome import outcome_of, settled_by
from tilik.quality.gold import list_gold, scored
from tilik.store.adjudication_tables import ruling
from tilik.store.tables import study, task
from tilik.study import guideline_of, is_drawn
from tilik.study.period import Period

Source = Literal["gold", "ruled", "agreed"]
"""Who knows: those who made it gold; a ruling; two people or more who agree."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Compared:
    """One judgement beside what is known. ``verdict`` is (truly fails, said to fail) and ``families`` the
    same for the presence of each family of labels; None and empty where one side could not judge it."""

    judgement: str
    person: str
    at: str
    source: Source
    verdict: tuple[bool, bool] | None
    families: Mapping[str, tuple[bool, bool]]


def compared(connection: Connection, blobs: Blobs, period: Period, identity: str = "") -> list[Compared]:
    """Every judgement of the period whose truth is known, in order of time; of one study, or of all.

    Gold belongs to a guideline version: with a study, it is that of the study's.
    """
    found = [*_gold(connection, blobs, identity), *_settled(connection, blobs, identity)]
    return sorted((one for one in found if period.holds(one.at)), key=lambda one: (one.at, one.judgement))


def _gold(connection: Connection, blobs: Blobs, identity: str) -> Iterator[Compared]:
    version = connection.execute(select(study.c.guideline).where(study.c.id == identity)).scalar()
    versions = {one.id: one.guideline for one in list_gold(connection)}
    for one in scored(connection, blobs, "gold"):
        if one.score.distance is None and (version is None or versions[one.gold] == version):
            score = one.score
            yield Compared(one.judgement, one.person, one.submitted_at, "gold", score.verdict, score.families)


def _settled(connection: Connection, blobs: Blobs, identity: str) -> Iterator[Compared]:
    query = (
        select(task.c.id, study.c.guideline, study.c.overlap)
        .join(study, study.c.id == task.c.study)
        .where(is_drawn(), task.c.state == "settled", task.c.judged > 1)
        .order_by(task.c.id)
    )
    rows = connection.execute(query.where(study.c.id == identity) if identity else query).all()
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        names = [row.id for row in some]
        heard, ruled = judgements_of(connection, names), _rulings(connection, names)
        for row in some:
            document = guideline_of(connection, blobs, row.guideline)
            chosen_by_first = row.overlap is not None and row.overlap < 1
            yield from _of_task(document, heard[row.id], ruled.get(row.id), chosen_by_first=chosen_by_first)


def _of_task(
    document: Guideline, heard: list[Judged], ruled: Mapping[str, Any] | None, *, chosen_by_first: bool
) -> Iterator[Compared]:
    counting = [one for one in heard if not hands_back(document, one.answers)]
    outcome = outcome_of(document, [one.answers for one in counting], ruled)
    if outcome.settled is None or outcome.state not in {"agreed", "ruled"}:
        return
    source: Source = "ruled" if outcome.state == "ruled" else "agreed"
    true = outcome.settled
    for one in counting[1:] if chosen_by_first else counting:
        said = settled_by(document, one.answers)
        both = true.assessable and said.assessable
        families = {
            family.code: (family.code in true.families, family.code in said.families)
            for family in document.families
        }
        verdict = (true.fails, said.fails) if both else None
        yield Compared(one.id, one.person, one.submitted_at, source, verdict, families if both else {})


def _rulings(connection: Connection, names: list[str]) -> dict[str, Any]:
    query = select(ruling.c.task, ruling.c.answers).where(ruling.c.task.in_(names), ruling.c.stands.is_(True))
    return {row.task: json.loads(row.answers) for row in connection.execute(query)}

"""Everything a measurement is a function of, read from the tables in one pass."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, and_, func, select

from tilik.guideline import Decision, Guideline
from tilik.kernel import Missing
from tilik.log import Blobs, last, log_entry
from tilik.measure.kept import Kept, decider_of
from tilik.measure.population import Population, population_of
from tilik.measure.second import Looked, looks_of
from tilik.store.tables import draw, frame, judgement, person, study, task
from tilik.study import guideline_of, refuse_assisted

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ROUNDING = 1e-6
"""Two sums of the frame's impressions that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The point in the log that a measurement describes."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True)
class StudyFacts:
    """A study's draws and what was decided about them; arrays have one element per draw.

    ``decisions[i]`` holds a decision for each settled judgement of draw ``i``: none while it waits. In a
    study with second looks it holds the first judgement's alone, since those who found something are looked
    at again more often; ``looks[i]`` then holds what followed, and ``looks`` is empty in any other study.
    ``impressions`` is the frame's count, ``pi`` the inclusion probability, ``stratum`` its stratum;
    ``families`` what was drawn together, None where each video was drawn for itself.
    """

    study: Row[Any]
    population: Population
    frame_name: str
    frame_impressions: float
    guideline: Guideline
    as_of: AsOf
    videos: tuple[str, ...]
    states: tuple[str, ...]
    pi: Floats
    impressions: Floats
    stratum: NDArray[np.str_]
    families: NDArray[np.str_] | None
    decisions: tuple[tuple[Decision, ...], ...]
    simulated: int
    looks: tuple[Looked | None, ...] = ()

    @cached_property
    def assessed(self) -> Flags:
        """Draws with at least one judgement that could judge the video."""
        return np.array([any(d.assessable for d in found) for found in self.decisions], dtype=bool)

    @property
    def stratum_totals(self) -> dict[str, float]:
        """The frame's impressions in each stratum, as counted when the sample was drawn."""
        totals: dict[str, float] = json.loads(self.study.totals)
        return totals

    @property
    def assessed_families(self) -> NDArray[np.str_] | None:
        """The family of each assessed draw, for variances between families; None where there are none."""
        return None if self.families is None else self.families[self.assessed]

    @cached_property
    def covers_frame(self) -> bool:
        """Whether what was judged stands for the whole frame, so that the frame's own totals may enter.

        Not where of some stratum nothing was judged, nor in a study of a part, such as a re-review of what
        a draft touches, nor where another column than impressions was drawn and is weighted by.
        """
        totals = self.stratum_totals
        whole, judged = sum(totals.values()), set(self.stratum[self.assessed].tolist())
        held = all(name in judged for name, size in totals.items() if size > 0)
        return held and whole > 0 and math.isclose(whole, self.frame_impressions, rel_tol=ROUNDING)

    @cached_property
    def unjudgeable(self) -> Flags:
        """Draws whose judgements all say that the video cannot be judged."""
        return np.array([bool(f) and not any(d.assessable for d in f) for f in self.decisions], dtype=bool)

    @cached_property
    def stopped(self) -> Flags:
        """Draws on which work was stopped."""
        return np.array([state == "stopped" for state in self.states], dtype=bool)

    def share_of_judgements(self, holds: Any) -> Floats:
        """Per draw, the share of its judgements for which ``holds(decision)``; 0 where there is none."""
        distinct, codes, draws, count = self._said
        # Asked of each distinct decision once; the shares are those of whole numbers, so sums are exact.
        held = np.array([bool(holds(decision)) for decision in distinct], dtype=float)
        sums = np.bincount(draws, weights=held[codes], minlength=len(self.decisions))
        return np.asarray(sums / np.maximum(count, 1))

    @cached_property
    def _said(self) -> tuple[list[Decision], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Distinct usable decisions, the place there of each one said, its draw, and how many a draw has."""
        places: dict[int, int] = {}
        distinct: list[Decision] = []
        codes, draws = [], []
        for draw_at, found in enumerate(self.decisions):
            for decision in found:
                if decision.assessable:
                    if id(decision) not in places:
                        places[id(decision)] = len(distinct)
                        distinct.append(decision)
                    codes.append(places[id(decision)])
                    draws.append(draw_at)
        at = np.array(draws, dtype=np.intp)
        count = np.bincount(at, minlength=len(self.decisions))
        return distinct, np.array(codes, dtype=np.intp), at, count


DRAWS_KEPT = 200_000
_GATHERED: Kept[StudyFacts] = Kept(DRAWS_KEPT, lambda facts: len(facts.videos))


def gather(connection: Connection, blobs: Blobs, identity: str, *, assisted: bool = False) -> StudyFacts:
    """A study's facts; read once for each position of the log.

    Raises ``Missing``, and ``Invalid`` for an assisted study, of which nothing may be measured; what uses it
    for anything else says ``assisted``.
    """
    found = _GATHERED.get(connection, (identity, id(blobs)), lambda: _gather(connection, blobs, identity))
    if not assisted:
        refuse_assisted(found.study)
    return found


def _gather(connection: Connection, blobs: Blobs, identity: str) -> StudyFacts:
    head = connection.execute(
        select(
            study,
            frame.c.name.label("frame_name"),
            frame.c.impressions.label("frame_impressions"),
            frame.c.summary.label("frame_summary"),
            frame.c.snapshot.label("frame_snapshot"),
        )
        .join(frame, frame.c.hash == study.c.frame)
        .where(study.c.id == identity)
    ).first()
    if head is None:
        raise Missing("study-missing", "there is no such study", where=identity)
    guideline = guideline_of(connection, blobs, head.guideline)
    rows = _draws(connection, identity)
    decisions = _decisions(connection, identity, guideline, head.guideline)
    looks = looks_of(connection, head, guideline, decisions)
    return StudyFacts(
        study=head,
        population=population_of(blobs, head.frame_snapshot, json.loads(head.frame_summary)),
        frame_name=head.frame_name,
        frame_impressions=head.frame_impressions,
        guideline=guideline,
        as_of=as_of_now(connection),
        videos=tuple(row.video for row in rows),
        states=tuple(row.state or "open" for row in rows),
        pi=np.array([row.pi for row in rows], dtype=float),
        impressions=np.array([row.impressions for row in rows], dtype=float),
        stratum=np.array([row.stratum for row in rows], dtype=np.str_),
        families=_families(rows),
        decisions=tuple(_counting(row, decisions.get(row.id, ()), looks) for row in rows),
        simulated=_simulated(connection, identity),
        looks=tuple(looks.get(row.id) for row in rows) if looks else (),
    )


def _counting(row: Any, said: Sequence[Decision], looks: Mapping[str, Looked]) -> tuple[Decision, ...]:
    """The decisions that figures rest on: with second looks the first, as soon as it is there."""
    if row.id in looks:
        return () if row.state == "stopped" else tuple(said[:1])
    return tuple(said) if row.state == "settled" else ()


def _draws(connection: Connection, identity: str) -> list[Row[Any]]:
    query = (
        select(
            draw.c.video,
            draw.c.pi,
            draw.c.impressions,
            draw.c.stratum,
            draw.c.family,
            task.c.id,
            task.c.state,
        )
        .outerjoin(task, and_(task.c.study == draw.c.study, task.c.video == draw.c.video))
        .where(draw.c.study == identity)
    )
    # Not by the database, whose collation differs: another order of summing differs in the last digit.
    return sorted(connection.execute(query), key=lambda row: str(row.video))


def _families(rows: Sequence[Any]) -> NDArray[np.str_] | None:
    if all(row.family is None for row in rows):
        return None
    return np.array([row.video if row.family is None else row.family for row in rows], dtype=np.str_)


def _decisions(
    connection: Connection, identity: str, guideline: Guideline, hashed: str
) -> dict[str, list[Decision]]:
    rows = connection.execute(
        select(judgement.c.task, judgement.c.answers)
        .join(task, task.c.id == judgement.c.task)
        .where(task.c.study == identity)
        .order_by(judgement.c.submitted_at, judgement.c.id)
    )
    comes_to = decider_of(hashed, guideline, json.loads)
    found: dict[str, list[Decision]] = {}
    for row in rows:
        decision = comes_to(row.answers)
        if decision is not None:
            found.setdefault(row.task, []).append(decision)
    return found


def _simulated(connection: Connection, identity: str) -> int:
    query = (
        select(func.count())
        .select_from(judgement)
        .join(task, task.c.id == judgement.c.task)
        .join(person, person.c.id == judgement.c.person)
        .where(task.c.study == identity, person.c.simulated.is_(True))
    )
    return connection.execute(query).scalar_one()


def as_of_now(connection: Connection) -> AsOf:
    """Where the log ends that these tables are the fold of."""
    seq, seal = last(connection)
    at = connection.execute(select(log_entry.c.at).where(log_entry.c.seq == seq)).scalar() or ""
    return AsOf(seq, seal, at)

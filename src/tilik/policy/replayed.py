"""Every stored judgement, read again by another guideline version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, and_, select

from tilik.guideline import Guideline, Replayed, hands_back, replay
from tilik.log import Blobs
from tilik.store.tables import draw, judgement, study, task
from tilik.study import guideline_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """One stored judgement and what the draft makes of it."""

    id: str
    task: str
    replayed: Replayed


@dataclass(frozen=True)
class StudyReplayed:
    """A study's draws, one element each in order of video, with their judgements read by the draft.

    Draws on which work was stopped hold no judgements: nothing of them is shown. ``settled`` says whose
    tasks have all the judgements they want, or a first one in a study with second looks; only those enter the
    estimates.
    """

    row: Row[Any]
    old: Guideline
    new: Guideline
    videos: tuple[str, ...]
    pi: Floats
    impressions: Floats
    stratum: NDArray[np.str_]
    families: NDArray[np.str_] | None
    settled: Flags
    judged: tuple[tuple[Judged, ...], ...]

    @cached_property
    def totals(self) -> dict[str, float]:
        """The frame's impressions in each stratum."""
        found: dict[str, float] = json.loads(self.row.totals)
        return found

    @property
    def assessed_families(self) -> NDArray[np.str_] | None:
        """The family of each assessed draw; None where each video was drawn for itself."""
        return None if self.families is None else self.families[self.assessed]

    @cached_property
    def counting(self) -> tuple[tuple[Replayed, ...], ...]:
        """Per draw, the settled judgements of people who could judge the video."""
        return tuple(
            tuple(one.replayed for one in found if one.replayed.before.assessable) if settled else ()
            for found, settled in zip(self.judged, self.settled, strict=True)
        )

    @cached_property
    def assessed(self) -> Flags:
        """Draws with at least one such judgement."""
        return np.array([bool(found) for found in self.counting], dtype=bool)


def replay_studies(
    connection: Connection, blobs: Blobs, new: Guideline, identities: list[str]
) -> Iterator[StudyReplayed]:
    """Read the judgements of these studies by the draft. Answers given alike are read once."""
    for identity in identities:
        row = connection.execute(select(study).where(study.c.id == identity)).one()
        old = guideline_of(connection, blobs, row.guideline)
        yield _study(connection, row, old, new)


def _study(connection: Connection, row: Row[Any], old: Guideline, new: Guideline) -> StudyReplayed:
    draws = connection.execute(
        select(
            draw.c.video,
            draw.c.pi,
            draw.c.impressions,
            draw.c.stratum,
            draw.c.family,
            task.c.id,
            task.c.state,
            task.c.p2,
        )
        .outerjoin(task, and_(task.c.study == draw.c.study, task.c.video == draw.c.video))
        .where(draw.c.study == row.id)
        .order_by(draw.c.video)
    ).all()
    found = _judged(connection, row.id, old, new)
    return StudyReplayed(
        row=row,
        old=old,
        new=new,
        videos=tuple(one.video for one in draws),
        pi=np.array([one.pi for one in draws], dtype=float),
        impressions=np.array([one.impressions for one in draws], dtype=float),
        stratum=np.array([one.stratum for one in draws], dtype=np.str_),
        families=_families(draws),
        settled=np.array([one.state == "settled" or one.p2 is not None for one in draws], dtype=bool),
        judged=tuple(_standing(one, found.get(one.id, ())) for one in draws),
    )


def _standing(row: Any, judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The judgements that figures rest on: with second looks the first alone, as in measurement."""
    if row.state == "stopped":
        return ()
    return tuple(judged) if row.p2 is None else tuple(judged[:1])


def _families(draws: Sequence[Any]) -> NDArray[np.str_] | None:
    if all(one.family is None for one in draws):
        return None
    return np.array([one.video if one.family is None else one.family for one in draws], dtype=np.str_)


def _judged(connection: Connection, identity: str, old: Guideline, new: Guideline) -> dict[str, list[Judged]]:
    rows = connection.execute(
        select(judgement.c.id, judgement.c.task, judgement.c.answers)
        .join(task, task.c.id == judgement.c.task)
        .where(task.c.study == identity)
        .order_by(judgement.c.submitted_at, judgement.c.id)
    )
    seen: dict[str, Replayed | None] = {}
    found: dict[str, list[Judged]] = {}
    for row in rows:
        if row.answers not in seen:
            answers = json.loads(row.answers)
            seen[row.answers] = None if hands_back(old, answers) else replay(old, new, answers)
        replayed = seen[row.answers]
        if replayed is not None:
            found.setdefault(row.task, []).append(Judged(row.id, row.task, replayed))
    return found

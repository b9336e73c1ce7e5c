"""Reading gold: which items there are, and how people did on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select

from tilik.kernel import Missing, Span
from tilik.log import Blobs
from tilik.quality.gold.events import Pool
from tilik.quality.gold.score import score
from tilik.store.tables import gold, judgement, lease, task
from tilik.study import guideline_of
from tilik.study.known import GoldState, Known, Score, Voice

SHORTEST = 4


@dataclass(frozen=True, slots=True)
class GoldItem:
    """An item whose outcome is known. ``content`` is the file's hash; ``judged`` counts people."""

    id: str
    task: str
    video: str
    content: str
    guideline: str
    pool: Pool
    state: GoldState
    fails: bool
    answers: dict[str, Any]
    voices: tuple[Voice, ...]
    marks: tuple[tuple[str, Span], ...]
    source: str
    added_at: str
    stopped: bool = False
    judged: int = 0

    @property
    def known(self) -> Known:
        """What judgements are compared with."""
        voices = [(voice.answers, voice.count) for voice in self.voices]
        return Known(self.answers, self.marks, voices, contested=self.state == "contested")


@dataclass(frozen=True, slots=True)
class Scored:
    """One person's judgement of a known item."""

    judgement: str
    person: str
    gold: str
    submitted_at: str
    score: Score


def list_gold(connection: Connection) -> list[GoldItem]:
    """Every item, the newest first."""
    rows = connection.execute(_query().order_by(gold.c.added_at.desc(), gold.c.id.desc()))
    return [_item(row) for row in rows]


def find_gold(connection: Connection, name: str) -> GoldItem:
    """The item with this id, beginning or end of an id, task or video. Raises ``Missing``."""
    every = list_gold(connection)
    found = [one for one in every if name in {one.id, one.task, one.video}]
    if not found and len(name) >= SHORTEST:
        found = [one for one in every if one.id.startswith(name) or one.id.endswith(name)]
    if len(found) != 1:
        what = "no gold item fits" if not found else f"{len(found)} gold items fit"
        raise Missing("gold-missing", f"{what} {name!r}", mend="`tilik gold list` names them.")
    return found[0]


def gold_of_task(connection: Connection, identity: str) -> GoldItem | None:
    """The known item that this task is, if it is one."""
    row = connection.execute(_query().where(gold.c.task == identity)).first()
    return _item(row) if row is not None else None


def scored(connection: Connection, blobs: Blobs, pool: Pool, person: str = "") -> Iterator[Scored]:
    """The score of each judgement of this pool's items that are not retired, in order of time."""
    query = (
        select(judgement)
        .join(gold, gold.c.task == judgement.c.task)
        .where(gold.c.practice.is_(pool == "practice"), gold.c.state != "retired")
        .order_by(judgement.c.submitted_at, judgement.c.id)
    )
    if pool == "gold":  # a test is asked for, and so says nothing of how somebody works
        query = query.where(~asked_for())
    rows = connection.execute(query.where(judgement.c.person == person) if person else query).all()
    items = {one.task: one for one in list_gold(connection)} if rows else {}
    for row in rows:
        item = items[row.task]
        guideline = guideline_of(connection, blobs, item.guideline)
        found = score(guideline, item.known, json.loads(row.answers), spans_of(row.marks))
        yield Scored(row.id, row.person, item.id, row.submitted_at, found)


def asked_for() -> ColumnElement[bool]:
    """The judgement belongs to a practice or test that its author asked for."""
    return exists().where(
        lease.c.task == judgement.c.task, lease.c.person == judgement.c.person, lease.c.burst.is_not(None)
    )


def spans_of(marks: str) -> tuple[tuple[str, Span], ...]:
    """Stored marks as (question, span)."""
    return tuple((one["question"], Span(start=one["start"], end=one["end"])) for one in json.loads(marks))


def _query() -> Select[Any]:
    judged = select(func.count()).where(judgement.c.task == gold.c.task).scalar_subquery()
    joined = select(gold, task.c.state.label("task_state"), judged.label("judged"))
    return joined.join(task, task.c.id == gold.c.task)


def _item(row: Row[Any]) -> GoldItem:
    return GoldItem(
        id=row.id,
        task=row.task,
        video=row.video,
        content=row.content,
        guideline=row.guideline,
        pool="practice" if row.practice else "gold",
        state=cast(GoldState, row.state),
        fails=row.fails,
        answers=json.loads(row.answers),
        voices=tuple(Voice.model_validate(one) for one in json.loads(row.shares)),
        marks=spans_of(row.marks),
        source=row.source,
        added_at=row.added_at,
        stopped=row.task_state == "stopped",
        judged=row.judged,
    )

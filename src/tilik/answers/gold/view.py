"""Reading gold answers: which there are, and how people did on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Row, Select, func, select

from tilik.answers.events import Kind
from tilik.answers.gold.score import answers_of, score
from tilik.kernel import Missing
from tilik.log import Blobs
from tilik.store.tables import answer_gold, answer_judgement, answer_task
from tilik.study import guideline_of
from tilik.study.known import GoldState, Known, Score, Voice
from tilik.study.period import Period

SHORTEST = 4


@dataclass(frozen=True, slots=True)
class AnswerGold:
    """An answer, or two side by side, of which is known what to say. ``judged`` counts people."""

    id: str
    task: str
    kind: Kind
    a: str
    b: str | None
    guideline: str
    state: GoldState
    fails: bool
    answers: dict[str, Any]
    voices: tuple[Voice, ...]
    source: str
    added_at: str
    stopped: bool
    judged: int

    @property
    def known(self) -> Known:
        """What judgements are compared with."""
        voices = [(voice.answers, voice.count) for voice in self.voices]
        return Known(self.answers, (), voices, contested=self.state == "contested")


@dataclass(frozen=True, slots=True)
class Scored:
    """One person's judgement of a known answer."""

    judgement: str
    person: str
    gold: str
    kind: Kind
    submitted_at: str
    score: Score


def list_gold(connection: Connection) -> list[AnswerGold]:
    """Every known answer, the newest first."""
    newest = _query().order_by(answer_gold.c.added_at.desc(), answer_gold.c.id.desc())
    return [_item(row) for row in connection.execute(newest)]


def find_gold(connection: Connection, name: str) -> AnswerGold:
    """The one with this id, task, or beginning or end of an id. Raises ``Missing``."""
    every = list_gold(connection)
    found = [one for one in every if name in {one.id, one.task}]
    if not found and len(name) >= SHORTEST:
        found = [one for one in every if one.id.startswith(name) or one.id.endswith(name)]
    if len(found) != 1:
        what = "no gold answer fits" if not found else f"{len(found)} gold answers fit"
        raise Missing("gold-missing", f"{what} {name!r}", mend="`tilik answers gold list` names them.")
    return found[0]


def scored(connection: Connection, blobs: Blobs, period: Period) -> Iterator[Scored]:
    """The score of each judgement in the period of an answer that is not retired, in order of time."""
    said_at, (start, end) = answer_judgement.c.submitted_at, period.ends
    rows = connection.execute(
        select(answer_judgement)
        .join(answer_gold, answer_gold.c.task == answer_judgement.c.task)
        .where(answer_gold.c.state != "retired", said_at >= start, said_at < end)
        .order_by(said_at, answer_judgement.c.id)
    ).all()
    items = {one.task: one for one in list_gold(connection)} if rows else {}
    versions = {item.guideline for item in items.values()}
    yardsticks = {one: guideline_of(connection, blobs, one).ai_response for one in versions}
    for row in rows:
        item = items[row.task]
        yardstick = yardsticks[item.guideline]
        said = answers_of(item.kind, json.loads(row.body))
        found = score(yardstick, item.known, said)
        yield Scored(row.id, row.person, item.id, item.kind, row.submitted_at, found)


def _query() -> Select[Any]:
    said = answer_judgement.c
    judged = select(func.count()).where(said.task == answer_gold.c.task).scalar_subquery()
    joined = select(
        answer_gold, answer_task.c.kind, answer_task.c.state.label("task_state"), judged.label("judged")
    )
    return joined.join(answer_task, answer_task.c.id == answer_gold.c.task)


def _item(row: Row[Any]) -> AnswerGold:
    plain = ("id", "task", "kind", "a", "b", "guideline", "fails", "source", "added_at", "judged")
    return AnswerGold(
        **{name: getattr(row, name) for name in plain},
        state=cast(GoldState, row.state),
        answers=json.loads(row.answers),
        voices=tuple(Voice.model_validate(one) for one in json.loads(row.shares)),
        stopped=row.task_state == "stopped",
    )

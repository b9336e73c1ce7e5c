"""What a person sees of a task: the dialogue, never the model. And which sets there are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from tilik.answers.events import Kind
from tilik.answers.items import Turn
from tilik.answers.queue import Lease
from tilik.kernel import Missing
from tilik.store.tables import answer_item, answer_set, answer_task, video

_SETS = select(answer_set).where(answer_set.c.gold.is_(False))


@dataclass(frozen=True, slots=True)
class AnswerTask:
    """A leased task. ``first`` and ``second`` are whole dialogues; ``second`` only where two are compared.

    ``title`` is that of the video it talks about, where it is known; the video's id stays on the server.
    """

    task: str
    lease: Lease
    guideline: str
    kind: Kind
    band: str | None
    stated: bool
    language: str
    video: str | None
    title: str | None
    first: tuple[Turn, ...]
    second: tuple[Turn, ...] | None


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """A set of answers and how far it has come; counts are of tasks."""

    id: str
    name: str
    guideline: str
    answers: int
    ratings: int
    ratings_settled: int
    pairs: int
    pairs_settled: int
    imported_at: str


def swapped(task: str, person: str) -> bool:
    """Whether this person sees the task's second answer first: a fair coin, the same at every look."""
    return hashlib.sha256(f"order {task} {person}".encode()).digest()[0] % 2 == 1


def view_task(connection: Connection, granted: Lease) -> AnswerTask:
    """The task of this lease, as its holder sees it."""
    task = connection.execute(
        select(answer_task, answer_set.c.guideline)
        .join(answer_set, answer_set.c.id == answer_task.c.set)
        .where(answer_task.c.id == granted.task)
    ).one()
    item = answer_item.c
    rows = connection.execute(
        select(answer_item).where(item.set == task.set, item.id.in_([task.a, task.b or task.a]))
    )
    items = {row.id: row for row in rows}
    order = [task.a] if task.b is None else [task.a, task.b]
    if task.b is not None and swapped(task.id, granted.person):
        order.reverse()
    shown = [tuple(Turn.model_validate(turn) for turn in json.loads(items[one].turns)) for one in order]
    about = items[task.a]
    return AnswerTask(
        task=task.id,
        lease=granted,
        guideline=task.guideline,
        kind=task.kind,
        band=about.band,
        stated=about.stated,
        language=about.language,
        video=about.video,
        title=None if about.video is None else _title(connection, about.video),
        first=shown[0],
        second=shown[1] if task.b is not None else None,
    )


def _title(connection: Connection, identity: str) -> str | None:
    found = connection.execute(select(video.c.title).where(video.c.id == identity)).scalar()
    return str(found) if found else None


def answer_sets(connection: Connection) -> list[AnswerSet]:
    """Every set, the newest first; gold is nobody's set."""
    task = answer_task.c
    rows = connection.execute(
        select(task.set, task.kind, task.state, func.count().label("n")).group_by(
            task.set, task.kind, task.state
        )
    ).all()

    def tasks(of: str, kind: str, *states: str) -> int:
        return sum(r.n for r in rows if (r.set, r.kind) == (of, kind) and (not states or r.state in states))

    every = connection.execute(_SETS.order_by(answer_set.c.imported_at.desc(), answer_set.c.id))
    return [
        AnswerSet(
            id=row.id,
            name=row.name,
            guideline=row.guideline,
            answers=row._mapping["count"],
            ratings=tasks(row.id, "rating"),
            ratings_settled=tasks(row.id, "rating", "settled"),
            pairs=tasks(row.id, "pair"),
            pairs_settled=tasks(row.id, "pair", "settled"),
            imported_at=row.imported_at,
        )
        for row in every
    ]


def find_set(connection: Connection, name: str = "") -> str:
    """The id of the set with this name or id; without a name, the only one there is. Raises ``Missing``."""
    query = _SETS.order_by(answer_set.c.imported_at)
    if name:
        query = query.where(or_(answer_set.c.id == name, answer_set.c.name == name))
    rows = connection.execute(query).all()
    if len(rows) == 1:
        return str(rows[0].id)
    there = ", ".join(row.name for row in connection.execute(_SETS))
    mend = f"There are: {there}." if there else "Bring one in with `tilik answers import`."
    what = f"no set of answers is called {name!r}" if name else f"there are {len(rows)} sets; say which"
    raise Missing("answers-missing", what, mend=mend)

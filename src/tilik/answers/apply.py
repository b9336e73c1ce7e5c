"""How the events of machine answers change the tables; live writes and the rebuild use the same functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, and_, insert, or_, select, update

from tilik.answers.events import AnswerJudged, AnswerLeased, AnswerReleased, AnswersImported, AnswerStopped
from tilik.answers.items import Item
from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.store.tables import (
    answer_item,
    answer_judgement,
    answer_lease,
    answer_set,
    answer_stop,
    answer_task,
)

BATCH = 1_000


@applies(AnswersImported)
def _imported(connection: Connection, event: AnswersImported, envelope: Envelope, blobs: Blobs) -> None:
    connection.execute(
        insert(answer_set).values(
            id=event.set,
            name=event.name,
            guideline=event.guideline,
            items=event.items,
            tasks=event.tasks,
            count=event.count,
            wants=event.wants,
            seed=event.seed,
            gold=False,
            imported_at=envelope.at,
        )
    )
    fill(connection, answer_item, [item_row(event.set, row) for row in rows_in(blobs, event.items)])
    tasks = [_task(event, row) for row in rows_in(blobs, event.tasks)]
    # Served in random order, so that what is judged at any moment is a random part of the whole.
    tasks.sort(key=lambda one: hashlib.sha256(f"{event.seed} {one['id']}".encode()).digest())
    fill(connection, answer_task, [{**one, "position": at} for at, one in enumerate(tasks)])


@applies(AnswerLeased)
def _leased(connection: Connection, event: AnswerLeased, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(answer_lease).values(
            id=event.lease,
            task=event.task,
            person=event.person,
            granted_at=envelope.at,
            until=event.until,
            ended=None,
            instead=event.instead,
        )
    )


@applies(AnswerReleased)
def _released(connection: Connection, event: AnswerReleased, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(update(answer_lease).where(answer_lease.c.id == event.lease).values(ended="released"))


@applies(AnswerJudged)
def _judged(connection: Connection, event: AnswerJudged, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(answer_judgement).values(
            id=event.judgement,
            key=event.key,
            request=event.request,
            task=event.task,
            person=event.person,
            guideline=event.guideline,
            body=canonical(event.body).decode(),
            notes=canonical(event.notes).decode(),
            active_seconds=event.active_seconds,
            language=event.language,
            submitted_at=envelope.at,
        )
    )
    lease = answer_lease.c
    again = and_(lease.task == event.task, lease.person == event.person, lease.ended.is_(None))
    connection.execute(update(answer_lease).where(or_(lease.id == event.lease, again)).values(ended="judged"))
    task = answer_task.c
    row = connection.execute(select(task.judged, task.wants, task.state).where(task.id == event.task)).one()
    state = "settled" if row.judged + 1 >= row.wants else row.state
    connection.execute(
        update(answer_task).where(answer_task.c.id == event.task).values(judged=row.judged + 1, state=state)
    )


@applies(AnswerStopped)
def _stopped(connection: Connection, event: AnswerStopped, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(answer_stop).values(
            id=event.escalation,
            key=event.key,
            request=event.request,
            task=event.task,
            person=event.person,
            code=event.code,
            note=event.note,
            raised_at=envelope.at,
        )
    )
    task, lease = answer_task.c, answer_lease.c
    about = connection.execute(select(task.a, task.b).where(task.id == event.task)).one()
    shown = [one for one in about if one is not None]
    # Whatever else would show one of these answers goes with it, in every set.
    showing = select(task.id).where(or_(task.a.in_(shown), task.b.in_(shown)))
    live = and_(lease.task.in_(showing), lease.ended.is_(None))
    connection.execute(update(answer_lease).where(live).values(ended="stopped"))
    connection.execute(
        update(answer_task).where(or_(task.a.in_(shown), task.b.in_(shown))).values(state="stopped")
    )


def rows_in(blobs: Blobs, name: str) -> Iterator[Any]:
    """The JSON lines of a blob."""
    with blobs.path(name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def fill(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert these rows in batches."""
    for at in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[at : at + BATCH])


def item_row(of: str, row: Any) -> dict[str, Any]:
    """The table's row of an answer of this set."""
    item = Item.model_validate(row)
    return {
        "set": of,
        "id": item.id,
        "prompt": item.prompt,
        "turns": canonical([turn.model_dump() for turn in item.turns]).decode(),
        **item.model_dump(include={"model", "band", "stated", "language", "topic", "video"}),
    }


def task_id(of: str, a: str, b: str | None) -> str:
    """The task of a set that is about these answers."""
    return str(uuid5(UUID(of), f"{a} {b}"))


def _task(event: AnswersImported, row: Any) -> dict[str, Any]:
    kind = "rating" if row["b"] is None else "pair"
    identity = task_id(event.set, row["a"], row["b"])
    return {
        "id": identity, "set": event.set, "kind": kind, "a": row["a"], "b": row["b"],
        "state": "open", "wants": event.wants, "judged": 0,
    }  # fmt: skip

"""How the events of gold answers change the tables."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from tilik.answers.apply import fill, item_row, rows_in
from tilik.answers.gold.events import AnswerGoldAdded, AnswerGoldOpened, AnswerGoldStateChanged
from tilik.answers.planting import GOLD_TASK
from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.store.tables import answer_gold, answer_item, answer_set, answer_task
from tilik.study.known import WITHOUT_END, Voice


@applies(AnswerGoldOpened)
def _opened(connection: Connection, event: AnswerGoldOpened, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(answer_set).values(
            id=event.set,
            name=event.set,
            guideline=event.guideline,
            items="",
            tasks="",
            count=0,
            wants=WITHOUT_END,
            seed=0,
            gold=True,
            imported_at=envelope.at,
        )
    )


@applies(AnswerGoldAdded)
def _added(connection: Connection, event: AnswerGoldAdded, envelope: Envelope, blobs: Blobs) -> None:
    here = set(connection.execute(select(answer_item.c.id).where(answer_item.c.set == event.set)).scalars())
    rows = [item_row(event.set, row) for row in rows_in(blobs, event.items)]
    fill(connection, answer_item, [row for row in rows if row["id"] not in here])
    connection.execute(
        insert(answer_task).values(
            id=event.task,
            set=event.set,
            kind="rating" if event.b is None else "pair",
            a=event.a,
            b=event.b,
            state=GOLD_TASK,
            wants=WITHOUT_END,
            judged=0,
            position=0,
        )
    )
    connection.execute(
        insert(answer_gold).values(
            id=event.gold,
            task=event.task,
            a=event.a,
            b=event.b,
            guideline=event.guideline,
            state=event.state,
            fails=event.fails,
            answers=canonical(event.answers).decode(),
            shares=_text(event.voices),
            source=event.source,
            barred=canonical(event.barred).decode(),
            added_at=envelope.at,
        )
    )


@applies(AnswerGoldStateChanged)
def _changed(
    connection: Connection, event: AnswerGoldStateChanged, _envelope: Envelope, _blobs: Blobs
) -> None:
    changed = update(answer_gold).where(answer_gold.c.id == event.gold)
    connection.execute(changed.values(state=event.state, shares=_text(event.voices)))


def _text(voices: tuple[Voice, ...]) -> str:
    return canonical([voice.model_dump(mode="json") for voice in voices]).decode()

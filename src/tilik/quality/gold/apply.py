"""How gold's events change the tables."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.quality.gold.events import GoldAdded, GoldRateSet, GoldStateChanged, GoldStudyOpened
from tilik.store.tables import gold, quality_setting, study, task
from tilik.study.gold_rate import GOLD_RATE
from tilik.study.known import WITHOUT_END, Voice


@applies(GoldStudyOpened)
def _opened(connection: Connection, event: GoldStudyOpened, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(study).values(
            id=event.study,
            name=event.name,
            frame="",
            guideline=event.guideline,
            purpose=event.purpose,
            blind=True,
            design="{}",
            budget=0,
            seed=0,
            wants=WITHOUT_END,
            overlap=None,
            totals="{}",
            draws="",
            drawn_at=envelope.at,
        )
    )


@applies(GoldAdded)
def _added(connection: Connection, event: GoldAdded, envelope: Envelope, _blobs: Blobs) -> None:
    body = event.model_dump(mode="json")
    connection.execute(
        insert(task).values(
            id=event.task,
            study=event.study,
            video=event.video,
            language=_language(connection, event.video),
            state="open",
            wants=WITHOUT_END,
            judged=0,
            position=0,
        )
    )
    connection.execute(
        insert(gold).values(
            id=event.gold,
            task=event.task,
            video=event.video,
            content=event.content,
            guideline=event.guideline,
            practice=event.pool == "practice",
            state=event.state,
            fails=event.fails,
            shares=_text(event.voices),
            source=event.source,
            added_at=envelope.at,
            **{name: canonical(body[name]).decode() for name in ("answers", "marks", "notes", "barred")},
        )
    )


def _language(connection: Connection, video: str) -> str:
    """As known of another task of the same video, so that gold is given to whom a live task would be."""
    known = select(task.c.language).where(task.c.video == video, task.c.language != "")
    return connection.execute(known.order_by(task.c.id)).scalar() or ""


@applies(GoldStateChanged)
def _changed(connection: Connection, event: GoldStateChanged, _envelope: Envelope, _blobs: Blobs) -> None:
    changed = update(gold).where(gold.c.id == event.gold)
    connection.execute(changed.values(state=event.state, shares=_text(event.voices)))


@applies(GoldRateSet)
def _rated(connection: Connection, event: GoldRateSet, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(delete(quality_setting).where(quality_setting.c.name == GOLD_RATE))
    connection.execute(insert(quality_setting).values(name=GOLD_RATE, value=event.rate))


def _text(voices: tuple[Voice, ...]) -> str:
    return canonical([voice.model_dump(mode="json") for voice in voices]).decode()

"""What is written where quality is kept: in calibration sessions, and as the ground of a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, false, literal, null, select, true

from tilik.retention.holds import Holds
from tilik.retention.items import NEVER, Item
from tilik.store.calibration_tables import calibration_item, calibration_remark
from tilik.store.certification_tables import certificate
from tilik.store.tables import note, task


def quality_texts(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """Remarks and reasons of calibration sessions, grounds of the certificates that stand or were taken.

    The reason of a session's ruling stays in use: the bench shows it as a precedent.
    """
    said, ruled, given = calibration_remark.c, calibration_item.c, certificate.c
    yes, no = true().label("used"), false().label("used")
    kept = select(note.c.owner, note.c.question)
    queries: tuple[Any, ...] = (
        kept.add_columns(said.said_at.label("at"), said.person, task.c.video, said.task, no)
        .join(calibration_remark, said.id == note.c.owner)
        .join(task, task.c.id == said.task),
        kept.add_columns(
            ruled.ruled_at.label("at"), literal("").label("person"), task.c.video, ruled.task, yes
        )
        .join(calibration_item, ruled.ruling == note.c.owner)
        .join(task, task.c.id == ruled.task),
        kept.add_columns(
            given.since.label("at"), given.by.label("person"), null().label("video"), null().label("task"), no
        ).join(certificate, given.id == note.c.owner),
    )
    for query in queries:
        for row in connection.execute(query):
            about = frozenset(one for one in (row.video, row.task) if one)
            yield Item(note, (row.owner, row.question), row.at or NEVER, about, row.person, bool(row.used))

"""How calibration's events change the tables."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, update

from tilik.log import Blobs, Envelope, applies
from tilik.quality.calibration.events import (
    CalibrationClosed,
    CalibrationOpened,
    CalibrationRemarked,
    CalibrationRevealed,
    CalibrationRuled,
    CalibrationVoted,
)
from tilik.store.calibration_tables import (
    calibration,
    calibration_item,
    calibration_remark,
    calibration_vote,
)
from tilik.store.tables import lease


@applies(CalibrationOpened)
def _opened(connection: Connection, event: CalibrationOpened, envelope: Envelope, _blobs: Blobs) -> None:
    row = {"id": event.session, "study": event.study, "guideline": event.guideline}
    connection.execute(insert(calibration).values(**row, opened_at=envelope.at, closed_at=None))
    rows = [
        {**one.model_dump(), "session": event.session, "position": position, "state": "voting"}
        for position, one in enumerate(event.items)
    ]
    connection.execute(insert(calibration_item), rows)


@applies(CalibrationVoted)
def _voted(connection: Connection, event: CalibrationVoted, envelope: Envelope, _blobs: Blobs) -> None:
    table, of = calibration_vote, event.model_dump(include={"session", "task", "round", "person"})
    connection.execute(delete(table).where(*(table.c[name] == value for name, value in of.items())))
    connection.execute(insert(table).values(**of, says=event.says, voted_at=envelope.at))
    if event.met is not None:
        # As of an item one asked for: the video is not served to this person live, as gold, or in a test.
        connection.execute(
            insert(lease).values(
                id=event.met,
                task=event.task,
                person=event.person,
                granted_at=envelope.at,
                until=envelope.at,
                ended="calibrated",
                revises=None,
                instead=None,
                burst=event.session,
            )
        )


@applies(CalibrationRevealed)
def _revealed(connection: Connection, event: CalibrationRevealed, _envelope: Envelope, _blobs: Blobs) -> None:
    _change(connection, event.session, event.task, state="revealed")


@applies(CalibrationRemarked)
def _remarked(connection: Connection, event: CalibrationRemarked, envelope: Envelope, _blobs: Blobs) -> None:
    row = event.model_dump(include={"session", "task", "person", "digest"})
    connection.execute(insert(calibration_remark).values(**row, id=event.remark, said_at=envelope.at))


@applies(CalibrationRuled)
def _ruled(connection: Connection, event: CalibrationRuled, envelope: Envelope, _blobs: Blobs) -> None:
    said = event.model_dump(include={"ruling", "says", "reason"})
    _change(connection, event.session, event.task, state="ruled", ruled_at=envelope.at, **said)


@applies(CalibrationClosed)
def _closed(connection: Connection, event: CalibrationClosed, envelope: Envelope, _blobs: Blobs) -> None:
    changed = update(calibration).where(calibration.c.id == event.session)
    connection.execute(changed.values(closed_at=envelope.at))


def _change(connection: Connection, session: str, identity: str, **values: object) -> None:
    table = calibration_item
    where = (table.c.session == session, table.c.task == identity)
    connection.execute(update(table).where(*where).values(**values))

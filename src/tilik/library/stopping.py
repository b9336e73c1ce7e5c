"""Stop-work for whoever has a video before them elsewhere than on the bench: a ruling, a calibration."""

from __future__ import annotations

from sqlalchemy import exists, select

from tilik.kernel import Missing
from tilik.review import Receipt, Seen, stop_seen
from tilik.store import Writing
from tilik.store.adjudication_tables import adjudication_lease
from tilik.store.calibration_tables import calibration_item


def stop_where_seen(writing: Writing, person: str, sent: Seen) -> Receipt:
    """Stop work on a task that this person was given to rule on, or that a calibration session shows.

    Raises ``Missing`` for any other task, and as ``tilik.review.stop_work``.
    """
    leased = exists().where(adjudication_lease.c.task == sent.task, adjudication_lease.c.person == person)
    discussed = exists().where(calibration_item.c.task == sent.task)
    if not writing.connection.execute(select(leased | discussed)).scalar():
        raise Missing("task-missing", "this task is not before you", where=sent.task)
    return stop_seen(writing, person, sent)

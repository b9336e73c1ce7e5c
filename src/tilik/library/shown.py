"""Which videos a lead may not look at yet: those that they may still be asked to judge blind."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false

from tilik.access.events import Role
from tilik.store.tables import judgement, study, task, video

ASKED: frozenset[Role] = frozenset({"reviewer", "adjudicator"})
"""Roles whose people are served tasks."""


def hidden_from(person: str, roles: tuple[Role, ...]) -> ColumnElement[bool]:
    """True of a row of ``video`` of which this person could still be served a blind task.

    Somebody who knows what signals, copies and outcomes say of a video no longer judges it blind. Who judges
    nothing sees everything; who judges sees a video once their own judgement of it is given, or none is
    wanted any more.
    """
    if not ASKED & set(roles):
        return false()
    mine = exists().where(judgement.c.task == task.c.id, judgement.c.person == person)
    return exists().where(
        and_(
            task.c.video == video.c.id,
            task.c.state == "open",
            study.c.id == task.c.study,
            study.c.blind.is_(True),
            ~mine,
        )
    )

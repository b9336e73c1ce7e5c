"""Stop-work for whoever has a video before them elsewhere than on the bench: a ruling, a calibration, a case,
its own page."""

from __future__ import annotations

from sqlalchemy import Connection, and_, exists, literal, select

from tilik.access import Person
from tilik.access.events import Role
from tilik.kernel import Missing
from tilik.library.shown import hidden_from
from tilik.review import Receipt, Seen, Watched, stop_seen, watched_in
from tilik.store import Writing
from tilik.store.adjudication_tables import adjudication_lease
from tilik.store.calibration_tables import calibration_item
from tilik.store.casebook_tables import case_member
from tilik.store.tables import guideline, study, task, video

LEADS: frozenset[Role] = frozenset({"lead", "admin"})
"""Who may open a video's own page."""
KEEPERS: frozenset[Role] = LEADS | {"policy"}
"""Who may open a case."""


def stop_where_seen(writing: Writing, person: Person, sent: Seen) -> Receipt:
    """Stop work on a task that this person was given to rule on, or that a calibration session or a case that
    they may open shows; or on a video whose page they may open.

    Raises ``Missing`` for any other, and as ``tilik.review.stop_work``.
    """
    if sent.task is not None:
        return stop_seen(writing, person.id, sent, _in_task(writing.connection, person, sent.task))
    assert sent.video is not None
    return stop_seen(writing, person.id, sent, _on_its_page(writing.connection, person, sent.video))


def _in_task(connection: Connection, person: Person, about: str) -> Watched:
    leased = exists().where(adjudication_lease.c.task == about, adjudication_lease.c.person == person.id)
    discussed = exists().where(calibration_item.c.task == about)
    filed = and_(literal(bool(KEEPERS & set(person.roles))), exists().where(case_member.c.task == about))
    if not connection.execute(select(leased | discussed | filed)).scalar():
        raise Missing("task-missing", "this task is not before you", where=about)
    return watched_in(connection, about)


def _on_its_page(connection: Connection, person: Person, about: str) -> Watched:
    hidden = hidden_from(person.id, person.roles)
    seen = connection.execute(select(video.c.id).where(video.c.id == about, ~hidden)).first()
    if seen is None or not LEADS & set(person.roles):
        raise Missing("video-missing", "this video is not before you", where=about)
    return Watched(about, stopped_by(connection, about))


def stopped_by(connection: Connection, about: str) -> str:
    """The guideline (its hash) by which a video is stopped on its own page.

    That of the latest study that drew it, else the active one, else the one that came last. Raises
    ``Missing`` where there is none at all.
    """
    drawn = (
        select(study.c.guideline)
        .join(task, task.c.study == study.c.id)
        .where(task.c.video == about)
        .order_by(study.c.drawn_at.desc(), study.c.id.desc())
        .limit(1)
    )
    here = guideline.c
    known = select(here.hash).order_by((here.state == "active").desc(), here.added_at.desc()).limit(1)
    found = connection.execute(drawn).scalar() or connection.execute(known).scalar()
    if found is None:
        raise Missing("guideline-missing", "this workspace has no guideline", mend="Make one: `tilik init`.")
    return str(found)

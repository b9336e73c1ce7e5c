"""Who was shown what: every item put before a person, every video or escalation record that was opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, literal, select, union_all

from tilik.store.adjudication_tables import adjudication_lease
from tilik.store.calibration_tables import calibration_vote
from tilik.store.privacy_tables import video_view
from tilik.store.safety_tables import escalation_step
from tilik.store.tables import answer_lease, lease, person, task

What = Literal["video", "contested", "calibration", "answer", "escalation", "page", "case"]
"""A video to judge; one on which judgements differ; one opened or voted on in a calibration session; a
machine answer; an escalation's record; a video opened on its own page; one opened in a case."""


@dataclass(frozen=True, slots=True)
class Shown:
    """At an instant a person (pseudonym) was shown something: a video, a task or an escalation, by id."""

    at: str
    person: str
    what: What
    subject: str


def shown(
    connection: Connection, *, pseudonym: str = "", since: str = "", until: str = "9", most: int | None = None
) -> list[Shown]:
    """What was shown to people (to one, by pseudonym) from an instant up to another, the latest first.

    At most so many, the latest, where ``most`` is given.
    """
    every = union_all(*_queries()).subquery()
    who = func.coalesce(person.c.pseudonym, every.c.person)
    query = (
        select(every.c.at, who, every.c.what, every.c.subject)
        .outerjoin(person, person.c.id == every.c.person)
        .where(every.c.at >= since, every.c.at < until)
        .order_by(every.c.at.desc(), who.desc(), every.c.subject.desc())
        .limit(most)
    )
    if pseudonym:
        query = query.where(person.c.pseudonym == pseudonym)
    return [Shown(*row) for row in connection.execute(query)]


def _queries() -> list[Select[Any]]:
    """One for each kind: who was shown which subject, as what, at what instant."""
    given, contested, voted = lease.c, adjudication_lease.c, calibration_vote.c
    answer, viewed, opened = answer_lease.c, escalation_step.c, video_view.c

    def of(at: Any, whom: Any, subject: Any, what: Any) -> Select[Any]:
        return select(at.label("at"), whom.label("person"), subject.label("subject"), what.label("what"))

    seen = task.c.video
    return [
        of(given.granted_at, given.person, seen, literal("video")).join(task, task.c.id == given.task),
        of(contested.granted_at, contested.person, seen, literal("contested")).join(
            task, task.c.id == contested.task
        ),
        of(voted.voted_at, voted.person, seen, literal("calibration")).join(task, task.c.id == voted.task),
        of(answer.granted_at, answer.person, answer.task, literal("answer")),
        of(viewed.at, viewed.person, viewed.escalation, literal("escalation")).where(
            viewed.step.in_(("viewed", "opened"))
        ),
        of(opened.at, opened.person, opened.video, opened.place),
    ]

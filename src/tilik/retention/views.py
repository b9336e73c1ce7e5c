"""Who was shown what: every item put before a person, every escalation record that was opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from tilik.store.adjudication_tables import adjudication_lease
from tilik.store.calibration_tables import calibration_vote
from tilik.store.safety_tables import escalation_step
from tilik.store.tables import answer_lease, lease, person, task

What = Literal["video", "contested", "calibration", "answer", "escalation"]
"""A video to judge; one on which judgements differ; one voted on together; a machine answer; an escalation's
record."""


@dataclass(frozen=True, slots=True)
class Shown:
    """At an instant a person (pseudonym) was shown something: a video, a task or an escalation, by id."""

    at: str
    person: str
    what: What
    subject: str


def shown(connection: Connection, *, pseudonym: str = "", since: str = "", until: str = "9") -> list[Shown]:
    """What was shown to people (to one, by pseudonym) from an instant up to another, the latest first.

    Videos that somebody opens on the page of videos leave no trace, so they are not in it.
    """
    contested, voted, viewed = adjudication_lease.c, calibration_vote.c, escalation_step.c
    judged = (
        select(lease.c.granted_at, lease.c.person, task.c.video).join(task, task.c.id == lease.c.task),
        select(contested.granted_at, contested.person, task.c.video).join(task, task.c.id == contested.task),
        select(voted.voted_at, voted.person, task.c.video).join(task, task.c.id == voted.task),
        select(answer_lease.c.granted_at, answer_lease.c.person, answer_lease.c.task),
        select(viewed.at, viewed.person, viewed.escalation).where(viewed.step == "viewed"),
    )
    kinds: tuple[What, ...] = ("video", "contested", "calibration", "answer", "escalation")
    names = {row.id: row.pseudonym for row in connection.execute(select(person.c.id, person.c.pseudonym))}
    found = [
        Shown(at, names.get(who, who), kind, subject)
        for kind, query in zip(kinds, judged, strict=True)
        for at, who, subject in connection.execute(query)
        if since <= at < until and (not pseudonym or names.get(who) == pseudonym)
    ]
    return sorted(found, key=lambda one: (one.at, one.person, one.subject), reverse=True)

"""Open tasks that nobody can be given, and why: nothing waits in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from tilik.access.grants import studies_granted
from tilik.access.languages import languages_of
from tilik.access.people import list_people
from tilik.log import Blobs
from tilik.media.registration import UNWATCHABLE
from tilik.store.tables import lease, study, task, video
from tilik.study import is_drawn
from tilik.study.admission import holds, key_of, rule_of

Why = Literal["nobody", "language", "certificate", "used-up"]
"""No reviewer is given this study; none of those reads the language; none of those has the certificate; all
who could have judged or given back the task."""
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Unserved:
    """So many open tasks of a study with videos in one language (``""``: unknown) that nobody can be given;
    ``videos`` names the first of them."""

    study: str
    name: str
    language: str
    why: Why
    tasks: int
    videos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reviewer:
    id: str
    studies: tuple[str, ...]
    languages: tuple[str, ...]
    held: frozenset[str]


def unserved(connection: Connection, blobs: Blobs) -> list[Unserved]:
    """The open tasks with a video to watch that no reviewer can be given, the largest group first."""
    rule, reviewers = rule_of(connection), _reviewers(connection, blobs)
    rows = connection.execute(
        select(task.c.study, task.c.language, study.c.name, study.c.guideline, study.c.blind)
        .distinct()
        .join(study, study.c.id == task.c.study)
        .where(is_drawn(), task.c.state == "open")
        .order_by(study.c.name, task.c.language)
    ).all()
    found = []
    for row in rows:
        key = key_of(row.guideline, row.language if row.language in rule.languages else "")
        why, able = _able(reviewers, row.study, row.language, key, needed=rule.needed and row.blind)
        names = _videos(connection, row.study, row.language, able, used_up=why is None)
        if names:
            group = (row.study, row.name, row.language, why or "used-up", len(names))
            found.append(Unserved(*group, tuple(names[:SHOWN])))
    return sorted(found, key=lambda one: -one.tasks)


def _reviewers(connection: Connection, blobs: Blobs) -> list[_Reviewer]:
    """Everybody who watches videos: simulated people are given none."""
    return [
        _Reviewer(
            one.id,
            studies_granted(connection, one.id),
            languages_of(connection, one.id),
            frozenset(holds(connection, blobs, one.id)),
        )
        for one in list_people(connection)
        if one.active and not one.simulated and "reviewer" in one.roles
    ]


def _able(
    reviewers: list[_Reviewer], identity: str, language: str, key: str, *, needed: bool
) -> tuple[Why | None, list[str]]:
    """Who can be given such tasks; where nobody can, why."""
    given = [one for one in reviewers if not one.studies or identity in one.studies]
    read = [one for one in given if not (language and one.languages) or language in one.languages]
    able = [one for one in read if not needed or key in one.held]
    why: Why | None = None if able else "certificate" if read else "language" if given else "nobody"
    return why, [one.id for one in able]


def _videos(
    connection: Connection, identity: str, language: str, able: list[str], *, used_up: bool
) -> list[str]:
    """The videos of all such tasks, or of those only that each of these people has done with."""
    query = (
        select(task.c.id, task.c.video)
        .join(video, video.c.id == task.c.video)
        .where(
            task.c.study == identity,
            task.c.language == language,
            task.c.state == "open",
            video.c.locked.is_(False),
            video.c.condition.not_in(UNWATCHABLE),
        )
        .order_by(task.c.position, task.c.id)
    )
    rows = connection.execute(query).all()
    if not used_up:
        return [row.video for row in rows]
    done = _done_with(connection, identity, able)
    return [row.video for row in rows if done[row.id] >= len(able)]


def _done_with(connection: Connection, identity: str, able: list[str]) -> Counter[str]:
    """How many of these people have judged or given back each task of a study."""
    query = (
        select(lease.c.task, func.count(lease.c.person.distinct()))
        .join(task, task.c.id == lease.c.task)
        .where(
            task.c.study == identity,
            task.c.state == "open",
            lease.c.person.in_(able),
            lease.c.ended.in_(("judged", "released")),
        )
        .group_by(lease.c.task)
    )
    return Counter({row[0]: int(row[1]) for row in connection.execute(query)})

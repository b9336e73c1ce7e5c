"""Where people talk, and who may hear it: a case or a video, never one that was stopped, and nobody who may
still be asked to judge it blind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, exists, or_, select

from tilik.access import Person, list_people
from tilik.access.events import Role
from tilik.casebook.act import find_row
from tilik.kernel import Missing
from tilik.library.shown import hidden_from
from tilik.store.casebook_tables import case_member
from tilik.store.tables import task, video
from tilik.talk.events import About

HEARS: dict[About, frozenset[Role]] = {
    "case": frozenset({"policy", "lead", "admin"}),
    "video": frozenset({"policy", "ml", "lead", "admin"}),
}
"""Whose roles let them in, apart from what is stopped or hidden from them."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is talked about. ``name`` is what people call it by, ``videos`` what it shows."""

    about: About
    id: str
    name: str
    videos: tuple[str, ...]


def find_place(connection: Connection, about: About, name: str) -> Place:
    """The case (by id or number) or video of this name. Raises ``Missing``."""
    if about == "video":
        if connection.execute(select(video.c.id).where(video.c.id == name)).first() is None:
            raise _nothing(name)
        return Place("video", name, name, (name,))
    row = find_row(connection, name)
    seen = select(case_member.c.video).where(case_member.c.case_id == row.id).distinct()
    return Place("case", row.id, f"K-{row.number}", tuple(connection.execute(seen).scalars()))


def place_for(connection: Connection, person: Person, about: About, name: str) -> Place:
    """The same, for somebody who may hear what is said there. Raises ``Missing`` for everybody else."""
    found = find_place(connection, about, name)
    if not may_hear(connection, person, found):
        raise _nothing(name)
    return found


def is_closed_case(connection: Connection, person: Person, name: str) -> bool:
    """Whether this person may see the case, but not yet hear what is said of its videos. Or ``Missing``."""
    found = find_place(connection, "case", name)
    fits = person.active and not person.simulated and HEARS["case"] & set(person.roles)
    return bool(fits) and _is_closed(connection, person, found.videos)


def _nothing(name: str) -> Missing:
    return Missing("talk-missing", "there is nothing here to talk about, or not for you", where=name)


def may_hear(connection: Connection, person: Person, place: Place) -> bool:
    """Whether this person may read and write there."""
    fits = person.active and not person.simulated and HEARS[place.about] & set(person.roles)
    return bool(fits) and not _is_closed(connection, person, place.videos)


def hearers(connection: Connection, place: Place) -> list[Person]:
    """Everybody who may read and write there."""
    return [one for one in list_people(connection) if may_hear(connection, one, place)]


def _is_closed(connection: Connection, person: Person, videos: Sequence[str]) -> bool:
    """Whether one of these was stopped, or must not be known to this person yet."""
    stopped = exists().where(task.c.video == video.c.id, task.c.state == "stopped")
    closed = or_(video.c.locked.is_(True), stopped, hidden_from(person.id, person.roles))
    return connection.execute(select(video.c.id).where(video.c.id.in_(videos), closed)).first() is not None

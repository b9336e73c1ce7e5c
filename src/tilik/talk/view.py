"""Reading what was said, what calls on somebody, and whose errands wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, exists, literal, or_, select

from tilik.access import Person, list_people
from tilik.casebook.notes import texts_of
from tilik.store.casebook_tables import case_remark
from tilik.store.tables import note
from tilik.store.talk_tables import talk_comment, talk_errand, talk_read
from tilik.talk.events import About, State
from tilik.talk.place import Place, find_place, may_hear

OPEN: tuple[State, ...] = ("given", "taken")


@dataclass(frozen=True, slots=True)
class Comment:
    """Something that was said, by pseudonym; ``text`` is empty where it was erased."""

    id: str
    about: About
    place: str
    name: str
    by: str
    text: str
    said_at: str


@dataclass(frozen=True, slots=True)
class Errand:
    """What somebody was asked to do until a day; people are pseudonyms, ``owner_id`` and ``giver_id`` ids."""

    id: str
    about: About
    place: str
    name: str
    giver: str
    giver_id: str
    owner: str
    owner_id: str
    what: str
    why: str
    due: str
    state: State
    given_at: str
    changed_at: str

    def overdue(self, today: str) -> bool:
        """Whether its day has passed and it is neither done nor given back."""
        return self.state in OPEN and self.due < today


def comments_at(connection: Connection, place: Place) -> list[Comment]:
    """What was said there, in order."""
    table = case_remark.c if place.about == "case" else talk_comment.c
    owner = table.case_id if place.about == "case" else table.video
    rows = connection.execute(_said(place.about).where(owner == place.id).order_by(table.said_at, table.id))
    return _comments(connection, rows)


def errands_at(connection: Connection, place: Place) -> list[Errand]:
    """The errands about it, the newest first."""
    table = talk_errand.c
    return _errands(connection, (table.about == place.about) & (table.subject == place.id))


def unread(connection: Connection, person: Person) -> list[Comment]:
    """What calls on this person and that they have not read, the newest first."""
    found: list[Comment] = []
    abouts: tuple[About, ...] = ("case", "video")
    for about in abouts:
        table = case_remark.c if about == "case" else talk_comment.c
        seen = exists().where(talk_read.c.comment == table.id, talk_read.c.person == person.id)
        calls = table.mentions.contains(f'"{person.id}"', autoescape=True)
        mine = _said(about).where(calls, ~seen, table.person != person.id)
        found += _comments(connection, connection.execute(mine))
    heard = _heard(connection, person)
    return sorted(
        (one for one in found if heard(one.about, one.place)), key=lambda one: one.said_at, reverse=True
    )


def errands_of(connection: Connection, person: Person, today: str) -> list[Errand]:
    """What this person has to do or gave others to do, and all that is overdue that they may hear of: those
    that are open first, by day."""
    table = talk_errand.c
    late = table.state.in_(OPEN) & (table.due < today)
    heard = _heard(connection, person)
    found = _errands(connection, or_(table.owner == person.id, table.giver == person.id, late))
    return sorted(
        (one for one in found if heard(one.about, one.place)),
        key=lambda one: (one.state not in OPEN, one.due),
    )


def find_errand(connection: Connection, identity: str) -> Errand:
    """One errand that is known to be there."""
    return _errands(connection, talk_errand.c.id == identity)[0]


def _heard(connection: Connection, person: Person) -> Any:
    """Whether this person may hear of a place; each is looked at once."""

    @cache
    def heard(about: About, name: str) -> bool:
        return may_hear(connection, person, find_place(connection, about, name))

    return heard


def _said(about: About) -> Select[Any]:
    if about == "case":
        table = case_remark.c
        return select(
            table.id,
            table.person,
            table.said_at,
            table.case_id.label("place"),
            literal("case").label("about"),
        )
    table = talk_comment.c
    return select(
        table.id, table.person, table.said_at, table.video.label("place"), literal("video").label("about")
    )


def _comments(connection: Connection, found: Iterable[Any]) -> list[Comment]:
    rows = list(found)
    ids = {row.id for row in rows}
    remarks = texts_of(connection, ids)
    notes = _notes(connection, ids)
    names = _names(connection)
    return [
        Comment(
            id=row.id,
            about=row.about,
            place=row.place,
            name=find_place(connection, row.about, row.place).name,
            by=names.get(row.person, "–"),
            text=remarks.get((row.id, "remark"), notes.get((row.id, "comment"), "")),
            said_at=row.said_at,
        )
        for row in rows
    ]


def _errands(connection: Connection, where: Any) -> list[Errand]:
    table = talk_errand.c
    rows = connection.execute(
        select(talk_errand).where(where).order_by(table.given_at.desc(), table.id)
    ).all()
    notes, names = _notes(connection, {row.id for row in rows}), _names(connection)
    return [
        Errand(
            id=row.id,
            about=row.about,
            place=row.subject,
            name=find_place(connection, row.about, row.subject).name,
            giver=names.get(row.giver, "–"),
            giver_id=row.giver,
            owner=names.get(row.owner, "–"),
            owner_id=row.owner,
            what=notes.get((row.id, "what"), ""),
            why=notes.get((row.id, "why"), ""),
            due=row.due,
            state=row.state,
            given_at=row.given_at,
            changed_at=row.changed_at,
        )
        for row in rows
    ]


def _notes(connection: Connection, owners: set[str]) -> dict[tuple[str, str], str]:
    query = select(note.c.owner, note.c.question, note.c.text).where(note.c.owner.in_(owners))
    return {(row.owner, row.question): row.text for row in connection.execute(query)}


def _names(connection: Connection) -> dict[str, str]:
    return {one.id: one.pseudonym for one in list_people(connection)}

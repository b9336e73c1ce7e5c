"""People: who may work here, under which pseudonym, in which roles."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from tilik.access.events import PersonAdded, PersonChanged, PersonErased, Role
from tilik.kernel import Conflict, Invalid, Missing, new_id, to_text
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.tables import person, person_name, session


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here. Who they are can be ``erased`` for good; ``name`` is ``""`` then."""

    id: str
    name: str
    pseudonym: str
    roles: tuple[Role, ...]
    active: bool
    simulated: bool
    created_at: str
    erased: bool = False


def add_person(writing: Writing, *, name: str, roles: tuple[Role, ...], simulated: bool = False) -> Person:
    """Let somebody work here. Raises ``Invalid`` for a bad name or bad roles."""
    tidy = _tidy_name(name)
    identity = new_id()
    event = PersonAdded(
        person=identity,
        pseudonym=_next_pseudonym(writing.connection, "S" if simulated else "R"),
        roles=_tidy_roles(roles),
        simulated=simulated,
    )
    writing.record(event)
    writing.connection.execute(insert(person_name).values(person=identity, name=tidy))
    return find_person(writing.connection, identity)


def change_person(
    writing: Writing, identity: str, *, roles: tuple[Role, ...] | None = None, active: bool | None = None
) -> Person:
    """Set roles or access. Whoever loses access loses their sessions with it.

    Raises ``Missing``, ``Invalid`` for bad roles, ``Conflict`` for a person who was erased, or when nobody
    could manage people afterwards.
    """
    before = find_living(writing.connection, identity)
    after = PersonChanged(
        person=identity,
        roles=before.roles if roles is None else _tidy_roles(roles),
        active=before.active if active is None else active,
    )
    if "admin" in before.roles and before.active and not ("admin" in after.roles and after.active):
        refuse_to_lose_the_last_admin(writing.connection, identity)
    writing.record(after)
    if not after.active:
        _end_sessions(writing, identity)
    return find_person(writing.connection, identity)


def _end_sessions(writing: Writing, identity: str) -> None:
    now = to_text(writing.clock())
    writing.connection.execute(
        update(session).where(session.c.person == identity, session.c.ended_at.is_(None)).values(ended_at=now)
    )


def find_person(connection: Connection, identity: str) -> Person:
    """The person with this id. Raises ``Missing``."""
    row = connection.execute(_people().where(person.c.id == identity)).first()
    if row is None:
        raise Missing("person-missing", "there is nobody with this id", where=identity)
    return _from_row(row)


def find_living(connection: Connection, identity: str) -> Person:
    """The person with this id. Raises ``Missing``, and ``Conflict`` for whoever was erased."""
    found = find_person(connection, identity)
    if found.erased:
        raise Conflict("person-erased", "who this person is was erased for good", where=found.pseudonym)
    return found


def list_people(connection: Connection) -> list[Person]:
    """Everybody, simulated people last, each group in the order they came."""
    query = _people().order_by(person.c.simulated, person.c.created_at, person.c.id)
    return [_from_row(row) for row in connection.execute(query)]


def _people() -> Select[Any]:
    names = person.outerjoin(person_name, person_name.c.person == person.c.id)
    return select(person, person_name.c.name).select_from(names)


def _from_row(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        name=row.name or "",
        pseudonym=row.pseudonym,
        roles=tuple(json.loads(row.roles)),
        active=row.active,
        simulated=row.simulated,
        created_at=row.created_at,
        erased=row.erased_at is not None,
    )


def _tidy_name(name: str) -> str:
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= 120 or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in tidy):
        raise Invalid("person-name", "a name needs 1 to 120 characters that can be shown", where="name")
    return tidy


def _tidy_roles(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    if not roles or not set(roles) <= set(get_args(Role)):
        known = ", ".join(get_args(Role))
        raise Invalid("person-roles", f"a person needs at least one role of: {known}", where="roles")
    return tuple(sorted(set(roles)))


def _next_pseudonym(connection: Connection, letter: str) -> str:
    count = connection.execute(select(func.count()).where(person.c.pseudonym.startswith(letter))).scalar_one()
    return f"{letter}{count + 1:02d}"


def refuse_to_lose_the_last_admin(connection: Connection, identity: str) -> None:
    """Raise ``Conflict`` if nobody but this person can manage people."""
    others = [p for p in list_people(connection) if p.id != identity and p.active and "admin" in p.roles]
    if not others:
        raise Conflict(
            "last-admin",
            "nobody could manage people any more",
            mend="Give another person the role admin first.",
        )


@applies(PersonAdded)
def _added(connection: Connection, event: PersonAdded, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(person).values(
            id=event.person,
            pseudonym=event.pseudonym,
            roles=json.dumps(event.roles),
            active=True,
            simulated=event.simulated,
            created_at=envelope.at,
        )
    )


@applies(PersonChanged)
def _changed(connection: Connection, event: PersonChanged, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        update(person)
        .where(person.c.id == event.person)
        .values(roles=json.dumps(event.roles), active=event.active)
    )


@applies(PersonErased)
def _erased(connection: Connection, event: PersonErased, envelope: Envelope, _blobs: Blobs) -> None:
    changed = update(person).where(person.c.id == event.person)
    connection.execute(changed.values(active=False, erased_at=envelope.at))

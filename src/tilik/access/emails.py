"""E-mail addresses, by which people sign in with a password or through an identity provider; erasable."""

from __future__ import annotations

import re

from sqlalchemy import Connection, delete, func, insert, or_, select

from tilik.access.events import EmailSet
from tilik.access.people import find_living
from tilik.kernel import Conflict, Invalid
from tilik.store import Writing
from tilik.store.access_tables import person_email
from tilik.store.tables import person

_SHAPE = re.compile(r"[^\s@\x00-\x20\x7f]+@[^\s@\x00-\x20\x7f]+\.[^\s@\x00-\x20\x7f]+")


def tidy_email(text: str) -> str:
    """The address as it is kept: lower case. Raises ``Invalid``."""
    tidy = text.strip().lower()
    if len(tidy) > 254 or not _SHAPE.fullmatch(tidy):
        raise Invalid("person-email", "this is no e-mail address", where="email")
    return tidy


def set_email(writing: Writing, identity: str, email: str) -> None:
    """Set a person's address; ``""`` takes it away. Raises ``Missing``, ``Invalid``, ``Conflict``."""
    find_living(writing.connection, identity)
    tidy = tidy_email(email) if email else ""
    if tidy == email_of(writing.connection, identity):
        return
    owner = select(person_email.c.person).where(person_email.c.email == tidy)
    if writing.connection.execute(owner).scalar() not in (None, identity):
        raise Conflict("email-taken", "somebody else here has this e-mail address", where="email")
    writing.connection.execute(delete(person_email).where(person_email.c.person == identity))
    if tidy:
        writing.connection.execute(insert(person_email).values(person=identity, email=tidy))
    writing.record(EmailSet(person=identity, known=bool(tidy)))


def email_of(connection: Connection, identity: str) -> str:
    """A person's address; ``""`` for none."""
    query = select(person_email.c.email).where(person_email.c.person == identity)
    return connection.execute(query).scalar() or ""


def emails(connection: Connection) -> dict[str, str]:
    """Every person's address by person."""
    return {row.person: row.email for row in connection.execute(select(person_email))}


def who_is(connection: Connection, name: str) -> str | None:
    """The person who signs in by this e-mail address or pseudonym; ``None`` where nobody does."""
    typed = name.strip().lower()
    query = (
        select(person.c.id)
        .select_from(person.outerjoin(person_email, person_email.c.person == person.c.id))
        .where(
            or_(person_email.c.email == typed, func.lower(person.c.pseudonym) == typed),
            person.c.simulated.is_(False),
        )
    )
    return connection.execute(query).scalar()

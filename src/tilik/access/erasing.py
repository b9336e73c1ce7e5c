"""Erasing who a person is: the one row that joins a pseudonym to a name, and every way in."""

from __future__ import annotations

from sqlalchemy import delete

from tilik.access.attempts import forget_attempts
from tilik.access.emails import email_of
from tilik.access.events import PersonErased
from tilik.access.people import find_living, refuse_to_lose_the_last_admin
from tilik.access.waysin import take_ways_in
from tilik.store import Writing
from tilik.store.tables import person_name, preference, session, sign_in_link


def erase_identity(writing: Writing, identity: str, *, erasure: str, ground: str) -> None:
    """Take name, address, identities, ways in, sessions and preferences of a person for good; what they did
    stays under their pseudonym. ``ground`` is a digest.

    Raises ``Missing``; ``Conflict`` for whoever was erased, or is the last who can manage people.
    """
    found = find_living(writing.connection, identity)
    if "admin" in found.roles and found.active:
        refuse_to_lose_the_last_admin(writing.connection, identity)
    names = (found.pseudonym, email_of(writing.connection, identity), found.name)
    take_ways_in(writing, identity)
    forget_attempts(writing, names)
    for table in (person_name, preference, session, sign_in_link):
        writing.connection.execute(delete(table).where(table.c.person == identity))
    writing.record(PersonErased(person=identity, erasure=erasure, ground=ground))

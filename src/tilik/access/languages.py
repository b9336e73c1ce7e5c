"""Which languages of videos a person can judge: every one, unless some are named."""

from __future__ import annotations

import re

from sqlalchemy import Connection, delete, insert, select

from tilik.access.events import LanguagesSet
from tilik.access.people import find_person
from tilik.kernel import Invalid
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.access_tables import person_language

CODE = re.compile("[a-z]{2,3}")
MOST = 20


def set_languages(writing: Writing, person: str, languages: tuple[str, ...]) -> None:
    """Give a person videos in these languages only (codes of ISO 639); none named: in every language.

    Videos whose language nobody knows are for everybody; work in their hands stays there. Raises ``Missing``
    for an unknown person, ``Invalid`` for what is no code.
    """
    find_person(writing.connection, person)
    wanted = tuple(sorted({one.strip().casefold() for one in languages}))
    bad = next((one for one in wanted if not CODE.fullmatch(one)), None)
    if bad is not None or len(wanted) > MOST:
        raise Invalid(
            "person-languages",
            f"{bad!r} is no language code" if bad is not None else f"a person has at most {MOST} languages",
            where="languages",
            mend="Write codes of two or three letters, such as id, jv, su, ms, en.",
        )
    if wanted != languages_of(writing.connection, person):
        writing.record(LanguagesSet(person=person, languages=wanted))


def languages_of(connection: Connection, person: str) -> tuple[str, ...]:
    """The languages that a person is limited to, in order; none for whoever is not limited."""
    query = select(person_language.c.language).where(person_language.c.person == person)
    return tuple(connection.execute(query.order_by(person_language.c.language)).scalars())


@applies(LanguagesSet)
def _set(connection: Connection, event: LanguagesSet, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(delete(person_language).where(person_language.c.person == event.person))
    rows = [{"person": event.person, "language": one} for one in event.languages]
    if rows:
        connection.execute(insert(person_language), rows)

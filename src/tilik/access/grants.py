"""Which studies a person is served: every one, unless they are limited to some."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from tilik.access.events import StudiesGranted
from tilik.access.people import find_person
from tilik.kernel import Missing
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.access_tables import study_grant
from tilik.store.tables import study


def grant_studies(writing: Writing, person: str, studies: tuple[str, ...]) -> None:
    """Limit a person to these studies; none: no limit. Work in their hands stays there.

    Raises ``Missing`` for an unknown person or study.
    """
    find_person(writing.connection, person)
    wanted = tuple(sorted(set(studies)))
    known = set(writing.connection.execute(select(study.c.id).where(study.c.id.in_(wanted))).scalars())
    for one in wanted:
        if one not in known:
            raise Missing("study-missing", "there is no such study", where=one)
    if wanted != studies_granted(writing.connection, person):
        writing.record(StudiesGranted(person=person, studies=wanted))


def studies_granted(connection: Connection, person: str) -> tuple[str, ...]:
    """The studies that a person is limited to, in order of id; none for whoever is not limited."""
    query = select(study_grant.c.study).where(study_grant.c.person == person).order_by(study_grant.c.study)
    return tuple(connection.execute(query).scalars())


@applies(StudiesGranted)
def _granted(connection: Connection, event: StudiesGranted, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(delete(study_grant).where(study_grant.c.person == event.person))
    rows = [{"person": event.person, "study": one} for one in event.studies]
    if rows:
        connection.execute(insert(study_grant), rows)

"""Sessions, and the one-time links by which they begin without a password.

Links and session cookies are random 256-bit tokens; the database holds their SHA-256 only, so a stolen
copy of it opens no door. A random token needs no slow hash: there is nothing to guess.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from tilik.access.events import LinkIssued, Scope, SessionsEnded, SignedIn, SignedOut, Way
from tilik.access.people import Person, find_person
from tilik.kernel import Clock, Refused, digest_bytes, from_text, to_text
from tilik.store import Writing
from tilik.store.tables import session, sign_in_link

LINK_LIFE = timedelta(hours=24)
SESSION_LIFE = timedelta(hours=12)
SEEN_EVERY = timedelta(seconds=30)
"""A sign of life is written down no more often than this."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in. ``digest`` names the session, ``csrf`` must come back with every change.

    ``scopes`` is ``None`` for a person; a program that came with a token may do no more than they name.
    """

    digest: str
    person: Person
    csrf: str
    expires_at: str
    signed_in_at: str = ""
    way: Way = "link"
    scopes: tuple[Scope, ...] | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as an administrator sees it: when it began and how, the last sign of life, its end."""

    began_at: str
    seen_at: str
    expires_at: str
    way: Way


def issue_link(writing: Writing, person: str) -> str:
    """A token that signs this person in once, within a day. Raises ``Missing``; ``Refused`` if inactive."""
    if not find_person(writing.connection, person).active:
        raise Refused("person-inactive", "this person has no access any more", where=person)
    token = secrets.token_urlsafe(32)
    expires = to_text(writing.clock() + LINK_LIFE)
    writing.record(LinkIssued(person=person, expires_at=expires))
    writing.connection.execute(
        insert(sign_in_link).values(digest=digest_of(token), person=person, expires_at=expires, used_at=None)
    )
    return token


def link_owner(connection: Connection, token: str, clock: Clock) -> str:
    """Whose link this is. Raises ``Refused`` when unknown, used or too old: one answer for all three."""
    row = connection.execute(select(sign_in_link).where(sign_in_link.c.digest == digest_of(token))).first()
    if row is None or row.used_at is not None or row.expires_at <= to_text(clock()):
        raise Refused(
            "link-spent",
            "this sign-in link is unknown, used or too old",
            mend="Ask an administrator for a new one, or run `tilik link`.",
        )
    return str(row.person)


def sign_in(writing: Writing, token: str, *, life: timedelta = SESSION_LIFE) -> tuple[str, Session]:
    """Use a one-time link: ``(cookie token, session)``. Raises ``Refused``."""
    owner = link_owner(writing.connection, token, writing.clock)
    opened = open_session(writing, owner, "link", life=life)
    writing.connection.execute(
        update(sign_in_link)
        .where(sign_in_link.c.digest == digest_of(token))
        .values(used_at=to_text(writing.clock()))
    )
    return opened


def open_session(
    writing: Writing, person: str, way: Way, *, life: timedelta = SESSION_LIFE
) -> tuple[str, Session]:
    """A session for somebody who proved who they are: ``(cookie token, session)``.

    Raises ``Refused`` for whoever has no access any more.
    """
    owner = find_person(writing.connection, person)
    if not owner.active:
        raise Refused("person-inactive", "this person has no access any more", where=owner.pseudonym)
    now = writing.clock()
    cookie = secrets.token_urlsafe(32)
    opened = Session(
        digest_of(cookie), owner, secrets.token_urlsafe(32), to_text(now + life), to_text(now), way
    )
    writing.connection.execute(
        insert(session).values(
            digest=opened.digest,
            person=owner.id,
            csrf=opened.csrf,
            way=way,
            created_at=opened.signed_in_at,
            seen_at=opened.signed_in_at,
            expires_at=opened.expires_at,
            ended_at=None,
        )
    )
    writing.record(SignedIn(person=owner.id, way=way))
    return cookie, opened


def find_session(
    connection: Connection, cookie: str, clock: Clock, *, idle: timedelta | None = None
) -> Session | None:
    """The live session of this cookie; ``None`` too when it had no sign of life for ``idle``."""
    row = connection.execute(select(session).where(session.c.digest == digest_of(cookie))).first()
    if row is None or not _lives(row, clock(), idle):
        return None
    owner = find_person(connection, row.person)
    if not owner.active:
        return None
    return Session(row.digest, owner, row.csrf, row.expires_at, row.created_at, row.way)


def is_locked(connection: Connection, cookie: str, clock: Clock, idle: timedelta | None) -> bool:
    """Whether the only thing wrong with this session is that nobody was there for a while."""
    row = connection.execute(select(session).where(session.c.digest == digest_of(cookie))).first()
    return row is not None and _lives(row, clock(), None) and not _lives(row, clock(), idle)


def _lives(row: Row[Any], now: datetime, idle: timedelta | None) -> bool:
    if row.ended_at is not None or row.expires_at <= to_text(now):
        return False
    return idle is None or from_text(row.seen_at) + idle > now


def was_seen(connection: Connection, digest: str, at: datetime) -> bool:
    """Whether a sign of life about as late as this one is written down."""
    row = connection.execute(select(session.c.seen_at).where(session.c.digest == digest)).first()
    return row is None or from_text(row.seen_at) + SEEN_EVERY > at


def see(writing: Writing, digest: str, at: datetime) -> None:
    """Write down that somebody was there."""
    stamp = to_text(at)
    writing.connection.execute(
        update(session).where(session.c.digest == digest, session.c.seen_at < stamp).values(seen_at=stamp)
    )


def sign_out(writing: Writing, opened: Session) -> None:
    """End a session; ending it twice changes nothing."""
    ended = writing.connection.execute(
        update(session)
        .where(session.c.digest == opened.digest, session.c.ended_at.is_(None))
        .values(ended_at=to_text(writing.clock()))
    )
    if ended.rowcount:
        writing.record(SignedOut(person=opened.person.id))


def end_sessions(writing: Writing, person: str, *, but: str = "") -> None:
    """End all sessions of a person but the one of this digest, and make unused links worthless.

    Raises ``Missing``.
    """
    find_person(writing.connection, person)
    now = to_text(writing.clock())
    writing.connection.execute(
        update(session)
        .where(session.c.person == person, session.c.ended_at.is_(None), session.c.digest != but)
        .values(ended_at=now)
    )
    writing.connection.execute(
        update(sign_in_link)
        .where(sign_in_link.c.person == person, sign_in_link.c.used_at.is_(None))
        .values(used_at=now)
    )
    writing.record(SessionsEnded(person=person))


def open_sessions(
    connection: Connection, person: str, clock: Clock, *, idle: timedelta | None = None
) -> list[OpenSession]:
    """The live sessions of a person, the latest first."""
    query = select(session).where(session.c.person == person).order_by(session.c.created_at.desc())
    return [
        OpenSession(row.created_at, row.seen_at, row.expires_at, row.way)
        for row in connection.execute(query)
        if _lives(row, clock(), idle)
    ]


def digest_of(token: str) -> str:
    """What the database holds of a random token."""
    return digest_bytes(token.encode(errors="surrogatepass"))  # whatever a stranger sends has a digest

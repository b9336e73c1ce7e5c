"""Tokens by which a program calls the API for a person: with scopes, for a time, revocable at once."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, get_args

from sqlalchemy import Connection, Row, insert, select, update

from tilik.access.events import Scope, TokenIssued, TokenRevoked
from tilik.access.people import find_person
from tilik.access.sessions import Session, digest_of
from tilik.kernel import Clock, Invalid, Missing, Refused, new_id, to_text
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.access_tables import api_token

PREFIX = "tilik_"
"""Tells scanners of leaked secrets what they found."""
LONGEST_DAYS = 366
_LABEL = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; the secret itself was shown once."""

    id: str
    person: str
    label: str
    scopes: tuple[Scope, ...]
    created_at: str
    expires_at: str
    revoked_at: str | None


def issue_token(
    writing: Writing, person: str, *, label: str, scopes: tuple[Scope, ...], days: int
) -> tuple[str, Token]:
    """``(secret, token)``: the secret is shown once and kept nowhere.

    Raises ``Missing``, ``Refused`` for whoever has no access, ``Invalid`` for label, scopes or days.
    """
    if not find_person(writing.connection, person).active:
        raise Refused("person-inactive", "this person has no access any more", where=person)
    _check(label, scopes, days)
    secret, identity = PREFIX + secrets.token_urlsafe(32), new_id()
    writing.record(
        TokenIssued(
            token=identity,
            person=person,
            digest=digest_of(secret),
            label=label,
            scopes=tuple(sorted(set(scopes))),
            expires_at=to_text(writing.clock() + timedelta(days=days)),
        )
    )
    return secret, find_token(writing.connection, identity)


def _check(label: str, scopes: tuple[Scope, ...], days: int) -> None:
    if not _LABEL.fullmatch(label):
        raise Invalid("token-label", "a label is 1 to 32 small letters, digits and hyphens", where="label")
    if not scopes or not set(scopes) <= set(get_args(Scope)):
        known = ", ".join(get_args(Scope))
        raise Invalid("token-scopes", f"a token needs at least one scope of: {known}", where="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid("token-days", f"a token lasts 1 to {LONGEST_DAYS} days", where="days")


def revoke_token(writing: Writing, identity: str) -> None:
    """Make a token worthless; twice changes nothing. Raises ``Missing``."""
    if find_token(writing.connection, identity).revoked_at is None:
        writing.record(TokenRevoked(token=identity))


def find_token(connection: Connection, identity: str) -> Token:
    """The token of this id. Raises ``Missing``."""
    row = connection.execute(select(api_token).where(api_token.c.id == identity)).first()
    if row is None:
        raise Missing("token-missing", "there is no such token", where=identity)
    return _token(row)


def list_tokens(connection: Connection, person: str | None = None) -> list[Token]:
    """Every token, or every one of a person, the latest first."""
    query = select(api_token).order_by(api_token.c.created_at.desc(), api_token.c.id)
    if person is not None:
        query = query.where(api_token.c.person == person)
    return [_token(row) for row in connection.execute(query)]


def token_session(connection: Connection, secret: str, clock: Clock) -> Session | None:
    """What a program with this token may do; ``None`` when it is unknown, too old or revoked."""
    row = connection.execute(select(api_token).where(api_token.c.digest == digest_of(secret))).first()
    if row is None or row.revoked_at is not None or row.expires_at <= to_text(clock()):
        return None
    owner = find_person(connection, row.person)
    if not owner.active:
        return None
    return Session(row.digest, owner, "", row.expires_at, row.created_at, scopes=_token(row).scopes)


def _token(row: Row[Any]) -> Token:
    scopes = tuple(json.loads(row.scopes))
    return Token(row.id, row.person, row.label, scopes, row.created_at, row.expires_at, row.revoked_at)


@applies(TokenIssued)
def _issued(connection: Connection, event: TokenIssued, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(api_token).values(
            id=event.token,
            person=event.person,
            digest=event.digest,
            label=event.label,
            scopes=json.dumps(event.scopes),
            created_at=envelope.at,
            expires_at=event.expires_at,
            revoked_at=None,
        )
    )


@applies(TokenRevoked)
def _revoked(connection: Connection, event: TokenRevoked, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(update(api_token).where(api_token.c.id == event.token).values(revoked_at=envelope.at))

"""Every way by which a person gets in, read together, and taken away together when a person is erased."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, delete

from tilik.access.credentials import Credential, credential_of, keep_credential
from tilik.access.emails import email_of, set_email
from tilik.access.sessions import end_sessions, open_sessions
from tilik.access.settings import AccessSettings
from tilik.access.tokens import list_tokens, revoke_token
from tilik.access.totp import recovery_codes_left
from tilik.access.wire import SessionLine, TokenView, WaysIn
from tilik.kernel import Clock
from tilik.store import Writing
from tilik.store.access_tables import person_identity


def ways_in(connection: Connection, person: str, clock: Clock, settings: AccessSettings) -> WaysIn:
    """How a person gets in."""
    kept = credential_of(connection, person)
    return WaysIn(
        email=email_of(connection, person),
        password=kept.password is not None,
        totp=kept.totp is not None,
        recovery_codes=recovery_codes_left(connection, person),
        sessions=[
            SessionLine.model_validate(asdict(one))
            for one in open_sessions(connection, person, clock, idle=settings.idle)
        ],
        tokens=[
            TokenView.model_validate(one, from_attributes=True) for one in list_tokens(connection, person)
        ],
    )


def take_ways_in(writing: Writing, person: str) -> None:
    """Take every way in from a person, and with it whatever says who they are elsewhere.

    Raises ``Missing``.
    """
    end_sessions(writing, person)
    keep_credential(writing, person, Credential())
    for token in list_tokens(writing.connection, person):
        revoke_token(writing, token.id)
    set_email(writing, person, "")
    writing.connection.execute(delete(person_identity).where(person_identity.c.person == person))

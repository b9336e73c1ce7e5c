"""What somebody proves themselves with, as the database keeps it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from tilik.access.events import CredentialsChanged
from tilik.store import Writing
from tilik.store.access_tables import credential, recovery_code


@dataclass(frozen=True, slots=True)
class Credential:
    """``password`` is an Argon2 hash; ``totp`` and ``totp_pending`` are sealed secrets; ``totp_step`` is the
    last step of time whose code was used."""

    password: str | None = None
    totp: str | None = None
    totp_pending: str | None = None
    totp_step: int = 0

    def with_(self, **changes: Any) -> Credential:
        """The same with some fields changed."""
        return replace(self, **changes)


def credential_of(connection: Connection, person: str) -> Credential:
    """A person's credential; an empty one for whoever has none."""
    row = connection.execute(select(credential).where(credential.c.person == person)).first()
    return Credential(row.password, row.totp, row.totp_pending, row.totp_step) if row else Credential()


def keep_credential(writing: Writing, person: str, after: Credential) -> None:
    """Keep a credential; what a person can sign in with is recorded when it changes."""
    before = credential_of(writing.connection, person)
    writing.connection.execute(delete(credential).where(credential.c.person == person))
    if after != Credential():
        writing.connection.execute(
            insert(credential).values(
                person=person,
                password=after.password,
                totp=after.totp,
                totp_pending=after.totp_pending,
                totp_step=after.totp_step,
            )
        )
    if after.totp is None:
        writing.connection.execute(delete(recovery_code).where(recovery_code.c.person == person))
    if (before.password, before.totp) != (after.password, after.totp):
        has = CredentialsChanged(
            person=person, password=after.password is not None, totp=after.totp is not None
        )
        writing.record(has)

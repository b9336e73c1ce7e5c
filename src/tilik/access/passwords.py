"""Passwords: Argon2id, set by their owner alone, never required."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from sqlalchemy import Connection, exists, select

from tilik.access.credentials import Credential, credential_of, keep_credential
from tilik.access.emails import email_of
from tilik.access.people import find_person
from tilik.kernel import Invalid
from tilik.store import Writing
from tilik.store.access_tables import credential

SHORTEST, LONGEST = 12, 256
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's least for Argon2id: 19 MiB, two passes, one lane."""
_AT_ONCE = threading.Semaphore(4)
"""Each examination takes 19 MiB: a flood of them waits instead of filling the memory."""
_NOBODYS = _HASHER.hash("nobody signs in with this")


def set_password(writing: Writing, identity: str, password: str) -> None:
    """Set or replace a person's own password. Raises ``Invalid`` for one that is easily guessed."""
    _refuse_weak(writing.connection, identity, password)
    before = credential_of(writing.connection, identity)
    keep_credential(writing, identity, before.with_(password=_HASHER.hash(_same(password))))


def drop_password(writing: Writing, identity: str) -> None:
    """Take the password away, and the second factor, which is nothing without it."""
    find_person(writing.connection, identity)
    keep_credential(writing, identity, Credential())


def password_fits(hashed: str | None, password: str) -> bool:
    """Whether this is the password. As slow for somebody who has none, so that time tells nothing."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(hashed or _NOBODYS, _same(password)) and hashed is not None
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False


def anybody_has_a_password(connection: Connection) -> bool:
    """Whether the sign-in page needs to ask for one."""
    return bool(connection.execute(select(exists().where(credential.c.password.is_not(None)))).scalar())


def _same(password: str) -> str:
    """The same text from every keyboard."""
    return unicodedata.normalize("NFKC", password).encode(errors="replace").decode()


def _refuse_weak(connection: Connection, identity: str, password: str) -> None:
    person = find_person(connection, identity)
    known = {person.name, person.pseudonym, email_of(connection, identity), "tilik"} - {""}
    lower = password.casefold()
    rest = lower
    for word in sorted((one.casefold() for one in known), key=len, reverse=True):
        rest = rest.replace(word, "")
    if not SHORTEST <= len(password) <= LONGEST or len(set(rest)) < SHORTEST // 2:
        raise Invalid(
            "password-weak",
            f"a password needs at least {SHORTEST} characters, most of them not from your name",
            where="password",
            mend="Three or four words that do not belong together are good.",
        )

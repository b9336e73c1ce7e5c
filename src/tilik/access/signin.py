"""Signing in with a password, a second factor where there is one, and the limits on trying."""

from __future__ import annotations

from datetime import timedelta

from tilik.access.attempts import attempt, by_address, by_person, succeeded
from tilik.access.credentials import credential_of
from tilik.access.emails import who_is
from tilik.access.events import Way
from tilik.access.passwords import password_fits
from tilik.access.people import find_person
from tilik.access.sessions import SESSION_LIFE, Session, link_owner, open_session, sign_in
from tilik.access.totp import Seal, use_code, use_recovery_code
from tilik.kernel import Refused
from tilik.store import Store, Writing


def sign_in_with_link(
    store: Store, token: str, *, address: str, life: timedelta = SESSION_LIFE
) -> tuple[str, Session]:
    """Use a one-time link: ``(cookie token, session)``. Raises ``Refused``, ``TooManyAttempts``."""
    with store.read() as connection:
        try:
            link_owner(connection, token, store.clock)
        except Refused:
            known = False
        else:
            known = True
    if not known:  # whoever holds a good link is never made to wait
        attempt(store, [by_address(address)])
    with store.write() as writing:
        return sign_in(writing, token, life=life)


def sign_in_with_password(
    store: Store,
    seal: Seal,
    name: str,
    password: str,
    code: str | None,
    *,
    address: str,
    life: timedelta = SESSION_LIFE,
) -> tuple[str, Session]:
    """``(cookie token, session)`` for an e-mail address or pseudonym, a password, and a code where the person
    has a second factor.

    Raises ``Refused``: ``sign-in-wrong`` whatever of name and password is wrong, ``code-needed`` and
    ``code-wrong`` only after the right password; ``TooManyAttempts``.
    """
    tried = attempt(store, [by_person(name), by_address(address)])
    with store.read() as connection:
        identity = who_is(connection, name)
        kept = credential_of(connection, identity or "")
        active = identity is not None and find_person(connection, identity).active
    if not password_fits(kept.password, password) or identity is None or not active:
        raise Refused("sign-in-wrong", "name and password do not fit", mend="Try again, or ask for a link.")
    with store.write() as writing:
        if kept.totp is not None and not code:
            succeeded(writing, tried)
        elif (way := _way(writing, identity, seal, code)) is not None:
            succeeded(writing, tried)
            return open_session(writing, identity, way, life=life)
    if not code:
        raise Refused("code-needed", "this person has a second factor", where="code")
    raise Refused("code-wrong", "this code does not fit, or was used before", where="code")


def _way(writing: Writing, identity: str, seal: Seal, code: str | None) -> Way | None:
    if credential_of(writing.connection, identity).totp is None:
        return "password"
    if use_code(writing, identity, seal, code or ""):
        return "password"
    return "recovery" if use_recovery_code(writing, identity, code or "") else None

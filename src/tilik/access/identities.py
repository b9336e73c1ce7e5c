"""The way through an identity provider and back: who began it, and who that is here."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select

from tilik.access.emails import set_email, tidy_email, who_is
from tilik.access.events import IdentityLinked, Role
from tilik.access.oidc import Claims
from tilik.access.people import add_person, find_person
from tilik.access.sessions import digest_of
from tilik.kernel import Invalid, Refused, to_text
from tilik.store import Writing
from tilik.store.access_tables import oidc_request, person_identity

ON_THE_WAY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Departure:
    """``state`` and ``nonce`` go with the request, ``browser`` as a cookie; ``verifier`` stays here."""

    state: str
    browser: str
    nonce: str
    verifier: str


def depart(writing: Writing) -> Departure:
    """Somebody sets out; what must come back is remembered for ten minutes."""
    leaving = Departure(*(secrets.token_urlsafe(size) for size in (32, 32, 32, 48)))
    now = writing.clock()
    writing.connection.execute(delete(oidc_request).where(oidc_request.c.expires_at <= to_text(now)))
    writing.connection.execute(
        insert(oidc_request).values(
            digest=digest_of(leaving.state),
            browser=digest_of(leaving.browser),
            nonce=leaving.nonce,
            verifier=leaving.verifier,
            expires_at=to_text(now + ON_THE_WAY),
        )
    )
    return leaving


def arrive(writing: Writing, state: str, browser: str) -> tuple[str, str]:
    """``(nonce, verifier)`` of whoever comes back, once, in the browser that set out. Raises ``Refused``."""
    mine = (oidc_request.c.digest == digest_of(state), oidc_request.c.browser == digest_of(browser))
    row = writing.connection.execute(select(oidc_request).where(*mine)).first()
    if row is None or row.expires_at <= to_text(writing.clock()):
        raise Refused(
            "oidc-refused",
            "nobody set out from this browser in the last ten minutes",
            mend="Begin again from the sign-in page.",
        )
    writing.connection.execute(delete(oidc_request).where(*mine))
    return str(row.nonce), str(row.verifier)


def person_of(writing: Writing, claims: Claims, *, create: tuple[Role, ...] = ()) -> str:
    """Who this is here: by identity, else by verified e-mail address, else a new person with these roles.

    Raises ``Refused`` for whoever nobody here knows, when nobody is to be made.
    """
    known = select(person_identity.c.person).where(
        person_identity.c.issuer == claims.issuer, person_identity.c.subject == claims.subject
    )
    if found := writing.connection.execute(known).scalar():
        return str(found)
    identity = (who_is(writing.connection, claims.email) if "@" in claims.email else None) or _made(
        writing, claims, create
    )
    if not find_person(writing.connection, identity).active:
        raise Refused("person-inactive", "this person has no access any more")
    writing.connection.execute(
        insert(person_identity).values(issuer=claims.issuer, subject=claims.subject, person=identity)
    )
    writing.record(IdentityLinked(person=identity))
    return identity


def _made(writing: Writing, claims: Claims, create: tuple[Role, ...]) -> str:
    if not create:
        raise Refused(
            "oidc-nobody",
            "nobody here has this identity or this verified e-mail address",
            mend="Ask an administrator to add you with the e-mail address of your account.",
        )
    name = claims.name or claims.email.partition("@")[0] or claims.subject
    made = add_person(writing, name=name[:120], roles=create).id
    with suppress(Invalid):  # a provider need not give an address; the identity is enough
        set_email(writing, made, tidy_email(claims.email))
    return made

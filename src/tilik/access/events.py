"""What can happen to people: they come, they change, they get ways in, they sign in and out."""

from __future__ import annotations

from typing import Literal

from tilik.log import Event

Role = Literal["reviewer", "adjudicator", "lead", "policy", "ml", "child-safety", "privacy", "admin"]
"""``reviewer`` judges; ``adjudicator`` rules where judgements differ; ``lead`` runs the team and reads what
was measured; ``policy`` keeps the guideline and the casebook; ``ml`` reads figures of classifiers and takes
training sets; ``child-safety`` answers escalations; ``privacy`` keeps the audit trail and retention;
``admin`` manages people. What each may call stands in ``docs/access.md``, written from the routes."""

Way = Literal["link", "password", "recovery", "oidc", "proxy"]
"""How somebody proved who they are; ``recovery``: a password and a recovery code."""

Scope = Literal["read", "write", "export"]
"""What a token may do of all that its person's roles open: look, change, take data away."""


class PersonAdded(Event, type="person-added"):
    """Somebody may work here now. The name is an erasable row outside the log."""

    person: str
    pseudonym: str
    roles: tuple[Role, ...]
    simulated: bool = False


class PersonChanged(Event, type="person-changed"):
    """Roles or access changed; both fields say the state after."""

    person: str
    roles: tuple[Role, ...]
    active: bool


class PersonErased(Event, type="person-erased"):
    """Who a person is was erased for good: name, address, identities, ways in. The pseudonym stays, and with
    it all that it did. ``erasure`` names the ground, an erasable row; here is its digest.
    """

    person: str
    erasure: str
    ground: str


class StudiesGranted(Event, type="studies-granted"):
    """The studies whose tasks this person is served from now on; none named: every study."""

    person: str
    studies: tuple[str, ...]


class LanguagesSet(Event, type="languages-set"):
    """The languages (ISO 639) in which this person is given videos from now on; none named: every one."""

    person: str
    languages: tuple[str, ...]


class EmailSet(Event, type="email-set"):
    """A person's e-mail address was set or taken away. It is an erasable row, and nothing of it is here: the
    digest of an address could be guessed."""

    person: str
    known: bool


class IdentityLinked(Event, type="identity-linked"):
    """A person signed in through an identity provider for the first time; who they are there is an erasable
    row."""

    person: str


class CredentialsChanged(Event, type="credentials-changed"):
    """A person has a password, a second factor, both or neither from now on."""

    person: str
    password: bool
    totp: bool


class LinkIssued(Event, type="link-issued"):
    """A one-time sign-in link was made for this person."""

    person: str
    expires_at: str


class SignedIn(Event, type="signed-in"):
    """Somebody proved who they are, and a session began."""

    person: str
    way: Way = "link"


class SignedOut(Event, type="signed-out"):
    """A session was ended by its owner."""

    person: str


class SessionsEnded(Event, type="sessions-ended"):
    """All sessions and unused links of this person ended, but for the one in which they asked for it."""

    person: str


class TokenIssued(Event, type="token-issued"):
    """A program may call the API for this person; the token itself is nowhere, here is its digest."""

    token: str
    person: str
    digest: str
    label: str
    scopes: tuple[Scope, ...]
    expires_at: str


class TokenRevoked(Event, type="token-revoked"):
    """A token opens nothing any more."""

    token: str

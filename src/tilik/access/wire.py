"""What access says and hears over HTTP."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tilik.access.events import Role, Scope, Way
from tilik.access.preferences import Preferences


class Body(BaseModel):
    """A request's body: nothing unknown is let in."""

    model_config = ConfigDict(extra="forbid")


class Me(BaseModel):
    """The person who is signed in."""

    id: str
    name: str
    pseudonym: str
    roles: list[Role]


class SessionView(BaseModel):
    """Who is signed in, and what their screen needs to begin. So many ``idle_minutes`` without a sign of life
    lock it; 0: never."""

    person: Me
    csrf: str
    expires_at: str
    way: Way
    idle_minutes: float
    preferences: Preferences
    demo: bool
    version: str


class Ways(BaseModel):
    """How one can sign in here besides a one-time link. ``oidc`` is the provider's name for the button,
    ``proxy`` the name by which a proxy has introduced this browser."""

    password: bool
    oidc: str | None
    proxy: str | None


class SignIn(Body):
    """The token of a one-time link."""

    token: str = Field(min_length=1, max_length=200)


class PasswordSignIn(Body):
    """An e-mail address or pseudonym, a password, and a code where there is a second factor."""

    name: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=256)
    code: str | None = Field(default=None, max_length=40)


class Away(BaseModel):
    """Where the browser goes to sign in."""

    url: str


class PersonView(BaseModel):
    """Somebody who works here. ``studies`` are those that they are limited to, ``languages`` those of the
    videos that they are given; none: every one. Of whoever was ``erased`` the pseudonym stays."""

    id: str
    name: str
    pseudonym: str
    email: str
    roles: list[Role]
    studies: list[str]
    languages: list[str]
    active: bool
    simulated: bool
    created_at: str
    erased: bool


class LanguagesBody(Body):
    """The languages of the videos that a person is given, as codes of ISO 639; none: every one."""

    languages: list[str] = Field(max_length=20)


class NewPerson(Body):
    """Somebody who shall work here."""

    name: str
    roles: list[Role]
    language: Literal["id", "en"] = "id"
    email: str = Field(default="", max_length=254)


class PersonChange(Body):
    """What to change about a person; the rest stays."""

    roles: list[Role] | None = None
    active: bool | None = None
    email: str | None = Field(default=None, max_length=254)
    studies: list[str] | None = Field(default=None, max_length=200)


class Link(BaseModel):
    """A one-time sign-in link, shown once."""

    link: str


class PersonWithLink(Link):
    """A new person and their first sign-in link."""

    person: PersonView


class SessionLine(BaseModel):
    """One live session of a person."""

    began_at: str
    seen_at: str
    expires_at: str
    way: Way


class TokenView(BaseModel):
    """A token as it is listed."""

    id: str
    label: str
    scopes: list[Scope]
    created_at: str
    expires_at: str
    revoked_at: str | None


class NewToken(Body):
    """A token that a program shall have."""

    label: str = Field(max_length=32)
    scopes: list[Scope] = Field(max_length=3)
    days: int = Field(default=90, ge=1, le=366)


class TokenWithSecret(BaseModel):
    """A new token and its secret, shown once."""

    token: TokenView
    secret: str


class WaysIn(BaseModel):
    """How a person gets in: a password, a second factor, recovery codes left, live sessions, tokens."""

    email: str
    password: bool
    totp: bool
    recovery_codes: int
    sessions: list[SessionLine]
    tokens: list[TokenView]


class NewPassword(Body):
    """A password of one's own."""

    password: str = Field(min_length=1, max_length=256)


class EnrolmentView(BaseModel):
    """What an authenticator app needs: the secret to type, or the same as a picture (an SVG data URI)."""

    secret: str
    picture: str


class Code(Body):
    """A code of the authenticator app."""

    code: str = Field(min_length=6, max_length=40)


class RecoveryCodes(BaseModel):
    """Each signs in once in place of the app; shown once."""

    codes: list[str]

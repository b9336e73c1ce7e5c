"""The HTTP face of managing people: who works here, in which roles and studies, by which ways in."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from sqlalchemy import Connection

from tilik.access.emails import email_of, emails, set_email
from tilik.access.grants import grant_studies, studies_granted
from tilik.access.guard import AccessHere, FreshKeeper, Keeper, Lead, Privacy, StoreHere
from tilik.access.languages import languages_of, set_languages
from tilik.access.passwords import drop_password
from tilik.access.people import Person, add_person, change_person, find_person, list_people
from tilik.access.preferences import Preferences, set_preferences
from tilik.access.sessions import end_sessions, issue_link
from tilik.access.tokens import Token, issue_token, revoke_token
from tilik.access.waysin import ways_in
from tilik.access.wire import (
    LanguagesBody,
    Link,
    NewPerson,
    NewToken,
    PersonChange,
    PersonView,
    PersonWithLink,
    TokenView,
    TokenWithSecret,
    WaysIn,
)

router = APIRouter(prefix="/api")


@router.get("/people")
def get_people(_session: Privacy, store: StoreHere) -> list[PersonView]:
    """Everybody who works here."""
    with store.read() as connection:
        known = emails(connection)
        return [_view(connection, found, known.get(found.id, "")) for found in list_people(connection)]


@router.post("/people", status_code=201)
def post_people(body: NewPerson, session: Keeper, request: Request, store: StoreHere) -> PersonWithLink:
    """Let somebody work here; the answer holds their sign-in link, once."""
    with store.write(session.person.id) as writing:
        added = add_person(writing, name=body.name, roles=tuple(body.roles))
        set_email(writing, added.id, body.email)
        set_preferences(writing, added.id, Preferences(language=body.language))
        token = issue_link(writing, added.id)
        view = _view(writing.connection, added, email_of(writing.connection, added.id))
    return PersonWithLink(person=view, link=_link(request, token))


@router.post("/people/{person}/link")
def post_link(person: str, session: Keeper, request: Request, store: StoreHere) -> Link:
    """A new one-time sign-in link for a person."""
    with store.write(session.person.id) as writing:
        return Link(link=_link(request, issue_link(writing, person)))


@router.patch("/people/{person}")
def patch_person(person: str, body: PersonChange, session: Keeper, store: StoreHere) -> PersonView:
    """Change a person's roles, access, e-mail address, or the studies they are limited to."""
    roles = None if body.roles is None else tuple(body.roles)
    with store.write(session.person.id) as writing:
        if roles is not None or body.active is not None:
            change_person(writing, person, roles=roles, active=body.active)
        if body.email is not None:
            set_email(writing, person, body.email)
        if body.studies is not None:
            grant_studies(writing, person, tuple(body.studies))
        found = find_person(writing.connection, person)
        return _view(writing.connection, found, email_of(writing.connection, person))


@router.put("/people/{person}/languages")
def put_languages(person: str, body: LanguagesBody, session: Lead, store: StoreHere) -> LanguagesBody:
    """Give a person videos in these languages only; none named: in every language."""
    with store.write(session.person.id) as writing:
        set_languages(writing, person, tuple(body.languages))
        return LanguagesBody(languages=list(languages_of(writing.connection, person)))


@router.get("/people/{person}/ways")
def get_ways_in(person: str, _session: Keeper, store: StoreHere, settings: AccessHere) -> WaysIn:
    """How a person gets in: their sessions and tokens, whether they have a password and a second factor."""
    with store.read() as connection:
        find_person(connection, person)
        return ways_in(connection, person, store.clock, settings)


@router.delete("/people/{person}/sessions", status_code=204)
def delete_sessions(person: str, session: Keeper, store: StoreHere) -> None:
    """End all sessions of a person and make their unused links worthless."""
    with store.write(session.person.id) as writing:
        end_sessions(writing, person)


@router.delete("/people/{person}/password", status_code=204)
def delete_persons_password(person: str, session: FreshKeeper, store: StoreHere) -> None:
    """Take a person's password and second factor away, for when they forgot it or lost their phone."""
    with store.write(session.person.id) as writing:
        drop_password(writing, person)


@router.post("/people/{person}/tokens", status_code=201)
def post_token(person: str, body: NewToken, session: FreshKeeper, store: StoreHere) -> TokenWithSecret:
    """A token by which a program calls the API for a person; the answer holds its secret, once."""
    with store.write(session.person.id) as writing:
        secret, made = issue_token(
            writing, person, label=body.label, scopes=tuple(body.scopes), days=body.days
        )
    return TokenWithSecret(token=_token(made), secret=secret)


@router.delete("/tokens/{token}", status_code=204)
def delete_token(token: str, session: Keeper, store: StoreHere) -> None:
    """Make a token worthless."""
    with store.write(session.person.id) as writing:
        revoke_token(writing, token)


def _view(connection: Connection, found: Person, email: str) -> PersonView:
    return PersonView.model_validate(
        asdict(found)
        | {
            "email": email,
            "studies": list(studies_granted(connection, found.id)),
            "languages": list(languages_of(connection, found.id)),
        }
    )


def _token(found: Token) -> TokenView:
    return TokenView.model_validate(found, from_attributes=True)


def _link(request: Request, token: str) -> str:
    # After "#", so that the token reaches no server log and no Referer.
    return f"{str(request.base_url).rstrip('/')}/sign-in#{token}"

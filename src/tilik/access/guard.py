"""Who is asking: dependencies that every HTTP route of every room uses. No route is open by accident:
each names the roles that may call it, and ``api`` refuses to start with one that does not."""

from __future__ import annotations

import hmac
import math
from datetime import timedelta
from typing import Annotated, Literal, get_args

from fastapi import Depends, Request
from sqlalchemy import Connection

from tilik.access.events import Role, Scope
from tilik.access.media_links import MediaLinks
from tilik.access.proxy import person_by_proxy
from tilik.access.sessions import Session, find_session, is_locked, see, was_seen
from tilik.access.settings import AccessSettings
from tilik.access.tokens import token_session
from tilik.kernel import Refused, from_text
from tilik.store import Store, Workspace

COOKIE = "tilik_session"
CSRF_HEADER = "X-CSRF-Token"
IDLE_HEADER = "X-Tilik-Idle"
"""Seconds since the person at the screen last did something."""
PeopleOnly = Literal["people-only"]
A_DAY = 86_400.0
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class NotSignedIn(Refused):
    """Nobody is signed in with this request (HTTP 401)."""


def workspace_of(request: Request) -> Workspace:
    """The workspace that this server serves."""
    workspace: Workspace = request.app.state.workspace
    return workspace


def store_of(request: Request) -> Store:
    """The facts of the workspace that this server serves."""
    return workspace_of(request).store


def access_of(request: Request) -> AccessSettings:
    """How people sign in here."""
    settings: AccessSettings = request.app.state.access
    return settings


def media_links_of(request: Request) -> MediaLinks:
    """The writer and reader of signed media links."""
    links: MediaLinks = request.app.state.media_links
    return links


def signed_in(request: Request) -> Session:
    """The session of this request, by token or by cookie. Raises ``NotSignedIn``, or ``Refused`` for a change
    without the CSRF token: a browser sends cookies by itself, and a token never."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind:
        return _by_token(request, secret.strip() if kind.lower() == "bearer" else "")
    found = _by_cookie(request)
    if request.method not in SAFE:
        sent = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(sent.encode(), found.csrf.encode()):
            raise Refused("csrf", "the request did not come from Tilik's own page", mend="Reload the page.")
    return found


def _by_token(request: Request, secret: str) -> Session:
    store = store_of(request)
    with store.read() as connection:
        found = token_session(connection, secret, store.clock)
    if found is None:
        raise NotSignedIn("token-invalid", "this token is unknown, too old or revoked")
    return found


def _by_cookie(request: Request) -> Session:
    store, settings = store_of(request), access_of(request)
    cookie = request.cookies.get(COOKIE, "")
    at = store.clock() - timedelta(seconds=_idle_seconds(request))
    with store.read() as connection:
        found = find_session(connection, cookie, store.clock, idle=settings.idle) if cookie else None
        if found is not None and found.way == "proxy" and not _same_at_proxy(connection, request, found):
            found = None
        locked = cookie and found is None and is_locked(connection, cookie, store.clock, settings.idle)
        seen = found is None or _is_media(request) or was_seen(connection, found.digest, at)
    if locked:
        raise NotSignedIn("session-locked", "nobody was here for a while", mend="Sign in again.")
    if found is None:
        raise NotSignedIn("not-signed-in", "nobody is signed in", mend="Open your sign-in link.")
    if not seen:
        with store.write(found.person.id) as writing:
            see(writing, found.digest, at)
    return found


def _idle_seconds(request: Request) -> float:
    """How long ago the person last did something, as their screen says; a request is a sign of life else."""
    try:
        said = float(request.headers.get(IDLE_HEADER, "0"))
    except ValueError:
        return 0.0
    return min(max(said, 0.0), A_DAY) if math.isfinite(said) else 0.0


def _is_media(request: Request) -> bool:
    """A player asks for more by itself, whether or not somebody watches."""
    return request.url.path.startswith("/media")


def _same_at_proxy(connection: Connection, request: Request, session: Session) -> bool:
    return person_by_proxy(connection, request, access_of(request)) == session.person.id


class RoleGuard:
    """A dependency that lets only these roles through.

    ``fresh`` asks for a recent sign-in. A program that came with a token needs the scope: ``read`` for what
    changes nothing and ``write`` for the rest, unless one is named; ``people-only`` refuses programs.
    """

    def __init__(self, *roles: Role, fresh: bool = False, scope: Scope | PeopleOnly | None = None) -> None:
        self.roles = roles
        self.fresh = fresh
        self.scope = scope

    def scope_for(self, method: str) -> Scope | PeopleOnly:
        """What a token needs for this method."""
        return self.scope or ("read" if method in SAFE else "write")

    def __call__(self, request: Request, session: Annotated[Session, Depends(signed_in)]) -> Session:
        if not set(self.roles) & set(session.person.roles):
            raise Refused("role-missing", f"this needs the role {' or '.join(self.roles)}")
        if session.scopes is not None:
            scope = self.scope_for(request.method)
            if scope not in session.scopes:
                raise Refused("scope-missing", f"this token does not cover this; it needs: {scope}")
        elif self.fresh and not is_fresh(request, session):
            raise Refused(
                "sign-in-again", "this needs a recent sign-in", mend="Sign in again; nothing is lost."
            )
        return session


def is_fresh(request: Request, session: Session) -> bool:
    """Whether this person signed in a short while ago."""
    minutes = access_of(request).fresh_minutes
    if not minutes:
        return True
    return from_text(session.signed_in_at) + timedelta(minutes=minutes) > store_of(request).clock()


everyone = RoleGuard(*get_args(Role))
reviewers = RoleGuard("reviewer")
adjudicators = RoleGuard("adjudicator")
leads = RoleGuard("lead", "admin")
readers = RoleGuard("lead", "policy", "ml", "admin")
policy_keepers = RoleGuard("policy", "lead", "admin")
machine_learners = RoleGuard("ml", "lead", "admin")
child_safety = RoleGuard("child-safety")
privacy_keepers = RoleGuard("privacy", "lead", "admin")
officers = RoleGuard("privacy", scope="people-only")
fresh_officers = RoleGuard("privacy", fresh=True, scope="people-only")
exporters = RoleGuard("lead", "policy", "ml", "admin", fresh=True, scope="export")
admins = RoleGuard("admin")
owners = RoleGuard(*get_args(Role), scope="people-only")
fresh_owners = RoleGuard(*get_args(Role), fresh=True, scope="people-only")
keepers = RoleGuard("admin", scope="people-only")
fresh_keepers = RoleGuard("admin", fresh=True, scope="people-only")

StoreHere = Annotated[Store, Depends(store_of)]
WorkspaceHere = Annotated[Workspace, Depends(workspace_of)]
MediaLinksHere = Annotated[MediaLinks, Depends(media_links_of)]
Everyone = Annotated[Session, Depends(everyone)]
Reviewer = Annotated[Session, Depends(reviewers)]
Adjudicator = Annotated[Session, Depends(adjudicators)]
Lead = Annotated[Session, Depends(leads)]
Reader = Annotated[Session, Depends(readers)]
"""Reads what was measured."""
Policy = Annotated[Session, Depends(policy_keepers)]
"""Keeps the guideline and the casebook."""
Ml = Annotated[Session, Depends(machine_learners)]
"""Reads figures of classifiers, takes training sets."""
ChildSafety = Annotated[Session, Depends(child_safety)]
"""Answers escalations; nobody else, not even an administrator."""
Privacy = Annotated[Session, Depends(privacy_keepers)]
"""Keeps the audit trail and retention, so sees who works here."""
Officer = Annotated[Session, Depends(officers)]
"""Keeps retention, at their own screen; nobody else, not even an administrator."""
FreshOfficer = Annotated[Session, Depends(fresh_officers)]
"""Erases; signed in a short while ago."""
Exporter = Annotated[Session, Depends(exporters)]
"""Takes figures or judgements away; signed in a short while ago."""
Admin = Annotated[Session, Depends(admins)]
Owner = Annotated[Session, Depends(owners)]
"""At their own screen: no program may change how a person signs in."""
FreshOwner = Annotated[Session, Depends(fresh_owners)]
Keeper = Annotated[Session, Depends(keepers)]
"""Manages people at their own screen."""
FreshKeeper = Annotated[Session, Depends(fresh_keepers)]
AccessHere = Annotated[AccessSettings, Depends(access_of)]

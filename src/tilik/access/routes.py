"""The HTTP face of access: signing in, being signed in, preferences."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from tilik import __version__
from tilik.access.attempts import attempt, by_address, succeeded
from tilik.access.guard import COOKIE, AccessHere, Everyone, StoreHere
from tilik.access.identities import ON_THE_WAY, arrive, depart, person_of
from tilik.access.oidc import Provider
from tilik.access.passwords import anybody_has_a_password
from tilik.access.preferences import Preferences, PreferencesChange, preferences_of, set_preferences
from tilik.access.proxy import address_of, named_by_proxy, person_by_proxy
from tilik.access.sessions import Session, open_session, sign_out
from tilik.access.settings import AccessSettings
from tilik.access.signin import sign_in_with_link, sign_in_with_password
from tilik.access.wire import Away, Me, PasswordSignIn, SessionView, SignIn, Ways
from tilik.kernel import Invalid, Missing, Refused, TilikError
from tilik.store import Store

router = APIRouter(prefix="/api")
ON_THE_WAY_COOKIE = "tilik_oidc"
BACK = "/api/session/oidc"


@router.get("/sign-in", openapi_extra={"x-open": "the sign-in page asks before anybody is known"})
def get_ways(request: Request, store: StoreHere, settings: AccessHere) -> Ways:
    """How one can sign in here besides a one-time link."""
    with store.read() as connection:
        password = anybody_has_a_password(connection)
    return Ways(
        password=password,
        oidc=settings.oidc.name if settings.oidc else None,
        proxy=named_by_proxy(request, settings) or None,
    )


@router.post("/session", openapi_extra={"x-open": "a one-time link is what signs in"})
def post_session(
    body: SignIn, request: Request, response: Response, store: StoreHere, settings: AccessHere
) -> SessionView:
    """Use a one-time link."""
    cookie, session = sign_in_with_link(store, body.token, address=address_of(request), life=settings.life)
    _give(request, response, settings, cookie)
    return _session_view(store, request, session)


@router.post("/session/password", openapi_extra={"x-open": "a password is what signs in"})
def post_password(
    body: PasswordSignIn, request: Request, response: Response, store: StoreHere, settings: AccessHere
) -> SessionView:
    """Sign in with a password, and a code where there is a second factor."""
    cookie, session = sign_in_with_password(
        store,
        request.app.state.seal,
        body.name,
        body.password,
        body.code,
        address=address_of(request),
        life=settings.life,
    )
    _give(request, response, settings, cookie)
    return _session_view(store, request, session)


@router.post("/session/oidc", openapi_extra={"x-open": "an identity provider is asked who this is"})
def post_oidc(request: Request, response: Response, store: StoreHere, again: bool = False) -> Away:
    """Set out to the identity provider; ``again`` asks even somebody it knows."""
    provider = _provider(request)
    with store.write() as writing:
        leaving = depart(writing)
    url = provider.address(
        redirect=_back(request),
        state=leaving.state,
        nonce=leaving.nonce,
        verifier=leaving.verifier,
        again=again,
    )
    response.set_cookie(
        ON_THE_WAY_COOKIE,
        leaving.browser,
        max_age=int(ON_THE_WAY.total_seconds()),
        path=BACK,
        httponly=True,
        samesite="lax",  # the way back begins at the provider's site
        secure=request.url.scheme == "https",
    )
    return Away(url=url)


@router.get(
    "/session/oidc",
    openapi_extra={"x-open": "the identity provider says who this is"},
    response_class=RedirectResponse,
    status_code=303,
)
def get_oidc(
    request: Request, store: StoreHere, settings: AccessHere, state: str = "", code: str = "", error: str = ""
) -> RedirectResponse:
    """Come back from the identity provider; the browser goes on to its page, or to what went wrong."""
    try:
        cookie = _arrived(request, store, settings, state, code, error)
    except TilikError as problem:
        return _gone_on(f"/sign-in?problem={quote(problem.code)}")
    back = _gone_on("/sign-in")
    _give(request, back, settings, cookie)
    return back


@router.post("/session/proxy", openapi_extra={"x-open": "a proxy has said who this is"})
def post_proxy(request: Request, response: Response, store: StoreHere, settings: AccessHere) -> SessionView:
    """Sign in as the person whom the proxy in front of this server names."""
    with store.read() as connection:
        person = person_by_proxy(connection, request, settings)
    if person is None:
        attempt(store, [by_address(address_of(request))])
        raise Refused("proxy-nobody", "no proxy has said who this is, or nobody here has that name")
    with store.write() as writing:
        cookie, session = open_session(writing, person, "proxy", life=settings.life)
    _give(request, response, settings, cookie)
    return _session_view(store, request, session)


@router.get("/session")
def get_session(session: Everyone, request: Request, store: StoreHere) -> SessionView:
    """Who is signed in."""
    return _session_view(store, request, session)


@router.delete("/session", status_code=204)
def delete_session(session: Everyone, response: Response, store: StoreHere) -> None:
    """Sign out."""
    with store.write(session.person.id) as writing:
        sign_out(writing, session)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


@router.patch("/session/preferences")
def patch_preferences(
    body: PreferencesChange, session: Everyone, request: Request, store: StoreHere
) -> SessionView:
    """Change how the screen looks and plays for this person."""
    with store.write(session.person.id) as writing:
        before = preferences_of(writing.connection, session.person.id)
        wanted = before.model_dump() | body.model_dump(exclude_none=True)
        try:
            set_preferences(writing, session.person.id, Preferences.model_validate(wanted))
        except ValueError:
            raise Invalid("preferences", "a preference is out of range", where="preferences") from None
    return _session_view(store, request, session)


def _arrived(
    request: Request, store: Store, settings: AccessSettings, state: str, code: str, error: str
) -> str:
    provider, browser = _provider(request), request.cookies.get(ON_THE_WAY_COOKIE, "")
    limit = attempt(store, [by_address(address_of(request))])
    with store.write() as writing:
        nonce, verifier = arrive(writing, state, browser)
    if error or not code:
        raise Refused("oidc-refused", f"the provider says: {error[:80] or 'nothing'}")
    claims = provider.claims(code, redirect=_back(request), nonce=nonce, verifier=verifier)
    with store.write() as writing:
        person = person_of(writing, claims, create=provider.settings.create)
        succeeded(writing, limit)
        return open_session(writing, person, "oidc", life=settings.life)[0]


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise Missing("oidc-missing", "no identity provider is configured here")
    return provider


def _back(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}{BACK}"


def _gone_on(path: str) -> RedirectResponse:
    answer = RedirectResponse(path, status_code=303)
    answer.delete_cookie(ON_THE_WAY_COOKIE, path=BACK, httponly=True, samesite="lax")
    return answer


def _give(request: Request, response: Response, settings: AccessSettings, cookie: str) -> None:
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(settings.life.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def _session_view(store: Store, request: Request, session: Session) -> SessionView:
    with store.read() as connection:
        preferences = preferences_of(connection, session.person.id)
    found, settings = session.person, request.app.state.access
    return SessionView(
        person=Me(id=found.id, name=found.name, pseudonym=found.pseudonym, roles=list(found.roles)),
        csrf=session.csrf,
        expires_at=session.expires_at,
        way=session.way,
        idle_minutes=settings.idle_minutes,
        preferences=preferences,
        demo=bool(request.app.state.workspace.known_truth),
        version=__version__,
    )

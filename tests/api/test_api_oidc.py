"""Signing in at an identity provider: a real one on a port of its own, honest and not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import select
from starlette.testclient import TestClient

from api.oidc_provider import CLIENT, CLIENT_SECRET, IdentityProvider, identity_provider
from api.visitor import Visitor
from tilik.access import Person, add_person, change_person, list_people, set_email
from tilik.api import create_app
from tilik.kernel import Invalid
from tilik.log import log_entry
from tilik.store import Workspace, create, open_workspace
from tilik.store.workspace import SETTINGS, Settings


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        running.claims = {"sub": "u-1", "email": "sari@contoh.id", "email_verified": True, "name": "Sari W"}
        yield running


@pytest.fixture
def place(store_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on each database, by the clock on the wall: a provider has no other."""
    create(tmp_path / "ruang", database=store_url)
    opened = open_workspace(tmp_path / "ruang")
    yield opened
    opened.close()


@pytest.fixture
def sari(place: Workspace) -> Person:
    with place.store.write() as writing:
        added = add_person(writing, name="Sari", roles=("lead",))
        set_email(writing, added.id, "sari@contoh.id")
    return added


@pytest.fixture
def browser(place: Workspace, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    return _browser(place, provider, monkeypatch)


def _browser(place: Workspace, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    named = {"ISSUER": provider.url, "CLIENT_ID": CLIENT, "CLIENT_SECRET": CLIENT_SECRET, "NAME": "Kantor"}
    for name, value in named.items():
        monkeypatch.setenv(f"TILIK_OIDC_{name}", value)
    client = TestClient(create_app(place), raise_server_exceptions=False, follow_redirects=False)
    return Visitor(client)


def go(browser: Visitor, change: Callable[[str], str] = lambda back: back, query: str = "") -> str:
    """Set out, sign in there, come back; gives where the browser lands. ``change`` tampers with the way."""
    url = browser.post(f"/api/session/oidc{query}", None).json()["url"]
    back = httpx2.get(url).headers["location"]
    parts = urlsplit(change(back))
    answer = browser.get(f"{parts.path}?{parts.query}")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_verified_address_signs_its_person_in(
    browser: Visitor, provider: IdentityProvider, place: Workspace, sari: Person
) -> None:
    assert browser.get("/api/sign-in").json()["oidc"] == "Kantor"
    assert go(browser) == "/sign-in"
    session = browser.get("/api/session").json()
    assert (session["person"]["id"], session["way"]) == (sari.id, "oidc")
    (asked,) = provider.asked
    assert asked["redirect_uri"] == "http://testserver/api/session/oidc"
    assert len(asked["nonce"]) > 40
    assert "prompt" not in asked
    # From now on the subject counts: the address may change there.
    provider.claims |= {"email": "lain@contoh.id"}
    assert go(browser, query="?again=true") == "/sign-in"
    assert browser.get("/api/session").json()["person"]["id"] == sari.id
    assert provider.asked[-1]["prompt"] == "login"
    with place.store.read() as connection:
        rows = connection.execute(select(log_entry.c.type, log_entry.c.body)).all()
    assert [row.type for row in rows].count("identity-linked") == 1
    assert not [row for row in rows if "contoh.id" in row.body or "u-1" in row.body]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"email": "siapa@contoh.id"}, "oidc-nobody"),
        ({"email_verified": False}, "oidc-nobody"),
        ({"email_verified": "true"}, "oidc-nobody"),
        ({"email_verified": None}, "oidc-nobody"),
        ({"email": None}, "oidc-nobody"),
        ({"email": "R01"}, "oidc-nobody"),
        ({"iss": "https://lain.example"}, "oidc-refused"),
        ({"aud": "another"}, "oidc-refused"),
        ({"aud": ["another", CLIENT]}, "oidc-refused"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "oidc-refused"),
        ({"nonce": "another"}, "oidc-refused"),
        ({"nonce": None}, "oidc-refused"),
        ({"exp": 1_000_000_000}, "oidc-refused"),
        ({"exp": None}, "oidc-refused"),
        ({"iat": 9_000_000_000}, "oidc-refused"),
        ({"sub": None}, "oidc-refused"),
    ],
    ids=str,
)
def test_what_does_not_hold_signs_nobody_in(
    sqlite_place: Workspace, provider: IdentityProvider, monkeypatch: Any, claims: dict[str, Any], code: str
) -> None:
    browser = _browser(sqlite_place, provider, monkeypatch)
    provider.lies = claims
    assert go(browser) == f"/sign-in?problem={code}"
    assert browser.get("/api/session").status_code == 401
    with sqlite_place.store.read() as connection:
        assert len(list_people(connection)) == 1, "nobody is made unless told"


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Iterator[Workspace]:
    create(tmp_path / "ruang")
    opened = open_workspace(tmp_path / "ruang")
    with opened.store.write() as writing:
        set_email(writing, add_person(writing, name="Sari", roles=("lead",)).id, "sari@contoh.id")
    yield opened
    opened.close()


def test_a_foreign_signature_signs_nobody_in(
    sqlite_place: Workspace, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = _browser(sqlite_place, provider, monkeypatch)
    provider.published, provider.key = provider.key, RSAKey.generate_key(2048, {"kid": "one"})
    assert go(browser) == "/sign-in?problem=oidc-refused"
    provider.key, provider.algorithm = OctKey.import_key(CLIENT_SECRET * 4), "HS256"
    assert go(browser) == "/sign-in?problem=oidc-refused", "a secret that both have proves nothing"
    # New keys are asked for when the known ones do not fit.
    provider.key, provider.algorithm = RSAKey.generate_key(2048, {"kid": "two"}), "RS256"
    provider.published = None
    provider.key = RSAKey.import_key({**provider.key.as_dict(private=True), "kid": "one"})
    assert go(browser) == "/sign-in"


def test_the_way_back_is_open_to_the_browser_that_set_out_once(
    sqlite_place: Workspace, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = _browser(sqlite_place, provider, monkeypatch)
    refused = "/sign-in?problem=oidc-refused"
    assert go(browser, lambda back: back.replace("state=", "state=x")) == refused
    assert go(browser, lambda back: back.replace("code=", "code=x")) == refused, "the provider knows no such"
    assert go(browser, lambda back: back.partition("?")[0] + "?" + urlsplit(back).query[:0]) == refused

    def elsewhere(back: str) -> str:
        browser.client.cookies.clear()
        return back

    assert go(browser, elsewhere) == refused, "another browser did not set out"
    kept: list[str] = []
    assert go(browser, lambda back: kept.append(back) or back) == "/sign-in"  # type: ignore[func-returns-value]
    browser.client.cookies.clear()
    parts = urlsplit(kept[0])
    assert browser.get(f"{parts.path}?{parts.query}").headers["location"] == refused
    assert parse_qs(parts.query)["state"]


def test_who_lost_access_stays_outside(
    sqlite_place: Workspace, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = _browser(sqlite_place, provider, monkeypatch)
    assert go(browser) == "/sign-in"
    with sqlite_place.store.write() as writing:
        change_person(writing, list_people(writing.connection)[0].id, active=False)
    assert go(browser) == "/sign-in?problem=person-inactive"
    assert browser.get("/api/session").status_code == 401


def test_a_person_is_made_where_the_settings_say_so(
    sqlite_place: Workspace, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILIK_OIDC_CREATE", "reviewer")
    browser = _browser(sqlite_place, provider, monkeypatch)
    provider.claims = {"sub": "u-2", "name": "Budi Baru"}
    assert go(browser) == "/sign-in"
    person = browser.get("/api/session").json()["person"]
    assert (person["name"], person["roles"]) == ("Budi Baru", ["reviewer"])


def test_a_provider_that_is_away_or_another_is_told(
    sqlite_place: Workspace, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.described_as = "https://lain.example"
    browser = _browser(sqlite_place, provider, monkeypatch)
    answer = browser.post("/api/session/oidc", None)
    assert (answer.status_code, answer.json()["code"]) == (503, "oidc-unreachable")
    monkeypatch.setenv("TILIK_OIDC_ISSUER", "http://127.0.0.1:1")
    away = Visitor(TestClient(create_app(sqlite_place), raise_server_exceptions=False))
    assert away.post("/api/session/oidc", None).json()["code"] == "oidc-unreachable"


def test_settings_are_checked_when_the_server_starts(
    sqlite_place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILIK_OIDC_ISSUER", "http://lain.example")
    monkeypatch.setenv("TILIK_OIDC_CLIENT_ID", "x")
    with pytest.raises(Invalid, match="https"):
        create_app(sqlite_place)
    monkeypatch.delenv("TILIK_OIDC_CLIENT_ID")
    monkeypatch.setenv("TILIK_OIDC_ISSUER", "https://lain.example")
    with pytest.raises(Invalid, match=r"access\.oidc\.client_id"):
        create_app(sqlite_place)
    monkeypatch.delenv("TILIK_OIDC_ISSUER")
    answer = Visitor(TestClient(create_app(sqlite_place))).post("/api/session/oidc", None)
    assert (answer.status_code, answer.json()["code"]) == (404, "oidc-missing")
    assert Settings.model_validate_json((sqlite_place.folder / SETTINGS).read_text()).access == {}

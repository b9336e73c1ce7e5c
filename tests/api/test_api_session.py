"""Signing in over HTTP: the cookie, the token against forged requests, preferences."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.visitor import Visitor
from study.making import people
from tilik import __version__
from tilik.access import Person, issue_link
from tilik.access.guard import COOKIE
from tilik.store import Workspace


@pytest.fixture
def sari(sqlite_workspace: Workspace) -> Person:
    return people(sqlite_workspace, "Sari", roles=("reviewer", "lead"))[0]


def link(workspace: Workspace, person: Person) -> str:
    with workspace.store.write() as writing:
        return issue_link(writing, person.id)


def test_a_link_signs_in(sqlite_workspace: Workspace, stranger: Visitor, sari: Person) -> None:
    assert stranger.get("/api/session").status_code == 401
    answer = stranger.post("/api/session", {"token": link(sqlite_workspace, sari)})
    assert answer.status_code == 200
    body = answer.json()
    me = {"id": sari.id, "name": "Sari", "pseudonym": "R01", "roles": ["lead", "reviewer"]}
    assert (body["person"], body["version"], body["demo"]) == (me, __version__, False)
    assert stranger.get("/api/session").json() == body


def test_a_link_signs_in_once_and_says_no_more_than_that(
    sqlite_workspace: Workspace, stranger: Visitor, sari: Person
) -> None:
    token = link(sqlite_workspace, sari)
    stranger.post("/api/session", {"token": token})
    for wrong in (token, "unheard-of", "x" * 200, "\x00"):
        answer = stranger.post("/api/session", {"token": wrong})
        assert (answer.status_code, answer.json()["code"]) == (403, "link-spent")
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
    app: FastAPI, sqlite_workspace: Workspace, sari: Person, scheme: str, secure: bool
) -> None:
    client = TestClient(app, base_url=f"{scheme}://testserver")
    answer = client.post("/api/session", json={"token": link(sqlite_workspace, sari)})
    jar: SimpleCookie = SimpleCookie(answer.headers["set-cookie"])
    (name, cookie), *others = jar.items()
    assert (name, others) == (COOKIE, [])
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "strict", "/")
    assert bool(cookie["secure"]) is secure
    assert int(cookie["max-age"]) == 12 * 3600
    assert cookie.value not in answer.text, "the page must not be able to read it"


def test_signing_out_ends_the_session(stranger: Visitor, reviewer: Visitor) -> None:
    cookie = reviewer.client.cookies[COOKIE]
    answer = reviewer.send("DELETE", "/api/session")
    assert answer.status_code == 204
    assert reviewer.get("/api/session").status_code == 401
    stranger.client.cookies.set(COOKIE, cookie)
    assert stranger.get("/api/session").status_code == 401, "a copy of the cookie is worthless too"


@pytest.mark.parametrize("sent", [None, "", "wrong", "é"])
def test_a_change_needs_the_csrf_token(reviewer: Visitor, sent: str | None) -> None:
    headers = {} if sent is None else {"X-CSRF-Token": sent.encode()}
    answer = reviewer.client.patch("/api/session/preferences", json={"muted": True}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert reviewer.get("/api/session").json()["preferences"]["muted"] is False


def test_the_csrf_token_of_another_session_is_worthless(
    reviewer: Visitor, enter: Callable[..., Visitor]
) -> None:
    reviewer.csrf = enter("reviewer").csrf
    answer = reviewer.post("/api/tasks/next", {"holding": []})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "\xff"])
def test_an_unknown_cookie_is_nobody(stranger: Visitor, cookie: str) -> None:
    answer = stranger.client.get("/api/session", headers={"Cookie": f"{COOKIE}={cookie}".encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


# --------------------------------------------------------------------------------------- preferences
def test_preferences_change_one_by_one(reviewer: Visitor) -> None:
    start = reviewer.get("/api/session").json()["preferences"]
    assert start == {
        **{"language": "id", "theme": "dark", "speed": 1.0, "muted": False},
        **{"grey": False, "blur": False, "half": False, "even": True, "captions": True, "gentle": False},
        **{"single_keys": True, "keys": {}, "target": 0, "opt_out": []},
    }
    reviewer.send("PATCH", "/api/session/preferences", {"theme": "light"})
    answer = reviewer.send("PATCH", "/api/session/preferences", {"speed": 2.0, "blur": True})
    assert answer.json()["preferences"] == {**start, "theme": "light", "speed": 2.0, "blur": True}
    assert reviewer.get("/api/session").json()["preferences"] == answer.json()["preferences"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"speed": 99}, "preferences"),
        ({"speed": 0}, "preferences"),
        ({"target": -1}, "preferences"),
        ({"keys": {"bench.play": ["K"] * 4}}, "invalid-request"),
        ({"keys": {"play; drop": ["K"]}}, "invalid-request"),
        ({"opt_out": ["syn%"]}, "invalid-request"),
        ({"language": "jv"}, "invalid-request"),
        ({"colour": "red"}, "invalid-request"),
        ([], "invalid-request"),
        (None, "invalid-request"),
    ],
    ids=str,
)
def test_preferences_out_of_range_are_refused(reviewer: Visitor, body: Any, code: str) -> None:
    answer = reviewer.send("PATCH", "/api/session/preferences", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_keys_are_kept_as_a_whole(reviewer: Visitor) -> None:
    for keys in ({"bench.play": ["P"], "bench.undo": []}, {"bench.play": ["Q"]}, {}):
        reviewer.send("PATCH", "/api/session/preferences", {"keys": keys})
        assert reviewer.get("/api/session").json()["preferences"]["keys"] == keys


def test_preferences_are_ones_own(reviewer: Visitor, enter: Callable[..., Visitor]) -> None:
    reviewer.send("PATCH", "/api/session/preferences", {"theme": "light"})
    assert enter("reviewer").get("/api/session").json()["preferences"]["theme"] == "dark"

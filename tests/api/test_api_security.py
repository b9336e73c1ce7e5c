"""What a browser may do with an answer, and from where it may ask."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.visitor import Visitor
from tilik.api import create_app
from tilik.api.headers import HEADERS
from tilik.store import Workspace


@pytest.mark.parametrize("path", ["/api/session", "/api/none", "/media/x", "/"])
def test_every_answer_carries_the_headers(stranger: Visitor, path: str) -> None:
    answer = stranger.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_refusal_carries_the_headers_too(stranger: Visitor) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        answer = stranger.client.post("/api/session", json={}, headers=headers)
        assert answer.status_code in {400, 403}
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_no_foreign_script_or_frame_in() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules, "scripts fall under default-src"
    assert (rules["object-src"], rules["base-uri"], rules["frame-ancestors"]) == ("'none'",) * 3


def test_facts_are_never_cached(reviewer: Visitor) -> None:
    for path in ("/api/session", "/api/my/day", "/api/tasks/held", "/api/people", "/media/x", "/api/none"):
        assert reviewer.get(path).headers["cache-control"] == "no-store", path


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://testserver.evil.example", "null", "http://["]
)
def test_another_site_cannot_ask_for_a_change(reviewer: Visitor, origin: str) -> None:
    headers = {"Origin": origin, "X-CSRF-Token": reviewer.csrf}
    answer = reviewer.client.post("/api/tasks/next", json={"holding": []}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin")


def test_the_own_page_can(reviewer: Visitor) -> None:
    headers = {"Origin": "http://testserver", "X-CSRF-Token": reviewer.csrf}
    assert reviewer.client.post("/api/tasks/next", json={"holding": []}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 401),
        ("localhost", 401),
        ("evil.example", 400),
        ("tilik.example.org", 401),
        ("", 400),
    ],
)
def test_the_server_answers_to_its_own_names_only(
    sqlite_workspace: Workspace, host: str, status: int
) -> None:
    client = TestClient(create_app(sqlite_workspace, hosts=("127.0.0.1", "localhost", "tilik.example.org")))
    assert client.get("/api/session", headers={"Host": host}).status_code == status


def test_no_foreign_origin_is_ever_allowed_to_read(app: FastAPI) -> None:
    answer = TestClient(app).options(
        "/api/session", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert not [name for name in answer.headers if name.startswith("access-control-")]

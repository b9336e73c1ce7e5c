"""Every route is tried with what its own description allows, by each role and by a stranger: the server never
breaks, and nobody gets what their roles do not open. ``TILIK_FUZZ`` sets how often (6 unless told)."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from starlette.testclient import TestClient

from api.visitor import Visitor
from measure.survey import Unit, survey
from study.making import people
from tilik.access.events import Role
from tilik.api import create_app
from tilik.api.app import ROUTERS, openapi
from tilik.api.doors import matrix
from tilik.store import Workspace

ROLES: tuple[Role | None, ...] = (*get_args(Role), None)
TRIES = int(os.environ.get("TILIK_FUZZ", "6"))
LETS_IN = {(door.method, door.path): door.roles for door in matrix(ROUTERS)}
ENDS_SESSIONS = {("DELETE", "/api/session")}
"""Tried by other tests: a session that ended tries nothing more."""


@pytest.fixture
def app(sqlite_workspace: Workspace) -> FastAPI:
    units = [Unit(f"v-{n}", 0.5, 100.0 + n, clip=True) for n in range(3)]
    survey(sqlite_workspace, units, {"all": 1000.0})
    return create_app(sqlite_workspace)


MadeUp = dict[tuple[str, str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def made_up() -> MadeUp:
    """Requests by method and path, made up once and sent by every role."""
    return {(one.method.upper(), one.path): make_up(one) for one in operations()}


def operations() -> Iterator[schemathesis.APIOperation]:
    config = SchemathesisConfig.discover()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_dict(openapi(), config=config)
    for found in schema.get_all_operations():
        operation = found.ok()
        if (operation.method.upper(), operation.path) not in ENDS_SESSIONS:
            yield operation


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "stranger")
def test_no_request_that_the_description_allows_breaks_the_server_or_opens_a_closed_door(
    app: FastAPI, sqlite_workspace: Workspace, made_up: MadeUp, role: Role | None
) -> None:
    visitor = Visitor(TestClient(app, raise_server_exceptions=False, follow_redirects=False))
    if role is not None:
        visitor.sign_in(sqlite_workspace, people(sqlite_workspace, role, roles=(role,))[0])
    seen: Counter[int] = Counter()
    wrong: list[str] = []
    for (method, path), asked in made_up.items():
        roles = LETS_IN[method, path]
        allowed = roles is None or role in roles
        # A closed door is closed whatever is said at it: one try is enough.
        for request in asked if allowed else asked[:1]:
            status = send(visitor, request)
            seen[status] += 1
            if status >= 500 and status != 503:
                wrong.append(f"{method} {path}: {status}")
            if not allowed and status != (401 if role is None else 403):
                wrong.append(f"{method} {path}: {status} for {role or 'a stranger'}")
    assert sorted(set(wrong)) == []
    assert seen.total() > len(LETS_IN)
    if role is not None:
        assert seen[200] > 0
        assert seen[403] > 0


def send(visitor: Visitor, request: dict[str, Any]) -> int:
    """The status that this visitor gets for a made-up request."""
    headers = {**dict(request.get("headers") or {}), "X-CSRF-Token": visitor.csrf}
    answer = visitor.client.request(
        request["method"],
        request["url"],
        params=request.get("params"),
        json=request.get("json"),
        headers={name: str(value).encode(errors="replace") for name, value in headers.items()},
    )
    return answer.status_code


def make_up(operation: schemathesis.APIOperation) -> list[dict[str, Any]]:
    """Requests that this operation's description allows, the same in every run."""
    made: list[dict[str, Any]] = []

    @seed(7)
    @settings(
        max_examples=TRIES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), _extra=st.none())
    def ask(case: schemathesis.Case, _extra: None) -> None:
        made.append(case.as_transport_kwargs(base_url="http://testserver"))

    ask()
    return made

"""The application over a workspace, with somebody of each role at a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.visitor import Visitor
from study.making import people
from tilik.access.events import Role
from tilik.api import create_app
from tilik.store import Workspace


@pytest.fixture
def app(sqlite_workspace: Workspace) -> FastAPI:
    return create_app(sqlite_workspace)


@pytest.fixture
def stranger(app: FastAPI) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(TestClient(app, raise_server_exceptions=False))


@pytest.fixture
def enter(app: FastAPI, sqlite_workspace: Workspace) -> Callable[..., Visitor]:
    """Signs in a new person with these roles."""

    def sign_in(*roles: Role) -> Visitor:
        person = people(sqlite_workspace, "Somebody", roles=roles)[0]
        client = TestClient(app, raise_server_exceptions=False)
        return Visitor(client).sign_in(sqlite_workspace, person)

    return sign_in


@pytest.fixture
def reviewer(enter: Callable[..., Visitor]) -> Visitor:
    return enter("reviewer")


@pytest.fixture
def admin(enter: Callable[..., Visitor]) -> Visitor:
    return enter("admin")

"""Who may call what. The matrix comes from the routes themselves, so that a new route is in it at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

import pytest
from fastapi import APIRouter
from fastapi.openapi.models import OpenAPI

from api.visitor import Visitor
from tilik.access.events import Role
from tilik.access.guard import Everyone
from tilik.api.app import ROUTERS, openapi
from tilik.api.doors import OPEN, Door, doors, matrix, refuse_open_doors

ROLES: tuple[Role, ...] = get_args(Role)
ALL = frozenset(ROLES)
DOORS = matrix(ROUTERS)
"""What the routes say; ``docs/access.md`` holds the same, so that a change is seen there."""
SESSION_ITSELF = "DELETE /api/session"
"""Ends the session that the other doors are tried with."""


def name_of(door: Door) -> str:
    return f"{door.method} {door.path}"


def knock(visitor: Visitor, door: Door) -> tuple[int, str]:
    answer = visitor.send(door.method, re.sub("{.*?}", "x", door.path), {})
    problem = answer.headers.get("content-type") == "application/problem+json"
    return answer.status_code, answer.json()["code"] if problem else ""


@pytest.mark.parametrize("door", [one for one in DOORS if one.roles is not None], ids=name_of)
def test_a_stranger_is_refused(stranger: Visitor, door: Door) -> None:
    assert knock(stranger, door) == (401, "not-signed-in")


@pytest.mark.parametrize("role", ROLES)
def test_a_door_lets_in_the_roles_it_names_and_no_other(enter: Callable[..., Visitor], role: Role) -> None:
    visitor = enter(role)
    tried = [one for one in DOORS if one.roles is not None and name_of(one) != SESSION_ITSELF]
    refused = {name_of(one) for one in tried if knock(visitor, one) == (403, "role-missing")}
    assert refused == {name_of(one) for one in tried if role not in (one.roles or ())}
    assert refused, "no role may do everything"


def test_every_role_has_a_door_that_is_not_everybodys() -> None:
    narrow = {role for door in DOORS if door.roles not in (None, ALL) for role in door.roles or ()}
    assert narrow >= ALL


def test_a_route_that_names_no_role_keeps_the_application_from_starting() -> None:
    router = APIRouter()

    @router.get("/api/everything")
    def everything() -> str:
        return "everything"

    with pytest.raises(TypeError, match="/api/everything names no role"):
        refuse_open_doors(router)


def test_a_route_is_let_through_with_a_role_or_with_a_reason() -> None:
    router = APIRouter()

    @router.get("/one")
    def one(_session: Everyone) -> str:
        return "one"

    @router.get("/two", openapi_extra={OPEN: "nothing to hide"})
    def two() -> str:
        return "two"

    assert [roles for _, roles in doors(router)] == [ALL, None]


# -------------------------------------------------------------------------------------------- OpenAPI
def test_the_description_is_valid_and_complete() -> None:
    described = openapi()
    model = OpenAPI.model_validate(described)
    assert model.openapi.startswith("3.1")
    operations = [op for path in described["paths"].values() for op in path.values()]
    assert len(operations) == len(DOORS)
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["description"] for operation in operations)
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(re.findall(r"'\$ref': '([^']+)'", str(described))) <= known


def test_only_signing_in_is_open() -> None:
    described = openapi()
    opened = [
        f"{method} {path}"
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        if OPEN in operation
    ]
    assert set(opened) == {
        "get /api/sign-in",
        "post /api/session",
        "post /api/session/password",
        "post /api/session/oidc",
        "get /api/session/oidc",
        "post /api/session/proxy",
    }

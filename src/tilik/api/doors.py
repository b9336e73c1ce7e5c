"""Which roles each route lets in. No route is open by accident: the application does not start with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.routing import APIRoute

from tilik.access.events import Role
from tilik.access.guard import RoleGuard

OPEN = "x-open"
"""A route that anybody may call says why under this name in its ``openapi_extra``."""


def doors(router: APIRouter) -> Iterator[tuple[APIRoute, frozenset[Role] | None]]:
    """Every route with the roles that may call it; ``None`` where it is open to anybody.

    Raises ``TypeError`` for a route that names no role and does not say that it is open.
    """
    for route in router.routes:
        assert isinstance(route, APIRoute)
        guards = [one.call for one in route.dependant.dependencies if isinstance(one.call, RoleGuard)]
        if OPEN in (route.openapi_extra or {}):
            yield route, None
        elif guards:
            yield route, frozenset.intersection(*(frozenset(guard.roles) for guard in guards))
        else:
            raise TypeError(f"{route.path} names no role; if anybody may call it, say why under {OPEN!r}")


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one route: who may call it (``None``: anybody), and what it does in a line."""

    method: str
    path: str
    roles: frozenset[Role] | None
    what: str


def matrix(routers: Iterable[APIRouter]) -> list[Door]:
    """Every door of these routers in order of path: the page of roles and the test of it read this."""
    found = [
        Door(method, route.path, roles, (route.description or "").partition("\n\n")[0])
        for router in routers
        for route, roles in doors(router)
        for method in sorted(route.methods or ())
    ]
    return sorted(found, key=lambda door: (door.path, door.method))


def refuse_open_doors(router: APIRouter) -> None:
    """Raise ``TypeError`` if a route of this router is open by accident."""
    for _ in doors(router):
        pass

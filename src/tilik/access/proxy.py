"""A proxy that says who is asking. Believed only where it is configured, and only from its own addresses."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from fastapi import Request
from sqlalchemy import Connection
from starlette.types import ASGIApp, Receive, Scope, Send

from tilik.access.emails import who_is
from tilik.access.settings import AccessSettings

PEER = "tilik_peer"


class Peer:
    """Remembers the address at the other end of the connection, before any header changes it. Plain ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""
        if scope["type"] == "http":
            scope[PEER] = (scope.get("client") or ("", 0))[0]
        await self._app(scope, receive, send)


def address_of(request: Request) -> str:
    """From where somebody asks, as far as proxies that are believed say so."""
    return request.client.host if request.client else ""


def named_by_proxy(request: Request, settings: AccessSettings) -> str:
    """The name that a believed proxy gives; ``""`` where there is none."""
    if settings.proxy is None or not _within(request.scope.get(PEER, ""), settings.proxy.addresses):
        return ""
    given = request.headers.getlist(settings.proxy.header)
    return given[0].strip() if len(given) == 1 else ""  # two would be the proxy's and somebody else's


def person_by_proxy(connection: Connection, request: Request, settings: AccessSettings) -> str | None:
    """The person whom the proxy names by e-mail address or pseudonym."""
    name = named_by_proxy(request, settings)
    return who_is(connection, name) if name else None


def _within(address: str, networks: tuple[str, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(network) for network in networks)

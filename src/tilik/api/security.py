"""Origins and headers: from where a browser may ask, and what it may do with the answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tilik.access.guard import SAFE
from tilik.api.headers import HEADERS
from tilik.api.problems import problem


class Security:
    """Refuses changes asked for by another site, and sets the headers of every answer.

    Plain ASGI, so that a long video streams through untouched.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through with headers added on the way back, or answer 403."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        private = scope["path"].startswith(("/api", "/media"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if private:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        app = self._app if _same_origin(scope) else _refusal()
        await app(scope, receive, send_with_headers)


def _same_origin(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if scope["method"] in SAFE or origin is None:
        return True
    try:
        return urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # not a URL at all
        return False


def _refusal() -> Response:
    return problem(403, "origin", "the request came from another site", where="", mend=None)

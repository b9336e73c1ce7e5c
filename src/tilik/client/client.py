"""Asking a Tilik server: the token, the address, and its errors as the errors of this package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote, urlsplit

import httpx2

from tilik.client.operations import Operations
from tilik.kernel import Conflict, Invalid, Missing, Refused, TilikError, Unavailable

TIMEOUT = 30.0
"""Seconds for an answer."""
ERRORS: dict[int, type[TilikError]] = {
    401: Refused,
    403: Refused,
    404: Missing,
    409: Conflict,
    422: Invalid,
}
"""Any other failure is ``Unavailable``."""


class Client(Operations):
    """The server at ``url``, asked with ``token`` (`tilik token issue`).

    Every method raises ``Invalid``, ``Refused``, ``Missing`` or ``Conflict`` with the server's own code and
    sentence, in ``language``; ``Unavailable`` where it does not answer. Nothing is sent twice. Close it, or
    use it in a ``with`` block.
    """

    def __init__(
        self, url: str, token: str, *, language: Literal["id", "en"] = "en", timeout: float = TIMEOUT
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise Invalid("client-url", "this is no address of a server", mend="Write https://HOST.")
        if not token.strip():
            raise Invalid("client-token", "there is no token", mend="Make one with `tilik token issue`.")
        self._language = language
        self._http = httpx2.Client(
            base_url=url.rstrip("/"),
            headers={"Authorization": f"Bearer {token.strip()}", "Accept": "application/json"},
            timeout=timeout,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()

    def ask(
        self,
        method: str,
        path: str,
        places: Mapping[str, str],
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Ask for ``path`` with its ``{places}`` filled in; the answer's JSON, or its text where it is none.

        Query values of ``None`` are left out. Raises as the class says.
        """
        filled = path.format(**{name: quote(value, safe="") for name, value in places.items()})
        asked = {name: value for name, value in query.items() if value is not None}
        try:
            answer = self._http.request(method, filled, params=asked, json=body)
        except httpx2.HTTPError as failed:
            raise Unavailable("client-unreachable", f"no answer: {failed}", where=filled) from None
        if not answer.is_success:
            raise self._failed(answer, filled)
        if "json" in answer.headers.get("Content-Type", ""):
            return answer.json()
        return answer.text or None

    def _failed(self, answer: httpx2.Response, path: str) -> TilikError:
        try:
            said = answer.json()
            message = said["message"]
            text = message[self._language] if isinstance(message, dict) else str(message)
            code, where = str(said["code"]), str(said.get("where") or path)
        except (ValueError, KeyError, TypeError):
            code, text, where = "client-answer", f"the server answered {answer.status_code}", path
        return ERRORS.get(answer.status_code, Unavailable)(code, text, where=where)

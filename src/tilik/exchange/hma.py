"""Look-ups in a hash-matching server: Meta's Hasher-Matcher-Actioner by its documented API.

``GET /status``, ``GET /c/signal_type``, ``GET /m/lookup?signal_type=…&signal=…`` and ``POST /h/hash``. Only
hashes leave this machine; ``hash_photo`` sends a picture, to a server that the operator runs.
"""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from tilik.kernel import Invalid, Unavailable

TRIES, FIRST_PAUSE = 3, 0.3
"""Attempts at each request, and seconds before the second; the pause doubles."""

TIMEOUT = 10.0
MOST_BYTES = 4 * 1024 * 1024
"""Of an answer; a longer one is no answer to a look-up."""

RETRIED = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class BankMatch:
    """A signal stands in a bank: under which content, how far from it (0 the same; "" not told)."""

    bank: str
    content: int | None
    distance: str


class _SameServer(urllib.request.HTTPRedirectHandler):
    """Hashes go to the server that was named, wherever it points on itself; to no other."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """The next request; none to another server, so that the answer counts as a refusal."""
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


OPENER = urllib.request.build_opener(_SameServer)


class Hma:
    """A server at ``url``. Raises ``Invalid`` for a bad address; each call ``Unavailable`` or ``Invalid``."""

    def __init__(
        self, url: str, *, timeout: float = TIMEOUT, pause: Callable[[float], None] = time.sleep
    ) -> None:
        if not _is_address(url):
            raise Invalid(
                "hma-url",
                "this is not the address of a hash server",
                where=url.rpartition("@")[2],
                mend="Write it as http://host:port in TILIK_HMA_URL, without user or password.",
            )
        self.url = url.rstrip("/")
        self._timeout, self._pause = timeout, pause

    def status(self) -> None:
        """Returns when the server is up. Raises ``Unavailable``."""
        self._ask("/status")

    def signal_types(self) -> frozenset[str]:
        """The kinds of hash that the server looks up."""
        told = self._json("/c/signal_type")
        if not isinstance(told, list):
            raise self._strange("/c/signal_type")
        named = (each.get("name") if isinstance(each, dict) else each for each in told)
        return frozenset(str(name) for name in named if name)

    def look_up(self, signal_type: str, signal: str) -> list[BankMatch]:
        """The banks that hold this signal, in order of name."""
        asked = {"signal_type": signal_type, "signal": signal, "bypass_coinflip": "true"}
        told = self._json(f"/m/lookup?{urlencode(asked)}")
        if isinstance(told, list):  # servers before 2024 tell the banks' names alone
            return [BankMatch(str(bank), None, "") for bank in sorted(map(str, told))]
        if not isinstance(told, Mapping):
            raise self._strange("/m/lookup")
        return [_match(bank, each) for bank, found in sorted(told.items()) for each in _rows(found)]

    def hash_photo(self, data: bytes) -> dict[str, str]:
        """What the server itself makes of a picture: kind of hash → hash."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="photo"; filename="photo"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
        told = self._json("/h/hash", body, f"multipart/form-data; boundary={edge}")
        if not isinstance(told, Mapping):
            raise self._strange("/h/hash")
        return {str(kind): str(found) for kind, found in told.items()}

    def _json(self, path: str, body: bytes | None = None, kind: str = "") -> Any:
        try:
            return json.loads(self._ask(path, body, kind))
        except ValueError:
            raise self._strange(path) from None

    def _ask(self, path: str, body: bytes | None = None, kind: str = "") -> bytes:
        request = urllib.request.Request(self.url + path, data=body)  # noqa: S310  (http or https, checked)
        request.add_header("Accept", "application/json")
        if kind:
            request.add_header("Content-Type", kind)
        why = ""
        for attempt in range(TRIES):
            if attempt:
                self._pause(FIRST_PAUSE * 2 ** (attempt - 1))
            try:
                with OPENER.open(request, timeout=self._timeout) as answer:
                    return _limited(answer.read(MOST_BYTES + 1))
            except urllib.error.HTTPError as failed:
                why = f"{failed.code} {_message(failed)}"
                if failed.code not in RETRIED:
                    raise Invalid(
                        "hma-refused",
                        f"the hash server refused the request: {why}",
                        where=self.url + path.partition("?")[0],
                        mend="Check the server's version and its enabled signal types.",
                    ) from None
            except (OSError, ValueError, HTTPException) as failed:
                why = str(getattr(failed, "reason", "") or failed)
        raise Unavailable(
            "hma-unreachable",
            f"the hash server does not answer: {why}",
            where=self.url,
            mend="Start it, or correct TILIK_HMA_URL.",
        )

    def _strange(self, path: str) -> Invalid:
        return Invalid(
            "hma-answer",
            "the answer is not one of a hash server",
            where=self.url + path.partition("?")[0],
            mend="Correct TILIK_HMA_URL.",
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    more = "@" in parts.netloc or parts.query or parts.fragment or re.search(r"[\s\x00-\x1f]", url)
    return plain and not more


def _limited(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES} bytes")
    return data


def _message(failed: urllib.error.HTTPError) -> str:
    try:
        told = json.loads(failed.read(4096))
        return str(told["message"] if isinstance(told, dict) else told)[:200]
    except (ValueError, KeyError, OSError):
        return failed.reason[:200]


def _rows(found: object) -> list[Any]:
    return list(found) if isinstance(found, list) else []


def _match(bank: str, row: Any) -> BankMatch:
    told = row if isinstance(row, Mapping) else {}
    content = told.get("bank_content_id", told.get("content_id"))
    return BankMatch(bank, content if isinstance(content, int) else None, str(told.get("distance", "")))

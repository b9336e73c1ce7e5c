"""One request to one endpoint: bounded in time, to a checked address, with no redirect followed."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

import httpx2

from tilik.exchange.webhooks.address import Forbidden, reachable

TOTAL = 20.0
"""Seconds for everything: the name, the connection, the answer. The specification asks for 15 to 30."""
EXCERPT = 200
"""Bytes of an unhappy answer that are kept for whoever looks for the fault; of a happy one none are read."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request. ``status`` is None where nothing answered; ``after`` the seconds that it asked
    to be left alone."""

    status: int | None
    said: str
    after: float = 0.0

    @property
    def good(self) -> bool:
        """Only 2xx counts as delivered."""
        return self.status is not None and 200 <= self.status < 300


async def post(
    address: str, headers: Mapping[str, str], body: bytes, *, private: bool, total: float = TOTAL
) -> Answered:
    """Send one message; never raises for what the network or the endpoint does."""
    try:
        async with asyncio.timeout(total):
            return await _post(urlsplit(address), headers, body, private=private)
    except TimeoutError:
        return Answered(None, f"no answer within {total:g} seconds")
    except Forbidden:
        return Answered(None, "the name leads into the own network, which is not allowed for this endpoint")
    except (OSError, ValueError, httpx2.HTTPError, httpx2.InvalidURL) as error:
        return Answered(None, (str(error) or type(error).__name__)[:EXCERPT])


async def _post(parts: SplitResult, headers: Mapping[str, str], body: bytes, *, private: bool) -> Answered:
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found = await reachable(host, port, private=private)
    sent = {
        **headers,
        "host": parts.netloc,
        "content-type": "application/json",
        "accept-encoding": "identity",
        "user-agent": "Tilik-Webhooks/1",
    }
    asked = (parts.path or "/").encode() + (f"?{parts.query}".encode() if parts.query else b"")
    async with httpx2.AsyncClient(
        trust_env=False, follow_redirects=False, verify=_tls(), timeout=None
    ) as client:
        for place, one in enumerate(found, start=1):
            target = httpx2.URL(scheme=parts.scheme, host=one, port=port, raw_path=asked)
            try:
                return await _exchange(client, target, sent, body, host)
            except httpx2.ConnectError:
                if place == len(found):
                    raise
    raise OSError("the name has no address")


async def _exchange(
    client: httpx2.AsyncClient, target: httpx2.URL, headers: Mapping[str, str], body: bytes, host: str
) -> Answered:
    more = {"sni_hostname": host}  # the certificate is that of the name, though an address is called
    async with client.stream("POST", target, content=body, headers=headers, extensions=more) as answer:
        if 200 <= answer.status_code < 300:
            return Answered(answer.status_code, "")
        read = b""
        async for part in answer.aiter_raw(EXCERPT):
            read += part
            if len(read) >= EXCERPT:
                break
        return Answered(answer.status_code, _excerpt(read), _after(answer.headers.get("retry-after", "")))


def _excerpt(read: bytes) -> str:
    text = read[:EXCERPT].decode("utf-8", errors="replace")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _after(said: str) -> float:
    """Seconds, where the header says seconds."""
    return float(said) if said.isascii() and said.isdigit() and len(said) < 8 else 0.0


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()

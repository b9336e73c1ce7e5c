"""Addresses that messages may go to: https, and no machine of the own network unless that was allowed.

A name is looked up at each delivery, every address that it has is checked, and the connection goes to one of
those very addresses: a name that answers otherwise a moment later leads nowhere.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

from tilik.kernel import Invalid

LONGEST = 500
THIS_MACHINE = "127.0.0.1"
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(Exception):
    """The name leads to an address that no message may go to."""


def check_address(url: str, *, private: bool) -> SplitResult:
    """The parts of an address that may be told. Raises ``Invalid``.

    ``private`` allows this machine and the own network; http is for this machine alone.
    """
    try:
        parts = urlsplit(url)
        fits = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise _refusal() from None
    plain = len(url) <= LONGEST and re.fullmatch(r"[\x21-\x7e]+", url)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == THIS_MACHINE)
    if not (fits and plain and secure) or "@" in parts.netloc or parts.fragment:
        raise _refusal()
    literal = _literal(parts.hostname or "")
    if literal is not None and not may_reach(literal, private=private):
        raise Invalid(
            "webhook-private",
            "this address is inside the own network",
            where=parts.netloc,
            mend="An operator can allow it with `tilik webhooks add --private`.",
        )
    return parts


def _refusal() -> Invalid:
    return Invalid(
        "webhook-url",
        "this is no address that messages can go to",
        where="url",
        mend="Write https://host/path, without user, password or #part; http only for 127.0.0.1.",
    )


def origin_of(parts: SplitResult) -> str:
    """Scheme, host and port: what may be read by everybody who administers."""
    return f"{parts.scheme}://{parts.netloc}"


def may_reach(address: Address, *, private: bool) -> bool:
    """Whether a message may go there. Link-local addresses (where clouds keep their keys) never may."""
    inside = _inside(address)
    if inside is not None:
        return may_reach(inside, private=private)
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    return private or address.is_global


def _inside(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 one wraps, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


async def reachable(host: str, port: int, *, private: bool) -> list[str]:
    """The addresses of a name, all checked. Raises ``OSError`` for an unknown name, ``Forbidden``."""
    loop = asyncio.get_running_loop()
    told = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(one[4][0]) for one in told))
    if not all(may_reach(ipaddress.ip_address(one), private=private) for one in found):
        raise Forbidden
    return found

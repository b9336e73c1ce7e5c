"""Addresses of tables in databases: ``postgres://user@host/db?table=videos``, and how they may be shown."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlencode, urlsplit

from tilik.kernel import Invalid

FILES = ("duckdb", "sqlite")
"""Databases that are one file."""


class Address(NamedTuple):
    """``url`` is what connects, credentials and all: never printed or kept. ``shown`` may be."""

    scheme: str
    url: str
    table: str
    shown: str
    secrets: tuple[str, ...]

    @property
    def file(self) -> Path:
        """The file of a ``duckdb:`` or ``sqlite:`` address."""
        parts = urlsplit(self.url)
        return Path(parts.netloc + parts.path)


def address_of(source: Path | str, table: str = "") -> Address | None:
    """The address that ``source`` is; None for a path. ``table`` goes before the one in the address.

    User, password and every parameter but the table's name are left out of ``shown``. Raises ``Invalid``.
    """
    if isinstance(source, Path) or "://" not in source:
        return None
    parts = _parts(source)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    named = table or dict(asked).get("table", "")
    others = urlencode([(name, value) for name, value in asked if name != "table"])
    url = f"{parts.scheme}://{parts.netloc}{parts.path}" + (f"?{others}" if others else "")
    place = parts.netloc.rpartition("@")[2]
    query = urlencode({"table": named}, safe=".") if named else ""
    shown = f"{parts.scheme}://{place}{parts.path}" + (f"?{query}" if query else "")
    hidden = [parts.password or "", *(value for name, value in asked if name != "table")]
    secrets = tuple(text for one in hidden if one for text in {one, unquote_plus(one)})
    return Address(parts.scheme.lower(), url, named, shown, secrets)


def _parts(source: str) -> SplitResult:
    """The parts of an address. One whose password may have been cut in two is refused, and not shown."""
    scheme = source.partition("://")[0]
    try:
        parts = urlsplit(source)
        names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
        whole = parts.port is None or parts.port > 0
    except ValueError:
        parts, names, whole = None, [], False
    if parts is not None and scheme.lower() in FILES:
        return parts
    if parts is None or not whole or parts.fragment or "@" in "".join((parts.path, *names)):
        raise Invalid(
            "frame-address",
            "the address cannot be told apart into user, host and database",
            where=f"{scheme}://…",
            mend="Write signs such as / ? # @ in a user's name or password as %2F %3F %23 %40.",
        )
    return parts


def shown(source: Path | str, table: str = "") -> str:
    """The source as it may be printed."""
    address = address_of(source, table)
    return str(source) if address is None else address.shown


def kept(source: Path | str, table: str = "") -> str:
    """The source as the log may keep it: a file's name without its folders, an address without secrets."""
    address = address_of(source, table)
    return Path(source).name if address is None else address.shown


def name_of(source: Path | str, table: str = "") -> str:
    """What to call a frame from there: the file's name without its ending, or the table's."""
    address = address_of(source, table)
    if address is None:
        return Path(source).stem
    return address.table.rpartition(".")[2] or Path(urlsplit(address.url).path).stem

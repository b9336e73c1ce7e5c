"""A hash server as documented, small: banks of hashes, the routes that Tilik asks, and its misbehaviours."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

NEAR = 31
"""Bits up to which the documented server takes two PDQ hashes for the same."""


class HashServer(ThreadingHTTPServer):
    """``banks``: bank → kind → hashes. ``answers``, as (status, body), come before real ones."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Routes)
        self.banks: dict[str, dict[str, list[str]]] = {}
        self.kinds = ["pdq", "video_md5"]
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[str] = []
        self.names_only = False
        self.redirects = ""
        self.posted = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def matches(self, kind: str, signal: str) -> object:
        found = {
            bank: [
                {"bank_content_id": k, "distance": str(distance(kind, signal, held))}
                for k, held in enumerate(kinds.get(kind, []), start=1)
                if distance(kind, signal, held) <= (NEAR if kind == "pdq" else 0)
            ]
            for bank, kinds in self.banks.items()
        }
        found = {bank: rows for bank, rows in found.items() if rows}
        return sorted(found) if self.names_only else found


def distance(kind: str, one: str, other: str) -> int:
    if kind != "pdq":
        return 0 if one == other else 256
    return (int(one, 16) ^ int(other, 16)).bit_count()


class _Routes(BaseHTTPRequestHandler):
    server: HashServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append(self.path)
        if self.server.answers:
            self._say(*self.server.answers.pop(0))
        elif self.server.redirects and self.path != self.server.redirects:
            self._say(302, b"", self.server.redirects)
        elif parts.path == "/status":
            self._say(200, b"I-AM-ALIVE")
        elif parts.path == "/c/signal_type":
            self._say(
                200, json.dumps([{"name": k, "enabled_ratio": 1.0} for k in self.server.kinds]).encode()
            )
        elif parts.path == "/m/lookup":
            asked = parse_qs(parts.query)
            kind, signal = asked["signal_type"][0], asked["signal"][0]
            if kind not in self.server.kinds:
                self._say(400, json.dumps({"message": f"No such SignalType '{kind}'"}).encode())
            else:
                self._say(200, json.dumps(self.server.matches(kind, signal)).encode())
        else:
            self._say(404, b"{}")

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        self.server.posted = self.rfile.read(int(self.headers["Content-Length"]))
        self._say(200, json.dumps({"pdq": "ab" * 32}).encode())

    def _say(self, status: int, body: bytes, there: str = "") -> None:
        self.send_response(status)
        if there:
            self.send_header("Location", there)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@contextmanager
def serving() -> Iterator[HashServer]:
    with HashServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)

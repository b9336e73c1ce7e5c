"""Another program that is told: a real HTTP server, which verifies for itself and misbehaves when asked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Got:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def fits(self, secret: str) -> bool:
        """Whether one of its signatures is by this secret: written from the specification, not from ours."""
        key = base64.b64decode(secret.split("_", 1)[1])
        signed = b".".join((self.id.encode(), self.headers["webhook-timestamp"].encode(), self.body))
        good = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{good}" in self.headers["webhook-signature"].split(" ")


class Receiver(ThreadingHTTPServer):
    """``answers`` come one by one before 200: a status, a header to it, ``hang`` or ``drip``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Routes)
        self.answers: list[int | tuple[int, str, str] | str] = []
        self.got: list[Got] = []
        self.came = threading.Semaphore(0)
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in/secret-path"

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hung up did so on purpose."""


class _Routes(BaseHTTPRequestHandler):
    server: Receiver

    def do_GET(self) -> None:
        self._take()
        self._say(200)

    def do_POST(self) -> None:
        self._take()
        answer = self.server.answers.pop(0) if self.server.answers else 200
        if answer == "hang":
            self.server.over.wait(30)
        elif answer == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.server.over.wait(0.02):
                self.wfile.write(b"x: y\r\n")
        elif isinstance(answer, tuple):
            self._say(answer[0], {answer[1]: answer[2]})
        else:
            self._say(int(answer))

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        held = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append(Got(self.path, held, body))
        self.server.came.release()

    def _say(self, status: int, more: dict[str, str] | None = None) -> None:
        body = b"" if status == 200 else b"out\x00 of order " * 500
        self.send_response(status)
        for name, value in {**(more or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    with Receiver() as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join(5)

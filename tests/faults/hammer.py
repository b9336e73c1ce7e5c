"""A real server process that can be killed, and people who go on submitting whatever happens to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import httpx

from api.visitor import Visitor, judgement_of

PATIENCE = 60.0
"""Seconds after which a client stops waiting for the server to come back."""


LOADED = """
import os, sys
from tilik.cli.main import run
while sys.stdin.readline():
    child = os.fork()
    if child == 0:
        print(os.getpid(), flush=True)
        run()
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
"""The command ``tilik`` with its modules loaded: each line runs it in a fresh process, forked before anything
of a workspace is open. Loading takes seconds, and ten restarts would spend the test on it."""


class Serving(Protocol):
    """A server that may go away and come back; ``up`` is set while it answers at ``url``."""

    url: str
    up: threading.Event


class Server:
    """``tilik serve`` on a workspace in a process of its own, each time on a port of its own."""

    def __init__(self, folder: Path) -> None:
        command = ["--workspace", str(folder), "serve", "--port", "0", "--no-link"]
        self._loaded = subprocess.Popen(
            [sys.executable, "-c", LOADED, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._running = 0
        self.up = threading.Event()
        self.url = ""

    def start(self) -> None:
        """Start it and wait until it says where it listens."""
        assert self._loaded.stdin is not None
        self._loaded.stdin.write("serve\n")
        self._loaded.stdin.flush()
        self._running = int(self._heard())
        self.url = "http://" + self._heard().partition("http://")[2].strip()
        self.up.set()

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, no handler runs."""
        self.up.clear()
        os.kill(self._running, signal.SIGKILL)
        self._running = 0
        assert self._heard() == "ended\n"

    def close(self) -> None:
        """End whatever runs."""
        if self._running:
            self.kill()
        self._loaded.kill()
        self._loaded.communicate()

    def _heard(self) -> str:
        assert self._loaded.stdout is not None
        line = self._loaded.stdout.readline()
        assert line, "the server ended by itself"
        return line


@dataclass
class Ledger:
    """What the server has acknowledged, and what went wrong on the way."""

    wanted: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    troubles: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    _tickets: count[int] = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ticket(self) -> int | None:
        """The number of the next submission to make, or ``None`` when all are given out."""
        with self._lock:
            number = next(self._tickets)
        return number if number < self.wanted else None

    def acknowledge(self, body: dict[str, Any], answer: dict[str, Any]) -> None:
        """Note an acknowledged judgement under its key."""
        with self._lock:
            assert body["key"] not in self.acknowledged
            self.acknowledged[body["key"]] = answer["judgement"]
            self.sent[body["key"]] = body
            self.repeated += answer["repeated"]

    def trouble(self, error: Exception) -> None:
        """Note a request that got no answer."""
        with self._lock:
            self.troubles[type(error).__name__] += 1


class Hand(threading.Thread):
    """One reviewer: leases and submits until the tickets are gone; sends again with the same key after any
    failure, as the browser's outbox does."""

    def __init__(self, visitor: Visitor, server: Serving, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self._visitor, self._server, self._ledger = visitor, server, ledger
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Work; an unexpected answer ends it and is kept in ``failure``."""
        try:
            while (number := self._ledger.ticket()) is not None:
                self._one(number)
        except BaseException as error:
            self.failure = error

    def _one(self, number: int) -> None:
        task = self._insist("/api/tasks/next", {"holding": []})["task"]
        assert task is not None, "there are as many tasks as tickets"
        body = judgement_of(task, key=str(uuid.uuid4()), active_seconds=number + 0.25)
        self._ledger.acknowledge(body, self._insist("/api/judgements", body))

    def _insist(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            self._visitor.base = self._server.url
            try:
                answer = self._visitor.post(path, body)
            except httpx.TransportError as error:
                self._ledger.trouble(error)
                time.sleep(0.01)
                self._server.up.wait(PATIENCE)
                continue
            assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
            found: dict[str, Any] = answer.json()
            return found
        raise TimeoutError(f"{path} had no answer for {PATIENCE:.0f} s")

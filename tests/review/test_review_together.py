"""Twenty people at once, over HTTP: each task in one pair of hands, judged once."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import uvicorn

from api.visitor import Visitor
from faults.aftermath import (
    each_acknowledged_judgement_is_there_once,
    every_task_is_settled_by_one_person,
    the_log_holds_and_folds_to_the_same_tables,
)
from faults.hammer import Hand, Ledger
from study.making import make_study, people
from tilik.api import create_app
from tilik.store import Workspace

PEOPLE, TASKS = 20, 300


@dataclass
class Here:
    """A server in this process."""

    url: str
    up: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def served(workspace: Workspace) -> Iterator[Here]:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(workspace), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    here = Here(f"http://127.0.0.1:{listening.getsockname()[1]}")
    here.up.set()
    yield here
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.slow
def test_each_task_is_judged_once(workspace: Workspace, served: Here, tmp_path: Path) -> None:
    make_study(workspace, TASKS)
    staff = people(workspace, *(f"Penilai {number}" for number in range(PEOPLE)))
    ledger = Ledger(TASKS)
    visitors = [Visitor(httpx.Client(timeout=60), served.url).sign_in(workspace, one) for one in staff]
    hands = [Hand(visitor, served, ledger) for visitor in visitors]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert [hand.failure for hand in hands if hand.failure] == []
    assert (ledger.troubles.total(), ledger.repeated) == (0, 0)
    assert visitors[0].next_task() is None
    each_acknowledged_judgement_is_there_once(workspace, ledger)
    every_task_is_settled_by_one_person(workspace, TASKS)
    the_log_holds_and_folds_to_the_same_tables(workspace, tmp_path)

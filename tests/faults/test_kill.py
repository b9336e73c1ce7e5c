"""The server is killed ten times while sixteen people submit: nothing acknowledged is lost or said twice."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from api.visitor import Visitor
from faults.aftermath import (
    each_acknowledged_judgement_is_there_once,
    every_task_is_settled_by_one_person,
    the_log_holds_and_folds_to_the_same_tables,
)
from faults.hammer import Hand, Ledger, Server
from study.making import make_study, people
from tilik.store import Workspace, create, open_workspace
from tilik.store.tables import judgement

SUBMISSIONS = 500
KILLS = 10
PEOPLE = 16
SEED = 20_260_301


@pytest.fixture
def kept(store_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with real time, which server processes open beside this one."""
    create(tmp_path / "workspace", database=store_url)
    opened = open_workspace(tmp_path / "workspace")
    yield opened
    opened.close()


@pytest.fixture
def server(kept: Workspace) -> Iterator[Server]:
    started = Server(kept.folder)
    started.start()
    yield started
    started.close()


@pytest.mark.slow
def test_what_was_acknowledged_is_there_once_after_ten_kills(
    kept: Workspace, server: Server, tmp_path: Path
) -> None:
    make_study(kept, SUBMISSIONS)
    ledger = Ledger(SUBMISSIONS)
    hands = [Hand(visitor, server, ledger) for visitor in _visitors(kept, server)]
    for hand in hands:
        hand.start()
    _kill_at_random_moments(kept, server, ledger, hands)
    for hand in hands:
        hand.join()
    assert [hand.failure for hand in hands if hand.failure] == []
    assert ledger.troubles.total() >= KILLS, "some kills met nobody at work"
    print(f"{ledger.troubles} unanswered; {ledger.repeated} were kept although the answer was lost")
    server.kill()
    each_acknowledged_judgement_is_there_once(kept, ledger)
    every_task_is_settled_by_one_person(kept, SUBMISSIONS)
    the_log_holds_and_folds_to_the_same_tables(kept, tmp_path)


def _visitors(kept: Workspace, server: Server) -> list[Visitor]:
    staff = people(kept, *(f"Penilai {number}" for number in range(PEOPLE)))
    return [Visitor(httpx.Client(timeout=30), server.url).sign_in(kept, person) for person in staff]


def _kill_at_random_moments(kept: Workspace, server: Server, ledger: Ledger, hands: list[Hand]) -> None:
    dice = random.Random(SEED)
    for number, after in enumerate(sorted(dice.sample(range(5, SUBMISSIONS - 20), KILLS))):
        while len(ledger.acknowledged) < after and all(hand.is_alive() for hand in hands):
            time.sleep(0.002)
        time.sleep(dice.uniform(0, 0.05))  # anywhere between two acknowledgements, not just after one
        if number % 2:
            _wait_for_a_judgement_not_yet_acknowledged(kept, ledger)
        server.kill()
        server.start()


def _wait_for_a_judgement_not_yet_acknowledged(kept: Workspace, ledger: Ledger) -> None:
    """The worst moment: it is in the database, and its sender will never hear so."""
    until = time.monotonic() + 2
    while time.monotonic() < until:
        with kept.store.read() as connection:
            there = connection.execute(select(func.count()).select_from(judgement)).scalar_one()
        if there > len(ledger.acknowledged):
            return

"""The audit trail: who did what, newest first, without bodies, and how far its seals hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from api.visitor import Visitor
from study.making import make_study
from tilik.api import trail as trail_module
from tilik.log import log_entry
from tilik.store import Workspace


@pytest.fixture
def lead(enter: Callable[..., Visitor]) -> Visitor:
    return enter("lead", "reviewer")


def trail(lead: Visitor, query: str = "") -> dict[str, Any]:
    answer = lead.get(f"/api/log{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_newest_acts_come_first_with_pseudonyms(sqlite_workspace: Workspace, lead: Visitor) -> None:
    make_study(sqlite_workspace, 1)
    task = lead.next_task()
    assert task is not None
    lead.judge(task)
    found = trail(lead)
    entries = found["entries"]
    assert [entry["type"] for entry in entries[:2]] == ["judgement-submitted", "task-leased"]
    assert {entry["actor"] for entry in entries[:2]} == {"R01"}
    assert [entry["seq"] for entry in entries] == list(range(found["head"], 0, -1))
    assert found["verified_to"] == found["head"]
    assert set(entries[0]) == {"seq", "at", "actor", "type", "subject", "hash"}


def test_it_names_nobody_but_by_pseudonym(sqlite_workspace: Workspace, lead: Visitor) -> None:
    answer = lead.get("/api/log")
    person = lead.get("/api/session").json()["person"]
    assert person["name"] not in answer.text
    assert person["id"] not in answer.text


def test_it_is_read_page_by_page(sqlite_workspace: Workspace, lead: Visitor) -> None:
    make_study(sqlite_workspace, 4)
    everything = [entry["seq"] for entry in trail(lead)["entries"]]
    pages, before = [], ""
    while page := trail(lead, f"?limit=3{before}")["entries"]:
        assert len(page) <= 3
        pages += [entry["seq"] for entry in page]
        before = f"&before={page[-1]['seq']}"
    assert pages == everything


def test_it_is_verified_to_the_first_break(sqlite_workspace: Workspace, lead: Visitor) -> None:
    make_study(sqlite_workspace, 2)
    with sqlite_workspace.store.write() as writing:
        body = writing.connection.execute(select(log_entry.c.body).where(log_entry.c.seq == 5)).scalar_one()
        changed = update(log_entry).where(log_entry.c.seq == 5)
        writing.connection.execute(changed.values(body=body.replace(":", ": ", 1)))
    assert trail(lead)["verified_to"] == 4
    assert trail(lead)["verified_to"] == 4
    with sqlite_workspace.store.write() as writing:
        writing.connection.execute(update(log_entry).where(log_entry.c.seq == 5).values(body=body))
    found = trail(lead)
    assert found["verified_to"] == found["head"]


def test_a_long_chain_is_verified_stretch_by_stretch(
    sqlite_workspace: Workspace, lead: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_study(sqlite_workspace, 3)
    monkeypatch.setattr(trail_module, "STRETCH", 4)
    head = trail(lead)["head"]
    seen = [trail(lead)["verified_to"] for _ in range(head // 4 + 1)]
    assert seen[0] == 8
    assert seen == [min(8 + 4 * n, head) for n in range(len(seen))]

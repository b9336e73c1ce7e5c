"""What must hold after much happened at once: nothing lost, nothing twice, the log tells it all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from faults.hammer import Ledger
from tilik.log import last, read, verify
from tilik.store import Workspace, open_engine, rebuild
from tilik.store.engine import database_file
from tilik.store.tables import judgement, lease, task


def each_acknowledged_judgement_is_there_once(workspace: Workspace, ledger: Ledger) -> None:
    """Rows and acknowledgements are the same judgements, each with the content that was sent."""
    with workspace.store.read() as connection:
        rows = connection.execute(select(judgement)).all()
    assert len(ledger.acknowledged) == ledger.wanted
    assert sorted((row.key, row.id) for row in rows) == sorted(ledger.acknowledged.items())
    for row in rows:
        assert _content(row._mapping) == _content(ledger.sent[row.key])


def _content(body: Any) -> tuple[Any, ...]:
    given = body["answers"]
    return body["task"], body["active_seconds"], json.loads(given) if isinstance(given, str) else given


def every_task_is_settled_by_one_person(workspace: Workspace, tasks: int) -> None:
    """Each task was leased once, judged once and is settled."""
    with workspace.store.read() as connection:
        states = connection.execute(select(task.c.state, task.c.judged)).all()
        judged = connection.execute(select(judgement.c.task)).scalars().all()
        ends = connection.execute(select(lease.c.ended)).scalars().all()
    assert [tuple(row) for row in states] == [("settled", 1)] * tasks
    assert len(set(judged)) == len(judged) == tasks
    assert ends == ["judged"] * tasks, "a lease whose answer was lost is handed out again, not anew"


def the_log_holds_and_folds_to_the_same_tables(workspace: Workspace, scratch: Path) -> None:
    """No break in the chain; the rebuilt tables are equal row for row."""
    with workspace.store.read() as connection:
        assert list(verify(read(connection), last(connection))) == []
    fresh = open_engine(database_file(scratch / "again.db"))
    unequal = [match for match in rebuild(workspace.store, fresh) if not match.equal]
    fresh.dispose()
    assert unequal == []

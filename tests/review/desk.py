"""People at work in a workspace, each call a transaction of its own, as over HTTP."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Table, select

from study.making import Made, answers
from tilik.access import Person
from tilik.kernel import TilikError, to_text
from tilik.log import log_entry
from tilik.review import (
    Judged,
    Lease,
    Receipt,
    Stop,
    Submission,
    held,
    last_judged,
    lease_next,
    release,
    renew,
    reopen,
    stop_work,
    submit,
)
from tilik.store import Workspace
from tilik.store.tables import task


class Desk:
    """What people do, on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def lease(self, person: Person) -> Lease | None:
        """The next task for this person."""
        with self.workspace.store.write(person.id) as writing:
            return lease_next(writing, person.id, simulated=person.simulated)

    def take(self, person: Person) -> Lease:
        """The next task; there must be one."""
        granted = self.lease(person)
        assert granted is not None
        return granted

    def renew(self, person: Person, lease: Lease) -> Lease:
        """Keep it longer."""
        with self.workspace.store.write(person.id) as writing:
            return renew(writing, person.id, lease.id)

    def release(self, person: Person, lease: Lease) -> None:
        """Give it back."""
        with self.workspace.store.write(person.id) as writing:
            release(writing, person.id, lease.id)

    def held(self, person: Person) -> list[str]:
        """The tasks in this person's hands."""
        store = self.workspace.store
        with store.read() as connection:
            return [lease.task for lease in held(connection, person.id, to_text(store.clock()))]

    def last(self, person: Person) -> list[Judged]:
        """What this person may still change."""
        with self.workspace.store.read() as connection:
            return last_judged(connection, person.id)

    def reopen(self, person: Person, judgement: str) -> Lease:
        """Look at one's own judgement again."""
        with self.workspace.store.write(person.id) as writing:
            return reopen(writing, person.id, judgement)

    def send(self, person: Person, sent: Submission) -> Receipt:
        """Hand in exactly this."""
        with self.workspace.store.write(person.id) as writing:
            return submit(writing, person.id, sent)

    def judge(self, person: Person, lease: Lease, study: Made, /, **changes: Any) -> Receipt:
        """Hand in a judgement of the task that is leased."""
        return self.send(person, submission(lease, study, **changes))

    def stop(self, person: Person, lease: Lease, code: str = "ESC-DANGER", /, **changes: Any) -> Receipt:
        """Stop work on the task that is leased."""
        body = {"key": str(uuid.uuid4()), "task": lease.task, "lease": lease.id, "at": 1.5}
        with self.workspace.store.write(person.id) as writing:
            return stop_work(writing, person.id, Stop(**{**body, "escalation": code, **changes}))

    def rows(self, table: Table) -> list[Any]:
        """Everything in a table."""
        with self.workspace.store.read() as connection:
            return list(connection.execute(select(table)))

    def state(self, identity: str) -> str:
        """The state of a task."""
        return str(next(row.state for row in self.rows(task) if row.id == identity))

    def events(self, kind: str) -> list[Any]:
        """The log's entries of a type, in order."""
        rows = [row for row in self.rows(log_entry) if row.type == kind]
        return sorted(rows, key=lambda row: row.seq)

    def refused(self, act: Any, *arguments: Any, **more: Any) -> str:
        """The code with which this act is refused; nothing of it may be left in the log."""
        before = len(self.rows(log_entry))
        try:
            done = act(*arguments, **more)
        except TilikError as error:
            assert len(self.rows(log_entry)) == before
            return f"{type(error).__name__} {error.code}"
        raise AssertionError(f"it was accepted: {done}")


def submission(lease: Lease, study: Made, /, **changes: Any) -> Submission:
    """A complete submission of somebody who found nothing."""
    body: dict[str, Any] = {
        "key": str(uuid.uuid4()),
        "task": lease.task,
        "lease": lease.id,
        "guideline": study.guideline,
        "answers": answers(),
        "trace": ((0.0, 4.0, 1.0),),
        "active_seconds": 12.5,
        "language": "id",
    }
    return Submission(**{**body, **changes})

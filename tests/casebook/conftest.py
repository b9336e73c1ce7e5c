"""A study of six videos, two reviewers and somebody who keeps policy."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import pytest

from review.desk import Desk
from study.making import Made, answers, make_study, people
from tilik.access import Person
from tilik.casebook import Filed, Filing, file_case
from tilik.review import Lease, Receipt
from tilik.store import Workspace


class Room:
    """What people do in the casebook of one workspace, each call a transaction of its own."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.study: Made = make_study(workspace, 6, wants=2)
        self.sari, self.budi = people(workspace, "Sari", "Budi")
        self.tia = people(workspace, "Tia", roles=("policy",))[0]
        self.desk = Desk(workspace)

    def act(self, act: Any, /, *arguments: Any, by: Person | None = None, **more: Any) -> Any:
        """Call an act of the casebook in a transaction."""
        with self.workspace.store.write((by or self.tia).id) as writing:
            return act(writing, *arguments, **more)

    def read(self, look: Any, /, *arguments: Any, **more: Any) -> Any:
        """Call a reading of the casebook."""
        with self.workspace.store.read() as connection:
            return look(connection, *arguments, **more)

    def file(self, person: Person, lease: Lease, said: str = "Apakah ini iklan?", **changes: Any) -> Filed:
        """File a case about the task that is leased."""
        body: dict[str, Any] = {
            "key": str(uuid.uuid4()),
            "task": lease.task,
            "type": "two_labels_compete",
            "question": "label.COM-PROMO",
            "span": {"start": 1.0, "end": 2.5},
            "said": said,
        }
        return self.act(file_case, person.id, Filing(**{**body, **changes}), by=person)

    def judge(self, person: Person, lease: Lease, chosen: dict[str, Any], **more: Any) -> Receipt:
        """Hand in a judgement with these answers."""
        return self.desk.judge(person, lease, self.study, answers=answers(chosen), **more)

    def filed(self, said: Sequence[str]) -> list[Filed]:
        """A case for each sentence, all by Sari, each on a task of its own as far as there are tasks."""
        found = []
        for sentence in said:
            lease = self.desk.take(self.sari)
            found.append(self.file(self.sari, lease, sentence))
            self.judge(self.sari, lease, {})
        return found


@pytest.fixture
def room(workspace: Workspace) -> Room:
    return Room(workspace)


@pytest.fixture
def one_room(sqlite_workspace: Workspace) -> Room:
    return Room(sqlite_workspace)

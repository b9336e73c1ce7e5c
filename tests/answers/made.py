"""Sets of machine answers made by hand, and people who judge them."""

from __future__ import annotations

import uuid
from typing import Any

from study.making import people
from tilik.access import Person
from tilik.answers import Item, Turn, import_answers
from tilik.answers.queue import Lease, lease_next
from tilik.answers.submit import AnswerSubmission, Receipt, submit
from tilik.store import Workspace, guideline_text
from tilik.study import add_guideline

DIMENSIONS = ("DEV", "SAF", "FAI", "LID", "TON", "PRV", "USE")


def item(prompt: str, model: str, response: str = "Jawaban.", **more: Any) -> Item:
    turns = (Turn(role="user", text=prompt), Turn(role="assistant", text=response))
    return Item(**{"turns": turns, "model": model, "band": "AB3", "language": "id", **more})


def make_set(
    workspace: Workspace, items: list[Item], *, name: str = "pilot", pairs: int = 0, wants: int = 1
) -> str:
    """Import these under the shipped guideline; returns the set's id."""
    with workspace.store.write() as writing:
        add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    return import_answers(workspace.store, items, name=name, seed=3, pairs=pairs, wants=wants)[0]


def person(workspace: Workspace, name: str = "Sari") -> Person:
    return people(workspace, name)[0]


def take(workspace: Workspace, who: Person) -> Lease | None:
    with workspace.store.write(who.id) as writing:
        return lease_next(writing, who.id)


def rating(
    score: int = 4, fails: tuple[str, ...] = (), *, turns: tuple[int, ...] = (1,), **more: Any
) -> dict[str, Any]:
    """What somebody says of an answer, the same score everywhere."""
    one = {"kind": "answer", "fails": list(fails), "scores": dict.fromkeys(DIMENSIONS, score)}
    return {"kind": "rating", "turns": [{"turn": at, **one} for at in turns], **more}


def submission(lease: Lease, guideline: str, said: dict[str, Any], **more: Any) -> AnswerSubmission:
    body = {
        "key": str(uuid.uuid4()), "task": lease.task, "lease": lease.id, "guideline": guideline, "said": said,
        "active_seconds": 9.5, "language": "id",
    }  # fmt: skip
    return AnswerSubmission.model_validate({**body, **more})


def send(workspace: Workspace, who: Person, sent: AnswerSubmission) -> Receipt:
    with workspace.store.write(who.id) as writing:
        return submit(writing, who.id, sent)

"""Known machine answers in a workspace, and chance that always plants."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from answers.made import rating, send, submission, take
from tilik.access import Person
from tilik.answers import Item, planting
from tilik.answers.gold import AnswerGold, bring_in, find_gold
from tilik.answers.queue import Lease
from tilik.store import Workspace
from tilik.store.store import SYSTEM
from tilik.store.tables import answer_gold
from tilik.study import active_guideline


class Rigged:
    """The draw below every rate, and the first of what fits; or the draw above every rate."""

    def __init__(self, drawn: float) -> None:
        self.drawn = drawn

    def random(self) -> float:
        return self.drawn

    def getrandbits(self, bits: int) -> int:
        return 0


def always(monkeypatch: pytest.MonkeyPatch, *, plant: bool = True) -> None:
    """Plant whenever there is something to plant; or never."""
    monkeypatch.setattr(planting, "CHANCE", Rigged(0.0 if plant else 0.999))


def record(item: Item) -> dict[str, Any]:
    """An answer as a file holds it."""
    return {
        "prompt": item.turns[0].text, "response": item.turns[1].text, "model": item.model,
        "age_band": item.band, "language": item.language,
    }  # fmt: skip


def line(item: Item, said: dict[str, Any], **more: Any) -> str:
    """A line of a file of known answers."""
    return json.dumps({"a": record(item), "said": said, **more})


def make_gold(
    workspace: Workspace, items: list[Item], said: dict[str, Any] | None = None, *, actor: str = SYSTEM
) -> list[AnswerGold]:
    """Make it known of these answers that this is to be said of them."""
    text = "\n".join(line(one, said or rating(4)) for one in items)
    with workspace.store.write(actor) as writing:
        made = bring_in(writing, text, guideline=active_guideline(writing.connection), name="known")
        return [find_gold(writing.connection, one) for one in made]


def guideline(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return active_guideline(connection)


def is_gold(workspace: Workspace, lease: Lease) -> bool:
    with workspace.store.read() as connection:
        found = connection.execute(select(answer_gold.c.id).where(answer_gold.c.task == lease.task)).first()
    return found is not None


def judge(workspace: Workspace, who: Person, lease: Lease, said: dict[str, Any] | None = None) -> None:
    send(workspace, who, submission(lease, guideline(workspace), said or rating(4)))


def work(workspace: Workspace, who: Person, most: int = 50) -> list[bool]:
    """Judge until nothing is left: which of the tasks were gold."""
    seen: list[bool] = []
    while len(seen) < most and (lease := take(workspace, who)) is not None:
        seen.append(is_gold(workspace, lease))
        judge(workspace, who, lease)
    return seen

"""Known items in a workspace, and people who are served them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from study.making import answers, prepare, shipped
from tilik.kernel import Span
from tilik.quality.gold import Facts, GoldItem, Pool, add_known, find_gold, set_rate
from tilik.review import Lease
from tilik.store import Workspace, guideline_text
from tilik.store.store import SYSTEM
from tilik.store.tables import gold
from tilik.study import add_guideline

LABEL = shipped().labels[0]
FAMILY = LABEL.family
FOUND = {f"family.{FAMILY}": True, f"label.{LABEL.code}": 3}
QUESTION = f"label.{LABEL.code}"


def failing() -> dict[str, Any]:
    """Complete answers of somebody who found the worst of the first label."""
    return answers(FOUND)


def make_gold(
    workspace: Workspace,
    videos: Iterable[str],
    *,
    pool: Pool = "gold",
    fails: bool = False,
    media: bool = True,
    actor: str = SYSTEM,
) -> list[GoldItem]:
    """Make these videos known, each with a playable file unless ``media`` is false."""
    with workspace.store.write(actor) as writing, TemporaryDirectory() as scratch:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        made = []
        for video in videos:
            if media:
                prepare(writing, video, Path(scratch))
            marks = [(QUESTION, Span(start=1, end=2))] if fails else []
            notes = {QUESTION: "Bahan sama diputar berulang."} if fails else {}
            facts = Facts(video, guideline, failing() if fails else answers(), marks, notes)
            made.append(add_known(writing, facts, pool))
        return [find_gold(writing.connection, one) for one in made]


def always(workspace: Workspace, rate: float = 0.5) -> None:
    """Plant gold at this rate."""
    with workspace.store.write() as writing:
        set_rate(writing, rate)


def is_gold(workspace: Workspace, lease: Lease) -> bool:
    """Whether this lease is on a gold task."""
    with workspace.store.read() as connection:
        return connection.execute(select(gold.c.id).where(gold.c.task == lease.task)).first() is not None

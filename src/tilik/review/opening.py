"""Opening tasks: every draw of a study becomes something to judge."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from tilik.review.events import TasksOpened
from tilik.sampling import Design, DrawTable
from tilik.store import Store, Writing
from tilik.study import Purpose, StudyDrawn, draw_study


def open_study(
    store: Store,
    scratch: Path,
    *,
    name: str,
    frame: str,
    design: Design,
    budget: int,
    seed: int,
    purpose: Purpose = "random",
    blind: bool = True,
    wants: int = 1,
    overlap: float | None = None,
) -> tuple[str, DrawTable]:
    """Draw a sample and open its tasks, both or neither; returns the study's id and what was drawn.

    Raises what ``draw_study`` raises.
    """
    return draw_study(
        store,
        scratch,
        name=name,
        frame=frame,
        design=design,
        budget=budget,
        seed=seed,
        purpose=purpose,
        blind=blind,
        wants=wants,
        overlap=overlap,
        then=open_tasks,
    )


def open_tasks(writing: Writing, drawn: StudyDrawn) -> None:
    """Make every draw of a study that was just drawn a task, in the same transaction."""
    writing.record(TasksOpened(study=drawn.study, wants=drawn.wants))
    if writing.connection.dialect.name == "postgresql":
        # Until its next round of statistics PostgreSQL takes the new tasks for a handful, and reads and
        # sorts them all for each lease.
        writing.connection.execute(text("ANALYZE task"))

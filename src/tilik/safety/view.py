"""Reading escalations: what waits, until when, and what was done. Nothing here reads media."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import Connection, select

from tilik.guideline import Escalation
from tilik.kernel import Missing, from_text, to_text
from tilik.log import Blobs
from tilik.store.safety_tables import escalation_step
from tilik.store.tables import answer_set, answer_stop, answer_task, escalation, note
from tilik.study import guideline_of

State = Literal["waiting", "acknowledged", "referred", "closed"]
KEPT = "safety"
"""The part under which a step's note is kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done; ``note`` is ``None`` where there is none or it was erased."""

    id: str
    step: str
    said: str | None
    note: str | None
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class Raised:
    """An escalation: ``code`` in the guideline's words (``kind``), raised at an instant, due to be taken on
    at another (``due``, UTC).

    ``task`` is None where a video was seen outside any; ``at_second`` is the second of the video, and a
    machine answer has none.
    """

    id: str
    about: Literal["video", "answer"]
    task: str | None
    video: str | None
    code: str
    kind: Escalation
    at_second: float | None
    person: str
    raised_at: str
    due: str
    steps: tuple[Step, ...]

    def _last(self, *steps: str) -> Step | None:
        return next((one for one in reversed(self.steps) if one.step in steps), None)

    @property
    def state(self) -> State:
        """How far it has come."""
        last = self._last("acknowledged", "referred", "closed")
        return "waiting" if last is None else last.step  # type: ignore[return-value]

    @property
    def acknowledged_at(self) -> str | None:
        """When it was first taken on."""
        return next((one.at for one in self.steps if one.step == "acknowledged"), None)

    @property
    def hold(self) -> bool:
        """Whether nothing of it may be erased."""
        last = self._last("hold")
        return last is not None and last.said == "on"

    def late(self, now: str) -> bool:
        """Whether it was not taken on in time, or still is not."""
        return (self.acknowledged_at or now) > self.due


def escalations(connection: Connection, blobs: Blobs) -> list[Raised]:
    """Every escalation, of videos and of machine answers: those that wait first, by when they are due."""
    steps = _steps(connection)
    found = [_raised(connection, blobs, row, steps[row.id]) for row in _rows(connection)]
    return sorted(found, key=lambda one: (_rank(one), one.due if one.state == "waiting" else "", one.id))


def find_escalation(connection: Connection, blobs: Blobs, identity: str) -> Raised:
    """One escalation. Raises ``Missing``."""
    row = next((one for one in _rows(connection) if one.id == identity), None)
    if row is None:
        raise Missing(
            "escalation-missing",
            "there is no such escalation",
            where=identity,
            mend="See `tilik safety list`.",
        )
    return _raised(connection, blobs, row, _steps(connection)[identity])


def note_of(connection: Connection, identity: str) -> str | None:
    """What the reviewer wrote when they stopped; ``None`` where they wrote nothing or it was erased."""
    query = select(note.c.text).where(note.c.owner == identity, note.c.question == "stop")
    return connection.execute(query).scalar()


def _rank(one: Raised) -> int:
    return ("waiting", "acknowledged", "referred", "closed").index(one.state)


def _rows(connection: Connection) -> list[Any]:
    answers = (
        select(answer_stop, answer_set.c.guideline)
        .join(answer_task, answer_task.c.id == answer_stop.c.task)
        .join(answer_set, answer_set.c.id == answer_task.c.set)
    )
    return [*connection.execute(select(escalation)), *connection.execute(answers)]


def _steps(connection: Connection) -> dict[str, list[Step]]:
    table = escalation_step.c
    query = (
        select(escalation_step, note.c.text)
        .outerjoin(note, (note.c.owner == table.id) & (note.c.question == KEPT))
        .order_by(table.at, table.id)
    )
    found: dict[str, list[Step]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.escalation].append(Step(row.id, row.step, row.said, row.text, row.person, row.at))
    return found


def _raised(connection: Connection, blobs: Blobs, row: Any, steps: Sequence[Step]) -> Raised:
    every = guideline_of(connection, blobs, row.guideline).escalations
    kind = next(one for one in every if one.code == row.code)
    due = from_text(row.raised_at) + timedelta(minutes=kind.sla_minutes)
    video = getattr(row, "video", None)
    return Raised(
        id=row.id,
        about="answer" if video is None else "video",
        task=row.task,
        video=video,
        code=row.code,
        kind=kind,
        at_second=getattr(row, "at_second", None),
        person=row.person,
        raised_at=row.raised_at,
        due=to_text(due),
        steps=tuple(steps),
    )

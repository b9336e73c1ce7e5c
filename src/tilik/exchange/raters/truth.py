"""What the draws of a study were settled to be, and which judgements each outcome rests on.

For machines an outcome is what people settled: a ruling, else what all judges of the video agree on. A person
is never held against an outcome that their own vote helped to make: theirs is a ruling by somebody else
among judgements that do not depend on theirs, or what two others or more agree on. Where only two people
judged a video there is no such outcome: its ruling was asked for because this person differed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from tilik.guideline import Decided, Decision, Guideline, decide, decided, hands_back
from tilik.measure.facts import StudyFacts
from tilik.quality.adjudication.compare import judgements_of
from tilik.store.adjudication_tables import ruling
from tilik.store.tables import task, video

Stage = Literal["waiting", "single", "agreed", "contested", "ruled"]
FEWEST_OTHERS = 2
BATCH = 500


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: who said what of it, in the order in which it came, and the ruling where one stands."""

    said: tuple[tuple[str, Decided], ...]
    ruled: Decided | None

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.ruled is not None:
            return "ruled"
        if not self.said:
            return "waiting"
        if any(one != self.said[0][1] for _, one in self.said):
            return "contested"
        return "single" if len(self.said) == 1 else "agreed"

    @property
    def outcome(self) -> Decided | None:
        """What was settled; None while it waits or is contested."""
        return self.ruled or (self.said[0][1] if self.stage in ("single", "agreed") else None)

    def without(self, place: int) -> tuple[Stage, Decided | None]:
        """The outcome of the others, without this judgement; ``waiting`` where they are too few."""
        others = [one for at, (_, one) in enumerate(self.said) if at != place]
        if len(others) < FEWEST_OTHERS:
            return "waiting", None
        alike = all(one == others[0] for one in others)
        if self.ruled is not None:
            return ("agreed" if alike else "ruled"), self.ruled
        return ("agreed", others[0]) if alike else ("contested", None)


@dataclass(frozen=True)
class Truth:
    """The draws of a study in the order of ``facts``; stopped and locked ones are empty."""

    facts: StudyFacts
    draws: tuple[Draw, ...]

    @property
    def stages(self) -> NDArray[np.str_]:
        """The stage of each draw."""
        return np.array([one.stage for one in self.draws], dtype=np.str_)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many draws are at each stage."""
        return Counter(one.stage for one in self.draws)


EMPTY = Draw((), None)


def truth_of(connection: Connection, facts: StudyFacts) -> Truth:
    """What is settled of a study now."""
    query = (
        select(task.c.id, task.c.video)
        .outerjoin(video, video.c.id == task.c.video)
        .where(task.c.study == facts.study.id, task.c.state == "settled", video.c.locked.is_not(True))
        .order_by(task.c.id)
    )
    found: dict[str, Draw] = {}
    comes_to = _Deciding(facts.guideline)
    rows = connection.execute(query).all()
    for start in range(0, len(rows), BATCH):
        found |= dict(_some(connection, rows[start : start + BATCH], comes_to))
    return Truth(facts, tuple(found.get(name, EMPTY) for name in facts.videos))


def _some(connection: Connection, rows: Sequence[Any], comes_to: _Deciding) -> Iterator[tuple[str, Draw]]:
    names = [row.id for row in rows]
    heard, ruled = judgements_of(connection, names), _rulings(connection, names)
    for row in rows:
        said = [(one.person, comes_to(one.answers)) for one in heard.get(row.id, [])]
        counting = tuple((person, one) for person, one in said if one is not None)
        yield row.video, Draw(counting, comes_to(ruled[row.id]) if row.id in ruled else None)


class _Deciding:
    """What answers come to, each distinct one worked out once; None where they hand the task on."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self._found: dict[str, Decided | None] = {}

    def __call__(self, answers: Mapping[str, Any]) -> Decided | None:
        key = json.dumps(answers, sort_keys=True)
        if key not in self._found:
            handed = hands_back(self.guideline, answers)
            self._found[key] = None if handed else decided(self.guideline, decide(self.guideline, answers))
        return self._found[key]


def _rulings(connection: Connection, names: Sequence[str]) -> dict[str, Any]:
    query = select(ruling.c.task, ruling.c.answers).where(ruling.c.task.in_(names), ruling.c.stands.is_(True))
    return {row.task: json.loads(row.answers) for row in connection.execute(query)}


def asks(guideline: Guideline, code: str) -> Any:
    """Whether a decision, or what was decided, is positive: it fails, or it has the family of this code."""

    def holds(said: Decided | Decision) -> bool:
        one = said if isinstance(said, Decided) else decided(guideline, said)
        return one.fails if code == VERDICT else code in one.families

    return holds


VERDICT = "verdict"

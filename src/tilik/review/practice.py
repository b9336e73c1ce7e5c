"""Bursts of known items that a person asks for: to practise with feedback, or to be tested.

Short and rich in failing items: where targets are rare people miss more of them (Wolfe, Horowitz & Kenner
2005: misses rise from 7 % at 50 % prevalence to 30 % at 1 %), and a burst at high prevalence with feedback
brings the criterion back (Wolfe, Horowitz, Van Wert, Kenner, Place & Kibbi 2007). So half of them fail.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import SystemRandom

from sqlalchemy import Connection, exists, or_, select, true

from tilik.access.languages import languages_of
from tilik.kernel import Conflict, Invalid, Missing, new_id, to_text
from tilik.review.events import BurstKind, BurstStarted
from tilik.review.lease import Lease, grant, held
from tilik.review.planting import as_it_was, had_in_hands
from tilik.store import Writing
from tilik.store.tables import burst, gold, judgement, task
from tilik.study import active_guideline

FEWEST, DEFAULT, MOST = 1, 10, 50
CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class Burst:
    """A burst and how far its person is: ``done`` of the ``tasks`` are judged."""

    id: str
    kind: BurstKind
    guideline: str
    language: str
    tasks: tuple[str, ...]
    done: tuple[str, ...]
    started_at: str
    spoken: str = ""
    over: bool = False

    @property
    def left(self) -> tuple[str, ...]:
        """The tasks still to be judged, in order; a test that is over has none."""
        return () if self.over else tuple(one for one in self.tasks if one not in self.done)


def start_burst(
    writing: Writing,
    person: str,
    *,
    count: int = DEFAULT,
    language: str = "id",
    simulated: bool = False,
) -> Burst:
    """Begin a burst of so many known items of the active guideline, or as many as there are for this person.

    Raises ``Invalid`` for a count out of range, ``Conflict`` where nothing is left to practise on.
    """
    if not FEWEST <= count <= MOST:
        raise Invalid("burst-count", f"a burst holds {FEWEST} to {MOST} items", where="count")
    guideline = active_guideline(writing.connection)
    chosen = choose(_fitting(writing.connection, person, guideline, simulated=simulated), count)
    if not chosen:
        raise Conflict(
            "practice-empty",
            "there is no item left for this person to practise on",
            mend="Ask a lead to mark more items for practice.",
        )
    identity = new_id()
    writing.record(
        BurstStarted(
            burst=identity,
            person=person,
            kind="practice",
            guideline=guideline,
            language=language,
            tasks=chosen,
        )
    )
    return find_burst(writing.connection, person, identity)


def find_burst(connection: Connection, person: str, identity: str) -> Burst:
    """A burst of this person. Raises ``Missing``."""
    row = connection.execute(select(burst).where(burst.c.id == identity, burst.c.person == person)).first()
    if row is None:
        raise Missing("burst-missing", "there is no such practice", where=identity)
    tasks = tuple(json.loads(row.tasks))
    mine = select(judgement.c.task).where(judgement.c.person == person, judgement.c.task.in_(tasks))
    judged = set(connection.execute(mine).scalars())
    done = tuple(one for one in tasks if one in judged)
    over = row.ended_at is not None
    return Burst(row.id, row.kind, row.guideline, row.language, tasks, done, row.started_at, row.spoken, over)


def last_burst(connection: Connection, person: str, kind: BurstKind = "practice") -> Burst | None:
    """The burst that this person began last, finished or not."""
    query = select(burst.c.id).where(burst.c.person == person, burst.c.kind == kind)
    found = connection.execute(query.order_by(burst.c.started_at.desc(), burst.c.id.desc())).scalar()
    return find_burst(connection, person, found) if found is not None else None


def left_to_practise(connection: Connection, person: str, *, simulated: bool = False) -> int:
    """How many items of the active guideline this person can still practise on."""
    fitting = _fitting(connection, person, active_guideline(connection), simulated=simulated)
    return len(fitting)


def lease_of_burst(writing: Writing, person: str, identity: str) -> Lease | None:
    """The next item of a burst: the one in hand, or a new lease; ``None`` when all are judged.

    An item that was stopped meanwhile is passed over. Raises ``Missing``.
    """
    found = find_burst(writing.connection, person, identity)
    for one in held(writing.connection, person, to_text(writing.clock()), burst=identity):
        if one.task in found.left:
            return one
    for known in found.left:
        state = writing.connection.execute(select(task.c.state).where(task.c.id == known)).scalar()
        if state == "open":
            return grant(writing, person, known, burst=identity)
    return None


def _fitting(
    connection: Connection, person: str, guideline: str, *, simulated: bool
) -> list[tuple[str, bool]]:
    """The practice tasks that are new to this person, and whether each fails."""
    read = languages_of(connection, person)
    mine = exists().where(judgement.c.task == gold.c.task, judgement.c.person == person)
    rows = connection.execute(
        select(gold.c.task, gold.c.fails, gold.c.barred)
        .join(task, task.c.id == gold.c.task)
        .where(
            gold.c.guideline == guideline,
            gold.c.practice.is_(True),
            gold.c.state == "known",
            task.c.state == "open",
            task.c.language.in_(["", *read]) if read else true(),
            ~or_(mine, had_in_hands(person, from_queue=True)),
            as_it_was(simulated=simulated),
        )
        .order_by(gold.c.task)
    )
    return [(row.task, row.fails) for row in rows if person not in json.loads(row.barred)]


def choose(fitting: list[tuple[str, bool]], count: int) -> tuple[str, ...]:
    """So many by chance, half of them failing as far as there are any."""
    failing = [one for one, fails in fitting if fails]
    passing = [one for one, fails in fitting if not fails]
    CHANCE.shuffle(failing)
    CHANCE.shuffle(passing)
    half = min(len(failing), max((count + 1) // 2, count - len(passing)))
    chosen = [*failing[:half], *passing[: count - half]]
    CHANCE.shuffle(chosen)
    return tuple(chosen)

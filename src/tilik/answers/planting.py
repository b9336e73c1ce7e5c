"""Gold among live answers: a known one is served in the place of a live one, and nothing tells which it was.

At the lead's rate (one for videos and answers), by chance that nobody can foresee, a person gets a gold task
*instead* of the live one that was next for them: of the same kind and by the same guideline, about answers
that they never had in their hands and did not make known. The live one stays next, for them as for all: no
figure of what waits is shown to who judges answers. Both are looked for with every request, so that the time
of the answer does not tell either.
"""

from __future__ import annotations

from random import SystemRandom
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, union_all

from tilik.store.tables import answer_gold, answer_judgement, answer_lease, answer_task
from tilik.study.gold_rate import planting_rate
from tilik.study.known import PLANTED

CHANCE = SystemRandom()
MET_LEASE, MET_TASK = answer_lease.alias("met_answer_lease"), answer_task.alias("met_answer_task")
LATER, STOOD_FOR = answer_lease.alias("later_lease"), answer_task.alias("stood_for")
GOLD_TASK = "planted"
"""The state of a gold task as long as it may be served: the queue of live ones, ``open``, never sees it."""


class Next(NamedTuple):
    """The live task that is next for somebody."""

    task: str
    position: int
    kind: str
    guideline: str


class Planted(NamedTuple):
    """A gold task, and the live one in whose place it is given."""

    task: str
    instead: str


def gold_instead(
    connection: Connection, person: str, live: Next | None, fit: ColumnElement[bool], now: str
) -> Planted | None:
    """The gold to serve in the place of this live task, or ``None`` for the live one itself.

    ``fit`` is what holds of every task that is served, gold or live.
    """
    chosen = _fitting(connection, person, live, fit)
    again = _left_lying(connection, person, live, fit, now)
    meant = CHANCE.random() < planting_rate(connection)
    if again is not None:
        return again
    return Planted(chosen, live.task) if meant and live is not None and chosen is not None else None


def met_as_gold(person: str) -> ColumnElement[bool]:
    """This person had these very answers in their hands as gold: to see them twice would tell."""
    twin = answer_gold.alias("twin")
    task = answer_task.c
    same = and_(twin.c.a == task.a, or_(twin.c.b == task.b, and_(twin.c.b.is_(None), task.b.is_(None))))
    return exists().where(MET_LEASE.c.person == person, MET_LEASE.c.task == twin.c.task, same)


def _fitting(connection: Connection, person: str, live: Next | None, fit: ColumnElement[bool]) -> str | None:
    """A gold task that this person may get, by chance: task ids are hashes, so the next one after a random id
    is as good as any."""
    start = str(UUID(int=CHANCE.getrandbits(128)))
    query = (
        select(answer_gold.c.task)
        .join(answer_task, answer_task.c.id == answer_gold.c.task)
        .where(
            answer_gold.c.guideline == (live.guideline if live else ""),
            answer_task.c.kind == (live.kind if live else ""),
            *_served(fit),
            ~answer_gold.c.barred.contains(person),
            ~_met(person),
        )
        .order_by(answer_gold.c.task)
        .limit(1)
    )
    after, before = (
        connection.execute(query.where(part)).scalar()
        for part in (answer_gold.c.task >= start, answer_gold.c.task < start)
    )
    return after or before


def _served(fit: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return answer_gold.c.state.in_(PLANTED), answer_task.c.state == GOLD_TASK, fit


def _met(person: str) -> ColumnElement[bool]:
    """This person had one of the answers in their hands, in whatever task.

    What they had is listed once, not looked up for each gold task: who works long has had thousands.
    """
    held = and_(MET_LEASE.c.task == MET_TASK.c.id, MET_LEASE.c.person == person)
    first = select(MET_TASK.c.a).where(held)
    second = select(MET_TASK.c.b).where(held, MET_TASK.c.b.is_not(None))
    shown = union_all(first, second)
    return or_(answer_gold.c.a.in_(shown), func.coalesce(answer_gold.c.b, "").in_(shown))


def _left_lying(
    connection: Connection, person: str, live: Next | None, fit: ColumnElement[bool], now: str
) -> Planted | None:
    """The gold that this person let run out: it comes again where the live one it stood for would."""
    lease, said = answer_lease.c, answer_judgement.c
    over = or_(LATER.c.ended.is_not(None), LATER.c.until > now)
    row = connection.execute(
        select(lease.task, lease.instead, STOOD_FOR.c.position)
        .join(answer_gold, answer_gold.c.task == lease.task)
        .join(answer_task, answer_task.c.id == lease.task)
        .join(STOOD_FOR, STOOD_FOR.c.id == lease.instead)
        .where(
            lease.person == person,
            *_served(fit),
            ~exists().where(LATER.c.task == lease.task, LATER.c.person == person, over),
            ~exists().where(said.task == lease.task, said.person == person),
        )
        .order_by(STOOD_FOR.c.position, STOOD_FOR.c.id)
        .limit(1)
    ).first()
    if row is None or (live is not None and (row.position, row.instead) > (live.position, live.task)):
        return None
    return Planted(row.task, row.instead)

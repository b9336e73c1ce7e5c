"""Making many tasks of a study known at once: those that their judgements or a ruling settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from tilik.kernel import Conflict
from tilik.quality.gold.act import Facts, add_known, facts_of
from tilik.quality.gold.events import Pool
from tilik.quality.gold.score import fails
from tilik.store import Writing
from tilik.store.tables import task
from tilik.study import guideline_of


@dataclass(frozen=True, slots=True)
class Promoted:
    """The items made known, and how many tasks were passed over for which reason (an error's code)."""

    items: tuple[str, ...]
    passed_over: dict[str, int]


def add_from_study(writing: Writing, study: str, pool: Pool, *, most: int, vouch: bool = False) -> Promoted:
    """Make up to ``most`` settled tasks of a study known, failing and passing ones in turn.

    They are taken in the order of serving, which is random, so gold looks like the rest of the draw.
    """
    why: Counter[str] = Counter()
    made: list[str] = []
    for identity, facts in _in_turn(writing, study, vouch=vouch, why=why):
        if len(made) == most:
            break
        try:
            made.append(add_known(writing, facts, pool, where=identity))
        except Conflict as error:
            why[error.code] += 1
    return Promoted(tuple(made), dict(why))


def _in_turn(writing: Writing, study: str, *, vouch: bool, why: Counter[str]) -> Iterator[tuple[str, Facts]]:
    rows = writing.connection.execute(
        select(task.c.id)
        .where(task.c.study == study, task.c.state == "settled")
        .order_by(task.c.position, task.c.id)
    ).scalars()
    failing: list[tuple[str, Facts]] = []
    passing: list[tuple[str, Facts]] = []
    for identity in rows.all():
        try:
            facts = facts_of(writing, identity, vouch=vouch)
        except Conflict as error:
            why[error.code] += 1
            continue
        guideline = guideline_of(writing.connection, writing.blobs, facts.guideline)
        (failing if fails(guideline, facts.answers) else passing).append((identity, facts))
    while failing or passing:
        for queue in (failing, passing):
            if queue:
                yield queue.pop(0)

"""Tests for a certificate: known items that a person has never met, judged without feedback.

The items are gold. A test holds as many as its rule may need at most, and ends by the rule, mostly sooner;
what was not served of it stays new to the person. Half of the items fail, as far as there are any, so that
the share of right verdicts weighs finding and leaving alone alike.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from tilik.access.languages import languages_of
from tilik.access.preferences import preferences_of
from tilik.kernel import Conflict, Invalid, new_id
from tilik.review.events import BurstStarted
from tilik.review.planting import as_it_was, met
from tilik.review.practice import Burst, choose, find_burst
from tilik.store import Writing
from tilik.store.tables import burst, gold, task
from tilik.study import active_guideline
from tilik.study.admission import CertificationRule, fewest_for, holds, key_of, rule_of


def start_test(
    writing: Writing, person: str, *, spoken: str = "", language: str = "id", simulated: bool = False
) -> Burst:
    """Begin a test for the active guideline, or go on with the one begun.

    ``spoken`` is a language with a test of its own; without it the general test. Raises ``Invalid`` for a
    language without one, ``Conflict`` for who has the certificate already and where too few items are new to
    this person.
    """
    rule = rule_of(writing.connection)
    if spoken and spoken not in rule.languages:
        raise Invalid("test-language", f"there is no test of its own for {spoken!r}", where="spoken")
    guideline = active_guideline(writing.connection)
    begun = running_test(writing.connection, person, guideline, spoken)
    if begun is not None:
        return begun
    if key_of(guideline, spoken) in holds(writing.connection, writing.blobs, person):
        raise Conflict("certified-already", "this person has this certificate", where=spoken or "general")
    fitting = _fitting(writing.connection, person, guideline, rule, spoken, simulated=simulated)
    needed = fewest_for(rule)
    if len(fitting) < needed:
        raise Conflict(
            "test-too-short",
            f"a test needs {needed} known items that are new to this person, and there are {len(fitting)}",
            mend="Ask a lead to make more items known.",
        )
    chosen = choose(fitting, rule.most)
    identity = new_id()
    writing.record(
        BurstStarted(
            burst=identity,
            person=person,
            kind="test",
            guideline=guideline,
            language=language,
            tasks=chosen,
            spoken=spoken,
        )
    )
    return find_burst(writing.connection, person, identity)


def running_test(connection: Connection, person: str, guideline: str, spoken: str) -> Burst | None:
    """The test of this kind that this person has begun and not ended."""
    query = select(burst.c.id).where(
        burst.c.person == person,
        burst.c.kind == "test",
        burst.c.guideline == guideline,
        burst.c.spoken == spoken,
        burst.c.ended_at.is_(None),
    )
    found = connection.execute(query).scalar()
    return find_burst(connection, person, found) if found is not None else None


def _fitting(
    connection: Connection,
    person: str,
    guideline: str,
    rule: CertificationRule,
    spoken: str,
    *,
    simulated: bool,
) -> list[tuple[str, bool]]:
    """The gold tasks that this person has never met, and whether each fails."""
    preferred = preferences_of(connection, person).opt_out
    read = languages_of(connection, person)
    fit = [
        gold.c.guideline == guideline,
        gold.c.practice.is_(False),
        gold.c.state == "known",
        task.c.state == "open",
        ~met(person),
        as_it_was(simulated=simulated),
        task.c.language == spoken if spoken else task.c.language.not_in(rule.languages),
        *(~gold.c.answers.contains(f'"family.{code}":true', autoescape=True) for code in preferred),
    ]
    if read:
        fit.append(task.c.language.in_(["", *read]))
    rows = connection.execute(
        select(gold.c.task, gold.c.fails, gold.c.barred)
        .join(task, task.c.id == gold.c.task)
        .where(*fit)
        .order_by(gold.c.task)
    )
    return [(row.task, row.fails) for row in rows if person not in json.loads(row.barred)]

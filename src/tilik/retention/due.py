"""What is due by the rules, what is held, and why: the dry run, and what a run erases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from sqlalchemy import Connection, func, select

from tilik.access import PersonChanged
from tilik.kernel import Clock, to_text
from tilik.log import Blobs, log_entry
from tilik.retention import items, media
from tilik.retention.events import KindName
from tilik.retention.holds import Holds, Why, holds
from tilik.retention.items import Find, Item
from tilik.retention.other import other_texts
from tilik.retention.quality_texts import quality_texts
from tilik.retention.rules import Rule, rules
from tilik.store.tables import person

FIND: dict[KindName, Find] = {  # all but other texts, which are those that none of these has
    "judgement-texts": items.judgement_texts,
    "ruling-texts": lambda connection, found: chain(
        items.ruling_texts(connection, found), quality_texts(connection, found)
    ),
    "case-texts": items.case_texts,
    "escalation-texts": items.escalation_texts,
    "outside": items.outside,
    "media": media.media,
    "sessions": items.sessions,
    "sign-in-attempts": items.attempts,
    "people-gone": lambda connection, _holds: _people_gone(connection),
}


@dataclass(frozen=True, slots=True)
class Held:
    """So many items stay though they are due; ``escalations`` are those that hold them."""

    why: Why
    count: int
    escalations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What a class has that is kept longer than its rule says: what may be erased, and what is held.

    ``until``: what counts from this instant or earlier is due; ``oldest`` of all that is due, held or not.
    ``kept`` counts what the class has in all.
    """

    rule: Rule
    until: str
    kept: int
    items: tuple[Item, ...]
    held: tuple[Held, ...]
    oldest: str | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What is due in every class as of ``at``."""

    at: str
    classes: tuple[Due, ...]


def plan(connection: Connection, blobs: Blobs, clock: Clock) -> Planned:
    """What a run would erase now, and what it would leave; nothing is changed."""
    found, now = holds(connection, blobs), clock()
    there = _there(connection, found)
    every = [
        due_of(there[rule.kind.name], rule, to_text(now - timedelta(days=rule.days)), found)
        for rule in rules(connection)
    ]
    return Planned(to_text(now), tuple(every))


def _there(connection: Connection, found: Holds) -> dict[KindName, list[Item]]:
    there = {name: list(find(connection, found)) for name, find in FIND.items()}
    known = [one for several in there.values() for one in several]
    there["other-texts"] = list(other_texts(connection, found, known))
    return there


def due_of(every: Sequence[Item], rule: Rule, until: str, found: Holds) -> Due:
    """What is due of all that a class has, as far as ``until``."""
    late = sorted((one for one in every if one.at <= until), key=lambda one: (one.at, one.key))
    reasons = [(one, why_held(one, found)) for one in late]
    counts = Counter(reason[0] for _, reason in reasons if reason)
    by: dict[Why, set[str]] = {}
    for _, reason in reasons:
        if reason:
            by.setdefault(reason[0], set()).update({reason[1]} - {""})
    return Due(
        rule=rule,
        until=until,
        kept=len(every),
        items=tuple(one for one, reason in reasons if reason is None),
        held=tuple(Held(why, counts[why], tuple(sorted(by[why]))) for why in sorted(counts)),
        oldest=late[0].at if late else None,
    )


def still_due(connection: Connection, due: Due, every: Sequence[Item], found: Holds) -> Sequence[Item]:
    """Those of a class that are due still: a video may be drawn, a person given access since the plan. What
    stands in a text's row does not change."""
    name = due.rule.kind.name
    if name not in ("media", "people-gone"):
        return every
    wanted = {one.key for one in every}
    return [one for one in FIND[name](connection, found) if one.key in wanted and one.at <= due.until]


def why_held(item: Item, found: Holds) -> tuple[Why, str] | None:
    """Why an item stays, and the escalation that holds it, if one does. A legal hold comes before all."""
    reason = found.of(item.about)
    if reason is not None and reason[0] == "legal-hold":
        return reason
    return ("in-use", "") if item.used else reason


def _people_gone(connection: Connection) -> Iterator[Item]:
    """People without access whose name is still known, from when it was taken."""
    taken = (
        select(log_entry.c.subject, func.max(log_entry.c.at).label("at"))
        .where(log_entry.c.type == PersonChanged.type)
        .group_by(log_entry.c.subject)
        .subquery()
    )
    query = (
        select(person.c.id, taken.c.at)
        .join(taken, taken.c.subject == person.c.id)
        .where(person.c.active.is_(False), person.c.erased_at.is_(None), person.c.simulated.is_(False))
    )
    for row in connection.execute(query):
        yield Item(person, (row.id,), row.at, frozenset({row.id}))

"""A run: erasing what is due, batch by batch, so that an interruption loses nothing and the next goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from tilik.kernel import new_id
from tilik.retention.due import Due, plan, still_due, why_held
from tilik.retention.erasing import Erase, erase
from tilik.retention.events import KindName, RetentionBegun, RetentionEnded
from tilik.retention.holds import holds_now
from tilik.retention.items import Item, batched, delete_items
from tilik.retention.media import erase_left_texts, erase_media, remove_files
from tilik.retention.people import erase_person
from tilik.store import SYSTEM, Store, Writing
from tilik.store.retention_tables import erasure, retention_run


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: what it erased and left, by class. ``ended_at`` is ``None`` for one that was interrupted;
    ``overwritten`` says whether nothing of it is left in the database's file."""

    id: str
    person: str
    begun_at: str
    ended_at: str | None
    erased: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    files: int = 0
    overwritten: bool = True


def run(store: Store, actor: str = SYSTEM) -> Ran:
    """Erase everything that is due and not held. Run again after an interruption, it does what is left.

    Each batch and its event are one transaction; holds are looked at again in each. Files go after the
    event that erases them, and a later run takes those that an interruption left.
    """
    with store.read() as connection:
        planned = plan(connection, store.blobs, store.clock)
    identity = new_id()
    with store.write(actor) as writing:
        days = {one.rule.kind.name: one.rule.days for one in planned.classes}
        writing.record(RetentionBegun(run=identity, days=days))
    erased: Counter[KindName] = Counter()
    held: Counter[KindName] = Counter()
    for one in planned.classes:
        name = one.rule.kind.name
        held[name] += sum(each.count for each in one.held)
        for items in batched(list(one.items)):
            erased[name] += _erase(store, actor, identity, one, items)
    erase_left_texts(store, actor)
    files = remove_files(store)
    with store.write(actor) as writing:
        writing.record(RetentionEnded(run=identity, erased=dict(+erased), held=dict(+held)))
    clean = store.overwrite_deleted()
    with store.read() as connection:
        found = next(each for each in runs(connection) if each.id == identity)
    return Ran(identity, actor, found.begun_at, found.ended_at, found.erased, _plain(held), files, clean)


def _plain(counts: Counter[KindName]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _erase(store: Store, actor: str, cause: str, due: Due, items: list[Item]) -> int:
    with store.write(actor) as writing:
        found = holds_now(writing)
        due_now = still_due(writing.connection, due, items, found)
        free = [item for item in due_now if why_held(item, found) is None]
        return erase(writing, cause, due.rule.kind.name, free, _how(due))


def _how(due: Due) -> Erase:
    if due.rule.kind.name == "media":
        return erase_media
    if due.rule.kind.name == "people-gone":
        return lambda writing, items: _erase_people(writing, items, due)
    return delete_items


def _erase_people(writing: Writing, items: list[Item], due: Due) -> list[Item]:
    for item in items:
        erase_person(writing, item.key[0], due.rule.ground.id, by_rule=True)
    return items


def runs(connection: Connection) -> list[Ran]:
    """Every run, the latest first."""
    erased: dict[str, Counter[str]] = {}
    for cause, kind, count in connection.execute(select(erasure.c.cause, erasure.c.kind, erasure.c.count)):
        erased.setdefault(cause, Counter())[kind] += count
    query = select(retention_run).order_by(retention_run.c.begun_at.desc(), retention_run.c.id.desc())
    return [
        Ran(row.id, row.person, row.begun_at, row.ended_at, dict(erased.get(row.id, {})))
        for row in connection.execute(query)
    ]

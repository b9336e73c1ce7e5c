"""The rules in force: as shipped, or as somebody set them with their ground."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from tilik.guideline.words import Text
from tilik.kernel import Invalid, Missing, new_id
from tilik.retention.events import RetentionRuleSet
from tilik.retention.kinds import KINDS, MOST_DAYS, Kind
from tilik.store import Writing
from tilik.store.retention_tables import retention_rule
from tilik.store.tables import note
from tilik.study.accepting import digests, keep_notes, tidy


@dataclass(frozen=True, slots=True)
class Rule:
    """A class is kept ``days`` days for ``ground``; set by a person (id) at a time, or shipped."""

    kind: Kind
    days: int
    ground: Text
    set_by: str | None = None
    set_at: str | None = None


def rules(connection: Connection) -> list[Rule]:
    """The rule of every class, in the order of the classes."""
    kept = {row.kind: row for row in connection.execute(select(retention_rule))}
    found = []
    for kind in KINDS.values():
        row = kept.get(kind.name)
        if row is None:
            found.append(Rule(kind, kind.days, kind.ground))
        else:
            ground = _ground(connection, row.change, kind)
            found.append(Rule(kind, row.days, ground, row.person, row.changed_at))
    return found


def set_rule(writing: Writing, kind: str, days: int, ground: Text, *, impersonal: bool = False) -> None:
    """Keep a class so many days from now on; the next run goes by it.

    Raises ``Missing`` for an unknown class, ``Invalid`` for days out of range, a ground that is missing in a
    language, or personal data in it.
    """
    name = kind_named(kind).name
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("retention-days", f"data is kept 1 to {MOST_DAYS} days", where="days")
    texts, change = tidy({"id": ground.id, "en": ground.en}), new_id()
    writing.record(RetentionRuleSet(kind=name, days=days, change=change, grounds=digests(texts)))
    keep_notes(writing, change, texts, impersonal=impersonal)


def kind_named(name: str) -> Kind:
    """The class of this name. Raises ``Missing`` naming those there are."""
    for kind in KINDS.values():
        if kind.name == name:
            return kind
    raise Missing(
        "retention-class",
        "there is no such class of data",
        where=name,
        mend=f"There are: {', '.join(KINDS)}.",
    )


def _ground(connection: Connection, change: str, kind: Kind) -> Text:
    rows = connection.execute(select(note.c.question, note.c.text).where(note.c.owner == change))
    said = {row.question: row.text for row in rows}
    return Text(id=said.get("id", kind.ground.id), en=said.get("en", kind.ground.en))

"""What there is of each class that is a row in a table, by when its days count from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, literal, null, select

from tilik.retention.holds import Holds
from tilik.store import Writing
from tilik.store.access_tables import oidc_request, sign_in_attempt
from tilik.store.adjudication_tables import dispute, ruling
from tilik.store.casebook_tables import case_member, case_note, case_remark, case_ruling, casebook
from tilik.store.exchange_tables import outside_judgement, outside_name, outside_rater, outside_study
from tilik.store.tables import (
    answer_judgement,
    gold,
    judgement,
    note,
    past_judgement,
    session,
    sign_in_link,
    task,
)
from tilik.store.talk_tables import talk_comment, talk_errand


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may be erased: a row of ``table`` by its primary key, which counts from ``at``.

    ``about``: ids that a hold may name; ``by``: whoever wrote it; ``used``: something still needs it.
    """

    table: Table
    key: tuple[str, ...]
    at: str
    about: frozenset[str] = frozenset()
    by: str | None = None
    used: bool = False


BATCH = 500
"""Items that one transaction erases: others wait no longer than for these."""
NEVER = "9999-12-31T23:59:59.999999Z"
"""Since when something counts whose days have not begun."""
T = TypeVar("T")


def batched(items: list[T]) -> Iterator[list[T]]:
    """The same in batches, in order."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


Find = Callable[[Connection, Holds], Iterator[Item]]


def judgement_texts(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """What people wrote with judgements of videos and of machine answers."""
    for table in (judgement, past_judgement):
        columns = (table.c.submitted_at.label("at"), table.c.person, task.c.video, task.c.id.label("task"))
        yield from _notes(connection, table.c.id, *columns, joined=(task, task.c.id == table.c.task))
    given = answer_judgement.c
    yield from _notes(
        connection, given.id, given.submitted_at.label("at"), given.person, null().label("video"), given.task
    )


def ruling_texts(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """Reasons of rulings, of disputes (whose days begin when they are ruled on), and of known items."""
    made = ruling.c
    shown = (made.precedent & made.stands).label("used")
    yield from _notes(
        connection, made.id, made.ruled_at.label("at"), made.person, made.video, made.task, shown
    )
    said = dispute.c
    columns = (said.ruled_at.label("at"), said.person, task.c.video, task.c.id.label("task"))
    yield from _notes(connection, said.id, *columns, joined=(task, task.c.id == said.task))
    known = gold.c
    served = (known.state != "retired").label("used")
    nobody = literal("").label("person")
    yield from _notes(
        connection, known.id, known.added_at.label("at"), nobody, known.video, known.task, served
    )


def _notes(
    connection: Connection, owner: Any, *columns: Any, joined: tuple[Table, ColumnElement[bool]] | None = None
) -> Iterator[Item]:
    source = note.join(owner.table, owner == note.c.owner)
    if joined is not None:
        source = source.join(*joined)
    query = select(note.c.owner, note.c.question, *columns).select_from(source)
    for row in connection.execute(query):
        about = frozenset(one for one in (row.video, row.task) if one)
        at, used = row.at or NEVER, bool(getattr(row, "used", False))
        yield Item(note, (row.owner, row.question), at, about, row.person, used)


def case_texts(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """What stands in the casebook, and what people say to each other about cases and videos."""
    videos: dict[str, set[str]] = {}
    for row in connection.execute(select(case_member.c.case_id, case_member.c.video)):
        videos.setdefault(row.case_id, set()).add(row.video)
    cases = casebook.c
    queries: tuple[Select[Any], ...] = (
        select(
            cases.id.label("owner"), cases.changed_at.label("at"), cases.filed_by.label("person"), cases.id
        ),
        select(
            case_remark.c.id.label("owner"), cases.changed_at.label("at"), case_remark.c.person, cases.id
        ).join(casebook, cases.id == case_remark.c.case_id),
    )
    owners = {
        row.owner: (row.at, row.person, frozenset(videos.get(row.id, ())), False)
        for query in queries
        for row in connection.execute(query)
    }
    for row in connection.execute(select(case_ruling)):
        about = frozenset(video for case in json.loads(row.cases) for video in videos.get(case, ()))
        owners[row.id] = (row.ruled_at, row.ruled_by, about, bool(row.precedent and row.current))
    for row in connection.execute(select(case_note.c.owner, case_note.c.part)):
        if row.owner in owners:
            at, person, about, used = owners[row.owner]
            yield Item(case_note, (row.owner, row.part), at, about, person, used)
    yield from _talk_texts(connection, videos)


def _talk_texts(connection: Connection, videos: Mapping[str, set[str]]) -> Iterator[Item]:
    """What was said about videos, and what errands ask for, open ones in use; ``videos`` of each case."""
    said, asked = talk_comment.c, talk_errand.c
    kept = select(note.c.owner, note.c.question)
    comments = kept.add_columns(said.said_at, said.person, said.video).where(said.id == note.c.owner)
    for row in connection.execute(comments):
        yield Item(note, (row.owner, row.question), row.said_at, frozenset({row.video}), row.person)
    for row in connection.execute(
        kept.add_columns(
            asked.changed_at, asked.about, asked.subject, asked.state, asked.giver, asked.owner.label("does")
        ).where(asked.id == note.c.owner)
    ):
        about = frozenset({row.subject} if row.about == "video" else videos.get(row.subject, ()))
        by = row.does if row.question == "why" else row.giver
        yield Item(
            note, (row.owner, row.question), row.changed_at, about, by, row.state in ("given", "taken")
        )


def escalation_texts(connection: Connection, holds: Holds) -> Iterator[Item]:
    """What was written when work was stopped, and by those who answered for it."""
    owners = {}
    for one in holds.raised:
        closed = next((step.at for step in reversed(one.steps) if step.step == "closed"), one.raised_at)
        about = frozenset({one.id, *([one.video] if one.video else [])})
        owners.update(dict.fromkeys((one.id, *(step.id for step in one.steps)), (closed, about)))
    for row in connection.execute(select(note.c.owner, note.c.question)):
        if row.owner in owners:
            yield Item(note, (row.owner, row.question), *owners[row.owner])


def outside(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """Names of people who judged elsewhere, and what they wrote."""
    named = (
        select(outside_name.c.rater, outside_study.c.imported_at)
        .join(outside_rater, outside_rater.c.id == outside_name.c.rater)
        .join(outside_study, outside_study.c.id == outside_rater.c.study)
    )
    for row in connection.execute(named):
        yield Item(outside_name, (row.rater,), row.imported_at)
    given = outside_judgement.c
    columns = (outside_study.c.imported_at.label("at"), literal("").label("person"), given.video)
    joined = (outside_study, outside_study.c.id == given.study)
    yield from _notes(connection, given.id, *columns, null().label("task"), joined=joined)


def sessions(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """Sessions and one-time links, from their end."""
    ended = func.coalesce(session.c.ended_at, session.c.expires_at)
    yield from _rows(connection, session.c.digest, ended)
    yield from _rows(connection, sign_in_link.c.digest, sign_in_link.c.expires_at)


def attempts(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """Failed attempts, and ways through an identity provider that nobody came back from."""
    yield from _rows(connection, sign_in_attempt.c.id, sign_in_attempt.c.at)
    yield from _rows(connection, oidc_request.c.digest, oidc_request.c.expires_at)


def _rows(connection: Connection, key: Any, at: Any) -> Iterator[Item]:
    for row in connection.execute(select(key.label("key"), at.label("at"))):
        yield Item(key.table, (row.key,), row.at)


def delete_items(writing: Writing, items: list[Item]) -> list[Item]:
    """Delete these rows; gives those that were still there."""
    gone = []
    for one in items:
        keys = zip(one.table.primary_key.columns, one.key, strict=True)
        found = delete(one.table).where(*(column == value for column, value in keys))
        if writing.connection.execute(found).rowcount:
            gone.append(one)
    return gone


def naming_pattern(names: list[str]) -> re.Pattern[str]:
    """Finds one of these names as a whole, in a text without capitals; no name is found nowhere."""
    wanted = "|".join(re.escape(name.casefold()) for name in names if name)
    return re.compile(rf"(?<!\w)(?:{wanted})(?!\w)" if wanted else r"(?!)")


def texts_naming(connection: Connection, names: list[str]) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """Texts in which one of these names stands."""
    pattern = naming_pattern(names)
    for table in (note, case_note):
        for row in connection.execute(select(*table.primary_key.columns, table.c.text)):
            if pattern.search(row.text.casefold()):
                yield table, tuple(row[:-1])

"""Reading calibration sessions: blind until revealed, letters in the place of people, how far they agree."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, and_, exists, func, or_, select

from tilik.kernel import Estimate, Invalid, Missing
from tilik.quality.calibration.act import REASON, REMARK
from tilik.stats.agreement import Name, agreement, ratings_from_table
from tilik.store.calibration_tables import (
    calibration,
    calibration_item,
    calibration_remark,
    calibration_vote,
)
from tilik.store.tables import note, study, task

State = Literal["voting", "revealed", "ruled"]
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """What one person voted; ``letter`` stands for them on this item alone."""

    letter: str
    says: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said in the discussion; ``letter`` is ``""`` of somebody who did not vote."""

    letter: str
    text: str
    said_at: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item as one person may see it: ``before`` is empty until revealed, ``after`` until they have voted
    again or the session is closed."""

    task: str
    question: str
    state: State
    voted: int
    voted_again: int
    mine: bool | None
    mine_again: bool | None
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    remarks: tuple[Remark, ...]
    says: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Round:
    """How far people agreed on the items ruled on, in one round: plain, Krippendorff's alpha, Gwet's AC1.

    Bootstrapped by item. ``items`` have two votes or more in this round.
    """

    items: int
    people: int
    raw: Estimate
    alpha: Estimate
    gwet: Estimate


@dataclass(frozen=True, slots=True)
class Session:
    """A session; ``items`` in their order, without stopped ones. ``before`` and ``after`` are there where two
    items can be compared."""

    id: str
    study: str
    name: str
    guideline: str
    opened_at: str
    closed_at: str | None
    items: tuple[Item, ...]
    before: Round | None
    after: Round | None


@dataclass(frozen=True, slots=True)
class Line:
    """A session in the list of all; ``ruled`` of the ``items`` are, and so many are ``waiting`` for a vote of
    whoever asks: a blind one, or one after the ruling where they gave a blind one."""

    id: str
    name: str
    opened_at: str
    closed_at: str | None
    items: int
    ruled: int
    waiting: int


def sessions(connection: Connection, person: str = "") -> list[Line]:
    """Every session, the newest first, with what waits for this person; for nobody, nothing waits."""
    waiting = _waiting(connection, person) if person else {}
    rows = connection.execute(
        select(calibration, study.c.name)
        .join(study, study.c.id == calibration.c.study)
        .order_by(calibration.c.opened_at.desc(), calibration.c.id)
    ).all()
    counts = connection.execute(
        select(calibration_item.c.session, calibration_item.c.state, func.count()).group_by(
            calibration_item.c.session, calibration_item.c.state
        )
    ).all()
    found = []
    for row in rows:
        mine = {state: count for session, state, count in counts if session == row.id}
        total = sum(mine.values())
        ruled, wait = mine.get("ruled", 0), waiting.get(row.id, 0)
        found.append(Line(row.id, row.name, row.opened_at, row.closed_at, total, ruled, wait))
    return found


def _waiting(connection: Connection, person: str) -> dict[str, int]:
    """Open session → on how many of its items this person is still to vote."""
    item, table = calibration_item.c, calibration_vote.c

    def voted(number: int) -> Any:
        mine = (table.session == item.session, table.task == item.task, table.person == person)
        return exists().where(*mine, table.round == number)

    blind = and_(item.state == "voting", ~voted(1))
    again = and_(item.state == "ruled", voted(1), ~voted(2))
    rows = connection.execute(
        select(item.session, func.count())
        .join(calibration, calibration.c.id == item.session)
        .join(task, task.c.id == item.task)
        .where(calibration.c.closed_at.is_(None), task.c.state != "stopped", or_(blind, again))
        .group_by(item.session)
    )
    return {session: int(count) for session, count in rows}


def find_session(connection: Connection, name: str = "") -> str:
    """The id of the session with this id, or end of one; without a name the newest. Raises ``Missing``."""
    every = [one.id for one in sessions(connection)]
    fitting = [one for one in every if one.endswith(name)] if name else every[:1]
    if len(fitting) != 1:
        mend = "`tilik calibration list` names them." if every else "`tilik calibration open` opens one."
        raise Missing("calibration-missing", "there is no such session", where=name, mend=mend)
    return fitting[0]


def session_of(connection: Connection, identity: str, person: str) -> Session:
    """A session as this person may see it. Raises ``Missing``."""
    row = connection.execute(
        select(calibration, study.c.name)
        .join(study, study.c.id == calibration.c.study)
        .where(calibration.c.id == identity)
    ).first()
    if row is None:
        raise Missing("calibration-missing", "there is no such session", where=identity)
    table = calibration_item
    # Of what was stopped nothing is told any more: neither that it is here, nor what was said of it.
    shown = select(table).join(task, task.c.id == table.c.task).where(task.c.state != "stopped")
    rows = connection.execute(shown.where(table.c.session == identity).order_by(table.c.position)).all()
    votes = connection.execute(select(calibration_vote).where(calibration_vote.c.session == identity)).all()
    talk = _talk(connection, identity)
    ruled = {one.task for one in rows if one.state == "ruled"}
    return Session(
        *(row.id, row.study, row.name, row.guideline, row.opened_at, row.closed_at),
        tuple(_item(connection, one, votes, talk, person, over=row.closed_at is not None) for one in rows),
        *(_round([one for one in votes if one.task in ruled and one.round == number]) for number in (1, 2)),
    )


def letters_of(session: str, identity: str, people: set[str]) -> dict[str, str]:
    """A letter for each, in an order that says nothing of who they are and differs from item to item."""

    def drawn(person: str) -> bytes:
        return hashlib.sha256(f"{session} {identity} {person}".encode()).digest()

    ordered = sorted(people, key=drawn)
    return {person: _letter(place) for place, person in enumerate(ordered)}


def _letter(place: int) -> str:
    return (chr(ord("A") + place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _item(connection: Connection, row: Any, votes: Any, talk: list[Any], person: str, *, over: bool) -> Item:
    mine = [one for one in votes if one.task == row.task]
    letters = letters_of(row.session, row.task, {one.person for one in mine})

    def said(number: int, *, shown: bool) -> tuple[Said, ...]:
        told = [Said(letters[one.person], one.says) for one in mine if one.round == number]
        return tuple(sorted(told, key=lambda one: one.letter)) if shown else ()

    def own(number: int) -> bool | None:
        return next((one.says for one in mine if one.person == person and one.round == number), None)

    remarks = [one for one in talk if one.task == row.task]
    return Item(
        task=row.task,
        question=row.question,
        state=row.state,
        voted=sum(one.round == 1 for one in mine),
        voted_again=sum(one.round == 2 for one in mine),
        mine=own(1),
        mine_again=own(2),
        before=said(1, shown=row.state != "voting"),
        # Nobody sees how others vote again before they have.
        after=said(2, shown=over or own(2) is not None),
        remarks=tuple(Remark(letters.get(one.person, ""), one.text or "", one.said_at) for one in remarks),
        says=row.says,
        reason=_text(connection, row.ruling, REASON) if row.ruling else "",
    )


def _talk(connection: Connection, identity: str) -> list[Any]:
    table = calibration_remark
    texts = (note.c.owner == table.c.id) & (note.c.question == REMARK)
    query = select(table, note.c.text).outerjoin(note, texts).where(table.c.session == identity)
    return list(connection.execute(query.order_by(table.c.said_at, table.c.id)))


def _text(connection: Connection, owner: str, question: str) -> str:
    query = select(note.c.text).where(note.c.owner == owner, note.c.question == question)
    return connection.execute(query).scalar() or ""


def _round(votes: list[Any]) -> Round | None:
    """Agreement in a round; None with fewer than two items that two people voted on."""
    if not votes:
        return None
    ratings = ratings_from_table(
        [one.task for one in votes], [one.person for one in votes], [str(one.says) for one in votes]
    )
    names: tuple[Name, ...] = ("raw", "alpha", "gwet")
    try:
        found = [
            agreement(ratings, name, of=f"agreement ({name})", how="bootstrap", draws=DRAWS, seed=0)
            for name in names
        ]
    except Invalid:
        return None
    return Round(int(ratings.pairable.units), len({one.person for one in votes}), *found)

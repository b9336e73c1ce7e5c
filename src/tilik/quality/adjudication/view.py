"""What an adjudicator and a reviewer may see of contested work: answers, spans and reasons; nobody's name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select

from tilik.guideline import Guideline
from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.quality.adjudication.lease import Lease
from tilik.quality.adjudication.outcome import settled_by
from tilik.quality.adjudication.rule import REASON
from tilik.stats import wilson
from tilik.store.adjudication_tables import comparison, dispute, ruling
from tilik.store.tables import judgement, note, study, task, video
from tilik.study import guideline_of
from tilik.study.shown import Shown, shown


@dataclass(frozen=True, slots=True)
class Side:
    """One set of answers as an adjudicator reads it; ``notes`` are the reasons by question."""

    answers: dict[str, Any]
    marks: list[dict[str, Any]]
    notes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Disputed:
    """The ruling that is disputed, why it was made, and why somebody objects."""

    id: str
    ruling: Side
    why: str
    objection: str


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A contested task in an adjudicator's hands. ``seen`` is None for a task without a video."""

    lease: Lease
    guideline: str
    blind: bool
    seen: Shown | None
    a: Side
    b: Side
    disputed: Disputed | None


def view_adjudication(connection: Connection, blobs: Blobs, lease: Lease) -> Adjudication:
    """What the holder of this lease sees. Raises ``Missing`` where the video is locked."""
    row = connection.execute(
        select(task.c.video, study.c.guideline, study.c.blind)
        .join(study, study.c.id == task.c.study)
        .where(task.c.id == lease.task)
    ).one()
    known = connection.execute(select(video.c.id).where(video.c.id == row.video)).first()
    return Adjudication(
        lease=lease,
        guideline=row.guideline,
        blind=row.blind,
        seen=shown(connection, blobs, row.video, blind=row.blind, task=lease.task) if known else None,
        a=_judgement(connection, lease.a),
        b=_judgement(connection, lease.b),
        disputed=None if lease.dispute is None else _disputed(connection, lease.dispute),
    )


def waiting(connection: Connection) -> int:
    """Contested tasks without a ruling and open disputes: how much there is to rule on, for whomever."""
    ruled = exists().where(ruling.c.task == comparison.c.task, ruling.c.stands.is_(True))
    contested = (
        select(func.count())
        .select_from(comparison)
        .join(task, task.c.id == comparison.c.task)
        .where(comparison.c.contested.is_(True), ~ruled, task.c.state == "settled")
    )
    disputes = select(func.count()).select_from(dispute).where(dispute.c.state == "open")
    return int(connection.execute(contested).scalar_one() + connection.execute(disputes).scalar_one())


@dataclass(frozen=True, slots=True)
class OwnRuling:
    """A ruling that overturned one's own judgement, with what became of one's objection to it.

    ``error`` is what the adjudicator said of this side, None where another two were shown. ``state`` is None
    while nobody objected; ``may_dispute`` whether one still can.
    """

    id: str
    title: str
    guideline: str
    ruled_at: str
    mine: dict[str, Any]
    answers: dict[str, Any]
    why: str
    error: str | None
    state: str | None
    objection: str
    answer: str
    may_dispute: bool


@dataclass(frozen=True, slots=True)
class OwnRulings:
    """One's overturned work, the latest first, and the share of adjudicated tasks on which one was right."""

    rulings: tuple[OwnRuling, ...]
    accuracy: Estimate


def own_rulings(connection: Connection, blobs: Blobs, person: str) -> OwnRulings:
    """What was ruled on this person's work; private to them."""
    mine = judgement.alias("mine")
    rows = connection.execute(
        select(ruling, mine.c.id.label("own"), mine.c.answers.label("said"), video.c.title, video.c.locked)
        .join(mine, mine.c.task == ruling.c.task)
        .outerjoin(video, video.c.id == ruling.c.video)
        .where(mine.c.person == person)
        .order_by(ruling.c.ruled_at.desc(), ruling.c.id.desc())
    ).all()
    guidelines: dict[str, Guideline] = {}
    overturned, standing = [], []
    for row in rows:
        if row.guideline not in guidelines:
            guidelines[row.guideline] = guideline_of(connection, blobs, row.guideline)
        document = guidelines[row.guideline]
        right = settled_by(document, json.loads(row.said)) == settled_by(document, json.loads(row.answers))
        if row.stands:
            standing.append(right)
        if not right:
            overturned.append(_own(connection, row, person))
    return OwnRulings(tuple(overturned), _accuracy(standing))


def _own(connection: Connection, row: Any, person: str) -> OwnRuling:
    found = connection.execute(
        select(dispute).where(dispute.c.ruling == row.id, dispute.c.person == person)
    ).first()
    said = _notes(connection, found.id) if found is not None and not row.locked else {}
    return OwnRuling(
        id=row.id,
        title=_shown(row, row.title),
        guideline=row.guideline,
        ruled_at=row.ruled_at,
        mine=json.loads(row.said),
        answers=json.loads(row.answers),
        why=_shown(row, _notes(connection, row.id).get(REASON)),
        error={row.a: row.error_a, row.b: row.error_b}.get(row.own),
        state=found.state if found is not None else None,
        objection=said.get(REASON, ""),
        answer=said.get("answer", ""),
        may_dispute=found is None and row.stands and row.dispute is None,
    )


def _accuracy(right: Sequence[bool]) -> Estimate:
    n, hits = len(right), sum(right)
    ends = wilson(hits / n, n) if n else None
    return Estimate(
        value=hits / n if n else None,
        low=ends.low if ends else 0.0,
        high=ends.high if ends else 1.0,
        n=n,
        n_eff=float(n),
        method="share+wilson",
        of="adjudicated tasks on which one's own judgement agrees with the ruling",
    )


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A ruling in the list of all; names of people do not enter."""

    id: str
    title: str
    guideline: str
    ruled_at: str
    answers: dict[str, Any]
    why: str
    error_a: str
    error_b: str
    stands: bool
    precedent: bool
    question: str | None


def all_rulings(connection: Connection, limit: int) -> list[RulingLine]:
    """The latest rulings that stand, or that were precedents."""
    rows = connection.execute(
        select(ruling, video.c.title, video.c.locked)
        .outerjoin(video, video.c.id == ruling.c.video)
        .where(or_(ruling.c.stands.is_(True), ruling.c.precedent.is_(True)))
        .order_by(ruling.c.ruled_at.desc(), ruling.c.id.desc())
        .limit(limit)
    ).all()
    return [
        RulingLine(
            id=row.id,
            title=_shown(row, row.title),
            guideline=row.guideline,
            ruled_at=row.ruled_at,
            answers=json.loads(row.answers),
            why=_shown(row, _notes(connection, row.id).get(REASON)),
            error_a=row.error_a,
            error_b=row.error_b,
            stands=row.stands,
            precedent=row.precedent,
            question=row.question,
        )
        for row in rows
    ]


def _judgement(connection: Connection, identity: str) -> Side:
    row = connection.execute(select(judgement).where(judgement.c.id == identity)).one()
    return Side(json.loads(row.answers), json.loads(row.marks), _notes(connection, identity))


def _shown(row: Any, text: str | None) -> str:
    """A text about a video, as it may be read: nothing where the video is locked."""
    return "" if row.locked else text or ""


def _disputed(connection: Connection, identity: str) -> Disputed:
    row = connection.execute(
        select(ruling).join(dispute, dispute.c.ruling == ruling.c.id).where(dispute.c.id == identity)
    ).one()
    notes = _notes(connection, row.id)
    why = notes.pop(REASON, "")
    side = Side(json.loads(row.answers), json.loads(row.marks), notes)
    return Disputed(identity, side, why, _notes(connection, identity).get(REASON, ""))


def _notes(connection: Connection, owner: str) -> dict[str, str]:
    return {row.question: row.text for row in connection.execute(select(note).where(note.c.owner == owner))}

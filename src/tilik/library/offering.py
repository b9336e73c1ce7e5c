"""Offering waiting copies the outcome of a judged video, for a lead to accept many at once or leave."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, select

from tilik.guideline import Decision, decide, hands_back
from tilik.kernel import Conflict, Invalid, Missing, new_id
from tilik.library.events import Sibling, SiblingsDecided, SiblingsWithdrawn
from tilik.log import Blobs
from tilik.media.families import Match
from tilik.media.placing import matches_among
from tilik.media.siblings import Judged, Proposal, Waiting, proposals
from tilik.store import Writing
from tilik.store.adjudication_tables import comparison
from tilik.store.tables import judgement, lease, sibling_decision, study, task, video
from tilik.study import guideline_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A waiting task that may end like the judged one; ``distance`` the median of 256 bits, if known."""

    task: str
    video: str
    study: str
    share: float
    distance: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One judged task, what was decided there by how many judgements, and the copies that wait."""

    judged: str
    video: str
    study: str
    guideline: str
    decision: Decision
    judgements: int
    siblings: tuple[Offered, ...]


def offers(connection: Connection, blobs: Blobs) -> list[Offer]:
    """Every offer there is, those with most copies first. Nothing of it is kept until somebody accepts."""
    waiting = _waiting(connection)
    if not waiting:
        return []
    pairs = _pairs(connection, waiting)
    judged = _judged(connection, blobs, {video for pair in pairs for video in pair})
    matches = [Match(one, other, match.share) for (one, other), match in pairs.items()]
    found = proposals(
        [Waiting(row.id, row.video, blind=False, guideline=row.guideline) for row in waiting],
        [one.as_judged for one in judged.values()],
        matches,
    )
    by_judged: dict[str, list[Proposal]] = {}
    for proposal in found:
        by_judged.setdefault(proposal.judged, []).append(proposal)
    rows = {row.id: row for row in waiting}
    made = [_offer(judged[name], together, rows, pairs) for name, together in by_judged.items()]
    return sorted(made, key=lambda offer: (-len(offer.siblings), offer.judged))


@dataclass(frozen=True, slots=True)
class _Outcome:
    row: Any
    decision: Decision
    judgements: int
    contested: bool

    @property
    def as_judged(self) -> Judged:
        return Judged(self.row.id, self.row.video, self.row.guideline, contested=self.contested)


def _offer(
    outcome: _Outcome,
    together: Sequence[Proposal],
    waiting: dict[str, Any],
    pairs: dict[tuple[str, str], Match],
) -> Offer:
    row = outcome.row
    siblings = tuple(
        Offered(
            task=one.task,
            video=waiting[one.task].video,
            study=waiting[one.task].study,
            share=one.share,
            distance=pairs[_pair(waiting[one.task].video, one.sibling)].distance,
        )
        for one in together
    )
    near = sorted(siblings, key=lambda one: (-one.share, one.task))
    return Offer(
        row.id, row.video, row.study, row.guideline, outcome.decision, outcome.judgements, tuple(near)
    )


def _waiting(connection: Connection) -> Sequence[Any]:
    """Tasks outside blind studies that nobody has judged and nobody holds, of videos that have matches."""
    held = exists().where(lease.c.task == task.c.id, lease.c.ended.is_(None))
    return connection.execute(
        select(task.c.id, task.c.video, study.c.name.label("study"), study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .join(video, video.c.id == task.c.video)
        .where(
            study.c.blind.is_(False),
            task.c.state == "open",
            task.c.judged == 0,
            video.c.locked.is_(False),
            ~held,
        )
        .order_by(task.c.id)
    ).all()


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


def _pairs(connection: Connection, waiting: Sequence[Any]) -> dict[tuple[str, str], Match]:
    """The matches that waiting videos have, by pair of videos: of their files, or because they share one."""
    names = {row.video for row in waiting}
    content = {
        row.id: row.content
        for row in connection.execute(select(video.c.id, video.c.content).where(video.c.id.in_(names)))
    }
    matches = list(matches_among(connection, sorted(set(content.values()))))
    files = {c for m in matches for c in (m.one, m.other)} | set(content.values())
    bearers: dict[str, list[str]] = {}
    query = select(video.c.id, video.c.content).where(video.c.content.in_(files), video.c.locked.is_(False))
    for row in connection.execute(query.order_by(video.c.id)):
        bearers.setdefault(row.content, []).append(row.id)
    same = [Match(file, file, 1.0, 0) for file in set(content.values())]
    return {
        _pair(one, other): match
        for match in (*matches, *same)
        for one in bearers.get(match.one, ())
        for other in bearers.get(match.other, ())
        if one != other
    }


def _judged(connection: Connection, blobs: Blobs, videos: Collection[str]) -> dict[str, _Outcome]:
    """The settled tasks of these videos, with what they come to."""
    rows = connection.execute(
        select(task.c.id, task.c.video, study.c.name.label("study"), study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .where(task.c.video.in_(sorted(videos)), task.c.state == "settled")
        .order_by(task.c.id)
    ).all()
    found = {}
    for row in rows:
        decisions = _decisions(connection, blobs, row.id, row.guideline)
        if decisions:
            contested = len({_sum(one) for one in decisions}) > 1 or _compared_contested(connection, row.id)
            found[row.id] = _Outcome(row, decisions[0], len(decisions), contested)
    return found


def _compared_contested(connection: Connection, identity: str) -> bool:
    told = connection.execute(select(comparison.c.contested).where(comparison.c.task == identity)).scalar()
    return bool(told)


def _decisions(connection: Connection, blobs: Blobs, identity: str, guideline: str) -> list[Decision]:
    document = guideline_of(connection, blobs, guideline)
    query = select(judgement.c.answers).where(judgement.c.task == identity).order_by(judgement.c.id)
    given = [json.loads(answers) for answers in connection.execute(query).scalars()]
    made = [decide(document, answers) for answers in given if not hands_back(document, answers)]
    return [one for one in made if one.assessable]


def _sum(decision: Decision) -> tuple[object, ...]:
    """What two judgements must agree on for their outcome to be lent: verdict, age and labels."""
    return decision.verdict, decision.min_age, tuple(sorted(decision.labels.items()))


def decide_siblings(writing: Writing, judged: str, tasks: Collection[str]) -> SiblingsDecided:
    """Let these waiting tasks end like ``judged``. Raises ``Invalid`` for none, ``Conflict`` where one of
    them is not offered that outcome any more."""
    if not tasks:
        raise Invalid("siblings-none", "no copy is chosen", where=judged)
    found = next((o for o in offers(writing.connection, writing.blobs) if o.judged == judged), None)
    offered = {one.task: one for one in found.siblings} if found else {}
    gone = sorted(set(tasks) - offered.keys())
    if found is None or gone:
        raise Conflict(
            "siblings-gone",
            "a copy is not offered this outcome any more",
            where=", ".join(gone[:5]) or judged,
            mend="Load the page again.",
        )
    chosen = [offered[one] for one in sorted(set(tasks))]
    event = SiblingsDecided(
        batch=new_id(),
        judged=judged,
        guideline=found.guideline,
        siblings=tuple(Sibling(task=one.task, video=one.video, share=one.share) for one in chosen),
    )
    writing.record(event)
    return event


def withdraw(writing: Writing, batch: str) -> None:
    """Take back what was accepted in one batch. Raises ``Missing``."""
    table = sibling_decision.c
    if writing.connection.execute(select(table.task).where(table.batch == batch)).first() is None:
        raise Missing("siblings-missing", "nothing was accepted under this id", where=batch)
    writing.record(SiblingsWithdrawn(batch=batch))

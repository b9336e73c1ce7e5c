"""Gold among the live: a known task is served in the place of a live one, and nothing tells which it was.

At the lead's rate, by chance that nobody can foresee, a person gets a gold task *instead* of the live one
that was next for them. That live task is then set aside for this person, as if done: so what waits for them
goes down by one with each task, gold or live. It comes back the next day, or, where nothing else is left,
once they have paused for as long as a lease lasts. The gold task is of the same guideline, and stands in only
for blind ones. Both are looked for with every request, so that the time of the answer does not tell either.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from random import SystemRandom
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from tilik.kernel import to_text
from tilik.media.registration import UNWATCHABLE
from tilik.store import Writing
from tilik.store.adjudication_tables import adjudication_lease
from tilik.store.tables import gold, judgement, lease, study, task, video
from tilik.study.gold_rate import planting_rate
from tilik.study.known import PLANTED

JAKARTA = ZoneInfo("Asia/Jakarta")
LEASE_LIFE = timedelta(minutes=30)
CHANCE = SystemRandom()
# Built once: making an alias takes longer than asking with it.
RULED_TASK, MET_TASK, MET_LEASE = task.alias("ruled_task"), task.alias("met_task"), lease.alias("met_lease")
MET_VIDEO, SHOWN, SAME = video.alias("met_video"), video.alias("shown"), video.alias("same")
STOOD, BACK = lease.alias("stood"), lease.alias("back")
Said = str | ColumnElement[str]
"""A text, or the place of one in a statement that is built once and asked for everybody."""
PERSON, NOW, SINCE = (bindparam(name, type_=String) for name in ("person", "now", "since"))
ONE: ColumnElement[int] = literal_column("1")
"""Written out: PostgreSQL's prepared plan for "some limit" sorts every row."""


class Next(NamedTuple):
    """The live task that is next for somebody."""

    task: str
    guideline: str
    blind: bool


def gold_instead(
    writing: Writing,
    person: str,
    live: Next,
    opt_out: tuple[str, ...],
    languages: tuple[str, ...] = (),
    *,
    simulated: bool,
) -> str | None:
    """The gold task to serve in the place of this live one, or ``None`` for the live one itself."""
    connection = writing.connection
    rate = planting_rate(connection)
    chosen = _fitting(connection, person, live.guideline, opt_out, languages, simulated=simulated)
    again = _left_lying(connection, person, live.task, to_text(writing.clock()))
    meant = CHANCE.random() < rate
    if again is not None:
        return again
    return chosen if meant and live.blind else None


def _fitting(
    connection: Connection,
    person: str,
    guideline: str,
    opt_out: tuple[str, ...],
    languages: tuple[str, ...],
    *,
    simulated: bool,
) -> str | None:
    """A gold task of this guideline that this person may get, by chance: they have never met the video.

    Task ids are hashes, so the next one after a random id is as good as any; only a few are looked at.
    """
    start = str(UUID(int=CHANCE.getrandbits(128)))
    given: dict[str, Any] = {"person": person, "guideline": guideline, "start": start}
    if languages:
        given["languages"] = ["", *languages]
    queries = _gold_from(opt_out, bool(languages), simulated)
    after, before = (connection.execute(query, given).scalar() for query in queries)
    return after or before


@lru_cache(maxsize=256)
def _gold_from(opt_out: tuple[str, ...], routed: bool, simulated: bool) -> tuple[Select[str], Select[str]]:
    """The first fitting gold task from an id on, and the first before it."""
    start = bindparam("start", type_=String)
    fit = (
        gold.c.guideline == bindparam("guideline"),
        gold.c.practice.is_(False),
        gold.c.state.in_(PLANTED),
        task.c.state == "open",
        ~gold.c.barred.contains(PERSON),
        ~met(PERSON),
        as_it_was(simulated=simulated),
        *(~gold.c.answers.contains(f'"family.{code}":true', autoescape=True) for code in opt_out),
    )
    if routed:
        fit = (*fit, task.c.language.in_(bindparam("languages", expanding=True)))
    query = select(gold.c.task).join(task, task.c.id == gold.c.task).where(*fit).order_by(gold.c.task)
    return query.where(gold.c.task >= start).limit(ONE), query.where(gold.c.task < start).limit(ONE)


def met(person: Said) -> ColumnElement[bool]:
    """This person has had the gold item's video in their hands, or has ruled on it."""
    ruled = exists().where(
        adjudication_lease.c.task == RULED_TASK.c.id,
        adjudication_lease.c.person == person,
        RULED_TASK.c.video == gold.c.video,
    )
    return or_(had_in_hands(person), ruled)


def had_in_hands(person: Said, *, from_queue: bool = False) -> ColumnElement[bool]:
    """They held the gold item's video, or the same file under another id; with ``from_queue`` only what the
    queue gave them counts, not what they asked for to practise on."""
    had = and_(MET_LEASE.c.task == MET_TASK.c.id, MET_LEASE.c.person == person)
    if from_queue:
        had = and_(had, MET_LEASE.c.burst.is_(None))
    itself = exists().where(had, MET_TASK.c.video == gold.c.video)
    twin = exists().where(had, MET_TASK.c.video == MET_VIDEO.c.id, MET_VIDEO.c.content == gold.c.content)
    return or_(itself, twin)


def as_it_was(*, simulated: bool) -> ColumnElement[bool]:
    """The gold item's video can be served, and is the version that its answers are known of."""
    if simulated:
        return ~exists().where(video.c.id == gold.c.video)
    return exists().where(
        video.c.id == gold.c.video,
        video.c.content == gold.c.content,
        video.c.locked.is_(False),
        video.c.condition.not_in(UNWATCHABLE),
    )


def _left_lying(connection: Connection, person: str, live: str, now: str) -> str | None:
    """The gold task that this person let run out in the place of this live one: it comes again, as a live
    one would."""
    return connection.execute(_LEFT_LYING, {"person": person, "live": live, "now": now}).scalar()


_LEFT_LYING = (
    select(lease.c.task)
    .join(gold, gold.c.task == lease.c.task)
    .join(task, task.c.id == lease.c.task)
    .where(
        lease.c.person == PERSON,
        lease.c.instead == bindparam("live"),
        lease.c.ended.is_(None),
        lease.c.until <= NOW,
        task.c.state == "open",
        gold.c.state.in_(PLANTED),
        ~exists().where(judgement.c.task == lease.c.task, judgement.c.person == PERSON),
    )
    .order_by(lease.c.granted_at.desc())
)


def live_for(person: Said) -> ColumnElement[bool]:
    """A task of a drawn study whose video this person was not shown the known answers of, in practice."""
    known = select(study.c.id).where(study.c.purpose.in_(("gold", "practice")))
    practised = (
        select(task.c.video)
        .join(lease, lease.c.task == task.c.id)
        .where(lease.c.person == person, lease.c.burst.is_not(None))
    )
    twins = (
        select(SAME.c.id)
        .join(SHOWN, SHOWN.c.content == SAME.c.content)
        .where(SHOWN.c.id.in_(practised.correlate(None)))
    )
    return and_(
        task.c.study.not_in(known),
        task.c.video.not_in(practised.correlate(None)),
        task.c.video.not_in(twins.correlate(None)),
    )


class Aside(NamedTuple):
    """What is set aside for a person: live tasks that gold stood in for since an instant."""

    person: Said
    since: Said
    now: Said

    def holds(self, *, ended: bool = False) -> ColumnElement[bool]:
        """The task is among them; with ``ended`` only once its gold is judged or given back."""
        over = lease.c.ended.is_not(None)
        places = select(lease.c.instead).where(
            lease.c.person == self.person,
            lease.c.instead.is_not(None),
            lease.c.granted_at > self.since,
            over if ended else or_(over, lease.c.until > self.now),
        )
        return task.c.id.in_(places.correlate(None))


def set_aside(connection: Connection, person: str, now: datetime) -> Aside:
    """What is set aside for this person: that of today, since any of it came back to them."""
    return Aside(person, set_aside_since(connection, person, now), to_text(now))


def set_aside_since(connection: Connection, person: str, now: datetime) -> str:
    """From when on what gold stood in for is set aside: midnight, or when any of it came back last."""
    midnight = to_text(datetime.combine(now.astimezone(JAKARTA).date(), time(), JAKARTA))
    came_back = connection.execute(_CAME_BACK, {"person": person, "since": midnight}).scalar()
    return came_back or midnight


_CAME_BACK = select(func.max(BACK.c.granted_at)).where(
    STOOD.c.person == PERSON,
    STOOD.c.granted_at >= SINCE,
    BACK.c.task == STOOD.c.instead,
    BACK.c.person == PERSON,
    BACK.c.granted_at > STOOD.c.granted_at,
    BACK.c.revises.is_(None),
)


def paused(connection: Connection, person: str, now: datetime) -> bool:
    """Whether this person has taken nothing for as long as a lease lasts."""
    query = select(lease.c.id).where(lease.c.person == person, lease.c.granted_at > to_text(now - LEASE_LIFE))
    return connection.execute(query.limit(1)).first() is None

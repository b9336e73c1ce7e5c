"""What each person did: how much, of what kind, how much of it they watched, and how fast.

Throughput means nothing without its mix, so the two always come together.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from tilik.kernel import Estimate
from tilik.stats.rate import plain_rate
from tilik.store.tables import escalation, judgement, lease, study, task, video
from tilik.study import is_drawn
from tilik.study.period import Period, day_of

HALF = 0.5
"""Who saw less of a video than this share judged it on little."""
Stretch = tuple[float, float, float]
"""From, to, playback rate: seconds of the video."""


@dataclass(frozen=True, slots=True)
class Done:
    """One judgement as work: ``duration`` of the video in seconds (None where unknown), ``seen`` the share of
    it that was played, ``hardest`` the highest level among the labels (0 to 3)."""

    person: str
    at: str
    language: str
    assessable: bool
    active_seconds: float
    duration: float | None
    seen: float | None
    hardest: int


@dataclass(frozen=True, slots=True)
class Work:
    """One person's work and its mix.

    ``days`` with work, on ``reached`` of them the daily target; ``minutes`` of video of known length;
    ``languages`` of work and ``levels`` 0 to 3 (the hardest label) by count; ``stopped`` stop-works.
    ``pace`` active seconds for a minute of video, ``seen`` the share of the seconds that was played;
    ``unjudgeable`` and ``hardly`` (less than half of the video played) are shares of judgements.
    """

    judged: int
    days: int
    reached: int
    minutes: float
    active_seconds: float
    pace: float | None
    seen: float | None
    hardly: Estimate
    unjudgeable: Estimate
    stopped: int
    languages: Mapping[str, int]
    levels: tuple[int, int, int, int]


def played(trace: Sequence[Stretch], duration: float) -> float:
    """The share of a video of this length that was played at least once, 0 to 1."""
    seen = end = 0.0
    for start, stop, _rate in sorted(trace):
        first, last = max(start, end), min(stop, duration)
        seen += max(0.0, last - first)
        end = max(end, last)
    return min(1.0, seen / duration) if duration > 0 else 0.0


def work_of(done: Sequence[Done], stopped: int, daily: int | None) -> Work:
    """One person's judgements as their work. What could not be judged does not count as hardly seen."""
    known = [one for one in done if one.duration]
    watched = [one for one in known if one.seen is not None and one.assessable]
    seconds = sum(one.duration or 0 for one in known)
    long = sum(one.duration or 0 for one in watched)
    days = Counter(day_of(one.at) for one in done)
    levels = Counter(one.hardest for one in done if one.assessable)
    return Work(
        judged=len(done),
        days=len(days),
        reached=sum(count >= daily for count in days.values()) if daily is not None else 0,
        minutes=seconds / 60,
        active_seconds=sum(one.active_seconds for one in done),
        pace=60 * sum(one.active_seconds for one in known) / seconds if seconds else None,
        seen=sum((one.seen or 0) * (one.duration or 0) for one in watched) / long if long else None,
        hardly=_share([(one.seen or 0) < HALF for one in watched], "judgements with less than half played"),
        unjudgeable=_share([not one.assessable for one in done], "judgements that say not assessable"),
        stopped=stopped,
        languages=dict(sorted(Counter(one.language for one in done).items())),
        levels=(levels[0], levels[1], levels[2], levels[3]),
    )


def done_in(
    connection: Connection, period: Period, identity: str = ""
) -> tuple[dict[str, list[Done]], Counter[str]]:
    """Everybody's judgements of the period, and their stop-works; of one study, or of all. What people asked
    for themselves, as practice, is not work."""
    start, end = period.ends
    asked_for = exists().where(
        lease.c.task == judgement.c.task, lease.c.person == judgement.c.person, lease.c.burst.is_not(None)
    )
    mine = study.c.id == identity if identity else or_(is_drawn(), study.c.purpose == "gold")
    rows = connection.execute(
        select(judgement, video.c.prepared)
        .join(task, task.c.id == judgement.c.task)
        .join(study, study.c.id == task.c.study)
        .outerjoin(video, video.c.id == task.c.video)
        .where(mine, judgement.c.submitted_at >= start, judgement.c.submitted_at < end, ~asked_for)
        .order_by(judgement.c.submitted_at, judgement.c.id)
    )
    found: dict[str, list[Done]] = defaultdict(list)
    for row in rows:
        found[row.person].append(_done(row))
    stops = connection.execute(
        select(escalation.c.person)
        .join(task, task.c.id == escalation.c.task)
        .join(study, study.c.id == task.c.study)
        .where(mine, escalation.c.raised_at >= start, escalation.c.raised_at < end)
    ).scalars()
    return dict(found), Counter(stops)


def _done(row: Any) -> Done:
    answers, trace = json.loads(row.answers), json.loads(row.trace)
    duration = float(json.loads(row.prepared or "{}").get("duration") or 0) or None
    levels = [level for name, level in answers.items() if name.startswith("label.") and type(level) is int]
    return Done(
        person=row.person,
        at=row.submitted_at,
        language=row.language,
        assessable=answers.get("assessable") == "yes",
        active_seconds=row.active_seconds,
        duration=duration,
        seen=None if duration is None else played(trace, duration),
        hardest=min(3, max(levels, default=0)),
    )


def _share(flags: Sequence[bool], of: str) -> Estimate:
    return plain_rate(sum(flags), len(flags), of=of)

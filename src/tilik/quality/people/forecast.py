"""When a study will be done, from the pace of its last days.

Days are drawn from those seen until all that is left is done, many times over. The weights of the days seen
are uncertain themselves (Bayesian bootstrap, Rubin 1981), so that the interval holds both how days differ and
how little a fortnight tells of them. It supposes that the days to come are like them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy import Connection, select

from tilik.kernel import Estimate, Invalid, Missing
from tilik.store.tables import judgement, study, task
from tilik.study.period import JAKARTA, Period, day_of

USUAL_DAYS, FEWEST_DAYS, MOST_DAYS = 14, 3, 90
DRAWS = 4000
HORIZON = 3650
"""Days: whoever needs ten years at this pace will not be done."""
METHOD = "bayesian-bootstrap-of-days"


@dataclass(frozen=True, slots=True)
class Forecast:
    """``left`` judgements still to come: those wanted and the second looks to be expected; ``done`` so far.

    ``pace`` is judgements by day over ``period``, without today, which is not over. ``days`` from the end of
    yesterday until all is done; ``on`` and its ends are those days on the calendar, None where the pace
    never ends it.
    """

    study: str
    period: Period
    done: int
    left: int
    pace: tuple[int, ...]
    days: Estimate
    on: date | None
    earliest: date | None
    latest: date | None


def forecast(
    connection: Connection, identity: str, now: datetime, *, last_days: int = USUAL_DAYS
) -> Forecast:
    """When this study will be done at the pace of the last days. Raises ``Missing``, ``Invalid``."""
    if not FEWEST_DAYS <= last_days <= MOST_DAYS:
        raise Invalid(
            "forecast-days",
            f"a pace is taken from {FEWEST_DAYS} to {MOST_DAYS} days, not {last_days}",
            where="days",
        )
    row = connection.execute(select(study).where(study.c.id == identity)).first()
    if row is None:
        raise Missing("study-missing", "there is no such study", where=identity)
    today = now.astimezone(JAKARTA).date()
    yesterday = today - timedelta(1)
    first = max(today - timedelta(last_days), day_of(row.drawn_at))
    period = Period(min(first, yesterday), yesterday)
    done, left = _left(connection, identity, row.overlap)
    pace = _pace(connection, identity, period)
    so_far_today = sum(_pace(connection, identity, Period(today, today)))
    days = days_until(
        left + so_far_today if left else 0, pace, of="days until every task of the study is judged"
    )

    def calendar(count: float | None) -> date | None:
        return None if count is None or count >= HORIZON else yesterday + timedelta(round(count))

    ends = (calendar(one) for one in (days.value, days.low, days.high))
    return Forecast(identity, period, done, left, pace, days, *ends)


def days_until(left: int, pace: Sequence[int], *, of: str, draws: int = DRAWS, seed: int = 0) -> Estimate:
    """Whole days until so many are done, with the 95 % interval of what chance may bring; its value is the
    median. Fewer than three days, or days without any work, tell nothing but that it is not over. Pure."""
    counts = np.asarray(pace, dtype=float)
    told = {"left": left, "pace": float(counts.mean()) if counts.size else 0.0, "seed": seed, "draws": draws}
    if left <= 0 or not counts.any() or counts.size < FEWEST_DAYS:
        value, ends = (0.0, (0.0, 0.0)) if left <= 0 else (None, (1.0, float(HORIZON)))
        return Estimate(
            value=value,
            low=ends[0],
            high=ends[1],
            n=len(pace),
            n_eff=float(len(pace)),
            method=METHOD,
            of=of,
            inputs=told,
        )
    found = np.sort(_futures(left, counts, draws, seed))
    low, middle, high = (float(found[int(at * (draws - 1))]) for at in (0.025, 0.5, 0.975))
    return Estimate(
        value=None if middle >= HORIZON else middle,
        low=low,
        high=high,
        n=len(pace),
        n_eff=float(len(pace)),
        method=METHOD,
        of=of,
        inputs=told,
    )


def _futures(left: int, counts: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """The number of days that each of so many futures takes, at most the horizon."""
    random = np.random.default_rng(seed)
    weight = np.cumsum(random.dirichlet(np.ones(counts.size), draws), axis=1)
    done, days = np.zeros(draws), np.zeros(draws)
    for _ in range(HORIZON):
        going = np.flatnonzero(done < left)
        if not going.size:
            break
        chosen = (random.random(going.size)[:, None] > weight[going]).sum(axis=1)
        done[going] += counts[np.minimum(chosen, counts.size - 1)]
        days[going] += 1
    return days


def _left(connection: Connection, identity: str, overlap: float | None) -> tuple[int, int]:
    """Judgements there are, and still to come. Of tasks that nobody judged, as many will be looked at again
    as of those judged so far; where nothing is judged yet, the study's overlap."""
    rows = connection.execute(
        select(task.c.wants, task.c.judged, task.c.state, task.c.p2).where(
            task.c.study == identity, task.c.state != "stopped"
        )
    ).all()
    wanted = sum(max(0, row.wants - row.judged) for row in rows if row.state == "open")
    untouched = sum(row.judged == 0 for row in rows)
    looked = [row.wants > 1 for row in rows if row.p2 is not None]
    again = 0.0
    if overlap is not None:
        again = sum(looked) / len(looked) if looked else overlap
    return sum(row.judged for row in rows), wanted + round(again * untouched)


def _pace(connection: Connection, identity: str, period: Period) -> tuple[int, ...]:
    start, end = period.ends
    stamps = connection.execute(
        select(judgement.c.submitted_at)
        .join(task, task.c.id == judgement.c.task)
        .where(task.c.study == identity, judgement.c.submitted_at >= start, judgement.c.submitted_at < end)
    ).scalars()
    by_day = Counter(day_of(one) for one in stamps)
    return tuple(by_day[period.first + timedelta(n)] for n in range(period.days))

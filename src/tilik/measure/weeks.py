"""Studies over weeks: each period's first figure, its change, and the four periods before it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from pydantic import JsonValue
from sqlalchemy import Connection, select

from tilik.frame.days import Days, days_of
from tilik.guideline import Text, failing_verdicts
from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.measure.facts import StudyFacts, as_of_now, gather
from tilik.measure.figures import measure
from tilik.measure.how import TITLE
from tilik.measure.wire import AsOfView, How, Measurement
from tilik.measure.wire_weeks import LeftOut, Week, Weeks
from tilik.stats import Panel, average, difference, panel_correlation, respondents
from tilik.store.learn_tables import follow_up
from tilik.store.tables import frame, guideline, study
from tilik.study import is_assisted

BEFORE = 4
"""Periods that a new one is held against."""
NO_DAYS = Text(id="kerangkanya tidak menyebut periode", en="its frame names no period")
OF_A_PART = Text(id="mewakili hanya sebagian kerangka", en="it stands for a part of the frame only")
ANOTHER = Text(
    id="studi lain, yang lebih besar atau lebih dahulu diambil, mewakili periode yang sama",
    en="another study, larger or drawn earlier, stands for the same period",
)
CHOSEN = Text(
    id="videonya dipilih, bukan ditarik acak",
    en="its videos were chosen, not drawn",
)
TO_LOOK_AGAIN = Text(
    id="sampelnya ditarik untuk memeriksa atau mempelajari studi lain",
    en="it was drawn to look again at what another study said",
)
HOW = How(
    title=TITLE,
    lines=[
        Text(
            id="Satu studi mewakili satu periode: yang anggarannya terbesar dari kerangka periode itu, dan "
            "bila sama besar, yang diambil lebih dahulu. Perubahan adalah angka periode ini dikurangi "
            "periode sebelumnya, dengan selang MOVER.",
            en="One study stands for one period: the one of the largest budget drawn from its frame, and of "
            "equal ones the first. The change is this period's figure less the one before, with MOVER's "
            "interval.",
        ),
        Text(
            id="Bila dua sampel memakai angka acak tetap dan benih yang sama, korelasinya ikut dihitung.",
            en="Where two samples share their permanent random numbers and seed, their correlation enters.",
        ),
        Text(
            id="Pita empat periode adalah rata-rata sampai empat periode sebelumnya, dengan selangnya.",
            en="The four-period band is the mean of up to four periods before, with its interval.",
        ),
    ],
    sources=[
        "Newcombe 1998; Zou 2007; Zou, Huang & Zhang 2009 (MOVER)",
        "Ohlsson 1995; Nordberg 2000 (samples that share permanent random numbers)",
    ],
)


class _Member(NamedTuple):
    row: Any
    days: Days
    measured: Measurement


def weeks(
    connection: Connection, blobs: Blobs, *, until: date | None = None, newest: int | None = None
) -> Weeks:
    """Every period that a study stands for, the earliest first; ``until`` is the last day wanted.

    With ``newest`` only that many of the last periods are measured.
    """
    chosen, left_out = _chosen(connection)
    wanted = [one for one in chosen if until is None or one[0].last <= until]
    members = [
        _Member(row, days, measure(connection, blobs, row.id))
        for days, row in (wanted if newest is None else wanted[-newest:])
    ]
    found: list[Week] = []
    for at, member in enumerate(members):
        found.append(_week(connection, blobs, member, members[:at]))
    return Weeks(weeks=found, left_out=left_out, as_of=_as_of(connection), how=HOW)


def _chosen(connection: Connection) -> tuple[list[tuple[Days, Any]], list[LeftOut]]:
    rows = connection.execute(
        select(
            study.c.id,
            study.c.name,
            study.c.seed,
            study.c.design,
            study.c.blind,
            study.c.guideline,
            frame.c.name.label("frame_name"),
            frame.c.summary,
            frame.c.first_day,
            frame.c.last_day,
            guideline.c.version,
        )
        .join(frame, frame.c.hash == study.c.frame)
        .join(guideline, guideline.c.hash == study.c.guideline)
        # An extension replaces what it contains. A second draw, to confirm something or in the hope of a
        # nicer figure, replaces nothing.
        .order_by(study.c.budget.desc(), study.c.drawn_at, study.c.id)
    ).all()
    again = set(connection.execute(select(follow_up.c.second)).scalars())
    taken: dict[Days, Any] = {}
    left: list[LeftOut] = []
    for row in rows:
        days = days_of(row.first_day, row.last_day)
        if days is None:
            left.append(LeftOut(study=row.id, name=row.name, why=NO_DAYS))
        elif json.loads(row.design).get("kind") == "rereview":
            left.append(LeftOut(study=row.id, name=row.name, why=OF_A_PART))
        elif is_assisted(row):
            left.append(LeftOut(study=row.id, name=row.name, why=CHOSEN))
        elif row.id in again:
            left.append(LeftOut(study=row.id, name=row.name, why=TO_LOOK_AGAIN))
        elif days in taken:
            left.append(LeftOut(study=row.id, name=row.name, why=ANOTHER))
        else:
            taken[days] = row
    return sorted(taken.items(), key=lambda one: (one[0].last, one[0].first)), left


def _week(connection: Connection, blobs: Blobs, member: _Member, before: list[_Member]) -> Week:
    row, days, measured = member
    last = before[-1] if before else None
    follows = last is not None and last.days.last == days.follows
    since, shared = (None, 0) if last is None else _since(connection, blobs, member, last)
    points = [one.measured.overall.estimate for one in before[-BEFORE:]]
    known = [one for one in points if one.value is not None]
    return Week(
        first=days.first,
        last=days.last,
        frame=row.frame_name,
        study=row.id,
        name=row.name,
        guideline=row.guideline,
        version=row.version,
        judged=measured.study.judged,
        simulated=measured.simulated,
        failing=measured.overall,
        since_last=since if follows else None,
        four=average(known, of="mean failing share of the periods before") if known else None,
        shared=shared if follows else 0,
        follows=follows,
        new_version=last is not None and last.row.guideline != row.guideline,
    )


def _since(connection: Connection, blobs: Blobs, now: _Member, last: _Member) -> tuple[Estimate | None, int]:
    new, old = now.measured.overall, last.measured.overall
    if new.estimate.value is None or old.estimate.value is None:
        return None, 0
    correlation, shared = 0.0, 0
    # What a score adds is not in the panel's residuals; without them the interval is wide, not narrow.
    if new.beside is None and old.beside is None and _one_panel(now.row, last.row):
        panels = [_panel(gather(connection, blobs, one.row.id)) for one in (now, last)]
        if all(panel is not None and panel.y.size > 1 for panel in panels):
            correlation, shared = panel_correlation(*panels)  # type: ignore[arg-type]
    told: dict[str, JsonValue] = {"shared": shared, "studies": [now.row.id, last.row.id]}
    of = "change of the failing share since the period before"
    return difference(new.estimate, old.estimate, of=of, correlation=correlation, inputs=told), shared


def _one_panel(one: Any, other: Any) -> bool:
    """Whether a video has the same number in both draws."""
    seeds = [json.loads(row.summary).get("frame_seed") for row in (one, other)]
    return bool(seeds[0]) and seeds[0] == seeds[1] and one.seed == other.seed


def _panel(facts: StudyFacts) -> Panel | None:
    """The judged part of a study; None where families were drawn, whose chance is not the video's own."""
    on = facts.assessed
    if facts.families is not None or not facts.covers_frame:
        return None
    failing = failing_verdicts(facts.guideline)
    return Panel(
        ids=np.array(facts.videos, dtype=np.str_)[on],
        y=facts.share_of_judgements(lambda decision: decision.verdict in failing)[on],
        measure=facts.impressions[on],
        pi=respondents(facts.pi, on, facts.stratum),
        drawn=facts.pi[on],
        strata=facts.stratum[on],
        totals=facts.stratum_totals,
    )


def _as_of(connection: Connection) -> AsOfView:
    now = as_of_now(connection)
    return AsOfView(seq=now.seq, hash=now.hash, at=now.at)

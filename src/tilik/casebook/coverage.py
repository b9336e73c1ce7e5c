"""Coverage: what of the frame each audience watches, and how much of it is good, as far as a study can tell.

A cell is one level of each domain (language, age band, topic, origin). Its views and videos are counted in
the whole frame; the share of good views is estimated from the study's judged draws that fall into it.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from sqlalchemy import Connection, and_, select

from tilik.frame.source import connect
from tilik.guideline import Guideline, decide, failing_verdicts, hands_back
from tilik.kernel import Estimate, Invalid
from tilik.log import Blobs, last
from tilik.sampling.columns import BETWEEN as STRATUM
from tilik.stats import respondents, shares_by
from tilik.stats.strata import calibrated
from tilik.store.tables import draw, frame, judgement, study, task
from tilik.study import find_study, guideline_of, refuse_assisted

NO_VALUE = "-"
"""The level of videos without a value."""
FEWEST = 30
"""Judged videos, and effective ones, below which a cell is thin."""
ENOUGH_GOOD = 0.5
"""A cell lacks good videos where even the upper end of their share of views is below this."""
MOST_CELLS, MOST_DOMAINS = 2000, 4
BETWEEN = "\x1f"
USUAL = (
    ("language", "lang", "bahasa"),
    ("age_band", "age", "usia"),
    ("topic", "topik", "category"),
    ("origin", "asal"),
)
"""Names of the columns that coverage is usually asked by."""


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One cell. ``levels``: domain → level; ``views`` and ``videos`` of the frame, ``share`` of all its
    views.

    ``good`` is the estimated share of good views, None where nothing was judged; ``judged`` and ``effective``
    say on how much it rests. ``thin``: too little to tell; ``lacking``: enough, and few good views.
    ``more``: videos to judge beside the present ones so that it is no longer thin.
    """

    levels: dict[str, str]
    views: float
    videos: int
    share: float
    judged: int
    effective: float
    good: Estimate | None
    thin: bool
    lacking: bool
    more: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every cell of the frame, the most viewed first. ``good`` are the verdicts that count as good."""

    study: str
    name: str
    by: tuple[str, ...]
    domains: tuple[str, ...]
    good: tuple[str, ...]
    fewest: int
    cells: tuple[CoverageCell, ...]


def coverage(connection: Connection, blobs: Blobs, name: str, by: Sequence[str] = ()) -> Coverage:
    """The coverage of a study (name or id) by these domains; without any, by the usual ones that the frame
    has.

    Raises ``Missing``; ``Invalid`` on a domain that the frame does not have, more than four, or too many
    cells.
    """
    row = connection.execute(
        select(study, frame.c.summary, frame.c.snapshot, frame.c.impressions)
        .join(frame, frame.c.hash == study.c.frame)
        .where(study.c.id == find_study(connection, name))
    ).one()
    refuse_assisted(row)
    domains = tuple(json.loads(row.summary).get("domains", ()))
    chosen = _chosen(by, domains)
    guideline = guideline_of(connection, blobs, row.guideline)
    snapshot = blobs.path(row.snapshot)
    found = _shares(connection, row, guideline, snapshot, chosen)
    counted = _counted(snapshot, chosen)
    cells = [_cell(chosen, key, at, found.get(key), row.impressions) for key, at in counted.items()]
    cells.sort(key=lambda one: (-one.views, tuple(one.levels.values())))
    return Coverage(row.id, row.name, chosen, domains, _good(guideline), FEWEST, tuple(cells))


def thin_floors(found: Coverage, budget: int) -> tuple[tuple[str, int], ...]:
    """What the next draw is to take at least of each thin cell, by the name of its stratum: the most viewed
    first, until half of the budget is spoken for; the other half stays with the whole.
    """
    left, floors = budget // 2, []
    for cell in found.cells:
        wanted = min(cell.more, cell.videos, left) if cell.thin and cell.views > 0 else 0
        if wanted > 1:
            floors.append((STRATUM.join(cell.levels.values()), wanted))
            left -= wanted
    return tuple(floors)


def stratum_names(blobs: Blobs, snapshot: str, by: tuple[str, ...]) -> frozenset[str]:
    """The strata that a design by these columns has in a frame. Raises ``Invalid`` on too many."""
    return frozenset(key.replace(BETWEEN, STRATUM) for key in _counted(blobs.path(snapshot), by))


def _chosen(by: Sequence[str], domains: Sequence[str]) -> tuple[str, ...]:
    usual = [next((name for name in names if name in domains), "") for names in USUAL]
    chosen = tuple(dict.fromkeys(by or filter(None, usual)))
    there = f"There are: {', '.join(domains)}." if domains else "Import the frame with such a column."
    absent = [name for name in chosen if name not in domains]
    if absent:
        raise Invalid("domain-unknown", f"the frame has no domain {absent[0]!r}", where=absent[0], mend=there)
    if not 1 <= len(chosen) <= MOST_DOMAINS:
        what = f"coverage is by 1 to {MOST_DOMAINS} domains"
        raise Invalid("coverage-domains", what, where="by", mend=there)
    return chosen


def _good(guideline: Guideline) -> tuple[str, ...]:
    failing = failing_verdicts(guideline)
    return tuple(one.code for one in guideline.verdict.values if one.code not in failing)


def _cell(
    by: tuple[str, ...], key: str, counted: tuple[float, int], good: Estimate | None, whole: float
) -> CoverageCell:
    judged = 0 if good is None else good.n
    effective = 0.0 if good is None else min(good.n_eff, float(good.n))
    thin = judged < FEWEST or effective < FEWEST
    # What judging one more is worth stays as it is: n/n_eff videos for each effective one.
    cost = judged / effective if effective > 0 else 1.0
    return CoverageCell(
        levels=dict(zip(by, key.split(BETWEEN), strict=True)),
        views=counted[0],
        videos=counted[1],
        share=counted[0] / whole if whole else 0.0,
        judged=judged,
        effective=effective,
        good=good,
        thin=thin,
        lacking=not thin and good is not None and good.high < ENOUGH_GOOD,
        more=max(0, math.ceil(FEWEST * max(1.0, cost)) - judged) if thin else 0,
    )


def _shares(
    connection: Connection, row: Any, guideline: Guideline, snapshot: Path, by: tuple[str, ...]
) -> dict[str, Estimate]:
    drawn = connection.execute(
        select(draw, task.c.id.label("task"), task.c.state)
        .outerjoin(task, and_(task.c.study == draw.c.study, task.c.video == draw.c.video))
        .where(draw.c.study == row.id)
        .order_by(draw.c.video)
    ).all()
    outcomes = _outcomes(connection, row.id, guideline)
    y = np.array([outcomes.get(one.task, math.nan) if one.state == "settled" else math.nan for one in drawn])
    on = ~np.isnan(y)
    if not on.any():
        return {}
    stratum = np.array([one.stratum for one in drawn], dtype=np.str_)
    pi = respondents(np.array([one.pi for one in drawn], dtype=float), on, stratum)
    size = np.array([one.impressions for one in drawn], dtype=float)[on]
    keys = _keys(snapshot, by, tuple(one.video for one in drawn))
    families = np.array([one.family or one.video for one in drawn], dtype=np.str_)
    return shares_by(
        y[on],
        keys[on],
        calibrated(size, pi, stratum[on], json.loads(row.totals)),
        pi,
        stratum[on],
        families=families[on] if any(one.family for one in drawn) else None,
        of="share of good views in {}",
        inputs=_inputs(connection, row),
        interval="half-positive",
    )


def _inputs(connection: Connection, row: Any) -> dict[str, JsonValue]:
    seq, seal = last(connection)
    told = {name: getattr(row, name) for name in ("frame", "guideline", "seed")}
    return {"study": row.id, **told, "design": json.loads(row.design), "log": f"{seq}:{seal}"}


def _outcomes(connection: Connection, identity: str, guideline: Guideline) -> dict[str, float]:
    """Task → the share of its usable judgements that say the video is good; absent where there is none."""
    rows = connection.execute(
        select(judgement.c.task, judgement.c.answers)
        .join(task, task.c.id == judgement.c.task)
        .where(task.c.study == identity)
    )
    good, said = set(_good(guideline)), dict[str, list[bool]]()
    for row in rows:
        answers = json.loads(row.answers)
        decision = None if hands_back(guideline, answers) else decide(guideline, answers)
        if decision is not None and decision.assessable:
            said.setdefault(row.task, []).append(decision.verdict in good)
    return {name: sum(found) / len(found) for name, found in said.items()}


def _level(value: object) -> str:
    return NO_VALUE if value is None else str(value)


def _keys(file: Path, by: tuple[str, ...], videos: tuple[str, ...]) -> NDArray[np.str_]:
    with tempfile.TemporaryDirectory() as scratch:
        held = connect(Path(scratch)).read_parquet(str(file))
        found = held.filter(held["video"].isin(videos)).select("video", *by).to_pyarrow().to_pylist()
    keys = {row["video"]: BETWEEN.join(_level(row[name]) for name in by) for row in found}
    return np.array([keys.get(video, BETWEEN.join([NO_VALUE] * len(by))) for video in videos], dtype=np.str_)


@lru_cache(maxsize=16)
def _counted(file: Path, by: tuple[str, ...]) -> Mapping[str, tuple[float, int]]:
    """Each cell's views and videos in the whole frame; a snapshot is named by its content and never
    changes."""
    with tempfile.TemporaryDirectory() as scratch:
        held = connect(Path(scratch)).read_parquet(str(file))
        sums = held.group_by([held[name].cast("string").name(name) for name in by]).aggregate(
            views=lambda t: t["impressions"].cast("float64").sum(), videos=lambda t: t.count()
        )
        rows = sums.limit(MOST_CELLS + 1).to_pyarrow().to_pylist()
    if len(rows) > MOST_CELLS:
        raise Invalid(
            "domain-with-many-levels",
            f"{' × '.join(by)} has more than {MOST_CELLS:,} cells, and no sample tells so many apart",
            where=", ".join(by),
            mend="Choose fewer or coarser columns.",
        )
    return {
        BETWEEN.join(_level(row[name]) for name in by): (float(row["views"]), int(row["videos"]))
        for row in rows
    }

"""Two periods beside each other: what came, what went, what stayed, and how mix and scores moved."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict

from tilik.frame.source import connect, domain_names, score_names
from tilik.kernel import Missing

BANDS = 10
LEVELS_SHOWN = 20
Fate = Literal["kept", "new", "gone"]
FATES: tuple[Fate, ...] = ("kept", "new", "gone")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Side(_Frozen):
    """One period: its videos and their impressions."""

    videos: int
    impressions: float


class Turnover(_Frozen):
    """Videos in both periods, only in the later (``new``) or only in the earlier (``gone``).

    Impressions are those of the earlier and of the later period.
    """

    fate: Fate
    videos: int
    before: float
    after: float


class Shift(_Frozen):
    """A value's share of impressions in each period, 0..1; ``level`` is None where a video has no value."""

    level: str | None
    before: float
    after: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


class DomainShift(_Frozen):
    """How a domain's mix moved, the largest changes first. ``moved`` is the share of impressions that lies on
    another value than before: half the sum of all absolute changes (total variation).
    """

    column: str
    moved: float
    levels: int
    shifts: tuple[Shift, ...]


class ScoreShift(_Frozen):
    """A score's mean by impressions in each period, and its impressions in ten bands of equal width."""

    column: str
    before: float
    after: float
    moved: float
    bands: tuple[Shift, ...]


class FrameComparison(_Frozen):
    """Everything that two frames can tell about each other without a judgement.

    ``only_before`` and ``only_after`` are columns that one of them lacks.
    """

    before: Side
    after: Side
    turnover: tuple[Turnover, ...]
    domains: tuple[DomainShift, ...]
    scores: tuple[ScoreShift, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Path, after: Path) -> FrameComparison:
    """Compare two imported frames, the earlier first. Raises ``Missing`` where a file is gone."""
    for snapshot in (before, after):
        if not snapshot.is_file():
            raise Missing("frame-not-found", "no such snapshot", where=str(snapshot))
    connection = connect(after.parent)
    try:
        return _compare(connection.read_parquet(str(before)), connection.read_parquet(str(after)))
    finally:
        connection.disconnect()


def compare_score(name: str, before: Path, after: Path) -> ScoreShift:
    """How one score moved between two frames that both have it; far less work than the whole comparison."""
    connection = connect(after.parent)
    try:
        return _score(name, connection.read_parquet(str(before)), connection.read_parquet(str(after)))
    finally:
        connection.disconnect()


def _compare(a: ir.Table, b: ir.Table) -> FrameComparison:
    shared = [name for name in domain_names(a) if name in domain_names(b)]
    scores = [name for name in score_names(a) if name in score_names(b)]
    return FrameComparison(
        before=_side(a),
        after=_side(b),
        turnover=_turnover(a, b),
        domains=tuple(_domain(name, a, b) for name in shared),
        scores=tuple(_score(name, a, b) for name in scores),
        only_before=tuple(sorted(set(a.columns) - set(b.columns))),
        only_after=tuple(sorted(set(b.columns) - set(a.columns))),
    )


def _size(frame: ir.Table) -> ir.FloatingColumn:
    return frame["impressions"].cast("float64")


def _side(frame: ir.Table) -> Side:
    found = frame.aggregate(videos=frame.count(), impressions=_size(frame).sum().fill_null(0))
    return Side.model_validate(found.to_pyarrow().to_pylist()[0])


def _turnover(a: ir.Table, b: ir.Table) -> tuple[Turnover, ...]:
    one = a.select(video="video", w=_size(a))
    other = b.select(later="video", w_later=_size(b))
    both = one.outer_join(other, one["video"] == other["later"])
    fate = ibis.cases((both["video"].isnull(), "new"), (both["later"].isnull(), "gone"), else_="kept")
    rows = (
        both.mutate(fate=fate)
        .group_by("fate")
        .aggregate(
            videos=lambda t: t.count(),
            before=lambda t: t["w"].sum().fill_null(0),
            after=lambda t: t["w_later"].sum().fill_null(0),
        )
    )
    found = {row["fate"]: Turnover.model_validate(row) for row in rows.to_pyarrow().to_pylist()}
    return tuple(found.get(one, Turnover(fate=one, videos=0, before=0, after=0)) for one in FATES)


def _domain(name: str, a: ir.Table, b: ir.Table) -> DomainShift:
    shifts = _shifts(a[name].cast("string"), b[name].cast("string"), a, b)
    ordered = sorted(shifts, key=lambda shift: (-abs(shift.change), shift.level or ""))
    return DomainShift(
        column=name, moved=_moved(shifts), levels=len(shifts), shifts=tuple(ordered[:LEVELS_SHOWN])
    )


def _score(name: str, a: ir.Table, b: ir.Table) -> ScoreShift:
    found = {shift.level: shift for shift in _shifts(_band(a[name]), _band(b[name]), a, b)}
    labels = [f"{at / BANDS:g}-{(at + 1) / BANDS:g}" for at in range(BANDS)]
    nothing = Shift(level=None, before=0, after=0)
    bands = tuple(
        found.get(str(at), nothing).model_copy(update={"level": label}) for at, label in enumerate(labels)
    )
    return ScoreShift(
        column=name, before=_mean(a, name), after=_mean(b, name), moved=_moved(bands), bands=bands
    )


def _band(score: ir.FloatingColumn) -> ir.StringColumn:
    band = (score * BANDS).floor().cast("int64")
    return ibis.least(band, ibis.literal(BANDS - 1, "int64")).cast("string")


def _shifts(value_a: ir.Column, value_b: ir.Column, a: ir.Table, b: ir.Table) -> list[Shift]:
    before, after = _shares(value_a, a), _shares(value_b, b)
    levels = sorted(before.keys() | after.keys(), key=lambda level: (level is None, level or ""))
    return [Shift(level=one, before=before.get(one, 0.0), after=after.get(one, 0.0)) for one in levels]


def _shares(value: ir.Column, frame: ir.Table) -> dict[str | None, float]:
    laid = frame.select(level=value, w=_size(frame))
    rows = laid.group_by("level").aggregate(w=laid["w"].sum()).to_pyarrow().to_pylist()
    total = sum(row["w"] for row in rows)
    return {row["level"]: row["w"] / total if total else 0.0 for row in rows}


def _mean(frame: ir.Table, name: str) -> float:
    found = frame.aggregate(sum=(frame[name] * _size(frame)).sum(), w=_size(frame).sum())
    row = found.to_pyarrow().to_pylist()[0]
    return float(row["sum"] / row["w"]) if row["w"] else 0.0


def _moved(shifts: list[Shift] | tuple[Shift, ...]) -> float:
    return sum(abs(shift.change) for shift in shifts) / 2

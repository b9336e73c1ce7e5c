"""What an imported frame looks like: sizes, scores, and how impressions lie over its domains."""

from __future__ import annotations

from pathlib import Path

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict

from tilik.frame.source import connect, domain_names, score_names
from tilik.kernel import Missing

QUANTILES = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999)
LEVELS_SHOWN = 20


class Level(BaseModel):
    """One value of a domain; ``None`` where the frame has none. ``share`` is of impressions, 0..1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: str | None
    rows: int
    share: float


class Domain(BaseModel):
    """A domain's heaviest levels by impressions; ``levels`` counts all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    levels: int
    heaviest: tuple[Level, ...]


class ScoreSummary(BaseModel):
    """A classifier score: its mean over videos and over impressions, and its quantiles over videos."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    mean: float
    mean_by_impressions: float
    quantiles: dict[str, float]


class FrameDescription(BaseModel):
    """The whole picture. ``equal_videos`` = (Σw)²/Σw²: how many equal videos would be as concentrated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int
    impressions: float
    without_impressions: int
    largest: float
    equal_videos: float
    quantiles: dict[str, float]
    scores: tuple[ScoreSummary, ...]
    domains: tuple[Domain, ...]


def describe(snapshot: Path) -> FrameDescription:
    """Describe an imported frame. Raises ``Missing`` where the file is gone."""
    if not snapshot.is_file():
        raise Missing("frame-not-found", "no such snapshot", where=str(snapshot))
    connection = connect(snapshot.parent)
    try:
        return _describe(connection.read_parquet(str(snapshot)))
    finally:
        connection.disconnect()


def _describe(frame: ir.Table) -> FrameDescription:
    size = frame["impressions"].cast("float64")
    whole = _row(
        frame.aggregate(
            rows=frame.count(),
            total=size.sum(),
            squares=(size * size).sum(),
            zero=(size == 0).sum(),
            largest=size.max(),
        )
    )
    total = whole["total"]
    return FrameDescription(
        rows=int(whole["rows"]),
        impressions=total,
        without_impressions=int(whole["zero"]),
        largest=whole["largest"],
        equal_videos=total**2 / whole["squares"] if whole["squares"] else 0.0,
        quantiles=_quantiles(frame, size),
        scores=tuple(_score(frame, name, size, total) for name in score_names(frame)),
        domains=tuple(_domain(frame, name, total) for name in domain_names(frame)),
    )


def _row(table: ir.Table) -> dict[str, float]:
    row: dict[str, float] = table.to_pyarrow().to_pylist()[0]
    return row


def _quantiles(frame: ir.Table, value: ir.FloatingColumn) -> dict[str, float]:
    asked = {f"{q:g}": value.quantile(q) for q in QUANTILES}
    return {name: float(found) for name, found in _row(frame.aggregate(**asked)).items()}


def _score(frame: ir.Table, name: str, size: ir.FloatingColumn, total: float) -> ScoreSummary:
    score = frame[name]
    found = _row(frame.aggregate(mean=score.mean(), weighted=(score * size).sum()))
    return ScoreSummary(
        column=name,
        mean=found["mean"],
        mean_by_impressions=found["weighted"] / total if total else 0.0,
        quantiles=_quantiles(frame, score),
    )


def _domain(frame: ir.Table, name: str, total: float) -> Domain:
    by_level = frame.group_by(level=frame[name].cast("string")).aggregate(
        rows=lambda t: t.count(), weight=lambda t: t["impressions"].cast("float64").sum()
    )
    heaviest = by_level.order_by([ibis.desc("weight"), "level"]).limit(LEVELS_SHOWN)
    levels = tuple(
        Level(level=row["level"], rows=row["rows"], share=row["weight"] / total if total else 0.0)
        for row in heaviest.to_pyarrow().to_pylist()
    )
    return Domain(column=name, levels=int(by_level.count().to_pyarrow().as_py()), heaviest=levels)

"""Import a population table: check it, give every video its random number, write one snapshot."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend
from pydantic import BaseModel, ConfigDict

from tilik.frame.address import kept, shown
from tilik.frame.checks import DUPLICATE, FrameRefused, FrameReport, inspect, once_each, sound
from tilik.frame.fingerprint import fingerprint
from tilik.frame.mapping import with_families
from tilik.frame.random_number import random_number_expression
from tilik.frame.source import (
    RESERVED,
    ColumnMap,
    canonical,
    connect,
    domain_names,
    open_source,
    opened,
    score_names,
)
from tilik.kernel import Invalid, new_id

Progress = Callable[[str, float], None]
"""Called with a stage (``check``, ``write``, ``fingerprint``, ``done``) and the part done, 0..1."""

ColumnKind = Literal["id", "size", "score", "domain", "random-number"]
OnProblem = Literal["refuse", "drop"]
LARGEST_WHOLE = 2.0**53


class FrameSnapshot(BaseModel):
    """An imported frame. ``hash`` names its content, ``name`` is its file in the folder it was written to.

    ``source`` is the name of the file that it came from, or the address without user, password and options.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hash: str
    name: str
    rows: int
    impressions: float
    without_impressions: int
    frame_seed: str
    columns: dict[str, ColumnKind]
    scores: tuple[str, ...]
    domains: tuple[str, ...]
    dropped: dict[str, int]
    report: FrameReport
    source: str = ""


def check_frame(source: Path | str, *, table: str = "", columns: ColumnMap | None = None) -> FrameReport:
    """What an import would find, without importing."""
    with tempfile.TemporaryDirectory() as scratch:
        connection = connect(Path(scratch))
        try:
            with opened(connection, source, table, Path(scratch)) as found:
                return inspect(canonical(found, columns or ColumnMap(), shown(source, table)))
        finally:
            connection.disconnect()


def import_frame(
    source: Path | str,
    into: Path,
    *,
    table: str = "",
    families: Path | None = None,
    columns: ColumnMap | None = None,
    on_problem: OnProblem = "refuse",
    frame_seed: str = "tilik",
    progress: Progress | None = None,
) -> FrameSnapshot:
    """Write ``<hash>.parquet`` into ``into``, rows in order of video id, with the column ``prn`` added.

    ``source`` is a path, or a database's address with its ``table``; ``families`` a file that maps
    ``video`` to ``family``, brought in as that column. ``frame_seed`` salts the permanent random numbers;
    keep it over periods, so that a video keeps its number. Raises ``FrameRefused`` (an ``Invalid``, with the
    report) on problems unless they are to be dropped, ``Invalid`` where columns are missing or no row is
    left; then nothing is left behind.
    """
    tell = progress or (lambda _stage, _part: None)
    into.mkdir(parents=True, exist_ok=True)
    connection = connect(into)
    try:
        tell("check", 0.0)
        with opened(connection, source, table, into) as found:
            named = canonical(found, columns or ColumnMap(), shown(source, table))
            report = inspect(named)
            _refuse(report, on_problem, shown(source, table))
            tell("write", 0.4)
            frame = _frame(named, report, frame_seed)
            if families is not None:
                frame = with_families(frame, open_source(connection, families), str(families))
            snapshot = _write(connection, frame, into, frame_seed=frame_seed, report=report, tell=tell)
        return snapshot.model_copy(update={"source": kept(source, table)})
    finally:
        connection.disconnect()


def _refuse(report: FrameReport, on_problem: OnProblem, where: str) -> None:
    if report.problems and on_problem == "refuse":
        raise FrameRefused(report, where)
    if report.kept == 0:
        raise Invalid("frame-empty", "no usable row is left", where=where, mend="Check the column mapping.")


def _frame(table: ir.Table, report: FrameReport, frame_seed: str) -> ir.Table:
    rows = sound(table)
    if any(problem.reason == DUPLICATE for problem in report.problems):
        rows = once_each(rows)
    if _whole(rows):
        rows = rows.mutate(impressions=rows["impressions"].cast("int64"))
    return rows.mutate(**{RESERVED: random_number_expression(rows["video"], frame_seed)}).order_by("video")


def _whole(table: ir.Table) -> bool:
    size = table["impressions"]
    return bool(((size == size.floor()) & (size < LARGEST_WHOLE)).all().to_pyarrow().as_py())


def _write(
    connection: Backend,
    frame: ir.Table,
    into: Path,
    *,
    frame_seed: str,
    report: FrameReport,
    tell: Progress,
) -> FrameSnapshot:
    partial = into / f".importing-{new_id()}.parquet"
    try:
        connection.to_parquet(frame, str(partial), compression="zstd")
        tell("fingerprint", 0.8)
        name = fingerprint(partial, frame_seed)
        snapshot = _describe(connection.read_parquet(str(partial)), name, frame_seed, report)
        _settle(partial, into / snapshot.name)
    finally:
        partial.unlink(missing_ok=True)
    tell("done", 1.0)
    return snapshot


def _settle(partial: Path, final: Path) -> None:
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(final)


def _describe(frame: ir.Table, name: str, frame_seed: str, report: FrameReport) -> FrameSnapshot:
    size = frame["impressions"]
    totals = (
        frame.aggregate(rows=frame.count(), total=size.cast("float64").sum(), zero=(size == 0).sum())
        .to_pyarrow()
        .to_pylist()[0]
    )
    scores, domains = score_names(frame), domain_names(frame)
    kinds: dict[str, ColumnKind] = {"video": "id", "impressions": "size", RESERVED: "random-number"}
    kinds.update(dict.fromkeys(scores, "score"))
    kinds.update(dict.fromkeys(domains, "domain"))
    dropped: dict[str, int] = {}
    for problem in report.problems:
        dropped[problem.reason] = dropped.get(problem.reason, 0) + problem.dropped
    return FrameSnapshot(
        hash=name,
        name=f"{name}.parquet",
        rows=totals["rows"],
        impressions=totals["total"],
        without_impressions=totals["zero"],
        frame_seed=frame_seed,
        columns=kinds,
        scores=tuple(scores),
        domains=tuple(domains),
        dropped=dropped,
        report=report,
    )

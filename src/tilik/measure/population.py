"""What the frame knows of all its videos: classifier scores, domains, and their totals.

A snapshot is named by its content and never changes, so what was read once is kept.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tilik.frame.source import connect
from tilik.kernel import Invalid, Missing
from tilik.log import Blobs
from tilik.stats import FrameTotals

Floats = NDArray[np.float64]
NO_VALUE = "-"
"""The level of videos that have no value in a domain's column."""
MOST_LEVELS = 50
SUMS = ("measure", "score")


@dataclass(frozen=True, slots=True)
class Population:
    """A frame snapshot: its ``scores``, all within 0..1, its ``domains``, and where its rows lie."""

    snapshot: str
    scores: tuple[str, ...]
    domains: tuple[str, ...]
    blobs: Blobs

    def score(self, name: str, videos: Sequence[str]) -> Floats:
        """The score of each of these videos. Raises ``Invalid`` where the frame has no such score."""
        _among(name, self.scores, "score")
        found = _values(self._file(), name, tuple(videos))
        return np.array([found[video] for video in videos], dtype=float)

    def domain(self, name: str, videos: Sequence[str]) -> NDArray[np.str_]:
        """The level of each of these videos. Raises ``Invalid`` where the frame has no such domain."""
        _among(name, self.domains, "domain")
        found = _values(self._file(), name, tuple(videos))
        return np.array([_level(found[video]) for video in videos], dtype=np.str_)

    def totals(self, score: str, threshold: float) -> FrameTotals:
        """Σ impressions and Σ impressions × score, of all videos and of those at or above the threshold."""
        _among(score, self.scores, "score")
        return _totals(self._file(), score, threshold)

    def totals_at(self, score: str, thresholds: Sequence[float]) -> list[FrameTotals]:
        """The totals at each of several thresholds, in one scan."""
        _among(score, self.scores, "score")
        return _totals_at(self._file(), score, tuple(thresholds))

    def levels(self, domain: str) -> Mapping[str, float]:
        """Impressions of each level, the heaviest first. Raises ``Invalid`` where there are too many."""
        _among(domain, self.domains, "domain")
        return _levels(self._file(), domain)

    def _file(self) -> Path:
        return self.blobs.path(self.snapshot)


def population_of(blobs: Blobs, snapshot: str, summary: Mapping[str, Any]) -> Population:
    """The snapshot as its import described it."""
    return Population(snapshot, tuple(summary.get("scores", ())), tuple(summary.get("domains", ())), blobs)


def _among(name: str, there: Sequence[str], what: str) -> None:
    if name not in there:
        raise Invalid(
            f"{what}-unknown",
            f"the frame has no {what} {name!r}",
            where=name,
            mend=f"There are: {', '.join(there)}." if there else f"Import the frame with a {what} column.",
        )


def _level(value: object) -> str:
    return NO_VALUE if value is None else str(value)


@lru_cache(maxsize=64)
def _values(file: Path, column: str, videos: tuple[str, ...]) -> Mapping[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        frame = connect(Path(scratch)).read_parquet(str(file))
        # Not `isin`: thousands of literals would be parsed for long.
        wanted = ibis.memtable(pa.table({"video": list(videos)}))
        found = frame.semi_join(wanted, "video").select("video", column).to_pyarrow().to_pydict()
    values = dict(zip(found["video"], found[column], strict=True))
    gone = [video for video in videos if video not in values]
    if gone:
        raise Missing("draw-not-in-frame", f"{len(gone)} drawn videos are not in the frame", where=gone[0])
    return values


@lru_cache(maxsize=256)
def _totals(file: Path, score: str, threshold: float) -> FrameTotals:
    with tempfile.TemporaryDirectory() as scratch:
        frame = connect(Path(scratch)).read_parquet(str(file))
        w, s = frame["impressions"].cast("float64"), frame[score].cast("float64")
        acts = s >= threshold
        sums = frame.aggregate(
            measure=w.sum(),
            score=(w * s).sum(),
            above=acts.ifelse(w, 0.0).sum(),
            score_above=acts.ifelse(w * s, 0.0).sum(),
        )
        (row,) = sums.to_pyarrow().to_pylist()
    whole, scored = float(row["measure"]), float(row["score"])
    # The same sums in another order may pass the whole by a rounding.
    return FrameTotals(whole, scored, min(whole, row["above"]), min(scored, row["score_above"]))


@lru_cache(maxsize=64)
def _totals_at(file: Path, score: str, thresholds: tuple[float, ...]) -> list[FrameTotals]:
    order = sorted(thresholds)
    with tempfile.TemporaryDirectory() as scratch:
        frame = connect(Path(scratch)).read_parquet(str(file))
        w, s = frame["impressions"].cast("float64"), frame[score].cast("float64")
        passed = reduce(add, ((s >= cut).cast("int64") for cut in order))
        sums = frame.group_by(passed=passed).aggregate(measure=w.sum(), score=(w * s).sum())
        rows = {row["passed"]: row for row in sums.to_pyarrow().to_pylist()}
    measure, scored = ([rows[k][name] if k in rows else 0.0 for k in range(len(order) + 1)] for name in SUMS)
    whole, whole_score = math.fsum(measure), math.fsum(scored)
    found = {
        cut: FrameTotals(whole, whole_score, math.fsum(measure[at:]), math.fsum(scored[at:]))
        for at, cut in enumerate(order, start=1)
    }
    return [found[cut] for cut in thresholds]


@lru_cache(maxsize=64)
def _levels(file: Path, domain: str) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as scratch:
        frame = connect(Path(scratch)).read_parquet(str(file))
        by = frame.group_by(level=frame[domain].cast("string"))
        sums = by.aggregate(impressions=lambda t: t["impressions"].cast("float64").sum())
        found = (
            sums.order_by([ibis.desc("impressions"), "level"]).limit(MOST_LEVELS + 1).to_pyarrow().to_pylist()
        )
    if len(found) > MOST_LEVELS:
        raise Invalid(
            "domain-with-many-levels",
            f"{domain} has more than {MOST_LEVELS} levels, and no sample tells so many apart",
            where=domain,
            mend="Choose a coarser column.",
        )
    return {_level(row["level"]): float(row["impressions"]) for row in found}

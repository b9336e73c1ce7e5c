"""What is true of the demo's videos, read back for those that were drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


@dataclass(frozen=True, slots=True)
class VideoTruth:
    """The true answers for one made-up video: label and strength levels by code."""

    video: str
    labels: dict[str, int]
    strengths: dict[str, int]
    audience: str
    min_age: int

    @property
    def clear(self) -> tuple[tuple[str, int], ...]:
        """Labels at level 2 or above, worst first: what a clip must show."""
        found = [(code, level) for code, level in self.labels.items() if level >= 2]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0])))


def read_truth(file: Path, videos: Collection[str]) -> dict[str, VideoTruth]:
    """The truth of these videos, by id."""
    wanted = pc.field("video").isin(pa.array(list(videos)))
    rows = pq.read_table(file, filters=wanted).to_pylist()
    return {
        row["video"]: VideoTruth(
            video=row["video"],
            labels={mark["code"]: mark["level"] for mark in row["labels"]},
            strengths={mark["code"]: mark["level"] for mark in row["strengths"]},
            audience=row["audience"],
            min_age=row["min_age"],
        )
        for row in rows
    }

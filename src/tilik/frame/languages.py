"""The language of videos, as a frame's column ``language`` has it."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import ibis
import pyarrow as pa

from tilik.frame.source import connect
from tilik.log import Blobs

COLUMN = "language"
CODE = re.compile("[a-z]{2,3}")
NOT_ONE = frozenset({"und", "mul", "mis", "zxx", "xx"})
"""Codes of ISO 639 that name no one language: undetermined, several, uncoded, none."""


def spoken(value: str | None) -> str:
    """The language that a value names, as its code of ISO 639 in two or three letters; ``""`` where it names
    none. A region or script is left off: ``ms-MY`` is ``ms``."""
    code = re.split("[-_]", (value or "").strip().casefold(), maxsplit=1)[0]
    return code if CODE.fullmatch(code) and code not in NOT_ONE else ""


def languages_in(
    blobs: Blobs, snapshot: str, summary: str, videos: Sequence[str]
) -> Mapping[str, str | None]:
    """Video → what the frame's snapshot has for its language; empty where the frame has no such column."""
    if not videos or COLUMN not in json.loads(summary).get("domains", ()):
        return {}
    return _column(blobs.path(snapshot), tuple(videos))


@lru_cache(maxsize=16)
def _column(file: Path, videos: tuple[str, ...]) -> Mapping[str, str | None]:
    with tempfile.TemporaryDirectory() as scratch:
        rows = connect(Path(scratch)).read_parquet(str(file))
        wanted = ibis.memtable(pa.table({"video": list(videos)}))
        found = rows.semi_join(wanted, "video").select("video", COLUMN).to_pyarrow().to_pydict()
    told = zip(found["video"], found[COLUMN], strict=True)
    return {video: None if value is None else str(value) for video, value in told}

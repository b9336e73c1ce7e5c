"""A job's results on disk: Parquet files that are written whole, and which job they belong to.

A result that is in a file is done; all others are to do. Stopping at any moment, by any means, loses at most
the few results that were not yet written, and these are made again.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from tilik.kernel import Conflict, Invalid, Json, Missing

ROWS, SECONDS = 64, 5.0
"""Results, and seconds, after which what has come is written."""

SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("condition", pa.string()),
        ("detail", pa.string()),
        ("value", pa.string()),
        ("where", pa.string()),
        ("done_at", pa.string()),
    ]
)
JOB = "job.json"


class Ledger:
    """The folder of one job's results; open it with ``with``. Raises ``Conflict`` for another job's."""

    def __init__(self, folder: Path, job: dict[str, Json]) -> None:
        self._folder, self._job = folder, job
        self._rows: list[dict[str, str]] = []
        self._since = time.monotonic()
        self._lock = -1
        self.done: set[str] = set()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._claim()
            for part in parts(self._folder):
                self.done |= _keys(part)
        except BlockingIOError:
            os.close(self._lock)
            raise Conflict(
                "job-running", "a job is running into this folder", where=str(self._folder)
            ) from None
        except BaseException:
            os.close(self._lock)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()
        os.close(self._lock)

    def _claim(self) -> None:
        """See that the folder holds this job's results, or make it this job's."""
        file = self._folder / JOB
        if file.exists():
            if _held(file) != self._job:
                raise Conflict(
                    "job-other",
                    "the results of another job are here",
                    where=str(self._folder),
                    mend="Choose another folder, or the same job again.",
                )
            return
        if any(parts(self._folder)):
            raise Conflict("job-other", "there are results here of no known job", where=str(self._folder))
        _write(file, json.dumps(self._job, indent=1, sort_keys=True).encode())

    def put(self, row: dict[str, str]) -> None:
        """Take a result; it is on disk soon, and at the end of the block at the latest."""
        if row["key"] in self.done:
            return
        self.done.add(row["key"])
        self._rows.append(row)
        if len(self._rows) >= ROWS or time.monotonic() - self._since >= SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what has come."""
        self._since = time.monotonic()
        if not self._rows:
            return
        number = max((int(part.stem.rpartition("-")[2]) for part in parts(self._folder)), default=0) + 1
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(self._rows, schema=SCHEMA), sink, compression="zstd")
        _write(self._folder / f"part-{number:06}.parquet", sink.getvalue().to_pybytes())
        self._rows.clear()


def _held(file: Path) -> object:
    """What the file says of its job; nothing where it is not JSON."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return None


def _keys(part: Path) -> set[str]:
    try:
        return set(pq.read_table(part, columns=["key"]).column("key").to_pylist())
    except (pa.ArrowException, KeyError):
        raise Invalid(
            "job-damaged", "the results cannot be read", where=str(part),
            mend="Take the file away: what it held is made again.",
        ) from None  # fmt: skip


def _write(file: Path, data: bytes) -> None:
    """The whole file or none of it."""
    draft = file.with_name(f".{file.name}.draft")
    with draft.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)


def parts(folder: Path) -> list[Path]:
    """The Parquet files of a job, in order."""
    return sorted(folder.glob("part-*.parquet"))


def read_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Every result of a job; ``value`` is JSON text. Raises ``Missing`` where there is no job."""
    if not (folder / JOB).is_file():
        raise Missing("job-missing", "no job has written results here", where=str(folder))
    for part in parts(folder):
        yield from pq.read_table(part).to_pylist()

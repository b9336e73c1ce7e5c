"""All evidence of a workspace as one Parquet table: one row for each thing said of each video."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection

from tilik.kernel import Evidence, Invalid, canonical
from tilik.log import Blobs
from tilik.media.lending import lent_evidence
from tilik.media.registration import evidence_of, find_video, list_videos

SCHEMA = pa.schema(
    [
        ("video", pa.string()),
        ("kind", pa.string()),
        ("start", pa.float64()),
        ("end", pa.float64()),
        ("value", pa.string()),
        ("source", pa.string()),
        ("note", pa.string()),
    ]
)
ROWS = 10_000


def export_evidence(connection: Connection, blobs: Blobs, into: Path) -> int:
    """Write the evidence of every video that is not locked, whole or not at all; returns the number of rows.

    ``start`` and ``end`` are seconds; ``value`` is JSON. Raises ``Invalid`` where no file can be put.
    """
    part = into.with_name(into.name + ".part")
    every = chain.from_iterable(_of_each(connection, blobs))
    written = 0
    try:
        with pq.ParquetWriter(part, SCHEMA) as writer:
            while rows := list(islice(every, ROWS)):
                writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
                written += len(rows)
        part.replace(into)
    except OSError as error:
        why = error.strerror or str(error)
        raise Invalid("export-file", f"cannot be written: {why}", where=str(into)) from None
    finally:
        part.unlink(missing_ok=True)
    return written


def _of_each(connection: Connection, blobs: Blobs) -> Iterator[Iterator[dict[str, Any]]]:
    for listed in list_videos(connection):
        if not listed.locked:
            found = find_video(connection, listed.id)
            told = [*evidence_of(blobs, found), *lent_evidence(connection, blobs, found)]
            yield (_row(item) for item in told)


def _row(item: Evidence) -> dict[str, Any]:
    value = "" if item.value is None else canonical(item.value).decode()
    span = {"start": item.span.start, "end": item.span.end}
    return {
        "video": item.video,
        "kind": item.kind,
        **span,
        "value": value,
        "source": item.source,
        "note": item.note,
    }

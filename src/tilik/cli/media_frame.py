"""What the frames know of videos that are brought in: whether they are there, what they declare."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from tilik.frame.registration import list_frames
from tilik.frame.source import connect
from tilik.kernel import Invalid
from tilik.store import Workspace


def declared_of(
    opened: Workspace, connection: Connection, videos: Collection[str], column: str = ""
) -> dict[str, str]:
    """Each of the videos that some frame names, with what ``column`` says of it ("" without one).

    Raises ``Invalid`` where no frame has the column.
    """
    known: dict[str, str] = {}
    columns: set[str] = set()
    for frame in list_frames(connection):
        engine = connect(opened.scratch)
        table = engine.read_parquet(str(opened.store.blobs.path(frame.snapshot)))
        columns |= set(table.columns)
        named = table.filter(table.video.isin(sorted(videos)))
        shown = named.select("video", *([column] if column in table.columns else []))
        for row in engine.to_pyarrow(shown).to_pylist():
            said = row.get(column)
            known[row["video"]] = known.get(row["video"], "") or ("" if said is None else str(said))
    if column and column not in columns:
        there = ", ".join(sorted(columns - {"video", "impressions", "prn"}))
        raise Invalid(
            "frame-column-missing",
            f"no frame has a column {column!r}",
            where="--declared",
            mend=f"There are: {there}." if there else "Import a frame first.",
        )
    return known

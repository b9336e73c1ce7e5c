"""Frames of a workspace: brought in once, found by name or content hash."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, or_, select

from tilik.frame.days import Days, days_of
from tilik.frame.events import FrameImported
from tilik.frame.importing import FrameSnapshot, OnProblem, Progress, import_frame
from tilik.frame.source import ColumnMap
from tilik.kernel import Conflict, Invalid, Missing, canonical
from tilik.log import Blobs, Envelope, applies
from tilik.store import Store
from tilik.store.tables import frame as frame_table


@dataclass(frozen=True, slots=True)
class RegisteredFrame:
    """A frame that the workspace knows; ``snapshot`` names its Parquet among the blobs."""

    hash: str
    name: str
    rows: int
    impressions: float
    snapshot: str
    imported_at: str
    summary: FrameSnapshot
    days: Days | None = None


def bring_in_frame(
    store: Store,
    scratch: Path,
    source: Path | str,
    *,
    name: str,
    frame_seed: str,
    table: str = "",
    families: Path | None = None,
    columns: ColumnMap | None = None,
    on_problem: OnProblem = "refuse",
    days: Days | None = None,
    progress: Progress | None = None,
) -> RegisteredFrame:
    """Import a frame and keep it under ``name``.

    ``source`` is a path or a database's address, whose credentials the log never sees.
    ``days`` is the period that it counts, by which frames of a series are in order.
    ``frame_seed`` must not be known outside: whoever knows it can tell beforehand which videos a design
    will draw. Raises ``Conflict`` where the name or the very frame is here already, ``Invalid`` for a bad
    name, and whatever ``import_frame`` raises.
    """
    if not name or len(name) > 128:
        raise Invalid("frame-name", "a frame needs a name of 1 to 128 characters", where="--name")
    with store.read() as connection:
        _refuse_known(connection, name)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        found = import_frame(
            source,
            Path(folder),
            table=table,
            families=families,
            columns=columns,
            on_problem=on_problem,
            frame_seed=frame_seed,
            progress=progress,
        )
        blob = store.blobs.put_file(Path(folder) / found.name)
    with store.write() as writing:
        _refuse_known(writing.connection, name, found.hash)
        writing.record(
            FrameImported(
                hash=found.hash,
                name=name,
                rows=found.rows,
                impressions=found.impressions,
                summary=found.model_dump(mode="json"),
                snapshot=blob,
                first_day=None if days is None else days.first,
                last_day=None if days is None else days.last,
            )
        )
    with store.read() as connection:
        return find_frame(connection, name)


def find_frame(connection: Connection, name: str = "") -> RegisteredFrame:
    """The frame with this name or hash; without a name, the only one there is. Raises ``Missing``."""
    frames = list_frames(connection)
    fitting = [f for f in frames if not name or name in (f.name, f.hash)]
    if len(fitting) == 1:
        return fitting[0]
    what = f"no frame is called {name!r}" if name else f"there are {len(frames)} frames; say which"
    there = ", ".join(found.name for found in frames)
    mend = f"There are: {there}." if there else "Import one with `tilik frame import`."
    raise Missing("frame-missing", what, mend=mend)


def list_frames(connection: Connection) -> list[RegisteredFrame]:
    """Every frame, in the order they came."""
    rows = connection.execute(select(frame_table).order_by(frame_table.c.imported_at, frame_table.c.name))
    return [
        RegisteredFrame(
            hash=row.hash,
            name=row.name,
            rows=row.rows,
            impressions=row.impressions,
            snapshot=row.snapshot,
            imported_at=row.imported_at,
            summary=FrameSnapshot.model_validate_json(row.summary),
            days=days_of(row.first_day, row.last_day),
        )
        for row in rows
    ]


def _refuse_known(connection: Connection, name: str, content: str = "") -> None:
    query = select(frame_table.c.name).where(or_(frame_table.c.name == name, frame_table.c.hash == content))
    known = connection.execute(query).scalar()
    if known is not None:
        raise Conflict(
            "frame-exists",
            f"this frame is here already, as {known!r}",
            where=name,
            mend="Choose another --name.",
        )


@applies(FrameImported)
def _imported(connection: Connection, event: FrameImported, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(frame_table).values(
            hash=event.hash,
            name=event.name,
            rows=event.rows,
            impressions=event.impressions,
            summary=canonical(event.summary).decode(),
            snapshot=event.snapshot,
            imported_at=envelope.at,
            first_day=None if event.first_day is None else event.first_day.isoformat(),
            last_day=None if event.last_day is None else event.last_day.isoformat(),
        )
    )

"""The workspace as it stood: the log's prefix folded into a scratch database, kept by its position.

What is measured there is what was measured then, digit for digit: the log never changes, its fold is the
tables, and the bulk data that events cite lies under the hash of its content. No row that can be erased is
copied, so no name and no free text comes back this way.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from tilik import __version__
from tilik.kernel import Invalid, Missing, new_id, to_text
from tilik.log import fold_into, last, log_entry
from tilik.store.engine import database_file, open_engine
from tilik.store.schema import upgrade
from tilik.store.store import Store
from tilik.store.workspace import Workspace

KEPT = 12
"""Folded prefixes that stay in the scratch folder; the least lately used goes."""
FILE = re.compile(r"(\d{10})-([0-9a-f]{16})\.db")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MEND = "Write a log position such as 1204, or a time such as 2026-03-08 or 2026-03-08T16:00:00Z."


def position_of(connection: Connection, at: str) -> int:
    """The log position that ``at`` means: itself, or the last entry made by then; a day means its end, UTC.

    Raises ``Invalid`` where it is neither, ``Missing`` where the log does not reach that far, or back.
    """
    text = at.strip()
    head, _ = last(connection)
    if text.isdigit() and len(text) <= 9:
        if not 1 <= int(text) <= head:
            raise _beyond(at, f"the log ends at position {head}")
        return int(text)
    instant = to_text(_instant(text, at))
    found = connection.execute(select(func.max(log_entry.c.seq)).where(log_entry.c.at <= instant)).scalar()
    if found is None:
        raise _beyond(at, "the log begins later")
    return int(found)


@contextmanager
def as_of(workspace: Workspace, at: str = "") -> Iterator[Store]:
    """The facts as they stood at a log position or time (:func:`position_of`); without one, the live facts.

    For reading only: what is written there is nobody's. Raises as :func:`position_of` does.
    """
    if not at:
        yield workspace.store
        return
    with workspace.store.read() as connection:
        seq = position_of(connection, at)
        if seq == last(connection)[0]:
            yield workspace.store
            return
        file = _folded(workspace, connection, seq)
    engine = open_engine(database_file(file))
    try:
        yield Store(engine, workspace.store.blobs, clock=workspace.store.clock)
    finally:
        engine.dispose()


def _beyond(at: str, why: str) -> Missing:
    return Missing("as-of-beyond", f"there is nothing as of {at}: {why}", where="--as-of", mend=MEND)


def _instant(text: str, at: str) -> datetime:
    try:
        if DAY.fullmatch(text):
            return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1, microseconds=-1)
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Invalid(
            "as-of", f"{at!r} is neither a log position nor a time", where="--as-of", mend=MEND
        ) from None


def _folded(workspace: Workspace, connection: Connection, seq: int) -> Path:
    """The database file of this prefix; made from the nearest earlier one where it is not here yet."""
    folder = workspace.scratch / "as-of" / __version__  # another version may fold otherwise
    folder.mkdir(parents=True, exist_ok=True)
    seal = connection.execute(select(log_entry.c.hash).where(log_entry.c.seq == seq)).scalar_one()
    file = folder / f"{seq:010}-{seal[:16]}.db"
    if not file.is_file():
        part = folder / f".{new_id()}.part"
        try:
            _make(workspace, connection, part, _nearest(connection, folder, seq), seq)
            part.replace(file)
        finally:
            for left in folder.glob(f"{part.name}*"):
                left.unlink(missing_ok=True)
    file.touch()
    _tidy(folder)
    return file


def _make(workspace: Workspace, connection: Connection, part: Path, earlier: Path | None, seq: int) -> None:
    if earlier is not None:
        shutil.copyfile(earlier, part)
    engine = open_engine(database_file(part))
    try:
        upgrade(engine)
        _fold_on(workspace, connection, engine, seq)
    finally:
        engine.dispose()  # the last connection carries the write-ahead log into the file


def _fold_on(workspace: Workspace, connection: Connection, engine: Engine, seq: int) -> None:
    with engine.connect().execution_options(tilik_writes=True) as target, target.begin():
        done, _ = last(target)
        for _ in fold_into(connection, target, workspace.store.blobs, after=done, up_to=seq):
            pass


def _nearest(connection: Connection, folder: Path, seq: int) -> Path | None:
    """The longest kept prefix that ends before ``seq`` and is one of this log."""
    kept = sorted(f for f in folder.iterdir() if FILE.fullmatch(f.name) and int(f.name[:10]) < seq)
    for file in reversed(kept):
        seal = connection.execute(select(log_entry.c.hash).where(log_entry.c.seq == int(file.name[:10])))
        if str(seal.scalar() or "").startswith(file.name[11:27]):
            return file
    return None


def _tidy(folder: Path) -> None:
    kept = sorted((f for f in folder.iterdir() if FILE.fullmatch(f.name)), key=lambda f: f.stat().st_mtime)
    for file in kept[:-KEPT]:
        for one in folder.glob(f"{file.name}*"):
            one.unlink(missing_ok=True)

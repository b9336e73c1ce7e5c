"""Opening the workspace that a command works on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tilik.cli.chosen import chosen, folder
from tilik.store import Workspace, create, open_workspace

__all__ = ["chosen", "folder", "new_workspace", "workspace"]


@contextmanager
def workspace() -> Iterator[Workspace]:
    """The open workspace of this command. Raises ``Missing`` where there is none."""
    opened = open_workspace(folder())
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def new_workspace(*, database: str = "", blobs: str = "") -> Iterator[Workspace]:
    """A workspace made in the chosen folder, and open; taken away again when the block fails.

    Raises what ``create`` and ``open_workspace`` raise.
    """
    place = folder()
    before = set(place.iterdir()) if place.is_dir() else None
    create(place, database=database, blobs=blobs)
    try:
        with workspace() as opened:
            yield opened
    except BaseException:
        for made in {place} if before is None else set(place.iterdir()) - before:
            _remove(made)
        raise


def _remove(made: Path) -> None:
    if made.is_dir():
        shutil.rmtree(made)
    else:
        made.unlink(missing_ok=True)

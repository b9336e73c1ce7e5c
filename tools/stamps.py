"""Remembers, by content, what has been done already: one small file each in ``.make/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".make"


def digest_of(files: Iterable[Path], *more: str) -> str:
    """One hash over these files, their names, and whatever else the work depends on."""
    digest = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(ROOT)} {content}\n".encode())
    digest.update("\n".join(more).encode())
    return digest.hexdigest()


def done(name: str, digest: str) -> bool:
    """Whether this work was finished for this very content."""
    file = FOLDER / name
    return file.is_file() and file.read_text() == digest


def begin(name: str) -> None:
    """Forget the work: when it is broken off, it counts as not done."""
    (FOLDER / name).unlink(missing_ok=True)


def finish(name: str, digest: str) -> None:
    """Remember that the work is done for this content."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(digest)

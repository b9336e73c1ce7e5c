"""Digests of files, read in pieces."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest_file(file: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()

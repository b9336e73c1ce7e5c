"""What lies around a file and goes into what is said of it: its caption files, and whom to trust."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

ANCHORS = "trust-anchors.pem"
"""In the workspace's folder: the certificates whose C2PA signatures count as trusted."""


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """A caption file, the name it came under, its language ("" unknown)."""

    path: Path
    name: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """``captions``: ``None`` looks beside the video. ``anchors``: PEM certificates whose signatures count."""

    captions: tuple[CaptionFile, ...] | None = None
    anchors: str = ""

    @property
    def anchors_mark(self) -> str:
        """Eight digits that change with the anchors."""
        return hashlib.sha256(self.anchors.encode()).hexdigest()[:8]


def around_of(folder: Path) -> Around:
    """Whom the workspace in this folder trusts."""
    file = folder / ANCHORS
    return Around(anchors=file.read_text(encoding="utf-8")) if file.is_file() else Around()


NOTHING_AROUND = Around()

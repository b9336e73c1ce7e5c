"""Which workspace folder the person named; apart from ``place`` so that starting loads no database."""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path

chosen: ContextVar[Path] = ContextVar("workspace", default=Path("tilik-data"))
"""Set once by the global option: ``--workspace``, else ``TILIK_WORKSPACE``, else ``./tilik-data``."""


def folder() -> Path:
    """The workspace's folder."""
    return chosen.get()

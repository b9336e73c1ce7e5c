"""The shared real clips."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def videos(shared: Path) -> Path:
    """The folder of real clips."""
    return shared / "videos"

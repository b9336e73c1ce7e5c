"""A clock for tests: time passes when they say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class MovingClock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move on by ``timedelta(**by)``."""
        self.now += timedelta(**by)

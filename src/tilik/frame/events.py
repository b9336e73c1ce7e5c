"""What can happen to frames: one is imported."""

from __future__ import annotations

from datetime import date

from pydantic import JsonValue

from tilik.log import Event


class FrameImported(Event, type="frame-imported"):
    """A period's population is here. ``hash`` names its content, ``snapshot`` its file among the blobs.

    ``first_day`` and ``last_day``, both counted, say which period, where that was told.
    """

    hash: str
    name: str
    rows: int
    impressions: float
    summary: dict[str, JsonValue]
    snapshot: str
    first_day: date | None = None
    last_day: date | None = None

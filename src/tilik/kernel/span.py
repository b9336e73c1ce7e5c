"""A stretch of a video, in seconds from presentation time stamps."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Span(BaseModel):
    """From ``start`` to ``end`` (seconds, ``0 ≤ start ≤ end``). A point in time has ``start == end``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: Seconds
    end: Seconds

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"a span ends ({self.end}) before it starts ({self.start})")
        return self

    @property
    def length(self) -> float:
        """Seconds from start to end."""
        return self.end - self.start

    def overlap(self, other: Span) -> float:
        """Seconds that both spans cover."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))

    def iou(self, other: Span) -> float:
        """Temporal intersection over union, 0..1; two equal points give 1."""
        union = max(self.end, other.end) - min(self.start, other.start)
        if math.isclose(union, 0.0):
            return 1.0
        joined = self.length + other.length - self.overlap(other)
        return self.overlap(other) / joined if joined > 0 else 0.0

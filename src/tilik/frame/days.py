"""The days whose serving a frame counts: what makes frames of successive weeks a series."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from tilik.kernel import Invalid


class Days(NamedTuple):
    """A first and a last day, both counted."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def follows(self) -> date:
        """The last day of whatever these follow without a gap."""
        return self.first - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def parse_days(text: str) -> Days:
    """``2026-03-02/2026-03-08``, an ISO 8601 interval with its last day, or one day. Raises ``Invalid``."""
    first, slash, last = text.strip().partition("/")
    found = None
    with suppress(ValueError):
        found = Days(date.fromisoformat(first), date.fromisoformat(last if slash else first))
    if found is None or found.last < found.first:
        raise Invalid(
            "frame-period",
            f"{text!r} is no period",
            where="--period",
            mend="Write its first and last day, as 2026-03-02/2026-03-08.",
        )
    return found


def days_of(first: str | None, last: str | None) -> Days | None:
    """The period as the table keeps it; None where a frame has none."""
    return (
        None if first is None or last is None else Days(date.fromisoformat(first), date.fromisoformat(last))
    )

"""The days that figures are about, by the calendar of Western Indonesia."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tilik.kernel import Invalid, from_text, to_text

JAKARTA = ZoneInfo("Asia/Jakarta")
USUAL_DAYS = 56
"""Eight weeks: long enough to tell people apart, short enough that they may have changed."""


@dataclass(frozen=True, slots=True)
class Period:
    """``first`` and ``last`` day, both inside."""

    first: date
    last: date

    @property
    def ends(self) -> tuple[str, str]:
        """The instants, as stored: from the first, before the second."""
        midnight = (datetime.combine(day, time(), JAKARTA) for day in (self.first, self.last + timedelta(1)))
        start, end = midnight
        return to_text(start), to_text(end)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def holds(self, instant: str) -> bool:
        """Whether this stored instant lies inside."""
        start, end = self.ends
        return start <= instant < end


def day_of(instant: str) -> date:
    """The day of a stored instant."""
    return from_text(instant).astimezone(JAKARTA).date()


def period_of(now: datetime, since: str = "", until: str = "") -> Period:
    """From and to these days (``2026-03-01``); left out, the eight weeks up to today. Raises ``Invalid``."""
    last = _day(until, "until") if until else now.astimezone(JAKARTA).date()
    first = _day(since, "since") if since else last - timedelta(USUAL_DAYS - 1)
    if first > last:
        raise Invalid("period-upside-down", f"{first} comes after {last}", where="since")
    return Period(first, last)


def _day(text: str, where: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("day-unreadable", f"{text!r} is no day", where=where, mend="Use 2026-03-01.") from error
    if not 2000 <= found.year <= 2200:
        raise Invalid("day-unreadable", f"{text} is no day of this work", where=where)
    return found

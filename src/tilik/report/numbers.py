"""Numbers as each language writes them: decimal comma or point, thousands apart, the sign of a change."""

from __future__ import annotations

from datetime import date

from tilik.guideline import Language

MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
MINUS = "−"


def decimal(value: float, language: Language, digits: int = 0) -> str:
    """``12.345,6`` in Indonesian, ``12,345.6`` in English."""
    text = f"{abs(value):,.{digits}f}"
    if language == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def percent(value: float, language: Language, digits: int | None = None) -> str:
    """A share as per cent: two significant places where it is small."""
    size = abs(100 * value)
    places = digits if digits is not None else places_of(size)
    return f"{decimal(100 * value, language, places)} %"


def places_of(size: float) -> int:
    """Decimal places for a percentage of this size."""
    return 0 if size >= 99.95 or size == 0 else 1 if size >= 0.95 else 2


def signed(value: float, language: Language, digits: int) -> str:
    """With its sign, plus too."""
    text = decimal(value, language, digits)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def days(first: date, last: date, language: Language) -> str:
    """``2-8 Mar 2026``, across months and years as short as it can be said."""
    one, two = (MONTHS[language][day.month - 1] for day in (first, last))
    if first.year != last.year:
        return f"{first.day} {one} {first.year} – {last.day} {two} {last.year}"
    if first.month != last.month:
        return f"{first.day} {one} – {last.day} {two} {last.year}"
    return f"{first.day}–{last.day} {two} {last.year}"

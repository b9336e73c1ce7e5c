"""The smallest parts a guideline is made of: codes, two-language texts, levels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from tilik.guideline.faults import disagreeing

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text with something in it."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_+-]*$")]
"""A stable name. Records cite it, so it never changes its meaning and is never translated."""


class Part(BaseModel):
    """Any piece of a guideline: immutable, and refusing keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Text(Part):
    """One text in Indonesian and in English; both are always there."""

    id: Prose
    en: Prose


class Named(Part):
    """A code with the name people read."""

    code: Code
    name: Text


class Stated(Part):
    """A code with the sentence it stands for."""

    code: Code
    text: Text


class Level(Part):
    """One step of an ordered scale."""

    level: int
    text: Text


def in_steps(levels: tuple[Level, ...], first: int, last: int | None = None) -> tuple[Level, ...]:
    """The levels, if they run ``first, first + 1, …`` (up to ``last``). Raises ``ValueError`` otherwise."""
    found = [level.level for level in levels]
    end = first + len(found) - 1 if last is None else last
    if not found or found != list(range(first, end + 1)):
        wanted = f"{first}, {first + 1}, …" if last is None else ", ".join(map(str, range(first, end + 1)))
        raise disagreeing("levels", wanted=wanted, found=found)
    return levels

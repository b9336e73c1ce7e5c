"""A piece of text that a video carries, where it was found and when it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tilik.kernel import Span

Where = Literal["title", "metadata", "caption", "on-screen-text", "speech"]


@dataclass(frozen=True, slots=True)
class Said:
    """``text`` stands in ``where`` over ``span``; titles and metadata span the whole video."""

    where: Where
    text: str
    span: Span

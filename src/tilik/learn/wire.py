"""What the blind spots of a study look like to whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from tilik.kernel import Estimate
from tilik.learn.blindspots import State
from tilik.learn.confirming import Second
from tilik.measure.wire import ScoreView


class ConditionView(BaseModel):
    """A column and the value that it must have."""

    column: str
    value: str

    @classmethod
    def all_of(cls, conditions: Sequence[tuple[str, str]]) -> list[ConditionView]:
        """In their order."""
        return [cls(column=column, value=value) for column, value in conditions]


class SpotView(BaseModel):
    """A suspected slice: its weighted failing share, that of the rest, the first drawn towards all, and the
    failing impressions inside. ``p`` is the chance of such a slice anywhere if metadata told nothing."""

    conditions: list[ConditionView]
    units: int
    share: Estimate
    rest: Estimate
    shrunk: Estimate
    burden: Estimate
    p: float


class AgainView(BaseModel):
    """A slice in the second study. ``suspected`` while something of it waits; ``gap`` is the failing share
    inside less outside, at a level that counts all slices."""

    conditions: list[ConditionView]
    first: Estimate
    first_rest: Estimate
    state: State
    gap: Estimate | None


class SecondView(BaseModel):
    """A second, independent study that was drawn to confirm or refute what was suspected."""

    study: str
    name: str
    score: str
    threshold: float
    opened_at: str
    drawn: int
    waiting: int
    spots: list[AgainView]

    @classmethod
    def of(cls, second: Second) -> SecondView:
        """As it stands."""
        asked = second.asked
        return cls(
            study=second.study,
            name=second.name,
            score=asked.score,
            threshold=asked.threshold,
            opened_at=second.opened_at,
            drawn=second.drawn,
            waiting=second.waiting,
            spots=[
                AgainView(
                    conditions=ConditionView.all_of(spot.conditions),
                    first=spot.share,
                    first_rest=spot.rest,
                    state=second.looked[at].state if second.looked else "suspected",
                    gap=second.looked[at].gap if second.looked else None,
                )
                for at, spot in enumerate(asked.spots)
            ],
        )


class BlindSpotsView(BaseModel):
    """Where a study's judged draws fail, or escape a score, beyond chance; by failing impressions.

    ``columns`` are those looked in, of those ``there``; a slice has at most ``deepest`` conditions and at
    least ``least`` of the ``units``. ``budget`` is what a second study would need.
    """

    study: str
    name: str
    score: str
    threshold: float
    scores: list[ScoreView]
    there: list[str]
    columns: list[str]
    deepest: int
    least: int
    level: float
    deals: int
    units: int
    spots: list[SpotView]
    budget: int

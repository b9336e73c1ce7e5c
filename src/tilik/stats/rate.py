"""A plain rate: x right of n that were drawn alike, with its interval."""

from __future__ import annotations

from tilik.kernel import Estimate
from tilik.stats.estimate import Inputs, nothing_known
from tilik.stats.intervals import mid_p


def plain_rate(
    right: int, asked: int, *, of: str, level: float = 0.95, inputs: Inputs | None = None
) -> Estimate:
    """``right`` of ``asked``, with the mid-p interval (Lancaster 1961): at its level on average, where the
    exact one is above it always. Nobody asked: anything from 0 to 1."""
    if asked == 0:
        return nothing_known(0, method="mid-p", of=of, level=level, inputs=inputs)
    low, high = mid_p(right, asked, level)
    return Estimate(
        value=right / asked,
        low=low,
        high=high,
        n=asked,
        n_eff=asked,
        method="mid-p",
        of=of,
        level=level,
        inputs=inputs or {},
    )

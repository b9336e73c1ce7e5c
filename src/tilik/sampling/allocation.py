"""Sharing a budget out over strata so that a bigger budget never takes a unit away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Invalid

Ints = NDArray[np.int64]


def allocate(
    wanted: Sequence[float], available: Sequence[int], budget: int, minimum: int | Sequence[int]
) -> Ints:
    """Units per stratum, in proportion to ``wanted``, at least ``minimum`` (one for all, or each
    its own) and at most ``available``.

    A divisor method (Webster 1832, Sainte-Laguë 1910): places go one by one to the highest
    ``wanted/(held + ½)``. So the shares grow only, and a draw of 500 is part of the draw of 1,000.
    Raises ``Invalid`` where the budget is below the minima.
    """
    room = np.asarray(available, dtype=np.int64)
    held = np.minimum(minimum, room)
    if budget < held.sum():
        raise Invalid(
            "budget-below-minimum",
            f"a budget of {budget} is below the {held.sum()} units that the strata need at least.",
            mend="Raise the budget, lower the minimum, or use fewer cuts.",
        )
    free = min(budget - int(held.sum()), int((room - held).sum()))
    seats = np.minimum(room - held, free)
    stratum = np.repeat(np.arange(room.size), seats)
    nth = np.arange(stratum.size) - np.repeat(np.cumsum(seats) - seats, seats)
    claim = np.asarray(wanted, dtype=float)[stratum] / (held[stratum] + nth + 0.5)
    won = np.lexsort((nth, stratum, -claim))[:free]
    return held + np.bincount(stratum[won], minlength=room.size)

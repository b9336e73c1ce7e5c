"""Whether a ranked list is worth the reviewers' time: its hits beside a random control of the same size."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Estimate, Invalid
from tilik.stats import difference, wilson

Flags = NDArray[np.bool_]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Hits:
    """Share of hits in the top of the list, in a random control as large, and the first less the second."""

    top: Estimate
    control: Estimate
    gain: Estimate


def hit_rate(order: Codes, wrong: Flags, share: float = 0.05, *, seed: int = 0) -> Hits:
    """``wrong`` says which rows are hits; ``order`` lists rows, most suspect first; ``share`` is the top

    The control is drawn from the rows outside the top, as for a re-review. Raises ``Invalid``.
    """
    if not 0 < share <= 0.5 or order.size < 2 or order.size != wrong.size:
        raise Invalid(
            "share-out-of-range", "the top must be a share above 0, at most a half, of two rows or more"
        )
    size = math.ceil(share * order.size)
    drawn = np.random.default_rng(seed).choice(order[size:], size, replace=False)
    top = share_of(wrong[order[:size]], f"hits among the {size} most suspect rows")
    control = share_of(wrong[drawn], f"hits among {size} rows drawn at random from the others")
    return Hits(top, control, difference(top, control, of="hits in the top less hits in the control"))


def share_of(hits: Flags, of: str) -> Estimate:
    """The share of hits with Wilson's interval."""
    value = float(hits.mean())
    low, high = wilson(value, hits.size)
    return Estimate(value=value, low=low, high=high, n=hits.size, n_eff=hits.size, method="wilson", of=of)

"""What reviewers could not judge, and what their error rates would imply: bounds and a display."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tilik.kernel import Estimate, Invalid
from tilik.stats.estimate import Inputs, hajek_ratio

ALARM = 1 / 5
"""An unjudgeable share above this part of the prevalence can change what is concluded."""


def manski(
    y: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    totals: Mapping[str, float] | None = None,
    families: ArrayLike | None = None,
    of: str,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Estimate:
    """Bounds on the share where some ``y`` are NaN, unjudgeable: all of them negative, all positive (1989).

    ``low`` and ``high`` are the outer ends of the two intervals; no point is given unless all were
    judgeable. ``inputs`` hold both points, the unjudgeable share, and ``alarm``: whether that share
    exceeds a fifth of the prevalence among the judgeable.
    """
    values = np.asarray(y, dtype=float)
    missing = np.isnan(values)
    none, all_, share = (
        hajek_ratio(filled, measure, pi, strata, totals=totals, families=families, of=of, level=level)
        for filled in (np.where(missing, 0.0, values), np.where(missing, 1.0, values), missing.astype(float))
    )
    if not missing.any():
        return none.model_copy(update={"inputs": {**(inputs or {}), **none.inputs, "alarm": False}})
    gap = share.value if share.value is not None else share.high
    lowest = none.value if none.value is not None else none.low
    among = lowest / (1 - gap) if gap < 1 else 0.0
    return Estimate(
        value=None,
        low=none.low,
        high=all_.high,
        n=none.n,
        n_eff=min(none.n_eff, all_.n_eff),
        method=f"manski({none.method})",
        of=of,
        level=level,
        inputs={
            **(inputs or {}),
            "if_none": none.value,
            "if_all": all_.value,
            "unjudgeable": gap,
            "unjudgeable_low": share.low,
            "unjudgeable_high": share.high,
            "alarm": bool(gap > ALARM * among),
            "refused": f"{int(missing.sum())} units could not be judged; the ends hold what they could be",
        },
    )


def rogan_gladen(raw: Estimate, sensitivity: Estimate, specificity: Estimate, *, of: str) -> Estimate:
    """What a raw share would be if the reviewers' error rates held everywhere (Rogan & Gladen 1978).

    A display, never the estimate: at low prevalence it rests on a specificity known to a fraction of a
    percent. Delta-method interval from the three intervals' widths, cut to 0..1. Raises ``Invalid`` where the
    reviewers tell nothing (Se + Sp ≤ 1) or an estimate has no point.
    """
    p, se, sp = raw.value, sensitivity.value, specificity.value
    if p is None or se is None or sp is None:
        raise Invalid("no-point", "a share and both error rates are needed", where=of)
    told = se + sp - 1
    if told <= 0:
        raise Invalid(
            "reviewers-tell-nothing", f"sensitivity {se} + specificity {sp} is not above 1", where=of
        )
    value = (p + sp - 1) / told
    half = [(estimate.high - estimate.low) / 2 for estimate in (raw, sensitivity, specificity)]
    reach = float(np.hypot(np.hypot(half[0], value * half[1]), (1 - value) * half[2])) / told
    low, high = (min(1.0, max(0.0, end)) for end in (value - reach, value + reach))
    inside = min(1.0, max(0.0, value))
    return Estimate(
        value=inside,
        low=min(low, inside),
        high=max(high, inside),
        n=raw.n,
        n_eff=raw.n_eff,
        method="rogan-gladen (display only)",
        of=of,
        level=raw.level,
        inputs={"raw": p, "sensitivity": se, "specificity": sp, "uncut": value},
    )


class Reading(NamedTuple):
    """What reviewers of known error rates would show of a label: plain arithmetic, no estimate.

    ``measured`` the share they call positive, ``ppv`` how much of that is, ``agreement`` and ``kappa`` of two
    who err independently.
    """

    measured: float
    ppv: float
    agreement: float
    kappa: float


def expected_reading(prevalence: float, sensitivity: float, specificity: float) -> Reading:
    """Why a rare label looks several times as common, and is agreed upon, while kappa is near 0.

    Raises ``Invalid`` unless 0 < prevalence < 1 and both rates lie in 0..1.
    """
    p, se, sp = prevalence, sensitivity, specificity
    if not (0 < p < 1 and 0 <= se <= 1 and 0 <= sp <= 1):
        raise Invalid("proportion-out-of-range", "a prevalence lies between 0 and 1, error rates in 0..1")
    measured = p * se + (1 - p) * (1 - sp)
    agreement = p * (se**2 + (1 - se) ** 2) + (1 - p) * (sp**2 + (1 - sp) ** 2)
    chance = measured**2 + (1 - measured) ** 2
    kappa = (agreement - chance) / (1 - chance) if chance < 1 else 0.0
    return Reading(measured, p * se / measured if measured > 0 else 0.0, agreement, kappa)

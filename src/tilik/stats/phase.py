"""Reviewers err: a part of what they judged is ruled on again, and the difference is carried to the rest.

The second phase of a two-phase difference estimator (Särndal, Swensson & Wretman 1992, ch. 9). A unit with
the review ``r``, adjudicated with probability ``π₂``, has the outcome

    û = m + (a - m)/π₂ if adjudicated, else m

with ``a`` the ruling and ``m`` the chance of a positive ruling given review and score. Over second phases û
has the ruling as its expectation whatever ``m`` is, so it stands where ``y`` would stand.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tilik.kernel import Invalid
from tilik.stats.sample import Floats
from tilik.stats.smoothing import fit_chances

REVIEWS = (("positive", 1.0), ("negative", 0.0), ("unjudgeable", np.nan))


class Outcome(NamedTuple):
    """What is known of each unit's truth; all of one length.

    ``value`` its unbiased outcome; ``chance`` smoothed; ``noise`` the estimated variance of ``value`` by the
    second phase, ``modelled`` the same as expected; ``settled`` 0/1: known; ``positive`` 0/1 where known,
    else its chance.
    """

    value: Floats
    chance: Floats
    noise: Floats
    modelled: Floats
    positive: Floats
    settled: Floats


def one_phase(y: Floats, score: Floats) -> Outcome:
    """Outcomes that are taken as true."""
    nothing = np.zeros_like(y)
    return Outcome(y, fit_chances(y, score)(score), nothing, nothing, y, np.ones_like(y))


def second_phase(review: ArrayLike, ruling: ArrayLike, pi2: ArrayLike, score: ArrayLike) -> Outcome:
    """Outcomes of reviewed units of which some were adjudicated.

    ``review`` 1, 0, or NaN where a reviewer could not judge; ``ruling`` 1 or 0, NaN where there is none;
    ``pi2`` in (0, 1] the chance of adjudication of every reviewed unit, given that it was reviewed.
    Raises ``Invalid`` on other values, or where none of a kind of review was adjudicated.
    """
    r, a, p, s = (np.asarray(array, dtype=float) for array in (review, ruling, pi2, score))
    _check(r, a, p, s)
    settled = np.isfinite(a)
    expected = np.zeros_like(p)
    for name, code in REVIEWS:
        kind = np.isnan(r) if np.isnan(code) else r == code
        if not kind.any():
            continue
        seen = kind & settled
        if not seen.any():
            raise Invalid(
                "no-ruling",
                f"none of the {int(kind.sum())} units reviewed as {name} was adjudicated",
                mend="Send some of them to the second phase, or give bounds instead.",
            )
        expected[kind] = fit_chances(a[seen], s[seen])(s[kind])
    gap = np.where(settled, np.nan_to_num(a) - expected, 0.0)
    again = (1 - p) / p
    return Outcome(
        value=expected + gap / p,
        chance=expected,
        noise=again / p * gap**2,
        modelled=again * expected * (1 - expected),
        positive=np.where(settled, np.nan_to_num(a), expected),
        settled=settled.astype(float),
    )


def _check(r: Floats, a: Floats, p: Floats, s: Floats) -> None:
    if r.ndim != 1 or not r.shape == a.shape == p.shape == s.shape:
        raise Invalid("shapes-differ", "review, ruling, pi2 and score must be of one length")
    if not np.all((p > 0) & (p <= 1)):
        raise Invalid("pi-out-of-range", "every chance of adjudication must be above 0 and at most 1")
    for name, values in (("review", r), ("ruling", a)):
        held = values[np.isfinite(values)]
        if not np.all((held == 0) | (held == 1)):
            raise Invalid("y-out-of-range", f"{name} must be 0, 1 or missing")

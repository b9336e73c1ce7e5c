"""Average precision: how well a score ranks the positives, over all thresholds at once.

``AP = Σ_j ω_j P(s_j)``: the mean over the positives, each with its part ``ω`` of their measure, of the
precision at the positive's own score: the area under the precision-recall curve by steps, which is what
scikit-learn computes. Every sum is expanded by ``1/π``; the variance is Brewer's on the estimator's influence
(linearisation of a functional of estimated totals: Demnati & Rao 2004), the interval is laid on the log-odds
(Boyd, Eng & Page 2013, who find it to keep its level where the plain normal one does not). As in
:func:`tilik.stats.linear.with_half_a_positive` the variance has what half a positive more would add, which
may be any unit: the heavy ones that no score points at are mostly not drawn. It is a mean over positives, so
the degrees of freedom are what those are worth, less one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit, stdtrit

from tilik.kernel import Estimate, Invalid
from tilik.stats.estimate import Inputs, nothing_known
from tilik.stats.figures import refuse_few
from tilik.stats.intervals import Interval
from tilik.stats.linear import degrees
from tilik.stats.sample import Floats, make_sample, make_values
from tilik.stats.variance import brewer_by_stratum

METHOD = "average-precision+half-positive+logit-t"


def average_precision(
    y: ArrayLike,
    score: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Estimate:
    """The average precision of ``score`` over the frame, each unit with its ``measure``.

    ``y`` 0/1, ``score`` any numbers, higher is more likely positive; ties share one precision. Refused below
    what five equal positives are worth: the interval, no point. ``inputs["chance"]`` is the prevalence, which
    a score that says nothing would reach. Raises ``Invalid`` on arrays that cannot be such a sample.
    """
    sample = make_sample(measure, pi, strata, None, families)
    values, ranked = make_values(y, sample, proportion=True), make_values(score, sample, proportion=False)
    if not np.all((values == 0) | (values == 1)):
        raise Invalid("y-out-of-range", "y must be 0 or 1", mend="Settle each unit's outcome first.")
    g = sample.expanded
    positive = g * values
    if positive.sum() == 0:
        return refuse_few(nothing_known(sample.n, method=METHOD, of=of, level=level, inputs=inputs), 0.0)
    value, influence, were_it_one = influence_of_average_precision(values, ranked, g)
    residual = sample.measure * influence
    each = sample.by_family(np.sqrt(1 - sample.pi) * g * were_it_one)
    variance = 0.5 * float(each @ each) / each.size
    variance += float(brewer_by_stratum(residual, sample.pi, sample.stratum, sample.family).sum())
    worth = float(positive.sum() ** 2 / (positive @ positive))
    ends = _ends(value, variance, max(1.0, min(degrees(sample), worth - 1)), level)
    told = {"standard_error": variance**0.5, "chance": float(positive.sum() / g.sum())}
    found = Estimate(
        value=value,
        low=ends.low,
        high=ends.high,
        n=sample.n,
        n_eff=value * (1 - value) / variance if variance > 0 else float(sample.n),
        method=METHOD,
        of=of,
        level=level,
        inputs={**(inputs or {}), **told},
    )
    return refuse_few(found, min(worth, float(values.sum())))


def influence_of_average_precision(y: Floats, score: Floats, g: Floats) -> tuple[float, Floats, Floats]:
    """The value, its derivative in each unit's weight ``g``, and what that would be were the unit positive.

    With ``T = Σgy``, ``F(s)`` and ``H(s)`` the sums of g and of gy at and above s, and ``P = H/F``:
    ``∂AP/∂g_i = [ y_i (P(s_i) - AP) + Σ_{j: s_j ≤ s_i} g_j y_j (y_i - P_j)/F_j ] / T``.
    """
    levels, code = np.unique(-score, return_inverse=True)  # highest score first
    place: NDArray[np.intp] = code.reshape(-1)
    held, hits = (np.bincount(place, weights=one, minlength=levels.size) for one in (g, g * y))
    reached, found = np.cumsum(held), np.cumsum(hits)
    precision = np.divide(found, reached, out=np.zeros_like(found), where=reached > 0)
    total = float(hits.sum())
    value = float(hits @ precision) / total
    share = np.divide(hits, reached, out=np.zeros_like(hits), where=reached > 0)
    # Sums over the levels at and below a unit's own: those that the unit counts toward.
    of_one, of_precision = (np.cumsum(one[::-1])[::-1][place] for one in (share, share * precision))
    positive = (precision[place] - value + of_one - of_precision) / total
    return min(1.0, value), np.where(y == 1, positive, -of_precision / total), np.asarray(positive)


def _ends(value: float, variance: float, df: float, level: float) -> Interval:
    """A t interval on the log-odds; the value alone where nothing is uncertain, or all order is right."""
    if variance <= 0 or not 0 < value < 1:
        return Interval(value, value) if variance <= 0 else Interval(0.0, 1.0)
    half = float(stdtrit(df, 0.5 + level / 2)) * variance**0.5 / (value * (1 - value))
    return Interval(float(expit(logit(value) - half)), float(expit(logit(value) + half)))

"""Prevalence, precision, recall and specificity of a classifier at a threshold, from judged units.

Two ways: with the frame's totals of the score the difference estimator of :mod:`tilik.stats.sides`, without
them plain Hájek ratios over the judged units. A precision or recall with fewer than five positives behind it
is refused: its interval is given, a point is not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tilik.kernel import Estimate, Invalid
from tilik.stats.domain import domain_share
from tilik.stats.estimate import Inputs
from tilik.stats.figures import estimate_of, figures_of, refuse_few
from tilik.stats.intervals import IntervalKind
from tilik.stats.phase import Outcome, one_phase, second_phase
from tilik.stats.sample import Floats, Sample, make_sample, make_values
from tilik.stats.sides import FrameTotals, two_sides

FEWEST_EFFECTIVE = 3


class ClassifierEstimates(NamedTuple):
    """What one sample says of a classifier at a threshold."""

    prevalence: Estimate
    precision: Estimate
    recall: Estimate
    specificity: Estimate


class TwoPhase(NamedTuple):
    """Figures corrected for reviewer error, and as they would be without the correction."""

    corrected: ClassifierEstimates
    raw: ClassifierEstimates


def assisted(
    y: ArrayLike,
    score: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    threshold: float,
    totals: FrameTotals,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> ClassifierEstimates:
    """All four by the model-assisted difference estimator; ``totals`` are the whole frame's.

    ``y`` 0/1, ``score`` 0..1, ``measure`` ≥ 0, ``pi`` in (0, 1]: arrays over the judged units. ``of`` is a
    phrase with ``{}`` for the figure's name. Raises ``Invalid`` on arrays that cannot be such a sample.
    """
    sample = make_sample(measure, pi, strata, None, families)
    scores = make_values(score, sample, proportion=True)
    outcome = one_phase(_settled(y, sample), scores)
    return _all_four(outcome, scores, sample, threshold, totals, of, level, inputs)


def two_phase(
    review: ArrayLike,
    ruling: ArrayLike,
    pi2: ArrayLike,
    score: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    threshold: float,
    totals: FrameTotals,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> TwoPhase:
    """All four from reviews of which some were adjudicated; see :func:`tilik.stats.phase.second_phase`.

    The arrays run over the reviewed units. ``raw`` takes the reviews for the truth and leaves the
    unjudgeable out; it is shown beside, never alone. Raises ``Invalid``.
    """
    sample = make_sample(measure, pi, strata, None, families)
    scores, reviews = make_values(score, sample, proportion=True), np.asarray(review, dtype=float)
    outcome = second_phase(reviews, ruling, pi2, scores)
    counts: Inputs = {
        **(inputs or {}),
        "reviewed": sample.n,
        "unjudgeable": int(np.isnan(reviews).sum()),
        "adjudicated": int(outcome.settled.sum()),
    }
    corrected = withheld(_all_four(outcome, scores, sample, threshold, totals, of, level, counts))
    judged = np.isfinite(reviews)
    raw = assisted(
        reviews[judged],
        scores[judged],
        sample.measure[judged],
        sample.pi[judged] * judged.mean(),
        None if strata is None else np.asarray(strata)[judged],
        threshold=threshold,
        totals=totals,
        families=None if families is None else np.asarray(families)[judged],
        of=of + " (reviews taken as true)",
        inputs=counts,
        level=level,
    )
    return TwoPhase(corrected, raw)


def assisted_share(
    y: ArrayLike,
    score: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    totals: FrameTotals,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Estimate:
    """The share of ``measure`` on which ``y`` is true, by the same estimator without a threshold."""
    whole = FrameTotals(totals.measure, totals.score)
    sample = make_sample(measure, pi, strata, None, families)
    scores = make_values(score, sample, proportion=True)
    above, below = two_sides(one_phase(_settled(y, sample), scores), scores, sample, np.inf, whole)
    return estimate_of(figures_of(above, below)[0], above, below, sample, of=of, level=level, inputs=inputs)


def precision(
    y: ArrayLike,
    acts: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
    interval: IntervalKind = "korn-graubard",
) -> Estimate:
    """Of the measure on which the classifier acts, the part that is positive: Hájek's ratio.

    ``acts`` 0/1 like ``y``. Refused below what five equal positives are worth: bounds, no point.
    """
    ask = _Ask(of, families, inputs, level, interval)
    return refuse_few(_among(y, acts, measure, pi, strata, ask), _worth(_both(y, acts), measure, pi))


def recall(
    y: ArrayLike,
    acts: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
    interval: IntervalKind = "korn-graubard",
) -> Estimate:
    """Of the positive measure, the part on which the classifier acts. Refused as a precision is."""
    ask = _Ask(of, families, inputs, level, interval)
    found = _among(acts, y, measure, pi, strata, ask, rare=np.ones_like(np.asarray(y, dtype=float)))
    return refuse_few(found, _worth(_both(y, y), measure, pi))


def specificity(
    y: ArrayLike,
    acts: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    families: ArrayLike | None = None,
    inputs: Inputs | None = None,
    level: float = 0.95,
    interval: IntervalKind = "korn-graubard",
) -> Estimate:
    """Of the measure that is not positive, the part on which the classifier does not act."""
    calm, clean = 1 - np.asarray(acts, dtype=float), 1 - np.asarray(y, dtype=float)
    # Half a unit more may be any clean one. Among those acted on alone, where false alarms are, the allowance
    # is too little for what Hájek's ratio misses of them under a multi-target design (coverage .93).
    return _among(calm, clean, measure, pi, strata, _Ask(of, families, inputs, level, interval))


class _Ask(NamedTuple):
    of: str
    families: ArrayLike | None
    inputs: Inputs | None
    level: float
    interval: IntervalKind


def _among(
    y: ArrayLike,
    held: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None,
    ask: _Ask,
    *,
    rare: ArrayLike | None = None,
) -> Estimate:
    """The share of ``y`` among units that hold something: Hájek's ratio in a domain."""
    on = np.asarray(held, dtype=float)
    if not np.all((on == 0) | (on == 1)):
        raise Invalid("y-out-of-range", "y and acts must be 0 or 1")
    return domain_share(
        y,
        on,
        measure,
        pi,
        strata,
        families=ask.families,
        of=ask.of,
        inputs=ask.inputs,
        level=ask.level,
        interval=ask.interval,
        rare=rare,
    )


def _both(y: ArrayLike, held: ArrayLike) -> Floats:
    return np.asarray(np.asarray(y, dtype=float) * np.asarray(held, dtype=float))


def _worth(positive: Floats, measure: ArrayLike, pi: ArrayLike) -> float:
    """How many equal positives these are worth: Kish's size on ``w/π``, and no more than there are."""
    g = positive * np.asarray(measure, dtype=float) / np.asarray(pi, dtype=float)
    square, count = float(g @ g), float(positive.sum())
    worth = float(g.sum()) ** 2 / square if square > 0 else 0.0
    return worth if worth < count * (1 - 1e-9) else count


def withheld(found: ClassifierEstimates) -> ClassifierEstimates:
    """Without points where adjudication left too little: the prevalence is worth fewer than three positives.

    Its bounds stand. Of precision, recall and specificity, which hang on the same rulings, nothing is known.
    """
    share = found.prevalence
    worth = (share.value or 0.0) * share.n_eff
    if share.value is None or worth >= FEWEST_EFFECTIVE:
        return found
    why = f"adjudicated, the prevalence is worth {worth:.2g} positives, and points need {FEWEST_EFFECTIVE}"
    told = {name: {**one.inputs, "refused": why} for name, one in found._asdict().items()}
    unknown = {"value": None, "low": 0.0, "high": 1.0, "n_eff": 0.0}
    return ClassifierEstimates(
        share.model_copy(update={"value": None, "inputs": told["prevalence"]}),
        *(
            getattr(found, name).model_copy(update={**unknown, "inputs": told[name]})
            for name in ("precision", "recall", "specificity")
        ),
    )


def _settled(y: ArrayLike, sample: Sample) -> Floats:
    values = make_values(y, sample, proportion=True)
    if not np.all((values == 0) | (values == 1)):
        raise Invalid("y-out-of-range", "y must be 0 or 1", mend="Settle each unit's outcome first.")
    return values


def _all_four(
    outcome: Outcome,
    scores: Floats,
    sample: Sample,
    threshold: float,
    totals: FrameTotals,
    of: str,
    level: float,
    inputs: Inputs | None,
) -> ClassifierEstimates:
    above, below = two_sides(outcome, scores, sample, threshold, totals)
    found = (
        estimate_of(figure, above, below, sample, of=of.format(name), level=level, inputs=inputs)
        for name, figure in zip(ClassifierEstimates._fields, figures_of(above, below), strict=True)
    )
    return ClassifierEstimates(*found)

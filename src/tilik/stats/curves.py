"""A classifier along its thresholds: flagged share, precision and recall, each an ``Estimate``.

With the frame's totals at each threshold the difference estimator of :mod:`tilik.stats.sides`, without them
Hájek ratios. The intervals hold one by one (``pointwise``), or all those of a figure together
(``simultaneous``, :mod:`tilik.stats.bands`): only the latter may be looked through for a threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike

from tilik.kernel import Estimate, Invalid
from tilik.stats.bands import level_of_each
from tilik.stats.classifier import ClassifierEstimates, precision, recall, withheld
from tilik.stats.estimate import Inputs, hajek_ratio
from tilik.stats.figures import Figure, estimate_of, figures_of
from tilik.stats.intervals import IntervalKind
from tilik.stats.phase import Outcome, one_phase
from tilik.stats.sample import Floats, Sample, make_sample, make_values
from tilik.stats.sides import FrameTotals, Side, two_sides

Band = Literal["pointwise", "simultaneous"]
Name = Literal["flagged", "precision", "recall"]


class ThresholdRow(NamedTuple):
    """What the classifier would do at one threshold; it acts at and above it."""

    threshold: float
    flagged: Estimate
    precision: Estimate
    recall: Estimate


class Curve(Protocol):
    """One figure after the other, by the number of the threshold."""

    def estimate(self, name: Name, at: int, level: float, of: str) -> Estimate:
        """The figure with an interval of this level."""
        ...

    def residual(self, name: Name, at: int) -> Floats:
        """What each unit adds to the figure, linearised."""
        ...


def threshold_table(
    y: ArrayLike | Outcome,
    score: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    thresholds: Sequence[float],
    totals: Sequence[FrameTotals] | None = None,
    families: ArrayLike | None = None,
    band: Band = "pointwise",
    of: str = "{} at score ≥ {:g}",
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> tuple[ThresholdRow, ...]:
    """Flagged share, precision and recall at each threshold, highest threshold first.

    ``y`` 0/1 (or, with ``totals``, the outcome of a second phase), ``score`` 0..1, ``measure``, ``pi``,
    ``strata``, ``families``: arrays over the judged units. ``totals``: the frame's at each threshold
    (:meth:`FrameTotals.at_each`), in the order of ``thresholds``; the flagged share is then known, not
    estimated. ``of`` is a phrase with places for name and threshold. Precision and recall are refused below
    five positives: bounds, no point. Raises ``Invalid``.
    """
    sample = make_sample(measure, pi, strata, None, families)
    scores = make_values(score, sample, proportion=True)
    order = sorted(range(len(thresholds)), key=lambda k: -thresholds[k])
    cuts = [float(thresholds[k]) for k in order]
    if not cuts or len(set(cuts)) < len(cuts):
        raise Invalid("thresholds-unfit", "one threshold or more is needed, none twice")
    curve: Curve
    if totals is None:
        curve = _Ratios(_plain(y, sample), scores, sample, cuts)
    else:
        if len(totals) != len(cuts):
            raise Invalid("shapes-differ", f"{len(cuts)} thresholds need as many totals, not {len(totals)}")
        outcome = y if isinstance(y, Outcome) else one_phase(_plain(y, sample), scores)
        curve = _Differences(outcome, scores, sample, cuts, [totals[k] for k in order])
    columns = {name: _column(curve, name, cuts, sample, band, of, level, inputs) for name in NAMES}
    return tuple(ThresholdRow(cut, *(columns[name][at] for name in NAMES)) for at, cut in enumerate(cuts))


HALF: IntervalKind = "half-positive"
"""What plain ratios need under uneven weights."""
NAMES: tuple[Name, ...] = ("flagged", "precision", "recall")


def _column(
    curve: Curve,
    name: Name,
    cuts: Sequence[float],
    sample: Sample,
    band: Band,
    of: str,
    level: float,
    inputs: Inputs | None,
) -> list[Estimate]:
    each = level
    if band == "simultaneous":
        residuals = np.column_stack([curve.residual(name, at) for at in range(len(cuts))])
        each = level_of_each(residuals, sample, level)
    found = []
    for at, cut in enumerate(cuts):
        one = curve.estimate(name, at, each, of.format(name, cut))
        told = {**(inputs or {}), **one.inputs, "threshold": cut, "band": band, "level_of_each": each}
        method = one.method if band == "pointwise" else f"{one.method}+simultaneous"
        found.append(one.model_copy(update={"inputs": told, "level": level, "method": method}))
    return found


class _Ratios:
    """Hájek ratios among the units that hold something."""

    def __init__(self, y: Floats, score: Floats, sample: Sample, cuts: Sequence[float]) -> None:
        self.y, self.sample = y, sample
        self.acts = [(score >= cut).astype(float) for cut in cuts]

    def estimate(self, name: Name, at: int, level: float, of: str) -> Estimate:
        """The figure with an interval of this level."""
        s, acts = self.sample, self.acts[at]
        if name == "flagged":
            return hajek_ratio(
                acts, s.measure, s.pi, s.stratum, families=s.family, of=of, level=level, interval=HALF
            )
        share = precision if name == "precision" else recall
        return share(
            self.y, acts, s.measure, s.pi, s.stratum, families=s.family, of=of, level=level, interval=HALF
        )

    def residual(self, name: Name, at: int) -> Floats:
        """``w·on·(value - ratio)/Σg·on``."""
        g, y, acts = self.sample.expanded, self.y, self.acts[at]
        on = {"flagged": np.ones_like(y), "precision": acts, "recall": y}[name]
        value, size = (y if name == "precision" else acts), float(g @ on)
        if size == 0:
            return np.zeros_like(g)
        return np.asarray(self.sample.measure * on * (value - float(g @ (on * value)) / size) / size)


class _Differences:
    """The difference estimator on the two sides of each threshold; the chances are fitted once."""

    def __init__(
        self,
        outcome: Outcome,
        score: Floats,
        sample: Sample,
        cuts: Sequence[float],
        totals: Sequence[FrameTotals],
    ) -> None:
        self.sample, self.totals = sample, totals
        self.again = not outcome.settled.all()
        pairs = zip(cuts, totals, strict=True)
        self.sides = [two_sides(outcome, score, sample, cut, known) for cut, known in pairs]

    def estimate(self, name: Name, at: int, level: float, of: str) -> Estimate:
        """The figure with an interval of this level; the flagged share has none, since it is counted."""
        if name == "flagged":
            return self._counted(at, level, of)
        above, below = self.sides[at]
        if not self.again:
            return estimate_of(self._figure(name, at)[0], above, below, self.sample, of=of, level=level)
        figures = figures_of(above, below)
        found = (estimate_of(one, above, below, self.sample, of=of, level=level) for one in figures)
        corrected = withheld(ClassifierEstimates(*found))
        return corrected.precision if name == "precision" else corrected.recall

    def residual(self, name: Name, at: int) -> Floats:
        """The sides' residuals by the figure's slopes in them."""
        if name == "flagged":
            return np.zeros(self.sample.n)
        figure, (above, below) = self._figure(name, at)
        return figure.by_above * above.residual + figure.by_below * below.residual

    def _figure(self, name: Name, at: int) -> tuple[Figure, tuple[Side, Side]]:
        above, below = self.sides[at]
        return figures_of(above, below)[1 if name == "precision" else 2], (above, below)

    def _counted(self, at: int, level: float, of: str) -> Estimate:
        share = min(1.0, self.totals[at].above / self.totals[at].measure)
        n = self.sample.n
        return Estimate(
            value=share, low=share, high=share, n=n, n_eff=n, method="frame-count", of=of, level=level
        )


def _plain(y: ArrayLike | Outcome, sample: Sample) -> Floats:
    if isinstance(y, Outcome):
        raise Invalid("totals-missing", "a second phase needs the frame's totals", mend="Pass totals.")
    values = make_values(y, sample, proportion=True)
    if not np.all((values == 0) | (values == 1)):
        raise Invalid("y-out-of-range", "y must be 0 or 1", mend="Settle each unit's outcome first.")
    return values

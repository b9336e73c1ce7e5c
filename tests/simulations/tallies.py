"""Coverage, misses and half-widths of many intervals."""

from dataclasses import dataclass, field

import numpy as np

from tilik.kernel import Estimate


@dataclass
class Tally:
    """Intervals of one figure; half-widths in % of the truth.

    Refused: an interval, but no point. Stated: an interval that says it covers at least its level.
    """

    rows: list[tuple[float, float, float, float, float]] = field(default_factory=list)

    def add(self, estimate: Estimate, truth: float) -> None:
        value = np.nan if estimate.value is None else estimate.value
        half = (estimate.high - estimate.low) / 2
        outside = estimate.low > truth, estimate.high < truth
        self.rows.append((value / truth - 1, 100 * half / truth, *outside, "at_least" in estimate.inputs))

    @property
    def _table(self) -> np.ndarray:
        return np.array(self.rows, dtype=float)

    @property
    def coverage(self) -> float:
        return float(1 - self.above - self.below)

    @property
    def above(self) -> float:
        """Part of the intervals that lie above the truth."""
        return float(self._table[:, 2].mean())

    @property
    def below(self) -> float:
        return float(self._table[:, 3].mean())

    @property
    def half_width(self) -> float:
        return float(self._table[:, 1].mean())

    @property
    def bias(self) -> float:
        """Mean error of the points in % of the truth."""
        return float(100 * np.nanmean(self._table[:, 0])) if self.refused < 1 else np.nan

    @property
    def spread(self) -> float:
        """1.96 root mean squared errors in %: the half-width of an interval that knew the true variance."""
        return float(196 * np.sqrt(np.nanmean(self._table[:, 0] ** 2))) if self.refused < 1 else np.nan

    @property
    def refused(self) -> float:
        return float(np.isnan(self._table[:, 0]).mean())

    @property
    def stated(self) -> float:
        """Part of the draws that are refused, or whose interval is stated to cover more than its level."""
        return float((np.isnan(self._table[:, 0]) | (self._table[:, 4] == 1)).mean())

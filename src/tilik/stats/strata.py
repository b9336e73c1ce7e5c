"""Strata whose totals the frame knows, made to expand to them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from tilik.stats.sample import Floats, make_sample


def calibrated(
    measure: ArrayLike, pi: ArrayLike, strata: ArrayLike | None, totals: Mapping[str, float] | None
) -> Floats:
    """``measure``, scaled within each stratum so that ``Σ measure/π`` is the frame's total there.

    A sequential Poisson draw fixes how many units a stratum gives, not what they expand to: that moves with
    the draw's threshold, and a variance about stratum means cannot see it. Where figures join strata (recall,
    domains, the difference estimator) intervals are then too short. With this the estimator is the separate
    ratio one (Cochran 1977, ch. 6.11), whose residuals those means belong to. Without totals, or with one
    stratum, where every figure is a ratio, the measure is returned as it is. Raises ``Invalid``.
    """
    sample = make_sample(measure, pi, strata, totals)
    if sample.known is None or len(sample.names) == 1:
        return sample.measure
    size = sample.by_stratum(sample.expanded)
    scale = np.where(size > 0, sample.known / np.where(size > 0, size, 1), 1.0)
    return np.asarray(sample.measure * scale[sample.stratum])

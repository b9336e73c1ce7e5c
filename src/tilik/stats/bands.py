"""From single intervals to a band that holds a whole curve: the greatest of correlated deviations.

The plug-in sup-t band (Montiel Olea & Plagborg-Møller 2019): with R the estimated correlation of the figures
along the curve, ``c`` is what the greatest absolute value of N(0, R) passes with probability 1 - level, and
every single interval is taken at the level of ``±c``. Bonferroni's would be wider and never narrower.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from tilik.stats.sample import Floats, Sample
from tilik.stats.variance import brewer_covariance

DRAWS = 20_000


def level_of_each(residuals: Floats, sample: Sample, level: float) -> float:
    """The level of each single interval at which all hold together; ``residuals`` has a column a figure.

    Figures without spread count for nothing. The draws behind it have a fixed seed.
    """
    covariance = brewer_covariance(residuals, sample.pi, sample.stratum, sample.family)
    spread = np.sqrt(np.diag(covariance))
    moving = spread > 1e-12 * spread.max(initial=0.0)
    if moving.sum() < 2:
        return level
    scale = spread[moving]
    values, vectors = np.linalg.eigh(covariance[np.ix_(moving, moving)] / np.outer(scale, scale))
    root = vectors * np.sqrt(np.maximum(values, 0))
    normal = np.random.default_rng(0).standard_normal((DRAWS, scale.size))
    greatest = np.abs(normal @ root.T).max(axis=1)
    return max(level, float(2 * ndtr(np.quantile(greatest, level)) - 1))

"""Design variance without joint inclusion probabilities (Brewer & Donadio 2003), by unit or family."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.stats.sample import Floats, make_sample

Codes = NDArray[np.intp]


def brewer_variance(
    e: ArrayLike, pi: ArrayLike, strata: ArrayLike | None = None, families: ArrayLike | None = None
) -> float:
    """Variance of ``Σ e/π`` for a high-entropy fixed-size design, summed over independent strata.

    ``V = Σ_h n/(n-1) · Σ (1-π)(e/π - mean)²`` over the units with π < 1; the rest are certain and add
    nothing. It equals ``survey``'s ``brewer`` in R, and for equal π the textbook ``N²(1-f)s²/n``. With
    ``families`` the same between the families' sums of ``e/π``: R's ``id = ~family``.
    """
    sample = make_sample(np.ones_like(np.asarray(pi, dtype=float)), pi, strata, None, families)
    values = np.asarray(e, dtype=float)
    return float(brewer_by_stratum(values, sample.pi, sample.stratum, sample.family).sum())


def brewer_by_stratum(e: Floats, pi: Floats, stratum: Codes, family: Codes | None = None) -> Floats:
    """The same, one figure for each stratum code 0..H-1.

    A stratum with a single uncertain unit has no spread to estimate from; its deviation is then taken
    from zero, not from its own mean, so that it never counts as known.
    """
    strata = int(stratum.max(initial=-1)) + 1
    z, free, code = e / pi, 1 - pi, stratum
    if family is not None:
        z, free, code = _gather(z, free, code, family)
    open_ = free > 0
    code, z, free = code[open_], z[open_], free[open_]
    n = np.bincount(code, minlength=strata)
    mean = np.bincount(code, weights=z, minlength=strata) / np.maximum(n, 1)
    mean[n == 1] = 0.0
    spread = np.bincount(code, weights=free * (z - mean[code]) ** 2, minlength=strata)
    return np.asarray(spread * np.where(n > 1, n / np.maximum(n - 1, 1), 1.0))


def brewer_covariance(e: Floats, pi: Floats, stratum: Codes, family: Codes | None = None) -> Floats:
    """Covariances of the totals ``Σ e/π`` of several columns of ``e``; on the diagonal Brewer's variances.

    By polarisation: ``cov(a, b) = (V(a+b) - V(a-b))/4`` written out.
    """
    strata = int(stratum.max(initial=-1)) + 1
    z, free, code = e / pi[:, None], 1 - pi, stratum
    if family is not None:
        columns = [_gather(column, free, stratum, family) for column in z.T]
        z, free, code = np.column_stack([one[0] for one in columns]), columns[0][1], columns[0][2]
    whole = np.zeros((e.shape[1], e.shape[1]))
    for h in range(strata):
        on = (code == h) & (free > 0)
        n = int(on.sum())
        if n == 0:
            continue
        apart = z[on] - (z[on].mean(axis=0) if n > 1 else 0.0)
        whole += (free[on, None] * apart).T @ apart * (n / (n - 1) if n > 1 else 1.0)
    return whole


def _gather(z: Floats, free: Floats, code: Codes, family: Codes) -> tuple[Floats, Floats, Codes]:
    """Sums by family. A family drawn as one has one π; where its units have several, the least counts."""
    families = int(family.max(initial=-1)) + 1
    least, layer = np.zeros(families), np.zeros(families, dtype=np.intp)
    np.maximum.at(least, family, free)
    layer[family] = code
    return np.bincount(family, weights=z, minlength=families).astype(float), least, layer

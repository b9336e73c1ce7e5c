"""Judged units as a random part of the drawn ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tilik.kernel import Invalid
from tilik.stats.sample import Floats, make_sample


def respondents(pi: ArrayLike, responded: ArrayLike, strata: ArrayLike | None = None) -> Floats:
    """Inclusion probability of each *judged* unit: ``π* = π · m_h / n_h`` (m of n drawn units judged).

    ``pi``, ``responded`` (bool) and ``strata`` run over all drawn units; the result has one entry for each
    judged unit, in their order. Tasks are served in random order, so within a stratum the judged units
    are a simple random part of the drawn ones (two-phase sampling: Särndal, Swensson & Wretman 1992,
    ch. 9). A unit that was certain to be drawn is then no longer certain, and adds variance.
    """
    sample = make_sample(np.ones_like(np.asarray(pi, dtype=float)), pi, strata, None)
    judged = np.asarray(responded, dtype=bool)
    if judged.shape != sample.pi.shape:
        raise Invalid("shapes-differ", f"responded has shape {judged.shape}, pi {sample.pi.shape}")
    drawn = np.bincount(sample.stratum, minlength=len(sample.names))
    share = sample.by_stratum(judged.astype(float)) / np.maximum(drawn, 1)
    return np.asarray((sample.pi * share[sample.stratum])[judged])

"""The rescaled bootstrap of survey samples: a check on linearised variances, and replicates where none exist.

Rao & Wu (1988); Rao, Wu & Yue (1992). In each stratum k-1 of the k units (or families) that were not certain
are drawn with replacement; a unit drawn m times has its weight multiplied by

    1 + √(1-π) · (m·k/(k-1) - 1)

With π near 0 this is their ``m·k/(k-1)``. The root carries each unit's finite population correction, as in
the generalised bootstrap of Beaumont & Patak (2012). No factor is negative; certain units keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid
from tilik.stats.estimate import Inputs
from tilik.stats.linear import effective_size, linearise
from tilik.stats.sample import Floats, Sample, make_sample, make_values

FEWEST_DRAWS = 100


def replicates(sample: Sample, draws: int, seed: int) -> Iterator[Floats]:
    """``draws`` arrays of ``measure/π`` times the bootstrap's factors.

    Raises ``Invalid`` on fewer than 100 draws.
    """
    if draws < FEWEST_DRAWS:
        raise Invalid("draws-too-few", f"{draws} bootstrap samples are too few", mend="Ask for 1,000.")
    random = np.random.default_rng(seed)
    family = np.arange(sample.n) if sample.family is None else sample.family
    free = np.zeros(int(family.max(initial=-1)) + 1)
    np.maximum.at(free, family, 1 - sample.pi)
    layer = np.zeros(free.size, dtype=np.intp)
    layer[family] = sample.stratum
    groups = [np.flatnonzero((layer == code) & (free > 0)) for code in range(len(sample.names))]
    reach, base = np.sqrt(free), sample.expanded
    for _ in range(draws):
        move = np.zeros(free.size)
        for group in groups:
            move[group] = _moves(group.size, random)
        yield base * (1 + reach * move)[family]


def bootstrap(
    statistic: Callable[[Floats], ArrayLike],
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    families: ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> NDArray[np.float64]:
    """``statistic`` of each replicate of the expanded weights ``measure/π``: one row for each draw."""
    sample = make_sample(measure, pi, strata, None, families)
    return np.array([statistic(g) for g in replicates(sample, draws, seed)], dtype=float)


def bootstrap_ratio(
    y: ArrayLike,
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    of: str,
    totals: Mapping[str, float] | None = None,
    families: ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
    inputs: Inputs | None = None,
    level: float = 0.95,
) -> Estimate:
    """The share of :func:`hajek_ratio` with percentile ends, and both standard errors in ``inputs``.

    A check, not the figure to print: percentile ends of a rare label are too short. Raises ``Invalid`` where
    all judged units agree, since no replicate can then differ, or where nothing is uncertain.
    """
    sample = make_sample(measure, pi, strata, totals, families)
    values = make_values(y, sample, proportion=True)
    line = linearise(values, sample) if sample.n and sample.unseen == 0 else None
    if line is None or line.variance == 0:
        raise Invalid(
            "bootstrap-degenerate",
            "no sample of these units could differ from this one",
            where=of,
            mend="Use the interval of the share itself.",
        )
    found = np.array([_ratio(values, g, sample) for g in replicates(sample, draws, seed)])
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    error = float(found.std(ddof=1))
    told: dict[str, JsonValue] = {
        **(inputs or {}),
        "standard_error": error,
        "standard_error_linearised": line.variance**0.5,
        "draws": draws,
        "seed": seed,
    }
    return Estimate(
        value=line.value,
        low=min(float(low), line.value),
        high=max(float(high), line.value),
        n=sample.n,
        n_eff=effective_size(line, values, sample),
        method="hajek+rao-wu-percentile" if totals is None else "hajek-separate+rao-wu-percentile",
        of=of,
        level=level,
        inputs=told,
    )


def _moves(k: int, random: np.random.Generator) -> Floats:
    """``m·k/(k-1) - 1`` of k units; a lone one goes up or down by its whole weight, so it is never known."""
    if k == 0:
        return np.zeros(0)
    if k == 1:
        return np.array([random.choice([-1.0, 1.0])])
    times = np.bincount(random.integers(0, k, k - 1), minlength=k)
    return np.asarray(times * k / (k - 1) - 1)


def _ratio(y: Floats, g: Floats, sample: Sample) -> float:
    if sample.known is None:
        return float(g @ y / g.sum())
    size, held = sample.by_stratum(g), sample.by_stratum(g * y)
    return float(sample.known @ (held / np.where(size > 0, size, 1)) / sample.known.sum())

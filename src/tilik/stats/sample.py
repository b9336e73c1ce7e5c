"""What every estimator takes: judged units with their measure, inclusion probability and stratum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilik.kernel import Invalid

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Judged units, checked. All arrays have length ``n``.

    ``measure``  what a unit weighs in the target (impressions; 1 for a share of videos);
    ``pi``       inclusion probability, 0 < π ≤ 1;
    ``stratum``  codes 0..H-1 into ``names``;
    ``known``    the frame's total of ``measure`` in each of the H strata, or None where it is not known;
    ``unseen``   the frame's total of ``measure`` in strata of which nothing was judged;
    ``family``   codes 0..F-1 of what was drawn together, such as near-duplicates; None: each unit for itself.
    """

    measure: Floats
    pi: Floats
    stratum: NDArray[np.intp]
    names: tuple[str, ...]
    known: Floats | None
    unseen: float
    family: NDArray[np.intp] | None = None

    @property
    def n(self) -> int:
        """Units judged."""
        return self.pi.size

    @property
    def expanded(self) -> Floats:
        """``measure/π``: what each unit stands for."""
        return self.measure / self.pi

    def by_stratum(self, values: Floats) -> Floats:
        """Sums of ``values`` in each stratum, length H."""
        return np.bincount(self.stratum, weights=values, minlength=len(self.names)).astype(float)

    def by_family(self, values: Floats) -> Floats:
        """Sums of ``values`` in each family, length F; the values themselves where there are no families."""
        return values if self.family is None else np.bincount(self.family, weights=values).astype(float)

    def drawn_by_stratum(self) -> Floats:
        """How many things were drawn in each stratum and were not certain: families, or else units."""
        open_ = self.pi < 1
        layer = self.stratum[open_]
        if self.family is not None:
            layer = layer[np.unique(self.family[open_], return_index=True)[1]]
        return np.bincount(layer, minlength=len(self.names)).astype(float)


def make_sample(
    measure: ArrayLike,
    pi: ArrayLike,
    strata: ArrayLike | None,
    totals: Mapping[str, float] | None,
    families: ArrayLike | None = None,
) -> Sample:
    """Check the arrays and code strata and families. Without ``strata`` all units are in the stratum ``all``.

    ``totals`` maps stratum names to the frame's total measure. A family counts once in each stratum that it
    has units in. Raises ``Invalid`` naming what is wrong.
    """
    weights, probabilities = np.asarray(measure, dtype=float), np.asarray(pi, dtype=float)
    labels = np.full(probabilities.shape, "all") if strata is None else np.asarray(strata).astype(str)
    if probabilities.ndim != 1 or not weights.shape == probabilities.shape == labels.shape:
        shapes = f"{weights.shape}, {probabilities.shape} and {labels.shape}"
        raise Invalid("shapes-differ", f"measure, pi and strata must be of one length, not {shapes}")
    if not np.all((probabilities > 0) & (probabilities <= 1)):
        raise Invalid("pi-out-of-range", "every inclusion probability must be above 0 and at most 1")
    if not np.all(np.isfinite(weights) & (weights >= 0)):
        raise Invalid("measure-out-of-range", "every measure must be finite and not negative")
    names, codes = np.unique(labels, return_inverse=True)
    known, unseen = _match(tuple(map(str, names)), totals)
    stratum = np.asarray(codes, dtype=np.intp).reshape(-1)
    family = None if families is None else _code_families(families, stratum)
    return Sample(weights, probabilities, stratum, tuple(map(str, names)), known, unseen, family)


def make_values(y: ArrayLike, sample: Sample, *, proportion: bool) -> Floats:
    """``y`` as floats, checked against the sample; within 0..1 where it is averaged into a proportion."""
    values = np.asarray(y, dtype=float)
    if values.shape != sample.pi.shape:
        raise Invalid("shapes-differ", f"y has shape {values.shape}, the sample {sample.pi.shape}")
    if not np.all(np.isfinite(values)):
        raise Invalid("y-not-finite", "y holds missing or infinite values", mend="Pass judged units only.")
    if proportion and not np.all((values >= 0) & (values <= 1)):
        raise Invalid("y-out-of-range", "y must lie in 0..1 for a proportion")
    return values


def _code_families(families: ArrayLike, stratum: NDArray[np.intp]) -> NDArray[np.intp]:
    named = np.asarray(families).astype(str)
    if named.shape != stratum.shape:
        raise Invalid("shapes-differ", f"families has shape {named.shape}, pi {stratum.shape}")
    codes = np.unique(named, return_inverse=True)[1].reshape(-1)
    nested = codes * (int(stratum.max(initial=0)) + 1) + stratum
    return np.asarray(np.unique(nested, return_inverse=True)[1], dtype=np.intp).reshape(-1)


def _match(names: tuple[str, ...], totals: Mapping[str, float] | None) -> tuple[Floats | None, float]:
    if totals is None:
        return None, 0.0
    strange = [name for name in names if name not in totals]
    if strange:
        raise Invalid("stratum-total-missing", f"no frame total for stratum {', '.join(strange)}")
    unseen = sum(value for name, value in totals.items() if name not in names)
    return np.array([totals[name] for name in names], dtype=float), float(unseen)

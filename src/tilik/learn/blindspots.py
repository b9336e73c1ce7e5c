"""Blind spots: slices that fail more than the rest, *suspected* until a second, independent sample confirms.

Error control: the score of every slice is compared with the highest score of any slice when metadata are
dealt out anew among the units of a stratum (max-null permutation, Westfall & Young 1993). So under no
connection at all, at most ``level`` of all searches report anything, however many slices there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from tilik.kernel import Estimate, Invalid
from tilik.learn.folds import joined
from tilik.learn.slices import DEEPEST, Slice, best_slices, every_slice, scores_of
from tilik.stats import difference, hajek_ratio, shares_by, total

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Names = Mapping[str, Sequence[str]]
"""Metadata: for each column a value per unit."""
State = Literal["suspected", "confirmed", "not confirmed"]
ENDLESS = 1e-6


@dataclass(frozen=True, eq=False)
class Judged:
    """Judged units: failing or not (0..1), what each weighs, its inclusion probability, stratum and metadata.

    Units of one of the ``groups`` (a channel) may be alike: they are dealt together, and count as a cluster.

    Where no π is known the units stand for themselves only, as if drawn from something endless: ``counted``
    is False, shares are unweighted and a burden is a sum over the judged units.
    """

    failing: Floats
    measure: Floats
    pi: Floats
    strata: NDArray[np.str_]
    metadata: Names
    groups: Codes
    counted: bool = True


@dataclass(frozen=True)
class BlindSpot:
    """A slice and what is known of it.

    ``share``, ``rest``  the weighted failing share inside and outside; ``shrunk``  the share drawn to that of
    all, because the worst of many looks worse than it is; ``burden``  the failing impressions inside: spots
    come by its lower end; ``p``  the chance of such a score anywhere, if metadata told nothing.
    """

    conditions: tuple[tuple[str, str], ...]
    state: State
    units: int
    share: Estimate
    rest: Estimate
    shrunk: Estimate
    burden: Estimate
    p: float


@dataclass(frozen=True)
class Confirmed:
    """What the second sample says of a slice: its gap to the rest, at a level that counts all asked."""

    conditions: tuple[tuple[str, str], ...]
    state: State
    gap: Estimate | None


def judged(
    failing: ArrayLike,
    metadata: Names,
    measure: ArrayLike | None = None,
    pi: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    groups: Sequence[str | None] | None = None,
) -> Judged:
    """The arrays, checked by the first estimate made from them; a measure left out is 1."""
    y = np.asarray(failing, dtype=float)
    ones = np.ones(y.size)
    layer = np.full(y.size, "all") if strata is None else np.asarray(strata).astype(str)
    if not metadata or any(len(cells) != y.size for cells in metadata.values()):
        raise Invalid("shapes-differ", "metadata need a value for every unit, and a column at least")
    w = ones if measure is None else np.asarray(measure, dtype=float)
    p = ENDLESS * ones if pi is None else np.asarray(pi, dtype=float)
    hajek_ratio(y, w, p, layer, of="failing share")
    codes = joined(y.size) if groups is None else joined(y.size, groups)
    return Judged(y, w, p, layer, metadata, codes, counted=pi is not None)


def blind_spots(
    sample: Judged,
    *,
    count: int = 10,
    least: int = 20,
    deepest: int = DEEPEST,
    level: float = 0.05,
    draws: int = 499,
    seed: int = 0,
) -> list[BlindSpot]:
    """The suspected slices, most failing impressions first; none where nothing is beyond chance.

    One after the other: the next is looked for in what those before it do not explain, so that a slice is not
    told again as its parts or as what holds it.
    """
    columns, names = _coded(sample.metadata)
    prior = _between(sample, columns, least)
    layers, told = sample.strata, []
    for _ in range(count):
        excess = _excess(sample, layers)
        if not np.any(np.abs(excess) > 1e-12 * np.abs(sample.measure).max()):
            break
        best = best_slices(columns, excess, count=1, least=least, deepest=deepest)
        null = max_null(
            columns, excess, layers, sample.groups, least=least, deepest=deepest, draws=draws, seed=seed
        )
        p = float((1 + (null >= best[0].score - 1e-9).sum()) / (draws + 1)) if best else 1.0
        if p > level:
            break
        told.append(_told(sample, best[0], names, p, prior))
        inside = np.isin(np.arange(layers.size), best[0].rows)
        layers = np.char.add(layers, np.where(inside, "|in", "|out"))
    return sorted(told, key=lambda spot: -spot.burden.low)


def max_null(
    columns: Sequence[Codes],
    excess: Floats,
    layers: NDArray[np.str_],
    groups: Codes,
    *,
    least: int,
    deepest: int,
    draws: int,
    seed: int,
) -> Floats:
    """The highest score of any slice in each of ``draws`` deals of the excess within layers.

    Groups are dealt whole, over all layers at once, among groups with as many units in each layer: exact
    however alike their units are, also where the samples of several weeks hold the same videos. One that has
    no other of its make-up stays where it is, so it can raise no score above those of the deals.
    """
    _, inside = every_slice(columns, excess.size, least=least, deepest=deepest)
    if not inside.shape[0]:
        return np.zeros(draws)
    sizes = np.asarray(inside.sum(axis=1), dtype=float).ravel()
    random = np.random.default_rng(seed)
    _, layer = np.unique(layers, return_inverse=True)
    alike = _alike(groups, layer)
    places = np.lexsort((layer, groups, alike))
    highest = np.empty(draws)
    for draw in range(draws):
        dealt = np.empty(excess.size)
        dealt[places] = excess[np.lexsort((layer, random.random(groups.max() + 1)[groups], alike))]
        highest[draw] = scores_of(inside @ dealt, sizes, excess).max()
    return highest


def _alike(groups: Codes, layer: Codes) -> Codes:
    """A code per unit, the same for groups that have as many units in each layer."""
    names, group = np.unique(groups, return_inverse=True)
    order = np.lexsort((layer, group))
    ends = np.searchsorted(group[order], np.arange(1, names.size))
    codes: dict[bytes, int] = {}
    made = [codes.setdefault(part.tobytes(), len(codes)) for part in np.split(layer[order], ends)]
    return np.array(made, dtype=np.intp)[group]


def confirm(
    spots: Sequence[tuple[tuple[str, str], ...]], second: Judged, *, level: float = 0.05
) -> list[Confirmed]:
    """Look at suspected slices in a second, independent sample.

    Confirmed where the whole interval of "failing share inside less outside" is above zero; its level counts
    all slices asked for (Bonferroni), so that at most ``level`` of such looks confirm anything wrongly.
    """
    each = 1 - 2 * level / max(len(spots), 1)
    return [_confirmed(conditions, second, each) for conditions in spots]


def _confirmed(conditions: tuple[tuple[str, str], ...], second: Judged, level: float) -> Confirmed:
    inside = holds(conditions, second.metadata)
    if inside.sum() < 2 or inside.all():
        return Confirmed(conditions, "not confirmed", None)
    share, rest = _inside_and_out(second, inside, _words(conditions), level)
    if share.value is None or rest.value is None:
        return Confirmed(conditions, "not confirmed", None)
    gap = difference(share, rest, of=f"failing share where {_words(conditions)}, less the rest")
    return Confirmed(conditions, "confirmed" if gap.low > 0 else "not confirmed", gap)


def holds(conditions: Sequence[tuple[str, str]], metadata: Names) -> NDArray[np.bool_]:
    """The units on which all conditions hold. Raises ``Invalid`` on an unknown column."""
    strange = [name for name, _ in conditions if name not in metadata]
    if strange:
        raise Invalid("column-missing", f"there is no column {', '.join(strange)}")
    flags = [np.array([cell == value for cell in metadata[name]], dtype=bool) for name, value in conditions]
    return np.asarray(np.logical_and.reduce(flags))


def _excess(sample: Judged, layers: NDArray[np.str_]) -> Floats:
    """Weighted failing beyond the average of the unit's layer; sums to zero in each layer."""
    g = sample.measure / sample.pi
    _, layer = np.unique(layers, return_inverse=True)
    mean = np.bincount(layer, g * sample.failing) / np.maximum(np.bincount(layer, g), 1e-300)
    return np.asarray(g * (sample.failing - mean[layer]))


def _coded(metadata: Names) -> tuple[list[Codes], list[tuple[str, list[str]]]]:
    columns, names = [], []
    for name, cells in metadata.items():
        values, codes = np.unique(np.asarray(cells, dtype=str), return_inverse=True)
        columns.append(codes.astype(np.intp))
        names.append((name, values.tolist()))
    return columns, names


def _told(
    sample: Judged,
    found: Slice,
    names: list[tuple[str, list[str]]],
    p: float,
    prior: tuple[float, float],
) -> BlindSpot:
    conditions = tuple((names[at][0], names[at][1][value]) for at, value in found.conditions)
    inside = np.zeros(sample.failing.size, dtype=bool)
    inside[found.rows] = True
    words = _words(conditions)
    share, rest = _inside_and_out(sample, inside, words, 0.95)
    burden = _burden(sample, inside, words)
    return BlindSpot(conditions, "suspected", found.rows.size, share, rest, _shrunk(share, prior), burden, p)


def _burden(sample: Judged, inside: NDArray[np.bool_], words: str) -> Estimate:
    mass, families = np.where(inside, sample.failing * sample.measure, 0.0), _families(sample)
    if not sample.counted:
        of = f"failing among the judged where {words}"
        return total(mass * sample.pi, sample.pi, sample.strata, families=families, of=of)
    of = f"failing impressions where {words}"
    found = total(mass, sample.pi, sample.strata, families=families, of=of)
    # What was judged and failed is there.
    return found.model_copy(update={"low": max(found.low, min(float(mass.sum()), found.value or 0))})


def _inside_and_out(
    sample: Judged, inside: NDArray[np.bool_], words: str, level: float
) -> tuple[Estimate, Estimate]:
    by = np.where(inside, words, "the rest")
    found = shares_by(
        sample.failing,
        by,
        sample.measure,
        sample.pi,
        sample.strata,
        families=_families(sample),
        of="failing share: {}",
        level=level,
    )
    return found[words], found["the rest"]


def _families(sample: Judged) -> Codes | None:
    """The groups, where any has two units."""
    return sample.groups if np.bincount(sample.groups).max() > 1 else None


def _between(sample: Judged, columns: Sequence[Codes], least: int) -> tuple[float, float]:
    """Mean and variance of the true shares of slices of one condition, by moments (DerSimonian & Laird)."""
    g = sample.measure / sample.pi
    centre = float(g @ sample.failing / g.sum())
    shares, errors = [], []
    for codes in columns:
        for value in np.flatnonzero(np.bincount(codes) >= least).tolist():
            at = codes == value
            share = float(g[at] @ sample.failing[at] / max(g[at].sum(), 1e-300))
            shares.append(share)
            errors.append(float(((g[at] * (sample.failing[at] - share)) ** 2).sum() / g[at].sum() ** 2))
    if len(shares) < 2:
        return centre, 0.0
    return centre, max(0.0, float(np.mean((np.array(shares) - centre) ** 2) - np.mean(errors)))


def _shrunk(share: Estimate, prior: tuple[float, float]) -> Estimate:
    """Normal prior of the slices' shares, normal likelihood of this one (Efron & Morris 1975)."""
    centre, spread = prior
    value = centre if share.value is None else share.value
    z = float(ndtri(0.5 + share.level / 2))
    error = max((share.high - share.low) / (2 * z), 1e-12) ** 2
    kept = spread / (spread + error)
    middle = min(1.0, max(0.0, centre + kept * (value - centre)))
    half = z * float(np.sqrt(kept * error))
    return Estimate(
        value=middle,
        low=max(0.0, middle - half),
        high=min(1.0, middle + half),
        n=share.n,
        n_eff=share.n_eff,
        method="normal-normal-shrinkage",
        of=share.of,
        level=share.level,
        inputs={"kept": kept, "towards": centre},
    )


def _words(conditions: Sequence[tuple[str, str]]) -> str:
    return " and ".join(f"{name} = {value}" for name, value in conditions)

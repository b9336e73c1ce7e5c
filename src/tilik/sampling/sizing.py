"""The size measure ``x`` of a design: what the chance to be drawn is proportional to.

For several targets at once it is the root of a sum of squares, each term the spread that a video is expected
to add to one estimate, relative to that estimate (prevalence, precision, recall; every domain); plus a
defensive share of plain impressions. With ``h`` the sum over targets of ``p(1-p)·k``:

    x = w · ( (1-defensive)·√h / Σw√h  +  defensive / Σw )

``k`` takes one value above a threshold and another below it; Isaki & Fuller (1982) show that √variance is the
best size for one total, and the root of summed squares minimises the summed relative variances of several.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from tilik.kernel import Invalid
from tilik.sampling.columns import Columns, Value, six_digits
from tilik.sampling.designs import ALL, NO_VALUE, AnyDesign, MultiTargetDesign, SimpleRandomDesign, Target
from tilik.sampling.purposes import PurposesDesign, part_sizes, scales

LEAST_CHANCE = 1e-4
MOST_LEVELS = 200


class TargetWeights(NamedTuple):
    """The factors ``k`` of a target: above its threshold, below it, and beside them for each domain level."""

    above: float
    below: float
    levels: dict[str, dict[str, float]]


class Sizing(NamedTuple):
    """The constants of a size measure, to six digits: ``by_spread`` × √h + ``by_size``, times impressions.

    ``by_purpose`` are the ``a_k`` of a design of several purposes.
    """

    design: AnyDesign
    weights: tuple[TargetWeights, ...] = ()
    by_spread: float = 0.0
    by_size: float = 1.0
    by_purpose: tuple[float, ...] = ()

    def x(self, columns: Columns) -> Value:
        """The size measure of every row."""
        if isinstance(self.design, SimpleRandomDesign):
            return columns.constant(1.0)
        if isinstance(self.design, PurposesDesign):
            return columns.greatest(list(self.parts(columns).values()))
        w = columns.number(self.design.size)
        if not isinstance(self.design, MultiTargetDesign):
            return w
        spread = columns.root(_spread(self.design, self.weights, columns))
        return w * (spread * self.by_spread + self.by_size)

    def parts(self, columns: Columns) -> dict[str, Value]:
        """What each purpose alone would draw by, ``a_k·x_k``; nothing for a design of one purpose."""
        if not isinstance(self.design, PurposesDesign):
            return {}
        sizes = part_sizes(self.design, columns)
        named = zip(self.design.names, sizes, self.by_purpose, strict=True)
        return {name: size * scale for name, size, scale in named}


class Sized(NamedTuple):
    """A size measure, and what was seen of the whole frame on the way: ``rows``, ``units`` with a size,
    ``w`` and ``x`` summed. Empty where nothing had to be looked up.
    """

    sizing: Sizing
    seen: Mapping[str, float] = MappingProxyType({})


def size_up(design: AnyDesign, columns: Columns) -> Sized:
    """Find the constants: nothing to look up for most designs, two looks or fewer for a multi-target one."""
    if isinstance(design, PurposesDesign):
        sizes = dict(zip(design.names, part_sizes(design, columns), strict=True))
        totals = columns.sums(sizes, columns.constant(ALL)).get(ALL, {})
        return Sized(Sizing(design, by_purpose=tuple(six_digits(scale) for scale in scales(design, totals))))
    if not isinstance(design, MultiTargetDesign):
        return Sized(Sizing(design))
    # One target without domains: √k is taken out of the sum, and no second look is needed.
    alone = len(design.targets) == 1 and not design.domains
    looked = columns.sums(_first_look(design, columns, alone=alone), columns.constant(ALL)).get(ALL, {})
    weights = tuple(
        _weights(target, design, columns, looked.get(f"all {at}", 0.0), looked.get(f"above {at}", 0.0))
        for at, target in enumerate(design.targets)
    )
    if alone:
        spread = weights[0].above ** 0.5 * looked.get("spread above", 0.0)
        spread += weights[0].below ** 0.5 * looked.get("spread below", 0.0)
    else:
        spreads = {"spread": columns.number(design.size) * columns.root(_spread(design, weights, columns))}
        spread = columns.sums(spreads, columns.constant(ALL)).get(ALL, {}).get("spread", 0.0)
    if not looked.get("w", 0.0):
        return Sized(Sizing(design, weights, 0.0, 1.0), looked)
    by_spread, by_size = (
        six_digits((1 - design.defensive) / spread),
        six_digits(design.defensive / looked["w"]),
    )
    return Sized(
        Sizing(design, weights, by_spread, by_size),
        looked | {"x": by_spread * spread + by_size * looked["w"]},
    )


def _first_look(design: MultiTargetDesign, columns: Columns, *, alone: bool) -> dict[str, Value]:
    """What is summed over the frame before anything is known: rows, sizes, expected positives."""
    w = columns.number(design.size)
    values = {"rows": columns.constant(1.0), "units": columns.choose([(w > 0, 1.0)], 0.0), "w": w}
    for at, target in enumerate(design.targets):
        p = chance(target, columns)
        acts = columns.choose([(columns.number(target.score) >= target.threshold, 1.0)], 0.0)
        values |= {f"all {at}": w * p, f"above {at}": w * p * acts}
        if alone:
            spread = w * columns.root(p * (1 - p))
            values |= {"spread above": spread * acts, "spread below": spread * (1 - acts)}
    return values


def chance(target: Target, columns: Columns) -> Value:
    """A video's chance to be positive: the score, or what an earlier outcome made of it; never 0 or 1."""
    score = columns.number(target.score)
    points = target.calibration
    if not points:
        return columns.within(score, LEAST_CHANCE, 1 - LEAST_CHANCE)
    pieces = [_piece(low, high) for low, high in pairwise(points)]
    ends = [high[0] for low, high in pairwise(points)][:-1]
    slope = columns.choose(
        [(score < end, m) for end, (m, _) in zip(ends, pieces, strict=False)], pieces[-1][0]
    )
    start = columns.choose(
        [(score < end, b) for end, (_, b) in zip(ends, pieces, strict=False)], pieces[-1][1]
    )
    return columns.within(score * slope + start, LEAST_CHANCE, 1 - LEAST_CHANCE)


def _piece(low: tuple[float, float], high: tuple[float, float]) -> tuple[float, float]:
    slope = (high[1] - low[1]) / (high[0] - low[0])
    return slope, low[1] - slope * low[0]


def _spread(design: MultiTargetDesign, weights: tuple[TargetWeights, ...], columns: Columns) -> Value:
    total = columns.constant(0.0)
    for target, known in zip(design.targets, weights, strict=True):
        p = chance(target, columns)
        k = columns.choose([(columns.number(target.score) >= target.threshold, known.above)], known.below)
        for column, levels in known.levels.items():
            level = columns.text(column, NO_VALUE)
            k = k + columns.choose([(level == name, extra) for name, extra in levels.items()], 0.0)
        total = total + p * (1 - p) * k
    return total


def _weights(
    target: Target, design: MultiTargetDesign, columns: Columns, total: float, above: float
) -> TargetWeights:
    """The factors of a target of which ``total`` positives are expected, ``above`` of them where it acts."""
    if total <= 0:
        return TargetWeights(1.0, 1.0, {})
    recall = target.recall if target.recall is not None else min(0.95, max(0.05, above / total))
    of_prevalence, of_precision, of_recall = design.importance
    prevalence, missed = of_prevalence * total**-2, of_recall * (recall * total) ** -2
    precision = of_precision * above**-2 if above > 0 else 0.0
    wp = columns.number(design.size) * chance(target, columns)
    levels = {name: _levels(name, wp, total, design.power, columns) for name in design.domains}
    return TargetWeights(
        six_digits(prevalence + precision + missed * (1 - recall) ** 2),
        six_digits(prevalence + missed * recall**2),
        levels,
    )


def _levels(name: str, wp: Value, total: float, power: float, columns: Columns) -> dict[str, float]:
    found = columns.sums({"wp": wp}, columns.text(name, NO_VALUE))
    refuse_many(name, len(found))
    sums = {level: sums["wp"] for level, sums in sorted(found.items()) if sums["wp"] > 0}
    return {level: six_digits((part / total) ** (2 * power) / part**2) for level, part in sums.items()}


def refuse_many(column: str, levels: int) -> None:
    """A column with a value for every video or channel makes no strata and no domains."""
    if levels > MOST_LEVELS:
        raise Invalid(
            "too-many-levels",
            f"column {column} has {levels:,} values; at most {MOST_LEVELS} can be told apart.",
            where=column,
            mend="Choose a coarser column.",
        )

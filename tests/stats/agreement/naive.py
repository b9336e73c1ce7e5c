"""The definitions, written out over all pairs of labels: slow, and sharing nothing with the product."""

from collections.abc import Callable, Sequence
from itertools import combinations, permutations

Rows = Sequence[Sequence[float | None]]
Delta = Callable[[float, float], float]


def labels(rows: Rows) -> list[list[float]]:
    return [[v for v in row if v is not None] for row in rows]


def alpha(rows: Rows, delta: Delta, weights: Sequence[float]) -> float | None:
    units = [(u, w) for u, w in zip(labels(rows), weights, strict=True) if len(u) >= 2]
    within = sum(w * delta(a, b) / (len(u) - 1) for u, w in units for a, b in permutations(u, 2))
    everything = [(v, w) for u, w in units for v in u]
    pairs = list(permutations(everything, 2))
    expected = sum(w * x * delta(a, b) for (a, w), (b, x) in pairs) / sum(w * x for (_, w), (_, x) in pairs)
    observed = within / sum(w for _, w in everything)
    return None if expected == 0 else 1 - observed / expected


def ordinal(rows: Rows, weights: Sequence[float]) -> Delta:
    """Krippendorff's (2011): squared sum of the labels between and at, less half of both ends."""
    n: dict[float, float] = {}
    for unit, w in zip(labels(rows), weights, strict=True):
        if len(unit) >= 2:
            for v in unit:
                n[v] = n.get(v, 0) + w

    def delta(c: float, k: float) -> float:
        low, high = min(c, k), max(c, k)
        between = sum(count for g, count in n.items() if low <= g <= high)
        return (between - (n[c] + n[k]) / 2) ** 2

    return delta


def observed(rows: Rows, agree: Delta, weights: Sequence[float]) -> float:
    units = [(u, w) for u, w in zip(labels(rows), weights, strict=True) if len(u) >= 2]
    shares = [sum(agree(a, b) for a, b in permutations(u, 2)) / (len(u) * (len(u) - 1)) for u, _ in units]
    return sum(s * w for s, (_, w) in zip(shares, units, strict=True)) / sum(w for _, w in units)


def share(rows: Rows, k: float, weights: Sequence[float]) -> float:
    units = [(u, w) for u, w in zip(labels(rows), weights, strict=True) if u]
    return sum(w * u.count(k) / len(u) for u, w in units) / sum(w for _, w in units)


def expected(name: str, rows: Rows, agree: Delta, weights: Sequence[float]) -> float:
    """Chance agreement of Gwet, Fleiss, Brennan-Prediger, Conger, as printed in Gwet (2014)."""
    kinds = sorted({v for u in labels(rows) for v in u})
    p = {k: share(rows, k, weights) for k in kinds}
    q = len(kinds)
    table = sum(agree(a, b) for a in kinds for b in kinds)
    if name == "gwet":
        return table / (q * (q - 1)) * sum(x * (1 - x) for x in p.values())
    if name == "fleiss":
        return sum(agree(a, b) * p[a] * p[b] for a in kinds for b in kinds)
    if name == "brennan-prediger":
        return table / q**2
    people = [_person([row[g] for row in rows], kinds, weights) for g in range(len(rows[0]))]
    pairs = list(combinations([person for person in people if person], 2))
    chance = [sum(agree(a, b) * x[a] * y[b] for a in kinds for b in kinds) for x, y in pairs]
    return sum(chance) / len(chance)


def _person(
    given: Sequence[float | None], kinds: Sequence[float], weights: Sequence[float]
) -> dict[float, float]:
    whole = sum(w for v, w in zip(given, weights, strict=True) if v is not None)
    return {k: sum(w for v, w in zip(given, weights, strict=True) if v == k) / whole for k in kinds if whole}

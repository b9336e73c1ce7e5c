"""The figures of a survey once more, from the formulas of docs/statistics.md and scipy's distributions.

It shares no code with ``tilik.stats`` or ``tilik.measure``: plain Python over lists, one stratum at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from scipy import stats

from measure.survey import Say, Survey, Unit


@dataclass(frozen=True)
class Judged:
    """A judged draw: share of its usable judgements that hold, impressions, π* = π · m/n."""

    y: float
    w: float
    pi: float


@dataclass(frozen=True)
class ByHand:
    """What an Estimate should say."""

    value: float | None
    low: float
    high: float
    n: int
    n_eff: float


def share(made: Survey, holds: Callable[[tuple[str, ...]], bool], *, wants: int = 1) -> ByHand:
    """The impression share of videos for which ``holds`` (of the labels said)."""
    judged = _by_stratum(made, holds, wants)
    whole = sum(made.totals.values())
    seen = sum(made.totals[h] for h in judged) / whole
    if not judged:
        return ByHand(None, 0.0, 1.0, 0, 0.0)
    part = {h: made.totals[h] / (seen * whole) for h in judged}  # W_h/W over the bands that were judged
    p_h = {h: _ratio(units) for h, units in judged.items()}
    p = sum(part[h] * p_h[h] for h in judged)
    units = [unit for found in judged.values() for unit in found]
    n = len(units)
    variance = sum(_variance(judged[h], p_h[h], part[h]) for h in judged) + _half(judged, part)
    n_eff = _effective(judged, part, p, variance)
    third = sum(_third(judged[h], p_h[h], part[h]) for h in judged)
    if all(u.pi == 1 for u in units):
        low, high = p, p
    elif len(judged) > 1 and 0 < p < 1 and third * (1 - 2 * p) > 0:
        low, high = _three_cumulants(p, variance, third)
    else:
        low, high = _interval(p, n_eff, n, _degrees(judged))
    low, high = min(low, p) * seen, max(high, p) * seen + (1 - seen)
    return ByHand(p if seen == 1 else None, low, high, n, n_eff)


def usable(unit: Unit, wants: int) -> list[tuple[str, ...]]:
    """The judgements that count: of a settled, unstopped draw, those of people who could judge it."""
    settling = [say for say in unit.says if not str(say).startswith(("NA-LANG", "ESC"))]
    stopped = any(str(say).startswith("ESC") for say in unit.says)
    if stopped or len(settling) < wants:
        return []
    return [say for say in settling[:wants] if isinstance(say, tuple)]


def _by_stratum(
    made: Survey, holds: Callable[[tuple[str, ...]], bool], wants: int
) -> dict[str, list[Judged]]:
    drawn: dict[str, int] = defaultdict(int)
    heard: dict[str, list[tuple[Unit, float]]] = defaultdict(list)
    for unit in made.units:
        drawn[unit.stratum] += 1
        says: list[Say] = list(usable(unit, wants))
        if says:
            heard[unit.stratum].append((unit, sum(holds(tuple(s)) for s in says) / len(says)))
    return {
        h: [Judged(y, unit.impressions, unit.pi * len(found) / drawn[h]) for unit, y in found]
        for h, found in heard.items()
    }


def _ratio(units: Iterable[Judged]) -> float:
    found = list(units)
    return sum(u.w / u.pi * u.y for u in found) / sum(u.w / u.pi for u in found)


def _variance(units: list[Judged], p_h: float, part: float) -> float:
    """Brewer's form on the residuals; where all agree, at least Jeffreys' variance."""
    size = sum(u.w / u.pi for u in units)
    loose = [u for u in units if u.pi < 1]
    n = len(loose)
    if n == 0:
        return 0.0
    z = [part * u.w * (u.y - p_h) / size / u.pi for u in loose]
    mean = sum(z) / n if n > 1 else 0.0
    lift = n / (n - 1) if n > 1 else 1.0
    brewer = lift * sum((1 - u.pi) * (one - mean) ** 2 for u, one in zip(loose, z, strict=True))
    positives = sum(u.y for u in loose)
    if positives not in (0, n):
        return brewer
    guess = (positives + 0.5) / (n + 1)
    uncertain = part * sum(u.w / u.pi for u in loose) / size
    return max(brewer, uncertain**2 * guess * (1 - guess) / n)


def _half(judged: Mapping[str, list[Judged]], part: Mapping[str, float]) -> float:
    """What half a positive more would add to the variance: half the mean of (1-π)g²."""
    squares = []
    for h, found in judged.items():
        size = sum(u.w / u.pi for u in found)
        squares += [(1 - u.pi) * (part[h] * u.w / u.pi / size) ** 2 for u in found]
    return 0.5 * sum(squares) / len(squares)


def _third(units: list[Judged], p_h: float, part: float) -> float:
    """Σ (1-π)(1-2π) a³ E(y - p_h)³ with the stratum's chance (x + ½)/(n + 1)."""
    size = sum(u.w / u.pi for u in units)
    chance = (sum(u.y for u in units) + 0.5) / (len(units) + 1)
    cubed = chance * (1 - p_h) ** 3 - (1 - chance) * p_h**3
    return sum((1 - u.pi) * (1 - 2 * u.pi) * (part * u.w / u.pi / size) ** 3 * cubed for u in units)


def _three_cumulants(p: float, variance: float, third: float) -> tuple[float, float]:
    """p + c(λ - V/c²) at the mid-p ends λ of a Poisson count V/c², c = κ₃/V; mirrored where κ₃ < 0."""
    c = abs(third) / variance
    count = variance / c**2
    if count >= 2000:
        half = float(stats.norm.ppf(0.975)) * variance**0.5
        below = above = half
    else:
        ends = []
        for tail in (0.025, 0.975):
            low, high = 0.0, count + 40 * count**0.5 + 40
            for _ in range(200):
                middle = (low + high) / 2
                passed = stats.gamma.cdf(middle, count) + stats.gamma.cdf(middle, count + 1)
                low, high = (middle, high) if passed / 2 < tail else (low, middle)
            ends.append((low + high) / 2)
        below, above = c * (count - ends[0]), c * (ends[1] - count)
    if third < 0:
        below, above = above, below
    return max(0.0, p - below), min(1.0, p + above)


def _effective(
    judged: Mapping[str, list[Judged]], part: Mapping[str, float], p: float, variance: float
) -> float:
    units = [unit for found in judged.values() for unit in found]
    if all(u.pi == 1 for u in units):
        return len(units)
    if {u.y for u in units} in ({0.0}, {1.0}):
        g = []
        for h, found in judged.items():
            size = sum(u.w / u.pi for u in found)
            g += [part[h] * u.w / u.pi / size for u in found]
        return sum(g) ** 2 / sum(one * one for one in g)
    return p * (1 - p) / variance


def _degrees(judged: Mapping[str, list[Judged]]) -> int:
    loose = {h: sum(u.pi < 1 for u in found) for h, found in judged.items()}
    return max(1, sum(loose.values()) - sum(n > 0 for n in loose.values()))


def _interval(p: float, n_eff: float, n: int, df: int) -> tuple[float, float]:
    """Mid-p on the effective size; at 0 and 1 Korn & Graubard: Clopper & Pearson on the shrunk one."""
    if 0 < p < 1:
        return _mid_p(p * n_eff, n_eff)
    t = stats.t.ppf(0.975, [max(n - 1, 1), df])
    size = n_eff * min(1.0, (t[0] / t[1]) ** 2)
    x = p * size
    low = 0.0 if x <= 0 else stats.beta.ppf(0.025, x, size - x + 1)
    high = 1.0 if x >= size else stats.beta.ppf(0.975, x + 1, size - x)
    return float(low), float(high)


def _mid_p(x: float, n: float) -> tuple[float, float]:
    """Where P(X > x) + P(X = x)/2 is .025 and .975, by halving; X need not be whole."""

    def passed(p: float) -> float:
        return float(stats.beta.cdf(p, x, n - x + 1) + stats.beta.cdf(p, x + 1, n - x)) / 2

    ends = []
    for tail in (0.025, 0.975):
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if passed(middle) < tail else (low, middle)
        ends.append((low + high) / 2)
    return ends[0], ends[1]

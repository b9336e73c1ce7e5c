"""The grid: design × estimator × prevalence × impressions × reviewer error, and what the intervals cover.

Every draw is judged by a reviewer who never errs (estimators ``hajek`` and ``difference``), and by one with
sensitivity .9 and specificity .98, whose work is adjudicated in part (``two-phase``).
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tilik.kernel import Estimate
from tilik.sampling import (
    AnyDesign,
    MultiTargetDesign,
    PpsDesign,
    StratifiedDesign,
    Target,
    adjudicate,
    lay_out,
)
from tilik.stats import FrameTotals, assisted, hajek_ratio, precision, recall, specificity, two_phase
from tilik.stats.intervals import IntervalKind
from tilik.stats.strata import calibrated

from .generated import Case, Generated, generate
from .tallies import Tally

ROWS, BUDGET, ADJUDICATED = 300_000, 1000, 150
SENSITIVITY, SPECIFICITY = 0.9, 0.98
CASES = {
    "0.2 %": Case(0.002, 0.9, 0.005),
    "0.5 %": Case(0.005, 0.9, 0.010),
    "1 %": Case(0.01, 0.9, 0.014),
    "10 %": Case(0.1, 0.9, 0.1),
    "40 %": Case(0.4, 0.9, 0.35),
}
IMPRESSIONS = ("lognormal", "pareto")
DESIGNS = ("pps", "bands", "multi-target")
ESTIMATORS = ("hajek", "difference", "two-phase")
FIGURES = ("prevalence", "precision", "recall", "specificity")
LEAST, MOST = 0.94, 0.98
MOST_OF = 0.5
"""The part of a cell's draws that must say "at least", or give no point, for the cell to count as told."""
HALF: IntervalKind = "half-positive"

Key = tuple[str, str, str, str, str]
"""Design, estimator, prevalence, impressions, figure."""
Found = dict[str, Estimate]


@dataclass(frozen=True)
class Judged:
    """One draw: truth, score, impressions, π and stratum of its units, and which the classifier acts on."""

    y: np.ndarray
    s: np.ndarray
    w: np.ndarray
    pi: np.ndarray
    strata: np.ndarray | None
    acts: np.ndarray


def designs(frame: Generated) -> dict[str, AnyDesign]:
    return {
        "pps": PpsDesign(),
        "bands": StratifiedDesign(score="s"),
        "multi-target": MultiTargetDesign(targets=(Target(score="s", threshold=frame.threshold),)),
    }


def run(case: str, impressions: str, frames: int, draws: int, first: int = 0) -> dict[Key, Tally]:
    """Tallies of one prevalence and kind of impressions over all designs and estimators."""
    tallies: dict[Key, Tally] = {}
    for seed in range(first, first + frames):
        frame = generate(CASES[case], seed, ROWS, impressions)
        totals, truth = FrameTotals.of(frame.w, frame.score, frame.threshold), frame.truth
        for name, design in designs(frame).items():
            laid = lay_out(design, frame.w, frame.prn, columns={"s": frame.score})
            strata = np.array([stratum.name for stratum in laid.totals])
            sizes = {stratum.name: stratum.size for stratum in laid.totals}
            for draw in range(draws):
                units, pi, stratum = laid.draw(BUDGET, draw)
                judged = Judged(
                    frame.y[units],
                    frame.score[units],
                    frame.w[units],
                    pi,
                    strata[stratum] if strata.size > 1 else None,
                    (frame.score[units] >= frame.threshold).astype(float),
                )
                rng = np.random.default_rng([seed, draw, zlib.crc32(name.encode())])
                for estimator, found in estimates(judged, totals, frame.threshold, sizes, rng):
                    for figure in FIGURES:
                        key = (name, estimator, case, impressions, figure)
                        tallies.setdefault(key, Tally()).add(found[figure], truth[figure])
    return tallies


def estimates(
    judged: Judged, totals: FrameTotals, threshold: float, sizes: dict[str, float], rng: np.random.Generator
) -> Iterator[tuple[str, Found]]:
    """All figures of one draw by each estimator."""
    y, s, w, pi, strata, acts = judged.y, judged.s, judged.w, judged.pi, judged.strata, judged.acts
    known = None if strata is None else sizes
    w = calibrated(w, pi, strata, known)
    yield (
        "hajek",
        {
            "prevalence": hajek_ratio(y, w, pi, strata, totals=known, of="p", interval=HALF),
            "precision": precision(y, acts, w, pi, strata, of="p", interval=HALF),
            "recall": recall(y, acts, w, pi, strata, of="p", interval=HALF),
            "specificity": specificity(y, acts, w, pi, strata, of="p", interval=HALF),
        },
    )
    yield (
        "difference",
        assisted(y, s, w, pi, strata, threshold=threshold, totals=totals, of="{}")._asdict(),
    )
    review = (rng.random(y.size) < np.where(y == 1, SENSITIVITY, 1 - SPECIFICITY)).astype(float)
    chosen = adjudicate(review, s, w / pi, rng.random(y.size), ADJUDICATED, acts=acts)
    ruling = np.full(y.size, np.nan)
    ruling[chosen.units] = y[chosen.units]
    corrected = two_phase(
        review, ruling, chosen.pi2, s, w, pi, strata, threshold=threshold, totals=totals, of="{}"
    ).corrected
    yield "two-phase", corrected._asdict()


def rows(cases: dict[str, Case], frames: int, draws: int, first: int = 0) -> list[str]:
    """The table, as Markdown: a summary, then one row per cell with a column per figure."""
    tallies: dict[Key, Tally] = {}
    for case in cases:
        for impressions in IMPRESSIONS:
            tallies |= run(case, impressions, frames, draws, first)
    return table(tallies)


def table(tallies: dict[Key, Tally]) -> list[str]:
    lines = [
        "| design | estimator | prevalence | impressions | " + " | ".join(FIGURES) + " |",
        "|---|---|---|---|" + "---|" * len(FIGURES),
    ]
    cells = dict.fromkeys(key[:4] for key in tallies)
    for design, estimator, case, impressions in sorted(cells, key=_place):
        shown = (shown_cell(tallies[design, estimator, case, impressions, figure]) for figure in FIGURES)
        lines.append(f"| {design} | {estimator} | {case} | {impressions} | " + " | ".join(shown) + " |")
    return [*summary(tallies), "", *lines]


def shown_cell(tally: Tally) -> str:
    """``half-width, coverage``, what was refused, and where the coverage lies outside 94 to 98 %."""
    refused = f", {tally.refused:.0%} refused" if tally.refused >= 0.005 else ""
    if tally.refused > 0.995:
        return f"no point; bounds {tally.coverage:.3f}"
    mark = {"low": " **low**", "high": " **high**", "stated": " °", "refused": " °", "kept": ""}[
        verdict(tally)
    ]
    return f"{tally.half_width:.3g}, {tally.coverage:.3f}{mark}{refused}"


def verdict(tally: Tally) -> str:
    """What the product makes of a cell, beyond the luck of the draws.

    ``kept``: the coverage is within 94 to 98 %. Above that: ``refused`` or ``stated``, where most draws gave
    no point, or gave none or said "at least"; else ``high``. Below it: ``refused`` or ``low``.
    """
    luck = 2 * (0.05 * 0.95 / len(tally.rows)) ** 0.5
    above = 2 * (MOST * (1 - MOST) / len(tally.rows)) ** 0.5
    if LEAST - luck <= tally.coverage <= MOST + (0 if tally.stated >= MOST_OF else above):
        return "kept"
    if tally.refused >= MOST_OF:
        return "refused"
    if tally.coverage < LEAST:
        return "low"
    return "stated" if tally.stated >= MOST_OF else "high"


def summary(tallies: dict[Key, Tally]) -> list[str]:
    """What became of every cell, by estimator."""
    lines = [
        "| estimator | cells | 94 to 98 % | of them within luck of an end | above, stated | refused "
        "| above, not stated | low |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for estimator in ESTIMATORS:
        held = [tally for key, tally in tallies.items() if key[1] == estimator]
        found = [verdict(tally) for tally in held]
        edge = sum(
            one == "kept" and not LEAST <= tally.coverage <= MOST
            for one, tally in zip(found, held, strict=True)
        )
        counts = (found.count(name) for name in ("stated", "refused", "high", "low"))
        row = (estimator, len(held), found.count("kept"), edge, *counts)
        lines.append("| " + " | ".join(map(str, row)) + " |")
    return lines


def _place(cell: tuple[str, ...]) -> tuple[int, ...]:
    design, estimator, case, impressions = cell
    return (
        DESIGNS.index(design),
        ESTIMATORS.index(estimator),
        list(CASES).index(case),
        IMPRESSIONS.index(impressions),
    )

"""The headline: one multi-target sample of 1,000 for prevalence, precision and recall.

Beside the product's intervals, on the same draws, the method to be beaten (estimated variance and
Korn-Graubard throughout), and on samples by impressions alone Wilson's interval.
"""

from collections import defaultdict

import numpy as np

from tilik.sampling import MultiTargetDesign, PpsDesign, Target, lay_out
from tilik.stats import FrameTotals, assisted, hajek_ratio, korn_graubard, precision, recall

from .generated import Case, Generated, generate
from .tallies import Tally

BUDGET = 1000
CASES = {
    "0.5 %": Case(0.005, 0.9, 0.010),
    "1 %": Case(0.01, 0.9, 0.014),
    "2 %": Case(0.02, 0.9, 0.02),
    "1 %, AUC .97": Case(0.01, 0.97, 0.014),
}
REFERENCE = {
    "0.5 %": (49.6, 20.3, 52.1),
    "1 %": (38.0, 18.1, 42.4),
    "2 %": (24.3, 11.7, 26.0),
    "1 %, AUC .97": (22.7, 12.5, 22.0),
}
"""Half-widths that an earlier trial reached on frames of this kind, not on these."""

Tallies = dict[tuple[str, str], Tally]


def headline(case: Case, frames: int, draws: int, first: int = 0, **options: float) -> Tallies:
    """Tallies by (method, figure): ``draws`` samples of each of ``frames`` frames, seeds from ``first``."""
    tallies: Tallies = defaultdict(Tally)
    for seed in range(first, first + frames):
        frame = generate(case, seed)
        design = MultiTargetDesign(targets=(Target(score="s", threshold=frame.threshold),), **options)
        laid = lay_out(design, frame.w, frame.prn, columns={"s": frame.score})
        plain = lay_out(PpsDesign(), frame.w, frame.prn)
        totals = FrameTotals.of(frame.w, frame.score, frame.threshold)
        truth = frame.truth
        for draw in range(draws):
            units, pi, _ = laid.draw(BUDGET, draw)
            _tally_assisted(tallies, frame, units, pi, totals, truth)
            _tally_plain(tallies, frame, plain.draw(BUDGET, draw), truth)
    return tallies


def _tally_assisted(
    tallies: Tallies,
    frame: Generated,
    units: np.ndarray,
    pi: np.ndarray,
    totals: FrameTotals,
    truth: dict[str, float],
) -> None:
    found = assisted(
        frame.y[units],
        frame.score[units],
        frame.w[units],
        pi,
        threshold=frame.threshold,
        totals=totals,
        of="{}",
    )
    for name in ("prevalence", "precision", "recall"):
        estimate = getattr(found, name)
        tallies["difference", name].add(estimate, truth[name])
        value = estimate.value or 0.0
        variance = float(estimate.inputs.get("standard_error_unsmoothed", 0)) ** 2
        if 0 < value < 1 and variance > 0:
            ends = korn_graubard(value, value * (1 - value) / variance, n=BUDGET, df=BUDGET - 1)
            tallies["unsmoothed", name].add(
                estimate.model_copy(update={"low": ends.low, "high": ends.high}), truth[name]
            )


def _tally_plain(tallies: Tallies, frame: Generated, drawn: tuple, truth: dict[str, float]) -> None:
    units, pi, _ = drawn
    y, w, acts = frame.y[units], frame.w[units], (frame.score[units] >= frame.threshold).astype(float)
    tallies["pps", "prevalence"].add(hajek_ratio(y, w, pi, of="p", interval="wilson"), truth["prevalence"])
    if acts.any():
        tallies["pps", "precision"].add(
            precision(y, acts, w, pi, of="p", interval="wilson"), truth["precision"]
        )
    if y.any():
        tallies["pps", "recall"].add(recall(y, acts, w, pi, of="r", interval="wilson"), truth["recall"])


def rows(cases: dict[str, Case], frames: int, draws: int, first: int = 0) -> list[str]:
    """The table, as Markdown."""
    lines = [
        "| prevalence | figure | half-width % | 1.96 RMSE % | coverage | interval above / below truth "
        "| no point | bias % | unsmoothed: half-width, coverage | PPS + Wilson: half-width, coverage "
        "| trial |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, case in cases.items():
        tallies = headline(case, frames, draws, first=first)
        for figure, trial in zip(("prevalence", "precision", "recall"), REFERENCE[name], strict=True):
            ours, old, pps = (tallies[method, figure] for method in ("difference", "unsmoothed", "pps"))
            lines.append(
                f"| {name} | {figure} | **{ours.half_width:.1f}** | {ours.spread:.1f} "
                f"| **{ours.coverage:.3f}** "
                f"| {ours.above:.3f} / {ours.below:.3f} | {ours.refused:.1%} | {ours.bias:+.1f} "
                f"| {old.half_width:.1f}, {old.coverage:.3f} | {pps.half_width:.1f}, {pps.coverage:.3f} "
                f"| {trial} |"
            )
    return lines

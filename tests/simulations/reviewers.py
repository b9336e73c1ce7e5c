"""Reviewers who err, and a second phase: 1,000 reviewed, some adjudicated."""

from collections import defaultdict

import numpy as np

from tilik.sampling import MultiTargetDesign, Target, adjudicate, lay_out
from tilik.stats import FrameTotals, two_phase

from .generated import Case, generate
from .tallies import Tally

BUDGET, ADJUDICATED = 1000, 150
SENSITIVITY, SPECIFICITY = 0.91, 0.992
FIGURES = ("prevalence", "precision", "recall")
CASES = {
    "0.5 %": Case(0.005, 0.9, 0.010),
    "1 %": Case(0.01, 0.9, 0.014),
    "10 %": Case(0.1, 0.9, 0.1),
}
Tallies = dict[tuple[str, str], Tally]


def reviewed(
    case: Case,
    frames: int,
    draws: int,
    *,
    first: int = 0,
    sensitivity: float = SENSITIVITY,
    specificity: float = SPECIFICITY,
    adjudicated: int = ADJUDICATED,
    unjudgeable: float = 0.0,
) -> Tallies:
    """Tallies by (method, figure): corrected, raw, and all reviewed units adjudicated.

    ``unjudgeable`` is the chance that a reviewer cannot tell; positives have twice that chance.
    """
    tallies: Tallies = defaultdict(Tally)
    for seed in range(first, first + frames):
        frame = generate(case, seed)
        laid = lay_out(
            MultiTargetDesign(targets=(Target(score="s", threshold=frame.threshold),)),
            frame.w,
            frame.prn,
            columns={"s": frame.score},
        )
        totals, truth = FrameTotals.of(frame.w, frame.score, frame.threshold), frame.truth
        for draw in range(draws):
            rng = np.random.default_rng([seed, draw, 7])
            units, pi, _ = laid.draw(BUDGET, draw)
            y, s, w = frame.y[units], frame.score[units], frame.w[units]
            says = rng.random(y.size) < np.where(y == 1, sensitivity, 1 - specificity)
            lost = rng.random(y.size) < unjudgeable * np.where(y == 1, 2, 1)
            review = np.where(lost, np.nan, says.astype(float))
            chosen = adjudicate(review, s, w / pi, rng.random(y.size), adjudicated, acts=s >= frame.threshold)
            ruling = np.full(y.size, np.nan)
            ruling[chosen.units] = y[chosen.units]
            found = two_phase(
                review, ruling, chosen.pi2, s, w, pi, threshold=frame.threshold, totals=totals, of="{}"
            )
            whole = two_phase(
                review, y, np.ones(y.size), s, w, pi, threshold=frame.threshold, totals=totals, of="{}"
            )
            for figure in FIGURES:
                tallies["two phases", figure].add(getattr(found.corrected, figure), truth[figure])
                tallies["raw", figure].add(getattr(found.raw, figure), truth[figure])
                tallies["all adjudicated", figure].add(getattr(whole.corrected, figure), truth[figure])
    return tallies


def rows(cases: dict[str, Case], frames: int, draws: int, first: int = 0) -> list[str]:
    """The table, as Markdown."""
    lines = [
        f"| prevalence | figure | two phases ({ADJUDICATED}): bias %, half-width %, 1.96 RMSE %, coverage "
        "| raw: bias %, half-width %, coverage | all adjudicated: half-width %, coverage |",
        "|---|---|---|---|---|",
    ]
    for name, case in cases.items():
        tallies = reviewed(case, frames, draws, first=first)
        for figure in FIGURES:
            ours, raw, whole = (tallies[m, figure] for m in ("two phases", "raw", "all adjudicated"))
            lines.append(
                f"| {name} | {figure} | {ours.bias:+.1f}, **{ours.half_width:.1f}**, {ours.spread:.1f}, "
                f"**{ours.coverage:.3f}** | {raw.bias:+.1f}, {raw.half_width:.1f}, {raw.coverage:.3f} "
                f"| {whole.half_width:.1f}, {whole.coverage:.3f} |"
            )
    return lines

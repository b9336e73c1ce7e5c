"""Second looks as a study makes them: ``python -m tests.simulations.second_looks`` prints the full table.

Known truth; every judgement has the same sensitivity and specificity, independent of the others; positives
are judged twice, the rest with chance ``OVERLAP``; where two differ an adjudicator rules, who is right. Part
of the second judgements and of the rulings is still out. The decisions are real, of the shipped guideline,
and the second phase is made by the same function that the measurement uses.
"""

from __future__ import annotations

import argparse
from typing import NamedTuple

import numpy as np

from study.making import answers, shipped
from tilik.guideline import decide, failing_verdicts
from tilik.measure.second import Looked, Phase, phase_of
from tilik.sampling import MultiTargetDesign, Target, lay_out
from tilik.stats import FrameTotals, assisted_share, two_phase

from .generated import Case, Generated, generate
from .tallies import Tally

SENSITIVITY, SPECIFICITY, OVERLAP, BUDGET = 0.9, 0.98, 0.2, 1000
CASES = {"2 %": Case(0.02, 0.9, 0.02), "10 %": Case(0.1, 0.9, 0.1)}
YES = decide(shipped(), answers({"family.COM": True, "label.COM-GAMB": 2}))
NO = decide(shipped(), answers())
FAILING = failing_verdicts(shipped())
ROWS = 200_000


class Drawn(NamedTuple):
    """One draw with its first judgements and what followed."""

    review: np.ndarray
    phase: Phase


def look(y: np.ndarray, rng: np.random.Generator, *, out: float) -> Drawn | None:
    """Judge these videos; ``out`` is the part of second judgements and of rulings that is still out.

    None where all that was contested in a kind is still to be ruled on, and the product refuses to correct.
    """

    def judge() -> np.ndarray:
        return rng.random(y.size) < np.where(y == 1, SENSITIVITY, 1 - SPECIFICITY)

    first, second = judge(), judge()
    p2 = np.where(first, 1.0, OVERLAP)
    again, here, ruled = rng.random(y.size) < p2, rng.random(y.size) >= out, rng.random(y.size) >= out
    looks = [
        Looked(
            float(p2[i]),
            bool(again[i]),
            (YES if second[i] else NO) if again[i] and here[i] else None,
            (YES if y[i] else NO) if again[i] and here[i] and ruled[i] and first[i] != second[i] else None,
        )
        for i in range(y.size)
    ]
    found = phase_of(
        shipped(), [YES if one else NO for one in first], looks, lambda one: one.verdict in FAILING
    )
    if not isinstance(found, Phase):
        assert (found.code, out > 0) == ("no-ruling", True)
        return None
    return Drawn(first.astype(float), found)


def tally(case: Case, frames: int, draws: int, *, out: float = 0.0, first: int = 0) -> dict[str, Tally]:
    """Tallies of the share of positives: corrected, by first judgements alone, and without a score."""
    tallies = {name: Tally() for name in ("corrected", "plain", "scoreless")}
    for seed in range(first, first + frames):
        frame: Generated = generate(case, seed, ROWS)
        design = MultiTargetDesign(targets=(Target(score="s", threshold=frame.threshold),))
        laid = lay_out(design, frame.w, frame.prn, columns={"s": frame.score})
        whole, truth = FrameTotals.of(frame.w, frame.score), frame.truth["prevalence"]
        for draw in range(draws):
            units, pi, _ = laid.draw(BUDGET, draw)
            drawn = look(frame.y[units], np.random.default_rng([seed, draw, 11]), out=out)
            if drawn is None:
                continue
            s, w, flat = frame.score[units], frame.w[units], np.full(units.size, 0.5)
            bare = FrameTotals(whole.measure, whole.measure / 2)
            for name, score, totals in (("corrected", s, whole), ("scoreless", flat, bare)):
                found = two_phase(*drawn.phase, score, w, pi, threshold=np.inf, totals=totals, of="{}")
                tallies[name].add(found.corrected.prevalence, truth)
            tallies["plain"].add(assisted_share(drawn.review, s, w, pi, totals=whole, of="plain"), truth)
    return tallies


def rows(frames: int, draws: int) -> list[str]:
    """The table, as Markdown."""
    lines = [
        "| prevalence | still out | figure | bias % | half-width % | coverage | draws |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, case in CASES.items():
        for out in (0.0, 0.3):
            for method, found in tally(case, frames, draws, out=out).items():
                lines.append(
                    f"| {name} | {out:.0%} | {method} | {found.bias:+.1f} | {found.half_width:.1f} "
                    f"| **{found.coverage:.3f}** | {len(found.rows)} |"
                )
    return lines


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=20)
    parser.add_argument("--draws", type=int, default=100)
    chosen = parser.parse_args()
    print("\n".join(rows(chosen.frames, chosen.draws)))

"""Half a year with a known truth: ``python -m tests.simulations.half_year`` writes its tables.

26 weekly frames, a sample of each judged; the guideline, the classifier and what is bad change on the way.
Told: how often the weeks' intervals hold the truth, what the change of the guideline is said to have done,
whether the new kind is found and confirmed, and whether a baseline learned from the labels beats the
classifier.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402

from tilik.kernel import Estimate  # noqa: E402
from tilik.measure import classify  # noqa: E402
from tilik.policy import Step, trend  # noqa: E402
from tilik.sampling import MultiTargetDesign, Target  # noqa: E402

from .half_year_learning import TOP, Hunt, against, hunt  # noqa: E402
from .half_year_work import BUDGET, Office, opened  # noqa: E402
from .half_year_world import ACTS_FROM, DEFINED, NEW, SCORE, WEEKS  # noqa: E402
from .page import put  # noqa: E402

PAGE = Path(__file__).resolve().parents[2] / "docs" / "simulations.md"
DESIGN = MultiTargetDesign(targets=(Target(score=SCORE, threshold=ACTS_FROM),))
LAST = 22
"""The week by which the new kind should be found."""
FIGURES = ("failing share", "change since the week before", "precision", "recall")


@dataclass
class HalfYear:
    """What one half-year gave. ``held`` has for each figure whether each week's interval holds the truth."""

    seed: int
    place: str
    factor: float
    held: dict[str, list[bool]] = field(default_factory=lambda: {name: [] for name in FIGURES})
    widths: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in FIGURES})
    step: Step | None = None
    definition: float = 0.0
    real: float = 0.0
    before: Hunt | None = None
    after: list[Hunt] = field(default_factory=list)
    old: dict[str, Estimate] = field(default_factory=dict)
    new: dict[str, Estimate] = field(default_factory=dict)

    @property
    def apart(self) -> bool:
        """The definition's interval lies above zero, where it truly is, and the other's holds the real
        change: neither is taken for the other."""
        if self.step is None or self.step.definition is None or self.step.real is None:
            return False
        return self.step.definition.low > 0 and holds(self.step.real, self.real)

    @property
    def both(self) -> bool:
        """They are told apart, and the definition's interval holds its truth as well."""
        told = None if self.step is None else self.step.definition
        return self.apart and told is not None and holds(told, self.definition)


def holds(one: Estimate, truth: float) -> bool:
    """Whether the interval holds the truth."""
    return bool(one.low <= truth <= one.high)


def run(
    seed: int,
    *,
    weeks: Sequence[int] = range(1, WEEKS + 1),
    rows: int = 55_000,
    budget: int = BUDGET,
    draws: int = 499,
) -> HalfYear:
    """One half-year; with fewer ``weeks`` only those are worked through."""
    with opened(seed, DESIGN, weeks=weeks, rows=rows, budget=budget) as office:
        world = office.world
        found = HalfYear(seed, " × ".join(value for _, value in reversed(world.place)), world.factor)
        _trend(office, found)
        last = [week for week in weeks if week < NEW][-3:]
        found.before = hunt(office, last, draws=draws)
        for until in range(NEW, LAST + 1):
            found.after.append(hunt(office, range(NEW, until + 1), draws=draws))
        found.old = against(office, [week for week in weeks if NEW - 7 <= week < NEW])
        found.new = against(office, [week for week in weeks if week >= NEW])
        return found


def _trend(office: Office, found: HalfYear) -> None:
    store, names = office.workspace.store, {study: week for week, study in office.studies.items()}
    with store.read() as connection:
        line = trend(connection, store.blobs)
        for one in line.weeks.weeks:
            week = names[one.study]
            true = office.truths[week]
            told = classify(connection, store.blobs, one.study, SCORE, ACTS_FROM)
            figures = {figure.code: figure.estimate for figure in told.figures}
            _count(found, "failing share", one.failing.estimate, true.failing)
            _count(found, "precision", figures["precision"], true.precision)
            _count(found, "recall", figures["recall"], true.recall)
            if one.since_last is not None:
                last = office.truths[week - 1].failing
                _count(found, "change since the week before", one.since_last, true.failing - last)
    found.step = line.steps[0]
    last, now = office.truths[DEFINED - 1], office.truths[DEFINED]
    found.definition = last.under_the_other - last.failing
    found.real = now.failing - last.under_the_other


def _count(found: HalfYear, name: str, one: Estimate, truth: float) -> None:
    found.held[name].append(holds(one, truth))
    found.widths[name].append((one.high - one.low) / 2)


def rows(found: Sequence[HalfYear]) -> list[str]:
    """The tables, as Markdown."""
    return [*_coverage(found), "", *_steps(found), "", *_learned(found)]


def _coverage(found: Sequence[HalfYear]) -> list[str]:
    lines = [
        "| figure of a week | intervals that hold the truth | coverage | half-width, mean | by seed |",
        "|---|---|---|---|---|",
    ]
    for name in FIGURES:
        held = [one for year in found for one in year.held[name]]
        width = np.mean([one for year in found for one in year.widths[name]])
        error = np.sqrt(0.05 * 0.95 / len(held))
        seeds = ", ".join(f"{sum(year.held[name])} of {len(year.held[name])}" for year in found)
        lines.append(
            f"| {name} | {sum(held)} of {len(held)} | **{np.mean(held):.3f}** ± {error:.3f} "
            f"| {100 * width:.2f} points | {seeds} |"
        )
    return lines


def _steps(found: Sequence[HalfYear]) -> list[str]:
    lines = [
        "| seed | failing seen | definition: true, told (points) | real: true, told (points) "
        "| told apart, both held |",
        "|---|---|---|---|---|",
    ]
    for year in found:
        step = year.step
        told = None if step is None else step.definition
        left = None if step is None else step.real
        lines.append(
            f"| {year.seed} | × {year.factor:g} | {100 * year.definition:+.2f}, {_points(told)} "
            f"| {100 * year.real:+.2f}, {_points(left)} | {_yes(year.apart)}, {_yes(year.both)} |"
        )
    return lines


def _yes(so: bool) -> str:
    return "yes" if so else "**no**"


def _points(one: Estimate | None) -> str:
    if one is None:
        return "–"
    value = "no point" if one.value is None else f"{100 * one.value:+.2f}"
    return f"{value} ({100 * one.low:+.2f} to {100 * one.high:+.2f})"


def _learned(found: Sequence[HalfYear]) -> list[str]:
    lines = [
        f"| seed | the new kind | weeks {NEW - 3} to {NEW - 1}: its place | place in week "
        f"{', '.join(str(week) for week in range(NEW, LAST + 1))} | gap in the second draw of week {LAST} "
        f"(points) | AUC baseline less classifier, weeks {NEW - 7} to {NEW - 1} | weeks {NEW} to {WEEKS} |",
        "|---|---|---|---|---|---|---|",
    ]
    for year in found:
        before = "" if year.before is None else _place(year.before)
        again = year.after[-1].again
        told = "not looked at" if again is None else f"{again.state}, {_points(again.gap)}"
        lines.append(
            f"| {year.seed} | {year.place} | {before} | {', '.join(map(_place, year.after))} | {told} "
            f"| {_auc(year.old)} | {_auc(year.new)} |"
        )
    return lines


def _place(one: Hunt) -> str:
    return f"– of {len(one.spots)}" if one.place is None else f"{one.place} of {len(one.spots)}"


def _auc(one: dict[str, Estimate]) -> str:
    gap, ours, theirs = one["auc difference"], one["ours"], one[f"{SCORE} auc"]
    return f"{gap.value:+.3f} ({gap.low:+.3f} to {gap.high:+.3f}); {ours.value:.3f}, {theirs.value:.3f}"


def summary(found: Sequence[HalfYear]) -> str:
    """The counts in a sentence."""
    many = len(found)
    top = sum(year.after[-1].place in range(1, TOP + 1) for year in found)
    confirmed = sum(
        year.after[-1].again is not None and year.after[-1].again.state == "confirmed" for year in found
    )
    apart, both = sum(year.apart for year in found), sum(year.both for year in found)
    better = sum(year.new["auc difference"].low > 0 for year in found)
    return (
        f"Of {many} half-years (seeds {found[0].seed}..{found[-1].seed}): definition and real change told "
        f"apart in {apart}, both truths held in {both}; the new kind among the first {TOP} by week {LAST} in "
        f"{top}, confirmed by a second draw in {confirmed}; the baseline better than the classifier, with "
        f"its interval above zero, in {better}."
    )


def main() -> None:
    """Run the half-years, and write their tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--print", action="store_true", help="print the tables, and write nothing")
    asked = parser.parse_args()
    found = []
    for seed in range(asked.first, asked.first + asked.seeds):
        found.append(run(seed))
        print(summary(found), flush=True)
    lines = [summary(found), "", *rows(found)]
    print("\n".join(lines))
    if not asked.print:
        put(PAGE, "half-year", lines)


if __name__ == "__main__":
    main()

"""The week of the new definition alone, many times: ``python -m tests.simulations.half_year_changes``.

Six half-years say little of how often both parts are told rightly; the two weeks around the change are quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tilik.kernel import Estimate
from tilik.policy import trend

from .half_year import DESIGN, PAGE, holds
from .half_year_work import BUDGET, opened
from .half_year_world import DEFINED
from .page import put

FIRST = 100
"""Seeds that the whole half-years do not use."""


class Told(NamedTuple):
    """What was told of one part, and what was true."""

    estimate: Estimate
    truth: float


def run(seed: int, *, rows: int = 55_000, budget: int = BUDGET) -> tuple[Told, Told]:
    """The definition's part and the real one, of one world."""
    weeks = (DEFINED - 1, DEFINED)
    with opened(seed, DESIGN, weeks=weeks, rows=rows, budget=budget) as office:
        with office.workspace.store.read() as connection:
            (step,) = trend(connection, office.workspace.store.blobs).steps
        assert step.definition is not None and step.real is not None
        last, now = (office.truths[week] for week in weeks)
        return (
            Told(step.definition, last.under_the_other - last.failing),
            Told(step.real, now.failing - last.under_the_other),
        )


def rows(found: list[tuple[Told, Told]]) -> Iterator[str]:
    """The table, as Markdown."""
    yield "| part | intervals that hold the truth | coverage | truth below, above | half-width, mean |"
    yield "|---|---|---|---|---|"
    for name, part in zip(("definition", "real change"), zip(*found, strict=True), strict=True):
        held = [holds(one.estimate, one.truth) for one in part]
        below = sum(one.truth < one.estimate.low for one in part)
        above = sum(one.truth > one.estimate.high for one in part)
        width = 50 * np.mean([one.estimate.high - one.estimate.low for one in part])
        error = np.sqrt(0.05 * 0.95 / len(held))
        yield (
            f"| {name} | {sum(held)} of {len(held)} | **{np.mean(held):.3f}** ± {error:.3f} "
            f"| {below}, {above} | {width:.2f} points |"
        )
    zero = sum(one.estimate.low > 0 for one, _ in found)
    both = sum(one.estimate.low > 0 and all(holds(*part) for part in (one, other)) for one, other in found)
    apart = sum(one.estimate.low > 0 and holds(*other) for one, other in found)
    yield ""
    yield (
        f"The definition's interval lies above zero, where its truth is, in {zero} of {len(found)}; with "
        f"the real change held besides, *told apart*, in {apart}; with both held in {both}."
    )


def main() -> None:
    """Run the changes, and write their table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=300)
    asked = parser.parse_args()
    lines = list(rows([run(seed) for seed in range(FIRST, FIRST + asked.seeds)]))
    print("\n".join(lines))
    put(PAGE, "half-year-changes", lines)


if __name__ == "__main__":
    main()

"""How far weights should count in learning: ``python -m tests.simulations.half_year_weights`` prints a table.

Weeks 13 to 26 of the simulated half-year; judged are the weeks of the new kind, always with full weights.
"""

from __future__ import annotations

import argparse

from .half_year import DESIGN, WEEKS
from .half_year_learning import against
from .half_year_work import opened
from .half_year_world import NEW

FIRST = NEW - 7


def main() -> None:
    """A line for each seed: design weights, the power chosen, and the weeks before teaching too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    for seed in range(parser.parse_args().seeds):
        with opened(seed, DESIGN, weeks=range(FIRST, WEEKS + 1)) as office:
            weeks = range(NEW, WEEKS + 1)
            found = [
                against(office, weeks, teaching="design", since=NEW),
                against(office, weeks, since=NEW),
                against(office, weeks),
            ]
        told = [one["auc difference"] for one in found]
        cells = [f"{one.value:+.3f} ({one.low:+.3f} to {one.high:+.3f})" for one in told]
        print(f"| {seed} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()

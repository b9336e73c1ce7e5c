"""The full set of simulations: ``python -m tests.simulations.full`` writes docs/simulations.md.

``--frames`` and ``--draws`` make it shorter; ``--only`` names one part, ``--case`` one prevalence: its table
is then printed and not written. One core is used.
"""

import argparse
import os
from pathlib import Path

# Small products: more threads would only wait for one another.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from . import grid, headline, reviewers  # noqa: E402
from .page import put  # noqa: E402

PAGE = Path(__file__).resolve().parents[2] / "docs" / "simulations.md"
PARTS = {"headline": headline, "reviewers": reviewers, "grid": grid}


def main() -> None:
    """Run the parts and write each part's table between its marks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=20)
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first frame")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--case", help="one prevalence, as named in the table")
    chosen = parser.parse_args()
    for part in PARTS if chosen.only is None else (chosen.only,):
        module = PARTS[part]
        cases = {name: case for name, case in module.CASES.items() if chosen.case in (None, name)}
        lines = module.rows(cases, chosen.frames, chosen.draws, chosen.first)
        size = f"{getattr(module, 'ROWS', 1_000_000):,}"
        note = (
            f"{chosen.frames} frames of {size} videos (seeds {chosen.first}..), {chosen.draws} draws of each."
        )
        if chosen.case is None:
            put(PAGE, part, [note, "", *lines])
        else:
            print("\n".join([note, "", *lines]))


if __name__ == "__main__":
    main()

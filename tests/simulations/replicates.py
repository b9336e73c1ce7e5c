"""Many draws from the demo frame through the shipped functions; only the truth is looked up, not judged."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tilik.demo.frame import DemoFrame, make_demo_frame
from tilik.frame import import_frame
from tilik.kernel import Estimate
from tilik.sampling import PpsDesign, StratifiedDesign, lay_out, sequential_poisson
from tilik.sampling.designs import strata_of
from tilik.sampling.numbers import draw_numbers
from tilik.sampling.poisson import inclusion
from tilik.sampling.profile import AnyDesign, places
from tilik.stats import hajek_ratio, respondents

DRAWS = 2000
BUDGET = 1000
DESIGNS: dict[str, AnyDesign] = {"pps": PpsDesign(), "stratified": StratifiedDesign(score="score_harm")}
SIZE_CLASSES = 12


@dataclass
class Replicates:
    """One row per draw. ``excess`` and ``expanded`` are by size class."""

    estimates: list[Estimate]
    rare: list[Estimate]
    judged_part: list[Estimate]
    excess: np.ndarray
    expanded: np.ndarray
    drawn: np.ndarray
    videos: np.ndarray


def size_classes(impressions: np.ndarray) -> np.ndarray:
    """Classes of rising size that a draw hits about equally often."""
    order = np.argsort(impressions, kind="stable")
    reached = np.cumsum(np.minimum(impressions[order], impressions.sum() / BUDGET))
    classes = np.empty(order.size, dtype=np.int64)
    classes[order] = np.minimum(SIZE_CLASSES - 1, reached / reached[-1] * SIZE_CLASSES).astype(np.int64)
    return classes


class Expected:
    """``Σ min(1, x·τ)`` over the units of a stratum by size class, for any τ, from prefix sums."""

    def __init__(self, size: np.ndarray, classes: np.ndarray) -> None:
        self.sizes = [np.sort(size[classes == g]) for g in range(SIZE_CLASSES)]
        self.sums = [np.concatenate([[0.0], np.cumsum(sizes)]) for sizes in self.sizes]

    def at(self, tau: float) -> np.ndarray:
        below = [np.searchsorted(sizes, 1 / tau) for sizes in self.sizes]
        return np.array(
            [s[b] * tau + z.size - b for s, b, z in zip(self.sums, below, self.sizes, strict=True)]
        )


def expected_given_others(frame, expected: list[Expected], classes: np.ndarray, seed: int) -> np.ndarray:
    """Σ over all units of the chance to be drawn given all other units' keys.

    That chance is ``min(1, x·t)`` with t the n-th smallest key of the others: the n-th of all for a
    unit that was not drawn, the (n+1)-th for one that was.
    """
    total = np.zeros(SIZE_CLASSES)
    for code, n in enumerate(places(frame.design, frame.totals, BUDGET)):
        u = draw_numbers(frame.prn[code], seed)
        drawn = sequential_poisson(frame.size[code], u, int(n))
        size, group = frame.size[code][drawn.units], classes[frame.members[code][drawn.units]]
        last = float((u[drawn.units] / size).max())
        correction = inclusion(size, drawn.tau) - inclusion(size, last)
        total += expected[code].at(last)
        total += np.bincount(group, weights=correction, minlength=SIZE_CLASSES)
    return total


@dataclass(frozen=True)
class Population:
    """The imported snapshot and, in the same row order, the truth that no workspace sees."""

    snapshot: Path
    demo: DemoFrame
    video: np.ndarray
    impressions: np.ndarray
    score: np.ndarray
    prn: np.ndarray
    failing: np.ndarray
    gambling: np.ndarray


def make_population(folder: Path) -> Population:
    """A million videos, imported as a user would."""
    demo = make_demo_frame(folder)
    snapshot = folder / import_frame(demo.frame, folder).name
    frame, truth = pq.read_table(snapshot), pq.read_table(demo.truth)
    assert frame["video"].equals(truth["video"])
    marks = truth["labels"].combine_chunks()
    held = pc.equal(pc.struct_field(pc.list_flatten(marks), "code"), "COM-GAMB").to_numpy(
        zero_copy_only=False
    )
    gambling = np.zeros(truth.num_rows, dtype=bool)
    gambling[pc.list_parent_indices(marks).to_numpy()[held]] = True
    return Population(
        snapshot=snapshot,
        demo=demo,
        video=frame["video"].to_numpy(),
        impressions=frame["impressions"].to_numpy().astype(float),
        score=frame["score_harm"].to_numpy(),
        prn=frame["prn"].to_numpy(),
        failing=truth["failing"].to_numpy(),
        gambling=gambling,
    )


def replicate(design: AnyDesign, population: Population) -> Replicates:
    """``DRAWS`` draws with seeds 0.., each estimated."""
    frame = lay_out(design, population.impressions, population.prn, population.score)
    names = np.array(strata_of(design))
    totals = {stratum.name: stratum.size for stratum in frame.totals}
    classes = size_classes(population.impressions)
    expected = [Expected(population.impressions[at], classes[at]) for at in frame.members]
    rng = np.random.default_rng(0)
    out = Replicates([], [], [], *(np.zeros((DRAWS, SIZE_CLASSES)) for _ in range(3)), np.bincount(classes))
    for seed in range(DRAWS):
        units, pi, stratum = frame.draw(BUDGET, seed)
        w, strata, y = population.impressions[units], names[stratum], population.failing[units]
        out.estimates.append(hajek_ratio(y, w, pi, strata, totals=totals, of="failing"))
        out.rare.append(hajek_ratio(population.gambling[units], w, pi, strata, totals=totals, of="COM-GAMB"))
        judged = rng.random(units.size) < 0.6
        out.judged_part.append(
            hajek_ratio(
                y[judged],
                w[judged],
                respondents(pi, judged, strata),
                strata[judged],
                totals=totals,
                of="failing, 60 % judged",
            )
        )
        hit = np.bincount(classes[units], minlength=SIZE_CLASSES)
        out.drawn[seed] = hit
        out.excess[seed] = hit - expected_given_others(frame, expected, classes, seed)
        out.expanded[seed] = np.bincount(classes[units], weights=1 / pi, minlength=SIZE_CLASSES)
    return out

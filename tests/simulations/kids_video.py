"""929 real children's videos with three labels each: ``python -m tests.simulations.kids_video``.

Writes the tables of docs/kids-video.md: agreement, truth inference, and what 2,000 samples of 150 say of the
share judged unanimously. The data lie in ``shared/data`` beside the repository and are never copied.
"""

import argparse
import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tilik.kernel import Estimate
from tilik.sampling import AnyDesign, ColumnDesign, PpsDesign, SimpleRandomDesign, lay_out
from tilik.stats import hajek_ratio
from tilik.stats.agreement import Name, agreement, ratings_from_table
from tilik.stats.truth import METHODS, Inference, Method, code, infer, label_table

from .page import put
from .tallies import Tally

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "kids_video" / "disturbed_3annotators.csv"
PAGE = ROOT / "docs" / "kids-video.md"
BUDGET, DRAWS = 150, 2000
COEFFICIENTS: tuple[Name, ...] = ("alpha", "gwet", "fleiss", "brennan-prediger", "raw")
DESIGNS: dict[str, AnyDesign] = {
    "by views": PpsDesign(size="views"),
    "by views within thirds of the length": ColumnDesign(size="views", column="length"),
    "simple random": SimpleRandomDesign(size="views"),
}


@dataclass(frozen=True)
class KidsVideos:
    """One row per label in ``video``, ``slot``, ``label``; one per video in the others."""

    video: np.ndarray
    slot: np.ndarray
    label: np.ndarray
    views: np.ndarray
    length: np.ndarray
    unanimous: np.ndarray

    @property
    def truth(self) -> float:
        """The share of views on videos that all three labelled alike."""
        return float(self.views @ self.unanimous / self.views.sum())


def load(file: Path = DATA) -> KidsVideos:
    """The labels as they lie in the file; videos in order of their id."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names, video = np.unique([row["video_id"] for row in rows], return_inverse=True)
    label = np.array([row["category"] for row in rows])
    views, seconds = np.zeros(names.size), np.zeros(names.size)
    views[video] = [float(row["views"]) for row in rows]
    seconds[video] = [_seconds(row["duration"]) for row in rows]
    unanimous = np.array([np.unique(label[video == at]).size == 1 for at in range(names.size)], dtype=float)
    third = np.searchsorted(np.quantile(seconds, [1 / 3, 2 / 3]), seconds)
    length = np.array(["short", "middle", "long"])[third]
    return KidsVideos(video, np.array([row["slot"] for row in rows]), label, views, length, unanimous)


def _seconds(duration: str) -> float:
    """``PT1H2M3S`` in seconds."""
    left, total = duration.removeprefix("P").replace("T", ""), 0.0
    for unit, size in (("D", 86_400), ("H", 3_600), ("M", 60), ("S", 1)):
        number, found, rest = left.partition(unit)
        if found:
            total, left = total + float(number) * size, rest
    return total


def coefficients(kids: KidsVideos, *, by_views: bool) -> dict[Name, Estimate]:
    """Agreement of the three labels, each video counting alike or by its views."""
    weight = kids.views[kids.video] if by_views else None
    seen = slice(None) if weight is None else weight > 0
    ratings = ratings_from_table(
        kids.video[seen], kids.slot[seen], kids.label[seen], weight=None if weight is None else weight[seen]
    )
    return {name: agreement(ratings, name, of=f"{name} of three labels") for name in COEFFICIENTS}


def inferred(kids: KidsVideos, method: Method = "auto") -> tuple[Inference, list[str]]:
    """What the labels say of each video, and the classes' names."""
    label = code(kids.label)
    table = label_table(kids.video, code(kids.slot).codes, label.codes)
    return infer(table, method), label.names.tolist()


def sampled(kids: KidsVideos, design: AnyDesign, draws: int, first: int = 0) -> Tally:
    """``draws`` samples of 150, each with its interval for the share judged unanimously."""
    prn = np.random.default_rng(150).random(kids.views.size)
    laid = lay_out(design, kids.views, prn, columns={"length": kids.length})
    names = np.array([stratum.name for stratum in laid.totals])
    totals = {stratum.name: stratum.size for stratum in laid.totals}
    known = None if isinstance(design, SimpleRandomDesign) else totals
    tally = Tally()
    for seed in range(first, first + draws):
        units, pi, stratum = laid.draw(BUDGET, seed)
        found = hajek_ratio(
            kids.unanimous[units], kids.views[units], pi, names[stratum], totals=known, of="unanimous"
        )
        tally.add(found, kids.truth)
    return tally


def agreement_rows(kids: KidsVideos) -> list[str]:
    lines = ["| coefficient | videos alike | by views | effective n by views |", "|---|---|---|---|"]
    alike, viewed = coefficients(kids, by_views=False), coefficients(kids, by_views=True)
    for name in COEFFICIENTS:
        lines.append(
            f"| {name} | {_shown(alike[name])} | {_shown(viewed[name])} | {viewed[name].n_eff:.1f} |"
        )
    return lines


def truth_rows(kids: KidsVideos) -> list[str]:
    lines = [
        "| method | videos found disturbing | another class | not settled | caution |",
        "|---|---|---|---|---|",
    ]
    for method in METHODS:
        found, names = inferred(kids, method)
        same, open_ = int((found.chosen == names.index("disturbing")).sum()), int((~found.settled).sum())
        told = ", ".join(f"`{caution.code}`" for caution in found.cautions) or "–"
        lines.append(f"| {method} | {same} | {kids.views.size - same - open_} | {open_} | {told} |")
    return lines


def sample_rows(kids: KidsVideos, draws: int = DRAWS) -> list[str]:
    lines = [
        f"{draws:,} samples of {BUDGET} (seeds 0..); known share {kids.truth:.2%} of views.",
        "",
        "| design | bias, points | half-width, points | 1.96 RMSE, points | coverage "
        "| interval above / below the truth |",
        "|---|---|---|---|---|---|",
    ]
    points = kids.truth
    for name, design in DESIGNS.items():
        tally = sampled(kids, design, draws)
        lines.append(
            f"| {name} | {tally.bias * points:+.2f} | {tally.half_width * points:.1f} "
            f"| {tally.spread * points:.1f} | **{tally.coverage:.3f}** "
            f"| {tally.above:.3f} / {tally.below:.3f} |"
        )
    return lines


def _shown(estimate: Estimate) -> str:
    point = "–" if estimate.value is None else f"{estimate.value:.3f}"
    return f"{point} ({estimate.low:.3f} to {estimate.high:.3f})"


PARTS: dict[str, Callable[[KidsVideos], list[str]]] = {
    "agreement": agreement_rows,
    "truth": truth_rows,
    "samples": sample_rows,
}


def main() -> None:
    """Write each part's table between its marks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    chosen = parser.parse_args().only
    kids = load()
    for part in PARTS if chosen is None else (chosen,):
        put(PAGE, part, PARTS[part](kids))


if __name__ == "__main__":
    main()

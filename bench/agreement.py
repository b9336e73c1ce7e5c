"""Agreement: seconds for 10⁶ labels beside a dense numpy table, and coverage of the intervals.

python bench/agreement.py             seconds
python bench/agreement.py --coverage  coverage, some minutes
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tilik.stats.agreement import (
    Metric,
    Name,
    Ratings,
    agreement,
    agreement_value,
    ratings_from_matrix,
    ratings_from_table,
)

LABELS = 1_000_000
SHAPES = ((200_000, 5, 5), (50_000, 20, 5), (200_000, 5, 40))
ASKED: tuple[tuple[Name, Metric], ...] = (
    ("alpha", "nominal"), ("alpha", "ordinal"), ("alpha", "interval"), ("alpha", "ratio"),
    ("gwet", "nominal"), ("gwet", "ordinal"), ("fleiss", "nominal"), ("conger", "nominal"),
    ("raw", "nominal"),
)  # fmt: skip
WORLDS = (
    (100, 0.3, 0.90, 0.95, 3, 0.0),
    (60, 0.4, 0.85, 0.90, 4, 0.3),
    (200, 0.05, 0.90, 0.99, 3, 0.2),
    (60, 0.1, 0.90, 0.98, 2, 0.0),
    (400, 0.005, 0.90, 0.98, 2, 0.0),
)


def best(run: Callable[[], object], times: int = 5) -> tuple[float, float]:
    """Least wall and processor seconds of some runs."""
    walls, cores = [], []
    for _ in range(times):
        wall, core = time.perf_counter(), time.process_time()
        run()
        walls.append(time.perf_counter() - wall)
        cores.append(time.process_time() - core)
    return min(walls), min(cores)


def dense_alpha(matrix: np.ndarray, categories: int) -> float:
    """Nominal alpha as it is usually written: one mask per category, then a coincidence matrix."""
    counts = np.stack([(matrix == k).sum(axis=1) for k in range(categories)], axis=1).astype(float)
    sizes = counts.sum(axis=1)
    pairs = counts[:, :, np.newaxis] * counts[:, np.newaxis, :]
    pairs -= np.eye(categories) * counts[:, :, np.newaxis]
    together = (pairs / (sizes - 1)[:, np.newaxis, np.newaxis]).sum(axis=0)
    total = together.sum(axis=1)
    n = total.sum()
    return float(1 - (n - np.trace(together)) * (n - 1) / (n**2 - (total**2).sum()))


def speed() -> None:
    print(f"{LABELS:,} labels; best of 5; seconds on the wall (of the processor)")
    random = np.random.default_rng(0)
    for units, people, categories in SHAPES:
        value = random.integers(0, categories, LABELS)
        unit = np.repeat(np.arange(units), people)
        rater = np.tile(np.arange(people), units)
        ratings = ratings_from_table(unit, rater, value)
        matrix = value.reshape(units, people)
        plain = best(lambda m=matrix, q=categories: dense_alpha(m, q), 2)
        assert abs(dense_alpha(matrix, categories) - (agreement_value(ratings) or 0)) < 1e-9
        print(f"\n{units:,} units × {people} people, {categories} categories")
        show("dense numpy, alpha nominal", plain, plain)
        show("reading the table", best(lambda u=unit, r=rater, v=value: ratings_from_table(u, r, v)), plain)
        for name, metric in ASKED:
            show(f"{name} {metric}", best(lambda r=ratings, n=name, m=metric: fresh(r, n, m)), plain)


def fresh(ratings: Ratings, name: Name, metric: Metric) -> float | None:
    """Without the counts that an earlier figure left behind."""
    return agreement_value(replace(ratings), name, metric)


def show(what: str, took: tuple[float, float], against: tuple[float, float]) -> None:
    print(f"  {what:28s} {took[0]:7.3f} ({took[1]:.3f})   {against[1] / took[1]:6.1f} ×")


def judged(random: np.random.Generator, units: int, world: tuple[float, float, float, int, float]) -> Ratings:
    prevalence, se, sp, people, missing = world
    truth = random.random(units) < prevalence
    draw = random.random((units, people))
    said = np.where(truth[:, np.newaxis], draw < se, draw >= sp).astype(float)
    said[random.random(said.shape) < missing] = np.nan
    return ratings_from_matrix(said[~np.isnan(said).all(axis=1)], categories=[0, 1])


def coverage() -> None:
    print("| units | prevalence | Se / Sp | people | missing | figure | truth | t | root | bootstrap |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for units, *rest in WORLDS:
        world = tuple(rest)
        large = judged(np.random.default_rng(99), 400_000, world)  # type: ignore[arg-type]
        for name in ("alpha", "gwet", "raw"):
            truth = agreement_value(large, name)
            shares = [covered(name, truth or 0, how, units, world) for how in ("t", "root", "bootstrap")]  # type: ignore[arg-type]
            told = " | ".join(f"{share:.3f}" for share in shares)
            prevalence, se, sp, people, missing = world
            print(
                f"| {units} | {prevalence:.1%} | {se:.2f} / {sp:.2f} | {people} | {missing:.0%} "
                f"| {name} | {truth:.3f} | {told} |",
                flush=True,
            )


def covered(name: Name, truth: float, how: str, units: int, world: tuple[float, ...]) -> float:
    """Share of intervals that hold the truth, seeds fixed; figures that are undefined do not count."""
    random = np.random.default_rng(1)
    held = []
    for _ in range(400 if how == "bootstrap" else 2000):
        found = agreement(judged(random, units, world), name, of="bench", how=how, draws=400)  # type: ignore[arg-type]
        if found.value is not None:
            held.append(found.low <= truth <= found.high)
    return float(np.mean(held))


if __name__ == "__main__":
    coverage() if "--coverage" in sys.argv else speed()

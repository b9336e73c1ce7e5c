"""``tilik stats curve``: a classifier at each threshold, and whether its score means what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.files import read_numbers
from tilik.cli.stats_estimate import Chance, Family, Label, Stratum, Table, Weight
from tilik.cli.stats_shown import print_reasons, shown
from tilik.kernel import Estimate, Invalid, Json
from tilik.stats import (
    Band,
    Calibration,
    FrameTotals,
    ThresholdRow,
    average_precision,
    calibration,
    equal_bins,
    threshold_table,
)

Score = Annotated[str, typer.Option(help="The column with the classifier's score, 0 to 1.")]
Cuts = Annotated[str, typer.Option("--thresholds", help="The thresholds to show, with commas between.")]
Frame = Annotated[
    Path | None, typer.Option(help="The whole frame, with weight and score: makes the figures sharper.")
]
Bands = Annotated[
    Band,
    typer.Option(help="Intervals that hold one by one, or for all thresholds together: for choosing one."),
]
Bins = Annotated[int, typer.Option(help="Calibration bins, of as many judged units each.", min=1, max=100)]
Seed = Annotated[int, typer.Option(help="Fixes the bootstrap of the calibration error.", min=0)]


def curve(
    file: Table,
    score: Score,
    label: Label = "y",
    pi: Chance = "pi",
    weight: Weight = "",
    stratum: Stratum = "",
    family: Family = "",
    thresholds: Cuts = "0.05,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.95",
    frame: Frame = None,
    band: Bands = "pointwise",
    bins: Bins = 10,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Show flagged share, precision and recall at each threshold, average precision, and calibration.

    With `--frame` the flagged share is counted, and the rest is by the model-assisted difference estimator.

    Example: `tilik stats curve judged.csv --score p --weight impressions --band simultaneous`
    """
    judged = read_numbers(file, [label, pi, weight, score], [stratum, family])
    w = judged[weight] if weight else np.ones(len(judged[pi]))
    y, s, p = judged[label], judged[score], judged[pi]
    layers, families = judged.get(stratum), judged.get(family)
    cuts = _numbers(thresholds)
    rows = threshold_table(
        y,
        s,
        w,
        p,
        layers,
        thresholds=cuts,
        totals=None if frame is None else _totals(frame, score, weight, cuts),
        families=families,
        band=band,
        of=f"{{}} of {label} at {score} ≥ {{:g}}",
    )
    calibrated = calibration(
        y, s, w, p, layers, edges=equal_bins(s, bins), families=families, of=f"{{}} of {score}", seed=seed
    )
    over_all = average_precision(
        y, s, w, p, layers, families=families, of=f"average precision of {score} for {label}"
    )
    if as_json:
        average: Json = over_all.model_dump(mode="json")
        told: dict[str, Json] = {"thresholds": _told(rows), "average_precision": average}
        print_json({"file": str(file), **told, "calibration": _told_bins(calibrated)})
    else:
        _print_thresholds(rows, band)
        _print_average(over_all)
        _print_calibration(calibrated)


def _numbers(words: str) -> list[float]:
    try:
        return [float(word) for word in words.split(",")]
    except ValueError:
        raise Invalid("thresholds-unfit", "thresholds are numbers with commas between", where=words) from None


def _totals(frame: Path, score: str, weight: str, cuts: list[float]) -> list[FrameTotals]:
    whole = read_numbers(frame, [score, weight])
    return FrameTotals.at_each(whole[weight] if weight else np.ones(len(whole[score])), whole[score], cuts)


def _told(rows: tuple[ThresholdRow, ...]) -> list[Json]:
    return [
        {
            "threshold": row.threshold,
            "flagged": row.flagged.model_dump(mode="json"),
            "precision": row.precision.model_dump(mode="json"),
            "recall": row.recall.model_dump(mode="json"),
        }
        for row in rows
    ]


def _told_bins(found: Calibration) -> dict[str, Json]:
    bins: list[Json] = [
        {
            "low": one.low,
            "high": one.high,
            "predicted": one.predicted.model_dump(mode="json"),
            "observed": one.observed.model_dump(mode="json"),
        }
        for one in found.bins
    ]
    return {
        "bins": bins,
        "error": found.error.model_dump(mode="json"),
        "bias": found.bias.model_dump(mode="json"),
    }


def _print_thresholds(rows: tuple[ThresholdRow, ...], band: Band) -> None:
    columns = ("threshold", "flagged", "precision", "95 % interval", "recall", "95 % interval", "positives")
    print_table(
        columns,
        [
            (
                f"{row.threshold:g}",
                percent(row.flagged.value),
                *shown(row.precision),
                *shown(row.recall),
                _behind(row.precision),
            )
            for row in rows
        ],
        title="Thresholds",
    )
    together = "Each interval holds by itself; do not choose a threshold by its best end."
    if band == "simultaneous":
        together = "The intervals of a column hold together, so a threshold may be chosen by them."
    out.print(together)
    print_reasons(
        {
            f"{name} at {row.threshold:g}": getattr(row, name)
            for row in rows
            for name in ("precision", "recall")
        }
    )


def _print_average(one: Estimate) -> None:
    point, ends = shown(one)
    by_chance = one.inputs.get("chance")
    beside = (
        f"; a score that says nothing would have {percent(by_chance)}" if isinstance(by_chance, float) else ""
    )
    out.print(
        f"Average precision over all thresholds {point} ({ends}){beside}.", soft_wrap=True, markup=False
    )
    print_reasons({"average precision": one})


def _behind(one: Estimate) -> str:
    positives = one.inputs.get("positives")
    return f"{positives:.3g}" if isinstance(positives, int | float) else "–"


def _print_calibration(found: Calibration) -> None:
    out.print()
    print_table(
        ("score", "mean score", "positives", "95 % interval", "n"),
        [
            (
                f"{one.low:.3g} – {one.high:.3g}",
                percent(one.predicted.value),
                *shown(one.observed),
                one.observed.n,
            )
            for one in found.bins
        ],
        title="Calibration",
    )
    bias = found.bias
    out.print(
        f"Calibration error {_points(found.error)} percentage points (root mean square of bins, less noise); "
        f"outcomes less scores {_points(bias)}.",
        soft_wrap=True,
    )


def _points(one: Estimate) -> str:
    value = 0.0 if one.value is None else one.value
    return f"{100 * value:.2f} ({100 * one.low:.2f} to {100 * one.high:.2f})"

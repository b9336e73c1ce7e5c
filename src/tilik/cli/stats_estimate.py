"""``tilik stats estimate``: shares, precision and recall from a plain table of judged units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import typer
from numpy.typing import NDArray

from tilik.cli.console import AsJson, out, print_json
from tilik.cli.files import read_numbers
from tilik.cli.stats_shown import print_figures, print_numbers
from tilik.kernel import Estimate, Invalid, Json
from tilik.stats import (
    FrameTotals,
    assisted,
    bootstrap_ratio,
    hajek_mean,
    hajek_ratio,
    precision,
    recall,
    shares_by,
    specificity,
    total,
)
from tilik.stats.intervals import IntervalKind

Table = Annotated[Path, typer.Argument(help="A CSV or Parquet file, one judged unit per row.")]
Label = Annotated[str, typer.Option(help="The column with the outcome: 0 or 1.")]
Chance = Annotated[str, typer.Option(help="The column with the inclusion probability.")]
Weight = Annotated[str, typer.Option(help="What a unit weighs, such as impressions; left out, 1.")]
Stratum = Annotated[str, typer.Option(help="The column with the stratum.")]
Family = Annotated[
    str, typer.Option(help="The column that names what was drawn together, such as near-duplicates.")
]
Score = Annotated[str, typer.Option(help="The column with a classifier's score, 0 to 1.")]
Threshold = Annotated[float | None, typer.Option(help="The score from which the classifier acts.")]
By = Annotated[str, typer.Option(help="A column whose values are to be told apart.")]
Frame = Annotated[
    Path | None, typer.Option(help="The whole frame, with weight and score: makes the figures sharper.")
]

Bootstrap = Annotated[
    int, typer.Option("--bootstrap", help="Check the share's error with so many bootstrap samples.", min=0)
]
Seed = Annotated[int, typer.Option(help="Fixes the bootstrap.", min=0)]
Figure = Annotated[
    Literal["share", "mean", "total"],
    typer.Option("--figure", help="A share of a 0/1 label; or of any number its mean or its total."),
]
Over = Annotated[str, typer.Option(help="With a mean: the column to divide by, for the ratio of two totals.")]

HALF: IntervalKind = "half-positive"
"""What plain shares need under uneven weights (docs/statistics.md)."""
Figures = dict[str, Estimate]
Column = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Judged:
    """The judged units' columns."""

    y: Column
    w: Column
    pi: Column
    strata: Column | None
    families: Column | None
    score: Column | None
    by: Column | None


def estimate(
    file: Table,
    label: Label = "y",
    pi: Chance = "pi",
    weight: Weight = "",
    stratum: Stratum = "",
    family: Family = "",
    score: Score = "",
    threshold: Threshold = None,
    by: By = "",
    frame: Frame = None,
    figure: Figure = "share",
    over: Over = "",
    bootstrap: Bootstrap = 0,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Estimate shares from judged units, each with its interval, n, effective n and method.

    With a score and a threshold also precision, recall and specificity; with `--frame` all by the
    model-assisted difference estimator. Any number has a mean or total instead, or a ratio with `--over`.

    Example: `tilik stats estimate judged.csv --weight impressions --score p --threshold 0.8 --by language`
    """
    if (threshold is None) != (not score):
        raise Invalid("options-belong-together", "--score and --threshold go together", where="--threshold")
    if figure != "share" or over:
        number: Figures = {figure: _number(file, (label, pi, weight, over), (stratum, family), figure)}
        _hand_over(file, number, print_numbers, None, as_json=as_json)
        return
    rows = read_numbers(file, [label, pi, weight, score], [stratum, family, by])
    w = rows[weight] if weight else np.ones(len(rows[pi]))
    judged = Judged(rows[label], w, rows[pi], *(rows.get(name) for name in (stratum, family, score, by)))
    found: Figures = {"share": _share(judged, label)}
    if threshold is not None:
        at = f"{score} ≥ {threshold:g}"
        totals = None if frame is None else _totals(frame, score, weight, threshold)
        found |= _assisted(judged, threshold, totals, label, at) if totals else _plain(judged, threshold, at)
    if by:
        found |= _domains(judged, label, by)
    check = _check(judged, label, bootstrap, seed) if bootstrap else None
    _hand_over(file, found, print_figures, check, as_json=as_json)


def _hand_over(
    file: Path, found: Figures, show: Callable[[Figures], None], check: Estimate | None, *, as_json: bool
) -> None:
    if as_json:
        told: dict[str, Json] = {name: one.model_dump(mode="json") for name, one in found.items()}
        checked = {} if check is None else {"bootstrap": check.model_dump(mode="json")}
        print_json({"file": str(file), "figures": told, **checked})
        return
    show(found)
    if check is not None:
        _print_check(check)


def _number(file: Path, names: tuple[str, str, str, str], texts: tuple[str, str], figure: str) -> Estimate:
    """The mean, total or ratio of any number."""
    label, pi, weight, over = names
    if over and (figure != "mean" or weight):
        raise Invalid("options-belong-together", "--over goes with --figure mean and no --weight", where=over)
    rows = read_numbers(file, names, texts)
    y, p, strata, families = rows[label], rows[pi], rows.get(texts[0]), rows.get(texts[1])
    if figure == "total":
        return total(y, p, strata, families=families, of=f"total of {label}")
    if over:
        base = rows[over]
        if not np.all(base > 0):
            raise Invalid("ratio-by-zero", f"column {over} must be above 0 everywhere", where=str(file))
        return hajek_mean(y / base, base, p, strata, families=families, of=f"{label} over {over}")
    w = rows[weight] if weight else np.ones(y.size)
    return hajek_mean(y, w, p, strata, families=families, of=f"mean of {label}")


def _share(judged: Judged, label: str) -> Estimate:
    of = f"share of {label}"
    return hajek_ratio(
        judged.y, judged.w, judged.pi, judged.strata, families=judged.families, of=of, interval=HALF
    )


def _totals(frame: Path, score: str, weight: str, threshold: float) -> FrameTotals:
    whole = read_numbers(frame, [score, weight])
    return FrameTotals.of(whole[weight] if weight else np.ones(len(whole[score])), whole[score], threshold)


def _assisted(judged: Judged, threshold: float, totals: FrameTotals, label: str, at: str) -> Figures:
    found = assisted(
        judged.y,
        np.asarray(judged.score),
        judged.w,
        judged.pi,
        judged.strata,
        families=judged.families,
        threshold=threshold,
        totals=totals,
        of=f"{{}} of {label} at {at}",
    )
    return found._asdict()


def _plain(judged: Judged, threshold: float, at: str) -> Figures:
    acts = (np.asarray(judged.score) >= threshold).astype(float)
    return {
        name: figure(
            judged.y,
            acts,
            judged.w,
            judged.pi,
            judged.strata,
            families=judged.families,
            of=f"{name} at {at}",
            interval=HALF,
        )
        for name, figure in (("precision", precision), ("recall", recall), ("specificity", specificity))
    }


def _domains(judged: Judged, label: str, by: str) -> Figures:
    found = shares_by(
        judged.y,
        np.asarray(judged.by),
        judged.w,
        judged.pi,
        judged.strata,
        families=judged.families,
        of=f"share of {label} where {by} is {{}}",
        interval=HALF,
    )
    return {f"{by}: {name}": one for name, one in found.items()}


def _check(judged: Judged, label: str, draws: int, seed: int) -> Estimate:
    return bootstrap_ratio(
        judged.y,
        judged.w,
        judged.pi,
        judged.strata,
        families=judged.families,
        draws=draws,
        seed=seed,
        of=f"share of {label}",
    )


def _print_check(check: Estimate) -> None:
    linear, again = (float(str(check.inputs[key])) for key in ("standard_error_linearised", "standard_error"))
    out.print(
        f"Standard error of share {linear:.3g}; by bootstrap {again:.3g}, that is × {again / linear:.2f}.",
        soft_wrap=True,
    )

"""``tilik stats agree``: agreement between people, from a plain table of labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import typer
from numpy.typing import NDArray

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.files import read_columns
from tilik.kernel import Estimate, Invalid, Json
from tilik.stats.agreement import How, Metric, Ratings, agreements, ratings_from_table

Table = Annotated[Path, typer.Argument(help="A CSV or Parquet file, one label per row.")]
Column = Annotated[str, typer.Option(help="The column that names what was labelled.")]
Worker = Annotated[str, typer.Option(help="The column that names the person.")]
Label = Annotated[str, typer.Option(help="The column that holds the label.")]
Kind = Annotated[Metric, typer.Option(help="How far two labels lie apart.")]
Weight = Annotated[str, typer.Option(help="A column with the task's design weight, such as 1/pi.")]
Order = Annotated[str, typer.Option(help="All labels that could be given, lowest first: none,mild,strong.")]
Interval = Annotated[How, typer.Option(help="Which interval: analytic (root, t), or bootstrap by task.")]
Seed = Annotated[int, typer.Option(help="Fixes the bootstrap.", min=0)]


def agree(
    file: Table,
    task: Column = "task",
    worker: Worker = "worker",
    label: Label = "label",
    metric: Kind = "nominal",
    weight: Weight = "",
    categories: Order = "",
    interval: Interval = "root",
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Say how far people agree beyond chance: alpha, AC1, kappas, raw, each with its interval.

    Labels may be missing; a task with one label shows no agreement but counts among the shares of labels.

    Example: `tilik stats agree labels.csv --metric ordinal --categories none,mild,strong`
    """
    wanted = [task, worker, label, *([weight] if weight else [])]
    ratings = _ratings(read_columns(file, wanted), wanted, categories)
    found = agreements(ratings, metric=metric, of=f"agreement on {label} ({{}})", how=interval, seed=seed)
    if as_json:
        told: dict[str, Json] = {name: estimate.model_dump(mode="json") for name, estimate in found.items()}
        print_json({"file": str(file), "metric": metric, "agreement": told})
    else:
        _print(file, ratings, found)


def _ratings(table: Any, names: list[str], categories: str) -> Ratings:
    task, worker, label = names[:3]
    labels = _labels(table[label])
    return ratings_from_table(
        _codes(table[task]),
        _codes(table[worker]),
        labels,
        weight=_weights(table[names[3]]) if len(names) > 3 else None,
        categories=_categories(categories, numbers=labels.dtype.kind != "U") if categories else None,
    )


def _codes(column: Any) -> NDArray[np.int64]:
    """Whatever the column holds, as numbers that stand for it."""
    if column.null_count:
        raise Invalid("name-missing", f"{column.null_count} rows name no task or no worker")
    coded = column.combine_chunks().dictionary_encode()
    return np.asarray(coded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def _labels(column: Any) -> NDArray[Any]:
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return np.asarray(column.to_numpy())
    return np.asarray(pc.fill_null(column.cast(pa.string()), "").to_numpy()).astype(str)


def _categories(named: str, *, numbers: bool) -> list[str] | list[float]:
    parts = [part.strip() for part in named.split(",")]
    try:
        return [float(part) for part in parts] if numbers else parts
    except ValueError:
        raise Invalid("category-unknown", "the labels are numbers, the categories are not") from None


def _weights(column: Any) -> NDArray[np.float64]:
    try:
        return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=float)
    except pa.ArrowInvalid as error:
        raise Invalid("weight-unfit", f"weights must be numbers: {error}") from None


def _print(file: Path, ratings: Ratings, found: dict[Any, Estimate]) -> None:
    out.print(
        f"\n[bold]{file.name}[/]  {ratings.unit.size:,} labels of {ratings.units:,} tasks "
        f"by {ratings.raters:,} people, {ratings.categories} categories"
    )
    rows = [
        (
            name,
            "no value" if estimate.value is None else f"{estimate.value:.3f}",
            f"{estimate.low:.3f} – {estimate.high:.3f}",
            estimate.n,
            round(estimate.n_eff),
            estimate.method,
        )
        for name, estimate in found.items()
    ]
    print_table(["coefficient", "value", "95 % interval", "n", "n eff", "method"], rows)
    for title, key in (("Undefined", "undefined"), ("Refused", "refused"), ("Thin", "thin")):
        for reason in {str(estimate.inputs[key]) for estimate in found.values() if key in estimate.inputs}:
            names = ", ".join(name for name, e in found.items() if e.inputs.get(key) == reason)
            out.print(f"{title} ({names}): {reason}.", soft_wrap=True)

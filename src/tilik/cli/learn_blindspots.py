"""``tilik learn blindspots``: where something fails more than elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.markup import escape

from tilik.cli.console import AsJson, out, percent, print_json
from tilik.cli.learn_errors import Seed, names
from tilik.cli.learn_study import of_study, refuse_both
from tilik.kernel import Estimate, Invalid, Json
from tilik.learn.blindspots import BlindSpot, Confirmed, Judged, blind_spots, confirm, judged
from tilik.learn.cutting import cut, edges_of
from tilik.learn.tables import Plain, read_plain

Failing = Annotated[str, typer.Option(help="The column that says what failed: 0 or 1.")]
Columns = Annotated[
    str, typer.Option(help="Metadata columns, by commas; numbers are cut at their quartiles.")
]
Chance = Annotated[str, typer.Option(help="The column with the inclusion probability.")]
Measure = Annotated[str, typer.Option("--weight", help="What a unit weighs, such as impressions.")]
Stratum = Annotated[str, typer.Option(help="The column with the stratum.")]
Group = Annotated[str, typer.Option(help="Units with the same value here, such as a channel, are a cluster.")]
Least = Annotated[int, typer.Option(min=2, help="The fewest units in a slice.")]
Deepest = Annotated[int, typer.Option(min=1, max=3, help="The most conditions of a slice.")]
Draws = Annotated[int, typer.Option(min=19, help="Random deals of the metadata.")]
Count = Annotated[int, typer.Option(min=1, help="At most so many spots.")]
Table = Annotated[Path | None, typer.Argument(help="A CSV or Parquet file, one judged unit each.")]
Study = Annotated[str, typer.Option(help="Instead of a file: a study of this workspace, its name or id.")]
Score = Annotated[str, typer.Option(help="Of a study: look for failing videos that this score let through.")]
Threshold = Annotated[
    float | None, typer.Option(help="From where the score acts; left out, as the design states.")
]
Draw = Annotated[str, typer.Option(help="Of a study: draw the second sample under this name.")]
Budget = Annotated[int | None, typer.Option(min=10, help="Its videos; left out, what the first spot needs.")]
Second = Annotated[
    Path | None, typer.Option("--confirm", help="A second, independent sample with the same columns.")
]


def blindspots(
    file: Table = None,
    columns: Columns = "",
    failing: Failing = "y",
    pi: Chance = "",
    weight: Measure = "",
    stratum: Stratum = "",
    group: Group = "",
    least: Least = 20,
    deepest: Deepest = 3,
    count: Count = 10,
    draws: Draws = 499,
    seed: Seed = 0,
    second: Second = None,
    study: Study = "",
    score: Score = "",
    threshold: Threshold = None,
    draw: Draw = "",
    budget: Budget = None,
    as_json: AsJson = False,
) -> None:
    """Find slices of up to three conditions that fail more than the rest; nothing where chance explains it.

    A slice found is *suspected*. With `--confirm` a second sample says which are confirmed.

    Of a study its own draws are looked at, with their π, strata and channels, in all columns of the frame
    and kinds of evidence; `--draw NAME` draws the second study, and once that is judged it is told here, too.

    Tables: `tilik learn blindspots judged.csv --columns lang,age,topic --pi pi --weight impressions`

    Example: `tilik learn blindspots --study march --score score_harm`
    """
    refuse_both(file, study, draw)
    if file is None:
        asked = names(columns)
        of_study(
            study, score=score, threshold=threshold, columns=asked, draw=draw, budget=budget, as_json=as_json
        )
        return
    wanted = (names(columns), failing, pi, weight, stratum, group)
    table = read_plain(file)
    edges = {name: edges_of(table, name) for name in wanted[0]}
    sample = _sample(file, table, wanted, edges)
    found = blind_spots(sample, count=count, least=least, deepest=deepest, draws=draws, seed=seed)
    looked: list[Confirmed] = []
    if second is not None and found:
        again = _sample(second, read_plain(second), wanted, edges)
        looked = confirm([spot.conditions for spot in found], again)
    if as_json:
        print_json({"file": str(file), "units": table.rows, "spots": _told(found, looked)})
    else:
        _print(found, looked, table.rows, draws)


def _sample(
    file: Path,
    table: Plain,
    wanted: tuple[tuple[str, ...], str, str, str, str, str],
    edges: dict[str, tuple[float, ...]],
) -> Judged:
    columns, failing, pi, weight, stratum, group = wanted
    numbers = {name: table.numbers(name) for name in (failing, pi, weight) if name}
    for name, values in numbers.items():
        if not np.all(np.isfinite(values)):
            row = int(np.flatnonzero(~np.isfinite(values))[0]) + 1
            raise Invalid("column-has-gaps", f"column {name} holds no number in row {row:,}", where=str(file))
    return judged(
        numbers[failing],
        {name: cut(table, name, edges[name]) for name in columns},
        numbers.get(weight),
        numbers.get(pi),
        [cell or "-" for cell in table.column(stratum)] if stratum else None,
        table.column(group) if group else None,
    )


def _told(found: list[BlindSpot], looked: list[Confirmed]) -> list[Json]:
    told: list[Json] = []
    for at, spot in enumerate(found):
        one: dict[str, Json] = {
            "conditions": [list(condition) for condition in spot.conditions],
            "state": looked[at].state if looked else spot.state,
            "units": spot.units,
            "p": spot.p,
            **{
                name: getattr(spot, name).model_dump(mode="json")
                for name in ("share", "rest", "shrunk", "burden")
            },
        }
        gap = looked[at].gap if looked else None
        told.append(one | {"gap": None if gap is None else gap.model_dump(mode="json")})
    return told


def _print(found: list[BlindSpot], looked: list[Confirmed], units: int, draws: int) -> None:
    if not found:
        out.print(f"No slice of the {units:,} units fails beyond chance ({draws} deals, level 0.05).")
        return
    for at, spot in enumerate(found):
        state = looked[at].state if looked else spot.state
        out.print(f"[bold]{escape(conditions_told(spot))}[/]: {state}", soft_wrap=True)
        out.print(
            f"  fails {_share(spot.share)}, shrunk {percent(spot.shrunk.value, 1)}; "
            f"the rest {_share(spot.rest)}; "
            f"{spot.units:,} units, p {spot.p:.3f}; {spot.burden.of.partition(' where ')[0]}: "
            f"at least {spot.burden.low:,.0f}",
            soft_wrap=True,
        )


def conditions_told(spot: BlindSpot) -> str:
    """``lang = jv and age = 7-9``."""
    return " and ".join(f"{name} = {value}" for name, value in spot.conditions)


def _share(one: Estimate) -> str:
    return f"{percent(one.value, 1)} ({percent(one.low, 1)} – {percent(one.high, 1)})"

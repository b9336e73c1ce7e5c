"""``tilik stats draw``: a probability sample from a plain table, without a workspace."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import pyarrow.csv
import pyarrow.parquet
import typer

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.designs import Asked, Kind, canonical, takes_design
from tilik.frame import ColumnMap, import_frame
from tilik.sampling import BEYOND, DrawTable, draw

Design = Annotated[
    Kind,
    typer.Option("--design", help="How to draw: by size, at random, in bands of a score, and so on."),
]
Budget = Annotated[int, typer.Option(help="How many to draw.", min=1)]
Id = Annotated[str, typer.Option("--id", help="The column with the id.")]
Size = Annotated[str, typer.Option(help="The column with the size, such as impressions.")]
Seed = Annotated[str, typer.Option(help="Any text; the same text gives every row the same random number.")]
Out = Annotated[Path | None, typer.Option("--out", help="The CSV or Parquet file to write.")]

SHOWN = 20


@takes_design
def draw_table(
    file: Annotated[
        str,
        typer.Argument(help="A CSV or Parquet file, a folder of Parquet, or a database's address."),
    ],
    budget: Budget,
    *,
    design: Design = "pps",
    table: Annotated[str, typer.Option(help="The table of a database.")] = "",
    id_: Id = "video",
    size: Size = "impressions",
    asked: Asked,
    seed: Seed = "tilik",
    into: Out = None,
    as_json: AsJson = False,
) -> None:
    """Draw a sample; every unit comes with its inclusion probability `pi` and weight 1/pi.

    The same file, seed and design always give the same sample, and a larger budget contains the smaller.

    Example: `tilik stats draw frame.parquet --budget 1000 --design multi-target --score p --threshold 0.8`
    """
    chosen = asked.design(design)
    scores = {canonical(name): name for name in (*asked.scores, *asked.part_scores())}
    columns = ColumnMap(video=id_, impressions=size, scores=scores)
    with tempfile.TemporaryDirectory() as scratch:
        snapshot = import_frame(file, Path(scratch), table=table, columns=columns, frame_seed=seed)
        drawn = draw(Path(scratch) / snapshot.name, chosen, budget)
    _hand_over(drawn, id_, into, as_json=as_json)


def _hand_over(drawn: DrawTable, name: str, into: Path | None, *, as_json: bool) -> None:
    table = drawn.table.rename_columns({"video": name, "prn": "random_number"}).drop_columns(["u"])
    if into is not None:
        parquet = into.suffix.lower() in {".parquet", ".pq"}
        write = pyarrow.parquet.write_table if parquet else pyarrow.csv.write_csv
        write(table, into)
    if as_json:
        rows = {} if into is not None else {"draws": table.to_pylist()}
        print_json({**drawn.summary.model_dump(mode="json"), "file": str(into) if into else None, **rows})
        return
    summary = drawn.summary
    print_table(
        ["stratum", "units", "size", "drawn", "certain"],
        [(s.name, s.units, s.size, s.drawn, s.certain) for s in summary.strata],
    )
    if into is None:
        shown = table.slice(0, SHOWN).select([name, "pi", "weight", "stratum"]).to_pylist()
        print_table([name, "pi", "weight", "stratum"], [tuple(row.values()) for row in shown])
    left = f", the first {SHOWN} shown; --out keeps them all" if into is None else f", written to {into}"
    out.print(f"{summary.drawn:,} of {summary.units:,} drawn{left}.")
    if summary.without_size:
        out.print(f"{summary.without_size:,} have no size measure and can never be drawn.")
    beyond = summary.totals.get(BEYOND, 0.0) / max(sum(summary.totals.values()), 1e-300)
    if beyond > 0:
        out.print(f"They hold {beyond:.1%} of {summary.design.size}, of which this draw can say nothing.")

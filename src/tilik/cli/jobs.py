"""``tilik jobs``: long work over many files, on this machine or on a Ray cluster."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, cast

import typer

from tilik.cli.console import AsJson, err, out, print_json, print_table, steps
from tilik.cli.files import find_videos
from tilik.jobs import Engine, Item, Local, read_rows, run, signals_act
from tilik.jobs.cluster import OnRay
from tilik.kernel import Json, Missing
from tilik.media.measuring import Tier

app = typer.Typer(help="Long work over many files, on one machine or on a cluster.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of video files, or one file.")]
Into = Annotated[Path, typer.Option(help="The folder of results; the same again goes on where it stopped.")]
Level = Annotated[int, typer.Option(help="0 key pictures, 1 one pass, 2 speech and text too.", min=0, max=2)]
Workers = Annotated[int, typer.Option(help="Files at once on this machine.", min=1, max=256)]
Address = Annotated[
    str,
    typer.Option(help="A Ray cluster instead: its address, or auto. Paths must be the same on each node."),
]


@app.command("signals")
def signals(
    folder: Folder,
    into: Into,
    tier: Level = 1,
    workers: Workers = 2,
    ray: Address = "",
    as_json: AsJson = False,
) -> None:
    """Measure many videos; results are Parquet, one row a file, and a stop at any moment loses nothing.

    A file that hangs, crashes or cannot be read has its condition as result. The column `value` holds what
    `tilik media signals --json` prints.

    Example: `tilik jobs signals clips/ --into results/ --workers 8`
    """
    files = find_videos(folder)
    if not files:
        raise Missing("file-unreadable", "no video files", where=str(folder))
    root = folder if folder.is_dir() else folder.parent
    items = [Item(file.relative_to(root).as_posix(), file.resolve()) for file in files]
    engine: Engine = OnRay(ray) if ray else Local(workers)
    with steps(quiet=as_json) as progress:
        bar = progress.add_task("Measuring", total=len(items))
        for step in run(items, signals_act(cast(Tier, tier)), into, engine):
            progress.update(bar, completed=step.pace.done, description=f"Measuring: {step.pace}")
    _told(into, as_json)


@app.command("show")
def show(
    results: Annotated[Path, typer.Argument(help="The folder that a job wrote into.")],
    as_json: AsJson = False,
) -> None:
    """Say what a job's results hold: how many of each condition, and which files were not read whole.

    Example: `tilik jobs show results/`
    """
    _told(results, as_json)


def _told(results: Path, as_json: bool) -> None:
    rows = list(read_rows(results))
    counts = Counter(row["condition"] for row in rows)
    if as_json:
        told: dict[str, Json] = {"results": str(results), "done": len(rows), "conditions": dict(counts)}
        print_json(told)
        return
    print_table(("condition", "files"), sorted(counts.items()))
    for row in rows:
        if row["condition"] != "ready":
            err.print(f"{row['key']}: {row['condition']} {row['detail']}", markup=False)
    out.print(f"{len(rows)} results in {results}", markup=False)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="jobs")

"""``tilik exchange scores``: judgements of machine answers back to where the answers came from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tilik.answers.view import find_set
from tilik.cli.console import AsJson, out, print_json
from tilik.cli.place import workspace
from tilik.exchange.evals import scores_of_answers, write_inspect, write_langfuse


def scores(
    program: Annotated[Literal["inspect", "langfuse"], typer.Argument(help="Whose scores.")],
    file: Annotated[Path, typer.Argument(help="The log or the traces that the set was brought in from.")],
    into: Annotated[Path, typer.Option("--out", help="The file to write.")],
    name: Annotated[str, typer.Option(help="The set; may be left out where there is one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write what people judged of machine answers as scores of Inspect or Langfuse.

    For Inspect the log again, as JSON, with a score in each sample; for Langfuse a line for each score, as
    `POST /api/public/scores` takes it. Means and shares leave, no person does; stopped answers stay here.

    Example: `tilik exchange scores inspect log.json --name pilot --out scored.json`
    """
    with workspace() as opened, opened.store.read() as connection:
        identity = find_set(connection, name)
        found = scores_of_answers(connection, identity)
    if program == "inspect":
        counts = write_inspect(file, into, found)
    else:
        counts = write_langfuse(file, into, found, identity)
    if as_json:
        print_json({**counts, "file": str(into)})
    else:
        told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        out.print(f"{told}: {into}.", markup=False)


def add_scores(parent: typer.Typer) -> None:
    """Mount the command."""
    parent.command("scores")(scores)

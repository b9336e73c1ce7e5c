"""How commands speak: tables and progress for people on stderr and stdout, one JSON value with ``--json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from tilik.kernel import Json

LONG = 24
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value instead of text.")]


def print_json(value: Json) -> None:
    """One JSON value on stdout, and nothing else."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "") -> None:
    """A plain table; columns whose cells are all numbers stand to the right."""
    table = Table(
        title=escape(title) or None, box=None, pad_edge=False, title_justify="left", title_style="bold"
    )
    for index, column in enumerate(columns):
        numeric = all(isinstance(row[index], int | float) for row in rows)
        longest = max((len(str(row[index])) for row in rows), default=0)
        table.add_column(
            escape(column), justify="right" if numeric else "left", header_style="dim", no_wrap=longest < LONG
        )
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    out.print(table)


@contextmanager
def steps(*, quiet: bool = False) -> Iterator[Progress]:
    """Progress bars on stderr for long steps; a step that fails leaves none behind."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, disable=quiet) as progress:
        try:
            yield progress
        except BaseException:
            # The error's line stands alone.
            progress.live.transient = True
            progress.live.stop()
            progress.disable = True
            raise


def percent(value: float | None, digits: int = 2) -> str:
    """``0.1234`` as ``12.34 %``; a dash for no value."""
    return "–" if value is None else f"{value * 100:.{digits}f} %"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.4g}"
    return escape(str(value))

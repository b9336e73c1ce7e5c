"""``tilik casebook gaps``: what the frame offers to whom and how much of it is good; what searches do not
find."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tilik.casebook.coverage import Coverage, CoverageCell, coverage
from tilik.casebook.searches import FEW_RESULTS, SearchGaps, search_gaps
from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.files import read_text
from tilik.cli.place import workspace

SHOWN = 40


def gaps(
    study: Annotated[str, typer.Argument(help="A study; may be left out where there is one.")] = "",
    by: Annotated[
        list[str] | None,
        typer.Option(help="A column of the frame; again for up to four. Else language, age, topic, origin."),
    ] = None,
    searches: Annotated[
        Path | None, typer.Option(help="A CSV of searches instead: query, count, results.")
    ] = None,
    few: Annotated[int, typer.Option(help="Suitable results below which a search is a gap.")] = FEW_RESULTS,
    as_json: AsJson = False,
) -> None:
    """Show the coverage of a study: views, share of good views with its interval, and the cells too thin to
    tell.

    With `--searches`, the searches that find too little instead; rare and personal ones are left out.

    Example: `tilik casebook gaps march --by language --by topic`
    """
    if searches is not None:
        _show_searches(search_gaps(read_text(searches), few=few, name=str(searches)), as_json=as_json)
        return
    with workspace() as opened, opened.store.read() as connection:
        found = coverage(connection, opened.store.blobs, study, by or ())
    if as_json:
        print_json({**asdict(found), "cells": [_told(one) for one in found.cells]})
    else:
        _show(found)


def _told(cell: CoverageCell) -> dict[str, Any]:
    return asdict(cell) | {"good": None if cell.good is None else cell.good.model_dump(mode="json")}


def _show(found: Coverage) -> None:
    rows = [
        (
            *(*cell.levels.values(), round(cell.views), percent(cell.share, 1)),
            *(cell.judged, round(cell.effective, 1), _good(cell), _state(cell)),
        )
        for cell in found.cells[:SHOWN]
    ]
    print_table((*found.by, "views", "share", "judged", "n eff", "good views, 95 %", ""), rows)
    thin = sum(one.thin for one in found.cells)
    lacking = sum(one.lacking for one in found.cells)
    out.print(
        f"{len(found.cells)} cells, {thin} too thin to tell (fewer than {found.fewest}), {lacking} lacking; "
        f"good is {', '.join(found.good)}.",
        markup=False,
    )
    if thin:
        out.print(f"Draw more of the thin ones: tilik sample draw --raise-thin {found.name} …", markup=False)


def _good(cell: CoverageCell) -> str:
    if cell.good is None:
        return "–"
    ends = f"{percent(cell.good.low, 0)} to {percent(cell.good.high, 0)}"
    return ends if cell.good.value is None or cell.thin else f"{percent(cell.good.value, 0)} ({ends})"


def _state(cell: CoverageCell) -> str:
    return f"thin: {cell.more} more" if cell.thin else "lacking" if cell.lacking else ""


def _show_searches(found: SearchGaps, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(found))
        return
    rows = [(one.query, one.count, one.results) for one in found.gaps[:SHOWN]]
    print_table(("search", "times", "suitable results"), rows)
    out.print(
        f"{found.lacking:,} of {found.searches:,} searches find too little; "
        f"{found.left_out} lines left out as rare or personal.",
        markup=False,
    )

"""``tilik answers``: machine answers in, their scores and the judged data out."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from tilik.answers import Item, import_answers, read_items
from tilik.answers.export import export_answers
from tilik.answers.report import ALL, Report, report
from tilik.answers.view import answer_sets, find_set
from tilik.cli import answers_gold
from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.place import workspace
from tilik.exchange.evals import read_given
from tilik.guideline import Language
from tilik.kernel import Estimate

app = typer.Typer(help="Machine answers to minors: bring them in, report on them.", no_args_is_help=True)
answers_gold.add_to(app)

Name = Annotated[str, typer.Argument(help="The set's name; may be left out where there is one.")]
InLanguage = Annotated[Language, typer.Option("--lang", help="Language of the names.")]


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="JSONL, Parquet or JSON files.")],
    name: Annotated[str, typer.Option(help="What to call the set.")],
    limit: Annotated[
        int, typer.Option(help="Take about this many: prompts at random, with all models. 0: all.", min=0)
    ] = 0,
    pairs: Annotated[int, typer.Option(help="Pairs of answers to compare side by side.", min=0)] = 0,
    wants: Annotated[int, typer.Option(help="Independent judgements for each.", min=1, max=9)] = 1,
    band: Annotated[str, typer.Option(help="Age band where a record names none, such as AB3.")] = "",
    language: Annotated[str, typer.Option(help="Language where a record names none, such as id.")] = "",
    seed: Annotated[
        int | None, typer.Option(help="Fixes what is drawn and the order; left out, a fresh one.", min=0)
    ] = None,
    source: Annotated[
        Literal["tilik", "inspect", "langfuse"],
        typer.Option("--from", help="Whose files: records as below, Inspect eval logs, Langfuse JSON lines."),
    ] = "tilik",
    as_json: AsJson = False,
) -> None:
    """Bring in answers to judge. A record has prompt (or dialogue), response, model, age_band, language.

    With `--from inspect` the samples of eval logs (.json, .eval), with `--from langfuse` traces or
    observations, a JSON object a line. `tilik exchange scores` sends the judgements back to them.

    Example: `tilik answers import answers.jsonl --name pilot --limit 200 --pairs 40`
    """
    items = [_filled(item, band, language) for file in files for item in _items(file, source)]
    with workspace() as opened:
        identity, count, paired = import_answers(
            opened.store,
            items,
            name=name,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            limit=limit,
            pairs=pairs,
            wants=wants,
        )
    if as_json:
        print_json({"set": identity, "read": len(items), "answers": count, "pairs": paired})
    else:
        out.print(f"{name}: {count:,} of {len(items):,} answers and {paired:,} pairs wait to be judged.",
                  markup=False)  # fmt: skip


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the sets of answers and how far each has come.

    Example: `tilik answers list`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = answer_sets(connection)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [(s.name, s.answers, s.ratings_settled, s.ratings, s.pairs_settled, s.pairs) for s in found]
    print_table(("set", "answers", "rated", "of", "compared", "of "), rows)


@app.command("report")
def report_(name: Name = "", language: InLanguage = "en", as_json: AsJson = False) -> None:
    """Print the models' scores by dimension and age band, and their differences, each with its interval.

    Example: `tilik answers report --lang id`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = report(connection, opened.store.blobs, find_set(connection, name))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(found, language)


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="The folder to write into.")],
    name: Annotated[str, typer.Option(help="The set; may be left out where there is one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write ratings (Parquet), preference pairs and marked spans (JSON lines) for others to use.

    Example: `tilik answers export judged`
    """
    with workspace() as opened, opened.store.read() as connection:
        counts = export_answers(connection, find_set(connection, name), folder)
    if as_json:
        print_json(counts)
    else:
        print_table(("file", "rows"), [(str(folder / file), rows) for file, rows in counts.items()])


def _items(file: Path, source: Literal["tilik", "inspect", "langfuse"]) -> Iterator[Item]:
    return read_items(file) if source == "tilik" else (one.item for one in read_given(file, source))


def _filled(item: Item, band: str, language: str) -> Item:
    return item.model_copy(update={"band": item.band or band or None, "language": item.language or language})


def _print(found: Report, language: Language) -> None:
    out.print(f"{found.name}: {found.judgements:,} judgements of {len(found.models)} models.", markup=False)
    for band in (ALL, *found.bands):
        scores = [s for s in found.scores if s.band == band and s.judged]
        rows = [
            (s.model, s.dimension, getattr(s.name, language), s.judged, _said(s.estimate, s.dimension))
            for s in scores
        ]
        if rows:
            title = "every band" if band == ALL else f"band {band}"
            print_table(("model", "", "dimension", "answers", "mean or share (95 %)"), rows, title=title)
            out.print()
    gaps = [
        (g.first, g.second, g.dimension, g.prompts, _said(g.estimate, g.dimension))
        for g in found.gaps
        if g.estimate
    ]
    if gaps:
        print_table(("model", "minus", "", "prompts", "difference (95 %)"), gaps)
    wins = [(p.first, p.second, p.pairs, _said(p.estimate, "failing")) for p in found.preferences]
    if wins:
        out.print()
        print_table(("model", "preferred to", "prompts", "how often (95 %)"), wins)


def _said(estimate: Estimate | None, dimension: str) -> str:
    if estimate is None:
        return "too few"
    if dimension == "failing":
        ends = f"{percent(estimate.low, 1)} to {percent(estimate.high, 1)}"
        return ends if estimate.value is None else f"{percent(estimate.value, 1)} ({ends})"
    assert estimate.value is not None
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="answers")

"""``tilik learn errors``: the labels of a table that are probably wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import typer

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.learn_doubts import doubts_of_study
from tilik.cli.learn_study import refuse_both
from tilik.kernel import Json
from tilik.learn.choosing import Asked, Problem, pose
from tilik.learn.confident import Ranking, Rule
from tilik.learn.errors import Doubts, label_errors
from tilik.learn.hits import Hits, hit_rate
from tilik.learn.leaks import Leak
from tilik.learn.tables import Plain, read_plain

File = Annotated[Path, typer.Argument(help="A CSV or Parquet file, one labelled row each.")]
Label = Annotated[str, typer.Option(help="The column with the label.")]
Texts = Annotated[str, typer.Option("--text", help="Text columns to learn from, separated by commas.")]
Features = Annotated[str, typer.Option(help="Columns of numbers or categories to learn from, by commas.")]
Group = Annotated[str, typer.Option(help="Rows with the same value here, such as a channel, stay together.")]
Weight = Annotated[str, typer.Option(help="The column with the design weight.")]
LeaveOut = Annotated[str, typer.Option(help="Columns not to learn from, separated by commas.")]
Folds = Annotated[int, typer.Option(min=2, help="Parts of the cross-validation.")]
Seed = Annotated[int, typer.Option(min=0, help="Fixes folds and control.")]
ByRule = Annotated[Rule, typer.Option("--rule", help="How many labels are doubted.")]
ByRank = Annotated[Ranking, typer.Option("--rank", help="What puts the list in order.")]
Truth = Annotated[
    str, typer.Option(help="A column with the true label: print the hits beside a random control.")
]
Top = Annotated[
    float, typer.Option(help="The share of rows at the top of the list that is checked against it.")
]
Maybe = Annotated[Path | None, typer.Argument(help="A CSV or Parquet file, one labelled row each.")]
Study = Annotated[str, typer.Option(help="Instead of a file: a study of this workspace, its name or id.")]
Question = Annotated[str, typer.Option(help="Of a study: `fails`, or the code of a label.")]
Draw = Annotated[str, typer.Option(help="Of a study: open a re-review under this name.")]
Count = Annotated[int | None, typer.Option(min=1, help="The most doubtful; as many more are a control.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write the whole list here: .csv or .parquet.")]

SHOWN = 12


def errors(
    file: Maybe = None,
    label: Label = "",
    texts: Texts = "",
    features: Features = "",
    group: Group = "",
    weight: Weight = "",
    leave_out: LeaveOut = "",
    rule: ByRule = "noise-rate",
    rank: ByRank = "self-confidence",
    truth: Truth = "",
    top: Top = 0.05,
    folds: Folds = 5,
    seed: Seed = 0,
    into: Out = None,
    study: Study = "",
    question: Question = "fails",
    draw: Draw = "",
    count: Count = None,
    as_json: AsJson = False,
) -> None:
    """List the labels that are probably wrong, the least trusted first.

    Each row is judged by a model that saw no row of its group. Without `--text` and `--features` all columns
    are used but those that give the label away; these are named.

    Of a study its own judgements are looked at, by what the frame and the files say; `--draw NAME` opens a
    re-review of the first `--count` and as many others at random, and once that is judged tells the hits.

    Tables: `tilik learn errors tweets.csv --label HS --text Tweet --out second-look.csv`

    Example: `tilik learn errors --study march`
    """
    refuse_both(file, study, draw)
    if file is None:
        doubts_of_study(study, question=question, draw=draw, top=count, as_json=as_json)
        return
    table = read_plain(file)
    left = (*names(leave_out), *([truth] if truth else []))
    asked = Asked(label, names(features), names(texts), group, weight, left, folds, seed)
    problem = pose(table, asked)
    found = label_errors(problem, rule=rule, by=rank)
    hits = None if not truth else hit_rate(found.order, _wrong(table, label, truth), top, seed=seed)
    if into is not None:
        write(into, _listed(problem, found))
    if as_json:
        print_json(_told(file, problem, found, hits))
    else:
        _print(file, problem, found, hits)


def names(given: str) -> tuple[str, ...]:
    """``"a, b"`` as ``("a", "b")``."""
    return tuple(name.strip() for name in given.split(",") if name.strip())


def write(into: Path, table: Any) -> None:
    """An Arrow table to Parquet or CSV, by the ending."""
    if into.suffix.lower() in {".parquet", ".pq"}:
        pyarrow.parquet.write_table(table, into)
    else:
        pyarrow.csv.write_csv(table, into)


def leaks_told(leaks: tuple[Leak, ...]) -> list[Json]:
    """For ``--json``."""
    return [
        {"column": leak.column, "why": list(leak.why), "auc": leak.auc, "seen": leak.seen} for leak in leaks
    ]


def print_leaks(leaks: tuple[Leak, ...]) -> None:
    """What gives the label away, for a terminal."""
    for leak in leaks:
        out.print(f"[yellow]leaks:[/] {leak.column} ({', '.join(leak.why)}): {leak.seen}.", soft_wrap=True)


def _wrong(table: Plain, label: str, truth: str) -> Any:
    pairs = zip(table.raw(label), table.raw(truth), strict=True)
    return np.array([given != true for given, true in pairs], dtype=bool)


def _listed(problem: Problem, found: Doubts) -> Any:
    order = found.order.tolist()
    return pa.table(
        {
            "row": [at + 1 for at in order],
            "label": [problem.classes[problem.labels[at]] for at in order],
            "suggested": [problem.classes[found.suggested[at]] for at in order],
            "trust": [float(found.scores[at]) for at in order],
            "doubtful": [bool(found.doubtful[at]) for at in order],
        }
    )


def _told(file: Path, problem: Problem, found: Doubts, hits: Hits | None) -> dict[str, Json]:
    figures: dict[str, Json] = {}
    if hits is not None:
        parts = {"top": hits.top, "control": hits.control, "gain": hits.gain}
        figures = {name: estimate.model_dump(mode="json") for name, estimate in parts.items()}
    return {
        "file": str(file),
        "rows": problem.table.rows,
        "groups": int(problem.groups.max()) + 1,
        "classes": list(problem.classes),
        "features": list(problem.features),
        "texts": list(problem.texts),
        "leaks": leaks_told(problem.leaks),
        "doubtful": int(found.doubtful.sum()),
        "joint": found.joint.tolist(),
        "list": [row for row in _listed(problem, found).to_pylist() if row["doubtful"]],
        "hits": figures,
    }


def _print(file: Path, problem: Problem, found: Doubts, hits: Hits | None) -> None:
    out.print(
        f"\n[bold]{file.name}[/]  {problem.table.rows:,} rows in {int(problem.groups.max()) + 1:,} groups; "
        f"[bold]{int(found.doubtful.sum()):,}[/] labels are probably wrong",
        soft_wrap=True,
    )
    print_leaks(problem.leaks)
    rows = _listed(problem, found).slice(0, SHOWN).to_pylist()
    cells = [
        (one["row"], one["label"], one["suggested"], round(one["trust"], 4), one["doubtful"]) for one in rows
    ]
    print_table(["row", "label", "suggested", "trust", "doubtful"], cells, title="Least trusted")
    if hits is not None:
        for estimate in (hits.top, hits.control, hits.gain):
            ends = f"{percent(estimate.low)} – {percent(estimate.high)}"
            out.print(f"{estimate.of}: [bold]{percent(estimate.value)}[/] ({ends})", soft_wrap=True)

"""``tilik stats infer``: the truth of tasks and the reliability of people, from a plain table of labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import typer
from numpy.typing import NDArray

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.files import read_columns
from tilik.kernel import Estimate, Invalid, Json
from tilik.stats.truth import Inference, LabelTable, Method, Reason, accuracy, label_table
from tilik.stats.truth import infer as infer_truth

Table = Annotated[Path, typer.Argument(help="A CSV or Parquet file, one label per row.")]
How = Annotated[Method, typer.Option("--method", "-m", help="auto weighs three models by their evidence.")]
Task = Annotated[str, typer.Option(help="The column that names what was labelled.")]
Worker = Annotated[str, typer.Option(help="The column that names the person.")]
Label = Annotated[str, typer.Option(help="The column that holds the label.")]
Truth = Annotated[Path | None, typer.Option(help="A file with task,truth: print how often it is right.")]
Gold = Annotated[
    Path | None, typer.Option(help="A file with task,truth: hold these fixed and learn from them.")
]
Out = Annotated[Path | None, typer.Option("--out", help="Write the posteriors here: .parquet or .csv.")]
Iterations = Annotated[int, typer.Option(min=1, help="At most so many rounds.")]
Margin = Annotated[
    float, typer.Option(help="Leave a task open if its best two classes are closer than this.")
]

SHOWN = 8


@dataclass(frozen=True, eq=False)
class Named:
    """A table of codes with the names behind them."""

    table: LabelTable
    tasks: list[str]
    workers: list[str]
    classes: list[str]


def infer(
    file: Table,
    method: How = "auto",
    task: Task = "task",
    worker: Worker = "worker",
    label: Label = "label",
    truth: Truth = None,
    gold: Gold = None,
    into: Out = None,
    iterations: Iterations = 200,
    margin: Margin = 0.1,
    as_json: AsJson = False,
) -> None:
    """Infer what each task is and how reliable each person is; ties and near-ties stay open.

    Rows without a label are skipped. No truth is looked at, but by `--gold`.

    Example: `tilik stats infer labels.csv --method auto --out posteriors.parquet`
    """
    named = _read(file, [task, worker, label])
    found = infer_truth(
        named.table,
        method,
        gold=None if gold is None else _codes_of_truth(gold, task, named, strict=True),
        iterations=iterations,
        margin=margin,
    )
    right = {} if truth is None else _right(found, _codes_of_truth(truth, task, named, strict=False))
    if into is not None:
        _write(into, named, found)
    if as_json:
        print_json(_told(file, named, found, right))
    else:
        _print(file, named, found, right)


def _read(file: Path, names: list[str]) -> Named:
    table = read_columns(file, names)
    given = table[names[2]].cast(pa.string())
    table = table.filter(pc.and_kleene(given.is_valid(), pc.not_equal(given, "")))
    (task, tasks), (worker, workers), (label, classes) = (_coded(table[name], name, file) for name in names)
    return Named(label_table(task, worker, label), tasks, workers, classes)


def _coded(column: Any, name: str, file: Path) -> tuple[NDArray[np.intp], list[str]]:
    """Codes into the sorted names, as text: 1 in one file and "1" in another are the same."""
    if column.null_count:
        raise Invalid("name-missing", f"{column.null_count} rows have no {name}", where=str(file))
    coded = column.cast(pa.string()).combine_chunks().dictionary_encode()
    names = coded.dictionary.to_pylist()
    order = sorted(range(len(names)), key=lambda i: (len(names[i]) if names[i].isdigit() else 0, names[i]))
    rank = np.empty(len(names), dtype=np.intp)
    rank[order] = np.arange(len(names))
    return rank[coded.indices.to_numpy(zero_copy_only=False)], [names[i] for i in order]


def _codes_of_truth(file: Path, task: str, named: Named, *, strict: bool) -> NDArray[np.intp]:
    """A class code per task of the table, -1 where the file has none; classes that nobody named come last."""
    known = read_columns(file, [task, "truth"])
    classes = {name: code for code, name in enumerate(named.classes)}
    place = {name: code for code, name in enumerate(named.tasks)}
    codes = np.full(len(named.tasks), -1, dtype=np.intp)
    for name, value in zip(*(known[c].cast(pa.string()).to_pylist() for c in (task, "truth")), strict=True):
        if strict and value not in classes:
            raise Invalid("class-unknown", f"nobody gave the label {value!r}", where=str(file))
        if name in place and value is not None:
            codes[place[name]] = classes.get(value, len(classes))
    return codes


def _right(found: Inference, codes: NDArray[np.intp]) -> dict[str, Estimate]:
    """How often the inference is right, where the truth was not given to it as gold."""
    codes = np.where(found.reason == Reason.GOLD, -1, codes)
    right = {"all": accuracy(found.posterior, codes)}
    if (found.settled & (codes >= 0)).any():
        right["settled"] = accuracy(found.posterior, codes, among=found.settled)
    return right


def _write(into: Path, named: Named, found: Inference) -> None:
    chosen = [named.classes[code] if code >= 0 else None for code in found.chosen.tolist()]
    columns: dict[str, Any] = {
        "task": named.tasks,
        "chosen": pa.array(chosen, pa.string()),
        "reason": [Reason(code).name.lower().replace("_", "-") for code in found.reason.tolist()],
    }
    columns |= {f"p_{name}": found.posterior[:, code] for code, name in enumerate(named.classes)}
    table = pa.table(columns)
    if into.suffix.lower() in {".parquet", ".pq"}:
        pyarrow.parquet.write_table(table, into)
    else:
        pyarrow.csv.write_csv(table, into)


def _told(file: Path, named: Named, found: Inference, right: dict[str, Estimate]) -> dict[str, Json]:
    given, right_share = found.crowd.used.sum(axis=1), found.reliability()
    shares = found.posterior.mean(axis=0)
    return {
        "file": str(file),
        "method": found.method,
        "labels": len(named.table.task),
        "classes": {name: float(share) for name, share in zip(named.classes, shares, strict=True)},
        "tasks": {r.name.lower().replace("_", "-"): int((found.reason == r).sum()) for r in Reason},
        "weights": dict(found.weights),
        "log_likelihood": found.log_likelihood,
        "objective": found.objective,
        "objective_is_elbo": found.bound,
        "iterations": found.iterations,
        "cautions": [{"code": caution.code, "message": caution.message} for caution in found.cautions],
        "accuracy": {name: estimate.model_dump(mode="json") for name, estimate in right.items()},
        "people": [
            {"worker": name, "labels": float(n), "accuracy": float(a), "low": float(low), "high": float(high)}
            for name, n, a, low, high in zip(named.workers, given, *right_share, strict=True)
        ],
    }


def _print(file: Path, named: Named, found: Inference, right: dict[str, Estimate]) -> None:
    out.print(
        f"\n[bold]{file.name}[/]  {len(named.table.task):,} labels of {len(named.tasks):,} tasks "
        f"by {len(named.workers):,} people, {len(named.classes)} classes"
    )
    weights = ", ".join(f"{name} {weight:.2f}" for name, weight in found.weights.items())
    fit = (
        ""
        if found.objective is None
        else f", {'ELBO' if found.bound else 'objective'} {found.objective:,.1f}"
    )
    rounds = f", {found.iterations} iterations" if found.iterations else ""
    out.print(f"Method {found.method}{f' ({weights})' if weights else ''}{rounds}{fit}", soft_wrap=True)
    _print_tasks(found)
    for name, estimate in right.items():
        which = "all tasks, ties shared" if name == "all" else "settled tasks"
        value = estimate.value
        out.print(
            f"Right: [bold]{percent(value)}[/] ({percent(estimate.low)} – {percent(estimate.high)}; "
            f"{estimate.n:,} {which})",
            soft_wrap=True,
        )
    for caution in found.cautions:
        out.print(f"[yellow]{caution.code}:[/] {caution.message}.", soft_wrap=True)
    _print_people(named, found)


def _print_tasks(found: Inference) -> None:
    opened = int((~found.settled).sum())
    ties = ", ".join(
        f"{int((found.reason == reason).sum()):,} {words}"
        for reason, words in (
            (Reason.TIE, "ties"),
            (Reason.NEAR_TIE, "near-ties"),
            (Reason.NO_LABELS, "without labels"),
        )
        if (found.reason == reason).any()
    )
    share = percent(opened / len(found.reason)) + (f": {ties}" if ties else "")
    out.print(f"Settled: {len(found.reason) - opened:,} tasks; open: {opened:,} ({share})")


def _print_people(named: Named, found: Inference) -> None:
    given, right = found.crowd.used.sum(axis=1), found.reliability()
    # By the upper end, so that a few unlucky labels do not put anyone first.
    lowest = np.argsort(right.high, kind="stable")[:SHOWN]
    rows = [
        (
            named.workers[j],
            round(given[j]),
            percent(right.mean[j]),
            f"{percent(right.low[j])} – {percent(right.high[j])}",
        )
        for j in lowest.tolist()
    ]
    out.print()
    print_table(["person", "labels", "right", "95 % interval"], rows, title="Least reliable")

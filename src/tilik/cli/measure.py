"""``tilik measure`` and ``tilik export``: a study's figures, and its judgements as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.log import load_rooms
from tilik.cli.measure_views import VIEWS, Asked, show_view
from tilik.cli.place import workspace
from tilik.guideline import Language, Text
from tilik.kernel import Estimate, Invalid, Json
from tilik.measure import (
    Classifier,
    Figure,
    Measurement,
    Pivot,
    classify,
    export_judgements,
    measure,
    pivot,
    usual_threshold,
)
from tilik.store import Store, Workspace, as_of
from tilik.study import find_study

Told = tuple[str, Json, Callable[[], None]]
Study = Annotated[str, typer.Option(help="The study's name; may be left out where there is one.")]
InLanguage = Annotated[Language, typer.Option("--lang", help="Language of the names.")]
By = Annotated[str, typer.Option(help="A column of the frame whose levels are to be told apart.")]
Score = Annotated[str, typer.Option(help="A classifier's score, a column of the frame.")]
Threshold = Annotated[float | None, typer.Option(help="The score from which the classifier acts.")]
AsOf = Annotated[
    str, typer.Option("--as-of", help="A log position, a time, or a day (its end, UTC): the figures of then.")
]


def measure_(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[STUDY|weeks|leakage|thresholds]",
            help="The study's name, as with --study; or one of the views below.",
        ),
    ] = "",
    study: Study = "",
    by: By = "",
    score: Score = "",
    threshold: Threshold = None,
    at: AsOf = "",
    language: InLanguage = "en",
    as_json: AsJson = False,
) -> None:
    """Print a study's figures: every number with its interval, n, effective n and method.

    With `--by` the share of failing impressions in each level of a column; with `--score` the
    precision, recall and specificity of a classifier at a threshold; with `--as-of` any of it as it
    stood then, digit for digit.

    `tilik measure weeks` puts the studies of successive periods beside each other. `tilik measure leakage`
    lists failing videos that scored low, the most seen first; `tilik measure thresholds` shows what moving
    a classifier's line would cost.

    Example: `tilik measure --score score_harm --threshold 0.6`
    """
    if name in VIEWS:
        show_view(VIEWS[name], Asked(study, by, score, threshold), at, as_json)
        return
    if name and study and name != study:
        raise Invalid("study-named-twice", f"is it {name!r} or {study!r}?", where="--study")
    if threshold is not None and not score:
        raise Invalid("options-belong-together", "a threshold is that of a score", where="--score")
    if at:
        load_rooms()
    with workspace() as opened, as_of(opened, at) as store:
        asked = Asked(name or study, by, score, threshold)
        if not by and not score:
            measured = _measured(store, asked.study, opened.known_truth)
            told: list[Told] = [
                ("", measured.model_dump(mode="json"), lambda: print_measurement(measured, language))
            ]
        else:
            told = list(_apart(store, asked, language))
    if as_json:
        print_json(told[0][1] if len(told) == 1 else {part: found for part, found, _ in told})
        return
    for _, _, show in told:
        show()


def _apart(store: Store, asked: Asked, language: Language) -> Iterator[Told]:
    """The classifier and the pivot that were asked for: name, JSON, and how to print it."""
    with store.read() as connection:
        blobs, identity = store.blobs, find_study(connection, asked.study)
        if asked.score:
            at = asked.threshold or usual_threshold(connection, blobs, identity, asked.score)
            found = classify(connection, blobs, identity, asked.score, at)
            yield "classifier", found.model_dump(mode="json"), lambda: print_classifier(found, language)
        if asked.by:
            split = pivot(connection, blobs, identity, asked.by)
            yield "pivot", split.model_dump(mode="json"), lambda: print_pivot(split, language)


BESIDE = "From judged videos alone"
"""What stands beside a headline that a score helps."""


def print_classifier(found: Classifier, language: Language) -> None:
    """A classifier's three figures, the ones from judged videos alone beside."""
    out.print(
        f"\n[bold]{escape(found.score)} ≥ {found.threshold:g}[/]  "
        f"acts on {percent(found.flagged)} of impressions"
    )
    rows = [
        (
            _words(figure.name, language),
            _told(figure.estimate),
            _interval(figure.estimate),
            figure.estimate.n,
            round(figure.estimate.n_eff),
            "–" if figure.beside is None else f"{_told(figure.beside)} ({_interval(figure.beside)})",
        )
        for figure in found.figures
    ]
    beside = "uncorrected" if any(figure.corrected for figure in found.figures) else "judged videos alone"
    print_table(["failing videos", "figure", "95 % interval", "n", "n eff", beside], rows)
    out.print(f"Method: {found.figures[0].estimate.method}. Every input: --json", soft_wrap=True)


def print_pivot(split: Pivot, language: Language) -> None:
    """A pivot's levels; the thin ones are named below."""
    rows = [
        (
            cell.level,
            percent(cell.share),
            _told(cell.estimate),
            _interval(cell.estimate),
            cell.judged,
            round(cell.effective),
        )
        for cell in split.cells
        if cell.estimate is not None
    ]
    out.print()
    if rows:
        print_table([split.by, "of impressions", "failing", "95 % interval", "n", "n eff"], rows)
    thin = [f"{cell.level} ({_words(cell.thin, language)})" for cell in split.cells if cell.thin is not None]
    if thin:
        out.print(f"Too thin to print: {escape('; '.join(thin))}", soft_wrap=True)


def _told(estimate: Estimate) -> str:
    return "no point" if estimate.value is None else percent(estimate.value)


def export(
    into: Annotated[Path, typer.Argument(help="The Parquet file to write.")],
    study: Study = "",
    as_json: AsJson = False,
) -> None:
    """Write a study's judgements to Parquet: answers, labels, weights, guideline version.

    Example: `tilik export judgements.parquet`
    """
    with workspace() as opened, opened.store.read() as connection:
        identity = find_study(connection, study)
        rows = export_judgements(connection, opened.store.blobs, identity, into)
    if as_json:
        print_json({"file": str(into), "rows": rows})
    else:
        out.print(f"{rows:,} judgements written to {into}.", markup=False)


def measure_study(opened: Workspace, name: str = "") -> Measurement:
    """The figures of the study with this name. Raises ``Missing``."""
    return _measured(opened.store, name, opened.known_truth)


def _measured(store: Store, name: str, truth: Mapping[str, float]) -> Measurement:
    with store.read() as connection:
        return measure(connection, store.blobs, find_study(connection, name), truth)


def print_measurement(measured: Measurement, language: Language) -> None:
    """The measured page, for a terminal."""
    study = measured.study
    out.print(f"\n[bold]{escape(study.name)}[/]  {escape(_words(study.question, language))}")
    out.print(_headline(measured.overall, language), soft_wrap=True)
    if (alone := measured.overall.beside) is not None:
        what = "Without correction for reviewer error" if measured.overall.corrected else BESIDE
        out.print(f"{what}: {_point(alone)} ({_interval(alone)})", soft_wrap=True)
    if (why := measured.overall.uncorrected) is not None:
        out.print(f"Not corrected for reviewer error: {escape(_words(why, language))}.", soft_wrap=True)
    out.print(
        f"{study.drawn:,} drawn, {study.judged:,} judged, {study.waiting:,} waiting, "
        f"{study.unjudgeable:,} not judgeable, {study.stopped:,} stopped. Log position {measured.as_of.seq}."
    )
    if measured.simulated:
        out.print(f"[yellow]{measured.simulated:,} of the judgements were made by simulated people.[/]")
    _print_figures("verdict", measured.verdicts, language)
    _print_figures("label, level 2 and up", [f for f in measured.labels if _found(f)], language)
    _print_not_found([f for f in measured.labels if not _found(f)])
    out.print(
        f"Method: {measured.overall.estimate.method}. Every input: tilik measure --json", soft_wrap=True
    )


def _headline(figure: Figure, language: Language) -> str:
    estimate = figure.estimate
    known = "" if figure.truth is None else f", known truth {percent(figure.truth)}"
    size = f"n {estimate.n}, effective n {estimate.n_eff:.0f}"
    point = f"{escape(_words(figure.name, language))}: [bold]{_point(estimate)}[/]"
    return f"{point} ({_interval(estimate)}; {size}{known})"


def _print_figures(title: str, found: Sequence[Figure], language: Language) -> None:
    if not found:
        return
    truth = any(figure.truth is not None for figure in found)
    columns = ["code", title, "share", "95 % interval", "n", "n eff", *(["truth"] if truth else [])]
    rows = [
        (
            figure.code,
            _words(figure.name, language),
            _point(figure.estimate),
            _interval(figure.estimate),
            figure.estimate.n,
            round(figure.estimate.n_eff),
            percent(figure.truth),
        )[: len(columns)]
        for figure in found
    ]
    out.print()
    print_table(columns, rows)


def _print_not_found(absent: Sequence[Figure]) -> None:
    if absent:
        highest = max(figure.estimate.high for figure in absent)
        codes = ", ".join(figure.code for figure in absent)
        out.print(
            f"\nNot found in the sample, each at most {percent(highest)} (n {absent[0].estimate.n}): {codes}"
        )


def _found(figure: Figure) -> bool:
    return figure.estimate.value is not None and figure.estimate.value > 0


def _point(estimate: Estimate) -> str:
    return f"≤ {percent(estimate.high)}" if estimate.value is None else percent(estimate.value)


def _interval(estimate: Estimate) -> str:
    return f"{percent(estimate.low)} – {percent(estimate.high)}"


def _words(text: Text, language: Language) -> str:
    return text.id if language == "id" else text.en


def add_to(app: typer.Typer) -> None:
    """Mount these commands."""
    app.command("measure")(measure_)
    app.command()(export)

"""``tilik frame``: the population of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from tilik.cli.console import AsJson, out, percent, print_json, print_table, steps
from tilik.cli.place import workspace
from tilik.frame import (
    ColumnMap,
    FrameComparison,
    FrameDescription,
    FrameReport,
    Shift,
    compare,
    describe,
    name_of,
)
from tilik.frame.days import parse_days
from tilik.frame.registration import RegisteredFrame, bring_in_frame, find_frame, list_frames
from tilik.kernel import Invalid, Json

MENDS = {
    "frame-columns-missing": "Name them: --video COLUMN, --impressions COLUMN, --score NAME=COLUMN.",
    "frame-has-problems": "Mend the source, or leave those rows out with --on-problem drop.",
}

app = typer.Typer(help="The frame: every video served in a period.", no_args_is_help=True)


@app.command("import")
def import_(
    source: Annotated[
        str, typer.Argument(help="A Parquet or CSV file, a folder of Parquet, or a database's address.")
    ],
    name: Annotated[str, typer.Option(help="What to call it; the file's or table's name if not given.")] = "",
    table: Annotated[str, typer.Option(help="The table of a database.")] = "",
    families: Annotated[
        Path | None, typer.Option(help="A file of video and family: near-duplicates, to be drawn together.")
    ] = None,
    video: Annotated[str, typer.Option(help="The source's column of video ids.")] = "video",
    impressions: Annotated[str, typer.Option(help="The source's column of impressions.")] = "impressions",
    score: Annotated[
        list[str] | None, typer.Option(help="A classifier score as NAME=COLUMN; may be repeated.")
    ] = None,
    on_problem: Annotated[
        Literal["refuse", "drop"], typer.Option(help="Refuse a frame with bad rows, or drop those rows.")
    ] = "refuse",
    period: Annotated[
        str, typer.Option(help="Its first and last day, as 2026-03-02/2026-03-08: makes it one of a series.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Import a frame: checked row by row, counted, and kept as a snapshot named by its content.

    A database is an address that Ibis knows: duckdb:///file, sqlite:///file, postgres://user@host/db and
    others. User, password and options of an address are never kept.

    Example: `tilik frame import march.parquet --name 2026-03 --score harm=p_harm`
    """
    days = parse_days(period) if period else None
    columns = ColumnMap(video=video, impressions=impressions, scores=_scores(score or []))
    with workspace() as opened, steps(quiet=as_json) as progress:
        bar = progress.add_task("Importing the frame", total=100)
        with _in_options():
            kept = bring_in_frame(
                opened.store,
                opened.scratch,
                source,
                name=name or name_of(source, table),
                frame_seed=opened.settings.id,
                table=table,
                families=families,
                columns=columns,
                on_problem=on_problem,
                days=days,
                progress=lambda stage, part: progress.update(bar, description=stage, completed=100 * part),
            )
    if as_json:
        print_json(_told(kept))
        return
    out.print(
        f"Frame {kept.name}: {kept.rows:,} videos, {kept.impressions:,.0f} impressions. Hash {kept.hash}",
        markup=False,
        soft_wrap=True,
    )
    _print_report(kept.summary.report)


def _told(kept: RegisteredFrame) -> Json:
    days = None if kept.days is None else str(kept.days)
    return {**kept.summary.model_dump(mode="json"), "name": kept.name, "period": days}


@contextmanager
def _in_options() -> Iterator[None]:
    """Says how to mend a frame in the words of this command."""
    try:
        yield
    except Invalid as error:
        error.mend = MENDS.get(error.code, error.mend)
        raise


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the frames of this workspace.

    Example: `tilik frame list --json`
    """
    with workspace() as opened, opened.store.read() as connection:
        frames = list_frames(connection)
    if as_json:
        print_json([_told(f) for f in frames])
        return
    rows = [
        (
            f.name,
            str(f.days or "–"),
            f.rows,
            f"{f.impressions:,.0f}",
            ", ".join(f.summary.scores),
            f.hash[:12],
        )
        for f in frames
    ]
    print_table(("frame", "period", "videos", "impressions", "scores", "hash"), rows)


@app.command("describe")
def describe_(
    name: Annotated[str, typer.Argument(help="The frame's name; may be left out where there is one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show how impressions and scores lie in a frame, and its domains.

    Example: `tilik frame describe 2026-03`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = find_frame(connection, name)
        described = describe(opened.store.blobs.path(found.snapshot))
    if as_json:
        print_json(described.model_dump(mode="json"))
    else:
        _print_description(found.name, described)


@app.command("compare")
def compare_(
    before: Annotated[str, typer.Argument(help="The earlier frame's name.")],
    after: Annotated[str, typer.Argument(help="The later frame's name.")],
    as_json: AsJson = False,
) -> None:
    """Compare two periods: videos that came, went and stayed, and how mix and scores moved.

    Example: `tilik frame compare 2026-02 2026-03`
    """
    with workspace() as opened, opened.store.read() as connection:
        one, other = find_frame(connection, before), find_frame(connection, after)
        blobs = opened.store.blobs
        found = compare(blobs.path(one.snapshot), blobs.path(other.snapshot))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print_comparison(one.name, other.name, found)


def _print_comparison(one: str, other: str, found: FrameComparison) -> None:
    sides = [(one, found.before), (other, found.after)]
    print_table(
        ("frame", "videos", "impressions"), [(n, s.videos, f"{s.impressions:,.0f}") for n, s in sides]
    )
    rows = [(t.fate, t.videos, f"{t.before:,.0f}", f"{t.after:,.0f}") for t in found.turnover]
    print_table(("videos that are", "videos", f"impressions {one}", f"impressions {other}"), rows)
    for domain in found.domains:
        title = f"{domain.column}: {percent(domain.moved, 1)} of impressions moved"
        _print_shifts(title, (domain.column, one, other), domain.shifts[:7])
    for score in found.scores:
        title = (
            f"{score.column}: mean {score.before:.4g} to {score.after:.4g}, {percent(score.moved, 1)} moved"
        )
        _print_shifts(title, ("score", one, other), score.bands)
    for name, columns in ((one, found.only_before), (other, found.only_after)):
        if columns:
            out.print(f"Only {name} has {', '.join(columns)}.", markup=False)


def _print_shifts(title: str, head: tuple[str, str, str], shifts: Sequence[Shift]) -> None:
    rows = [(s.level or "(none)", percent(s.before, 1), percent(s.after, 1)) for s in shifts]
    out.print(title, markup=False, style="bold")  # a table's own title breaks at its width
    print_table(head, rows)


def _print_description(name: str, found: FrameDescription) -> None:
    out.print(f"[bold]{escape(name)}[/]  {found.rows:,} videos, {found.impressions:,.0f} impressions")
    out.print(
        f"{found.without_impressions:,} videos without impressions can never be drawn. The largest has "
        f"{found.largest:,.0f}; impressions are as concentrated as {found.equal_videos:,.0f} equal videos."
    )
    print_table(("quantile", "impressions"), list(found.quantiles.items()))
    print_table(
        ("score", "mean by video", "mean by impression"),
        [(s.column, s.mean, s.mean_by_impressions) for s in found.scores],
    )
    for domain in found.domains:
        title = f"{domain.column}: {domain.levels:,} levels"
        rows = [(lv.level or "(none)", lv.rows, percent(lv.share, 1)) for lv in domain.heaviest[:7]]
        print_table(("level", "videos", "impressions"), rows, title=title)


def _print_report(report: FrameReport) -> None:
    if report.clean:
        out.print(f"{report.rows:,} rows read, nothing wrong.")
        return
    rows = [(p.reason, p.column, p.rows, p.dropped) for p in report.problems]
    print_table(("problem", "column", "rows", "dropped"), rows)


def _scores(given: list[str]) -> dict[str, str]:
    found = {}
    for text in given:
        name, equals, column = text.partition("=")
        if not (name and equals and column):
            raise Invalid("score-option", "write NAME=COLUMN", where=f"--score {text}")
        found[name if name.startswith("score_") else f"score_{name}"] = column
    return found


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="frame")

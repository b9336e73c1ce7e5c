"""``tilik exchange``: judgements out to other programs, and in from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.exchange_raters import add_raters
from tilik.cli.exchange_scores import add_scores
from tilik.cli.exchange_spans import add_spans
from tilik.cli.place import workspace
from tilik.exchange.judged import judged_videos
from tilik.exchange.label_studio.config import labelling_config
from tilik.exchange.label_studio.tasks import (
    Origin,
    Task,
    guideline_named,
    read_tasks,
    tasks_again,
    tasks_of,
)
from tilik.exchange.outside import find_imported, imported_studies, judged_outside, keep_outside
from tilik.exchange.writing_files import write_list, write_text
from tilik.guideline import Language
from tilik.kernel import Invalid, Missing
from tilik.store import Workspace
from tilik.store.tables import study as study_table
from tilik.study import active_guideline, find_study, find_version, guideline_of

app = typer.Typer(help="Judgements out to other programs, and in from them.", no_args_is_help=True)
label_studio = typer.Typer(help="Label Studio: tasks, predictions, annotations.", no_args_is_help=True)
app.add_typer(label_studio, name="label-studio")

Study = Annotated[str, typer.Argument(help="The study's name or id; an imported study's as well.")]
Into = Annotated[Path, typer.Option("--out", help="The JSON file to write.")]
Address = Annotated[
    str, typer.Option("--video-url", help="Where Label Studio finds a video; {video} stands for its id.")
]
Blank = Annotated[bool, typer.Option("--blank", help="Tasks alone: nothing of what was judged or measured.")]
InLanguage = Annotated[Language, typer.Option("--lang", help="Language of the names on the screen.")]
Version = Annotated[
    str, typer.Option("--guideline", help="A guideline's version; the active one if left out.")
]


@label_studio.command("export")
def export(
    study: Study,
    into: Into,
    address: Address = "{video}",
    blank: Blank = False,
    language: InLanguage = "id",
    as_json: AsJson = False,
) -> None:
    """Write a study as Label Studio's JSON, and beside it the labelling configuration (.xml).

    Judgements are annotations under pseudonyms, evidence is predictions. Stopped and locked videos stay
    here, and so does everything about the sampling.

    Example: `tilik exchange label-studio export march --out march.json --video-url https://clips.example.org/{video}.mp4`
    """
    config = into.with_suffix(".xml")
    if config == into:
        raise Invalid("export-file", "the configuration takes .xml", where=str(into), mend="Name a .json.")
    counts = {"tasks": 0, "annotations": 0, "predictions": 0}
    with workspace() as opened, opened.store.read() as connection:
        origin, tasks = _tasks(opened, connection, study, address, blank=blank)
        counts["tasks"] = write_list(into, (_counted(one, counts) for one in tasks))
        write_text(config, labelling_config(origin.guideline, language))
    if as_json:
        print_json({**counts, "file": str(into), "config": str(config)})
    else:
        out.print(
            f"{counts['tasks']:,} tasks, {counts['annotations']:,} annotations, "
            f"{counts['predictions']:,} predictions in {into}; the configuration in {config}.",
            markup=False,
        )


def _counted(task: Task, counts: dict[str, int]) -> Task:
    for name in ("annotations", "predictions"):
        counts[name] += len(task[name])
    return task


def _tasks(
    opened: Workspace, connection: Connection, study: str, address: str, *, blank: bool
) -> tuple[Origin, Iterator[Task]]:
    try:
        identity = find_study(connection, study)
    except Missing as missing:
        try:
            found = find_imported(connection, study)
        except Missing:
            raise missing from None
        origin = _origin(opened, connection, found.guideline, address, blank=blank)
        return origin, tasks_again(origin, judged_outside(connection, found.id))
    query = select(study_table.c.guideline).where(study_table.c.id == identity)
    origin = _origin(opened, connection, connection.execute(query).scalar_one(), address, blank=blank)
    return origin, tasks_of(origin, judged_videos(connection, opened.store.blobs, identity))


def _origin(
    opened: Workspace, connection: Connection, hashed: str, address: str = "", *, blank: bool = False
) -> Origin:
    document = guideline_of(connection, opened.store.blobs, hashed)
    return Origin(document, hashed, opened.settings.id, address, blank)


@label_studio.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Label Studio's JSON export.")],
    name: Annotated[str, typer.Option(help="What to call the imported study.")],
    version: Version = "",
    video_key: Annotated[
        str, typer.Option(help="Field of data with the video's id, in tasks that are not ours.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Bring in annotations as judgements of outside people, and predictions as those of machines.

    They become an imported study, which has no frame, no draw and no probability: no figure takes it. What
    comes back unchanged from this workspace is left out. All or nothing.

    Example: `tilik exchange label-studio import project-1.json --name agency-may`
    """
    tasks = _loaded(file)
    with workspace() as opened:
        with opened.store.read() as connection:
            hashed = guideline_named(tasks) if not version else find_version(connection, version).hash
            origin = _origin(opened, connection, hashed or active_guideline(connection))
        read = read_tasks(origin, tasks, video_key=video_key)
        with opened.store.write() as writing:
            keep_outside(writing, read.judged, name=name, guideline=origin.hash, document=origin.guideline)
        with opened.store.read() as connection:
            found = find_imported(connection, name)
    if as_json:
        print_json({**asdict(found), "left_out": dict(read.left_out)})
        return
    out.print(
        f"{name}: {found.judgements:,} judgements of {found.videos:,} videos by {found.people:,} people and "
        f"{found.machines:,} machines; {found.complete:,} are complete by the guideline.",
        markup=False,
    )
    for what, count in sorted(read.left_out.items()):
        out.print(f"Left out: {count:,} {what}.", markup=False)


def _loaded(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Missing("file-unreadable", "there is no such file", where=str(file)) from None
    except (ValueError, RecursionError):
        raise Invalid(
            "label-studio-shape",
            "this is no JSON",
            where=str(file),
            mend="Export as JSON, not JSON-MIN or CSV.",
        ) from None


@label_studio.command("config")
def config(
    into: Annotated[Path, typer.Option("--out", help="The XML file to write.")],
    version: Version = "",
    language: InLanguage = "id",
) -> None:
    """Write a guideline as Label Studio's labelling configuration.

    Example: `tilik exchange label-studio config --out keluarga.xml --lang en`
    """
    with workspace() as opened, opened.store.read() as connection:
        hashed = find_version(connection, version).hash if version else active_guideline(connection)
        document = guideline_of(connection, opened.store.blobs, hashed)
    write_text(into, labelling_config(document, language))
    out.print(f"Written to {into}.", markup=False)


@app.command("imported")
def imported(as_json: AsJson = False) -> None:
    """List the imported studies: who judged how much elsewhere.

    Example: `tilik exchange imported`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = imported_studies(connection)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [(s.name, s.source, s.videos, s.people, s.machines, s.judgements, s.complete) for s in found]
    print_table(("study", "from", "videos", "people", "machines", "judgements", "complete"), rows)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    add_spans(app)
    add_raters(app)
    add_scores(app)
    parent.add_typer(app, name="exchange")

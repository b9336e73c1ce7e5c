"""``tilik media``: bringing in files, preparing them for review, taking evidence out."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from tilik.cli.console import AsJson, err, out, print_json, print_table, steps
from tilik.cli.files import find_videos, read_text
from tilik.cli.media_families import families
from tilik.cli.media_frame import declared_of
from tilik.cli.media_screen import screen, screened
from tilik.cli.media_search import search_texts
from tilik.cli.media_signals import signals
from tilik.cli.place import workspace
from tilik.kernel import Invalid, Missing
from tilik.media.around import around_of
from tilik.media.caption_tracks import sidecars
from tilik.media.due import due
from tilik.media.exporting import export_evidence
from tilik.media.measuring import Tier
from tilik.media.registration import add_video
from tilik.media.tier2 import lacking
from tilik.media.workflow import prepare_added
from tilik.store import Workspace

app = typer.Typer(help="Video files: bring them in, prepare them for review.", no_args_is_help=True)
NAMED = 5


@dataclass(frozen=True, slots=True)
class Brought:
    """A file to bring in, as which video, under which title."""

    file: Path
    video: str
    title: str


@app.command("add")
def add(
    files: Annotated[list[Path], typer.Argument(help="Video files, or folders of them.")],
    manifest: Annotated[
        Path | None,
        typer.Option(
            help="CSV with the columns file, video, title; without it a file's name is its video id."
        ),
    ] = None,
    declared: Annotated[
        str, typer.Option(help="The frame's column with the platform's own label of AI-made videos.")
    ] = "",
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Also bring in ids that no frame names.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring in files of videos that the frame names; then run `tilik media prepare`.

    Caption files beside a video (clip.vtt, clip.id.srt) come along.

    Example: `tilik media add clips/ --manifest clips.csv`
    """
    brought = _brought(files, _manifest(manifest) if manifest else {})
    with workspace() as opened:
        known = _known(opened, brought, declared, refuse=not unknown)
        added = _add(opened, brought, known)
    if as_json:
        print_json(added)
        return
    captions = sum(row["captions"] for row in added)
    told = f" with {captions} caption files" if captions else ""
    out.print(f"{len(added)} files are in{told}. Next: tilik media prepare")
    strangers = [each.video for each in brought if each.video not in known]
    if strangers:
        err.print(f"No frame names {_list(strangers)}: no sample will draw them.", markup=False)


def _brought(files: list[Path], named: dict[str, tuple[str, str]]) -> list[Brought]:
    found = [file for given in files for file in find_videos(given)]
    if not found:
        raise Missing("file-unreadable", "no video files", where=", ".join(str(file) for file in files))
    brought = [Brought(file, *named.get(file.name, (file.stem, ""))) for file in found]
    first: dict[str, Path] = {}
    for each in brought:
        if each.file != first.setdefault(each.video, each.file):
            raise Invalid(
                "video-twice",
                f"{first[each.video].name} and {each.file.name} would both be the video {each.video}",
                where=str(each.file),
                mend="Give one of them another id in --manifest (file,video,title), or another name.",
            )
    return brought


def _known(opened: Workspace, brought: list[Brought], column: str, *, refuse: bool) -> dict[str, str]:
    with opened.store.read() as connection:
        known = declared_of(opened, connection, {each.video for each in brought}, column)
    strangers = [each.video for each in brought if each.video not in known]
    if strangers and refuse:
        raise Invalid(
            "video-not-in-frame",
            f"no frame names {_list(strangers)}",
            where="media add",
            mend="Name the right ids in --manifest (file,video,title), or add --unknown to take them anyway.",
        )
    return known


def _add(opened: Workspace, brought: list[Brought], known: dict[str, str]) -> list[dict[str, Any]]:
    added: list[dict[str, Any]] = []
    with opened.store.write() as writing:
        for each in brought:
            captions = sidecars(each.file)
            content = add_video(
                writing,
                video=each.video,
                title=each.title,
                file=each.file,
                captions=captions,
                declared=known.get(each.video, ""),
            )
            row = {"video": each.video, "file": str(each.file), "content": content}
            added.append({**row, "captions": len(captions), "known": each.video in known})
    return added


def _list(videos: list[str]) -> str:
    more = f" and {len(videos) - NAMED} more" if len(videos) > NAMED else ""
    return ", ".join(videos[:NAMED]) + more


@app.command("prepare")
def prepare(
    tier: Annotated[
        int,
        typer.Option(
            help="0 key pictures only (hashes, stills), 1 one pass over all, 2 speech and text too.",
            min=0,
            max=2,
        ),
    ] = 1,
    workers: Annotated[int, typer.Option(help="Files at once.", min=1, max=64)] = 2,
    as_json: AsJson = False,
) -> None:
    """Make playback copies, posters, storyboards and evidence; a broken file gets a stated condition.

    What is there already is not made again; a new version of an analyser runs that one alone. Where
    TILIK_HMA_URL names a hash server, videos are looked up there first, and nothing is prepared without it.
    Tier 2 writes down what is said where TILIK_SPEECH_MODEL names the folder of a Whisper model.

    Example: `tilik media prepare --workers 4`
    """
    results = []
    with workspace() as opened:
        screened(opened, workers=workers, quiet=as_json)
    with workspace() as opened, steps(quiet=as_json) as progress:
        around = around_of(opened.folder)
        with opened.store.read() as connection:
            total = len(due(connection, opened.store.blobs, tier, around))
        bar = progress.add_task("Preparing media", total=total)
        for found, prepared in prepare_added(
            opened.store, opened.scratch, tier=cast(Tier, tier), workers=workers, around=around
        ):
            results.append((found.id, prepared))
            progress.update(bar, advance=1, total=max(total, len(results)))  # tier 2 is due after tier 1
    if as_json:
        print_json(
            [{"video": v, **p.condition.model_dump(), "evidence": len(p.evidence)} for v, p in results]
        )
        return
    if tier == 2:
        _say_lacking()
    worst = {video: prepared.condition.code for video, prepared in results}
    worst |= {video: p.condition.code for video, p in results if p.condition.code != "ready"}
    counts = Counter(worst.values())
    print_table(("condition", "videos"), sorted(counts.items()))
    for video, prepared in results:
        if prepared.condition.code != "ready":
            state = prepared.condition
            out.print(f"{video}: {state.code} {state.reason} {state.detail}", markup=False)


@app.command("evidence")
def evidence(
    into: Annotated[Path, typer.Argument(help="The Parquet file to write.")], as_json: AsJson = False
) -> None:
    """Write all evidence to Parquet: video, kind, start and end in seconds, value (JSON), source, note.

    Example: `tilik media evidence evidence.parquet`
    """
    with workspace() as opened, opened.store.read() as connection:
        rows = export_evidence(connection, opened.store.blobs, into)
    if as_json:
        print_json({"file": str(into), "rows": rows})
    else:
        out.print(f"{rows:,} pieces of evidence written to {into}.", markup=False)


def _say_lacking() -> None:
    for name, why in lacking().items():
        err.print(f"Not measured: {name}: {why}", markup=False)


def _manifest(file: Path) -> dict[str, tuple[str, str]]:
    rows = csv.DictReader(read_text(file).splitlines())
    lacking = {"file", "video"} - set(rows.fieldnames or ())
    if lacking:
        raise Invalid(
            "manifest-columns",
            f"the columns {', '.join(sorted(lacking))} are missing",
            where=f"{file}:1",
            mend="The first line must be: file,video,title",
        )
    return {row["file"]: (row["video"], row.get("title") or "") for row in rows}


app.command("signals")(signals)
app.command("families")(families)
app.command("screen")(screen)
app.command("search")(search_texts)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="media")

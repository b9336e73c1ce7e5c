"""``tilik exchange fiftyone`` and ``cvat``: the spans of a study for programs that look at videos."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json
from tilik.cli.place import workspace
from tilik.exchange.cvat import write_cvat
from tilik.exchange.fiftyone import write_fiftyone
from tilik.exchange.judged import judged_videos
from tilik.study import find_study

Study = Annotated[str, typer.Argument(help="The study's name or id.")]
Into = Annotated[Path, typer.Option("--out", help="The folder to write into.")]
Address = Annotated[str, typer.Option("--video-path", help="Where a video lies; {video} stands for its id.")]


def fiftyone(study: Study, into: Into, address: Address = "{video}.mp4", as_json: AsJson = False) -> None:
    """Write people's marks and the evidence as FiftyOne temporal detections (labels.json, data.json).

    Stopped and locked videos stay here. Load it as a `FiftyOneTemporalDetectionDataset`.

    Example: `tilik exchange fiftyone march --out march-fiftyone --video-path /clips/{video}.mp4`
    """
    with workspace() as opened, opened.store.read() as connection:
        identity = find_study(connection, study)
        counts = write_fiftyone(into, judged_videos(connection, opened.store.blobs, identity), address)
    if as_json:
        print_json(counts)
    else:
        out.print(
            f"{counts['detections']:,} detections in {counts['videos']:,} videos, in {into}.", markup=False
        )


def cvat(study: Study, into: Into, as_json: AsJson = False) -> None:
    """Write people's marks and the evidence as frame tags for CVAT: one XML (CVAT for images 1.1) a video.

    Stopped and locked videos stay here.

    Example: `tilik exchange cvat march --out march-cvat`
    """
    with workspace() as opened, opened.store.read() as connection:
        identity = find_study(connection, study)
        counts = write_cvat(into, judged_videos(connection, opened.store.blobs, identity))
    if as_json:
        print_json(counts)
    else:
        out.print(f"{counts['spans']:,} spans of {counts['videos']:,} videos in {into}.", markup=False)


def add_spans(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.command("fiftyone")(fiftyone)
    parent.command("cvat")(cvat)

"""``tilik media families``: which files of a folder are copies of one another, without a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tilik.cli.console import AsJson, err, out, percent, print_json, print_table, steps
from tilik.cli.files import find_videos
from tilik.kernel import Json, Missing
from tilik.media.families import Family, Fingerprint
from tilik.media.families import families as compare_all
from tilik.media.family_index import families_of, large_possible
from tilik.media.result import Condition
from tilik.media.signal_files import fingerprints_of

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of video files.")]
Workers = Annotated[int, typer.Option(help="Files at once.", min=1, max=64)]


def families(folder: Folder, workers: Workers = 2, as_json: AsJson = False) -> None:
    """Find copies: re-encoded, cropped, mirrored, written over, in one folder of videos.

    Example: `tilik media families clips/`
    """
    files = find_videos(folder)
    if not files:
        raise Missing("file-unreadable", "no video files", where=str(folder))
    prints: list[Fingerprint] = []
    failed: dict[str, Condition] = {}
    with steps(quiet=as_json) as progress:
        bar = progress.add_task("Fingerprinting", total=len(files))
        for file, found in fingerprints_of(files, workers=workers):
            if isinstance(found, Fingerprint):
                prints.append(found)
            else:
                failed[file.name] = found
            progress.advance(bar)
    find = families_of if large_possible() else compare_all
    groups = find(sorted(prints, key=lambda p: p.video))
    if as_json:
        print_json(_as_json(groups, prints, failed))
    else:
        _print(groups, prints, failed)


def _as_json(groups: list[Family], prints: list[Fingerprint], failed: dict[str, Condition]) -> Json:
    return {
        "families": [
            {
                "videos": list(group.videos),
                "matches": [{"one": m.one, "other": m.other, "share": m.share} for m in group.matches],
            }
            for group in groups
        ],
        "alone": _alone(groups, prints),
        "unreadable": {name: c.model_dump(mode="json") for name, c in sorted(failed.items())},
    }


def _alone(groups: list[Family], prints: list[Fingerprint]) -> list[Json]:
    kept = {video for group in groups for video in group.videos}
    return sorted(p.video for p in prints if p.video not in kept)  # type: ignore[return-value]


def _print(groups: list[Family], prints: list[Fingerprint], failed: dict[str, Condition]) -> None:
    for number, group in enumerate(groups, start=1):
        rows = [
            (video, percent(max(m.share for m in group.matches if video in (m.one, m.other)), 0))
            for video in group.videos
        ]
        print_table((f"family {number}", "pictures shared"), rows)
        out.print()
    out.print(f"families: {len(groups)}; videos that stand alone: {len(_alone(groups, prints))}")
    for name, condition in sorted(failed.items()):
        err.print(f"{name}: {condition.code} {condition.detail}", markup=False)

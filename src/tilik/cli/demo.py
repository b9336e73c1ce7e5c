"""``tilik demo``: the whole line on one machine, with nothing but this program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from tilik.cli.console import AsJson, out, print_json, steps
from tilik.cli.files import find_videos
from tilik.cli.measure import measure_study, print_measurement
from tilik.cli.place import folder, new_workspace, workspace
from tilik.demo.build import STUDY, Size, Tell, build_demo
from tilik.guideline import Language
from tilik.kernel import Conflict, Missing
from tilik.store.workspace import SETTINGS, TRUTH

UNFINISHED = "demo-unfinished"
SIZE = Size()


def demo(
    serve: Annotated[bool, typer.Option(help="Serve the bench when everything is made.")] = True,
    videos: Annotated[
        Path | None, typer.Option(help="A folder of real clips to use instead of generated ones.")
    ] = None,
    rows: Annotated[int, typer.Option(help="Videos in the made-up frame.", min=1000)] = SIZE.rows,
    budget: Annotated[int, typer.Option(help="Videos to draw from it.", min=2)] = SIZE.budget,
    clips: Annotated[int, typer.Option(help="Clips to generate, which wait for you.", min=0)] = SIZE.clips,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    language: Annotated[Language, typer.Option("--lang", help="Language of the printed page.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Make a demo workspace, print its measured page beside the known truth, and serve the bench.

    Run again it serves the same workspace, with your judgements in it. With `--json` it prints the page as
    one JSON value and does not serve.

    Example: `tilik --workspace /tmp/tilik-demo demo --videos ./clips`
    """
    _make_if_needed(videos, Size(rows, budget, clips), quiet=as_json)
    with workspace() as opened:
        measured = measure_study(opened, STUDY)
        if as_json:
            print_json(measured.model_dump(mode="json"))
        else:
            print_measurement(measured, language)
        if serve and not as_json:
            # The web server takes a second to load, and a demo that is only printed has no use for it.
            from tilik.cli.serve import serve_workspace  # noqa: PLC0415

            out.print()
            serve_workspace(opened, port=port)


def _make_if_needed(videos: Path | None, size: Size, *, quiet: bool) -> None:
    place = folder()
    if (place / SETTINGS).exists():
        _refuse_other_workspace(place)
        return
    files = _real(videos) if videos else []
    with new_workspace() as opened, steps(quiet=quiet) as progress:
        (place / UNFINISHED).touch()  # stays behind only where the machine or a kill ends us
        build_demo(opened, _teller(progress), videos=files, size=size)
        (place / UNFINISHED).unlink()


def _real(videos: Path) -> list[Path]:
    found = find_videos(videos)
    if not found:
        raise Missing("file-unreadable", "no video files", where=str(videos))
    return found


def _refuse_other_workspace(place: Path) -> None:
    if (place / UNFINISHED).exists():
        raise Conflict(
            "demo-unfinished",
            "an earlier demo was stopped half way",
            where=str(place),
            mend="Delete this folder.",
        )
    if not (place / TRUTH).exists():
        raise Conflict(
            "workspace-exists",
            "this is a workspace of real work, not a demo",
            where=str(place),
            mend="Name another folder: tilik --workspace FOLDER demo",
        )


def _teller(progress: Progress) -> Tell:
    @contextmanager
    def tell(title: str) -> Iterator[Callable[[int, int], None]]:
        bar = progress.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        yield show
        progress.update(bar, total=1, completed=1)

    return tell


def add_to(app: typer.Typer) -> None:
    """Mount this command."""
    app.command()(demo)

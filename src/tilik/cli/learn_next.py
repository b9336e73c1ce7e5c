"""``tilik learn next``: what to judge next so that a study's baseline learns most."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.place import workspace
from tilik.kernel import Json
from tilik.learn.looking_next import POOL, open_next
from tilik.learn.next_best import By
from tilik.learn.next_wire import NextStudyView, WantedView, show_next, show_next_studies
from tilik.store.store import SYSTEM
from tilik.study import find_study

Study = Annotated[str, typer.Argument(help="The study's name or id.")]
Count = Annotated[int, typer.Option(min=1, max=POOL, help="Videos to choose.")]
How = Annotated[
    By,
    typer.Option(
        "--by", help="Worth: how unsure the model is (entropy, margin), or how much it would change (change)."
    ),
]
Alike = Annotated[
    float, typer.Option(min=0, max=1, help="How much less a video is worth that is like one chosen before.")
]
Draw = Annotated[str, typer.Option(help="Open a study of them under this name.")]


def next_(
    study: Study,
    count: Count = 50,
    by: How = "entropy",
    alike: Alike = 0.5,
    draw: Draw = "",
    as_json: AsJson = False,
) -> None:
    """List the videos of a study's frame that its baseline would learn most from, the most telling first.

    Looked at are at most 5,000 that nobody drew. Of a channel or family one is chosen. With `--draw` they
    become a study of their own: assisted work that can teach, and that no measurement takes.

    Example: `tilik learn next march --count 50 --draw march-next`
    """
    opened_as = ""
    with workspace() as opened:
        store = opened.store
        with store.read() as connection:
            identity = find_study(connection, study)
            shown, found = show_next(connection, store.blobs, identity, count=count, by=by, alike=alike)
        if draw:
            opened_as, _ = open_next(store, opened.scratch, found, name=draw, actor=SYSTEM)
        with store.read() as connection:
            came = show_next_studies(connection, store.blobs, identity)
    if as_json:
        studies: list[Json] = [one.model_dump(mode="json") for one in came]
        print_json({**shown.model_dump(mode="json"), "opened": opened_as or None, "studies": studies})
        return
    print_table(
        ("video", "chance to fail", "fails where so said", "unsure", "change", "likeness", "worth"),
        [_row(one) for one in shown.videos],
    )
    out.print(f"{len(shown.videos):,} of {shown.pool:,} videos that nobody drew.", markup=False)
    if opened_as:
        out.print(f"Opened as {draw}: it can teach, and is never measured.", markup=False)
    for one in came:
        _print_came(one)


def _row(one: WantedView) -> tuple[str, ...]:
    like = f"{percent(one.found.low)} – {percent(one.found.high)}"
    parts = (one.unsure, one.change, one.likeness, one.worth)
    return one.video, percent(one.chance), like, *(f"{part:.3f}" for part in parts)


def _print_came(one: NextStudyView) -> None:
    state = f"{one.waiting:,} of {one.drawn:,} wait" if one.waiting else f"all {one.drawn:,} judged"
    out.print(f"\nStudy [bold]{escape(one.name)}[/]: {state}", soft_wrap=True)
    if (found := one.failing) is not None:
        ends = f"{percent(found.low)} – {percent(found.high)}"
        told = f"  Of {found.n:,} judged so far [bold]{percent(found.value)}[/] fail ({ends})"
        out.print(f"{told}: of what was chosen, not of the frame.", soft_wrap=True)

"""``tilik learn next``: what to judge next so that a study's baseline learns most."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.place import workspace
from tilik.kernel import Json
from tilik.learn.looking_next import POOL, look_next, open_next
from tilik.learn.next_best import By
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
            found = look_next(connection, store.blobs, identity, count=count, by=by, alike=alike)
        if draw:
            opened_as, _ = open_next(store, opened.scratch, found, name=draw, actor=SYSTEM)
    rows = [(one.video, one.chance, one.worth, one.impressions) for one in found.wanted]
    if as_json:
        listed: list[Json] = [asdict(one) for one in found.wanted]
        print_json({"study": identity, "pool": found.pool, "opened": opened_as or None, "videos": listed})
        return
    told = [(name, f"{chance:.3f}", f"{worth:.3f}", f"{seen:,.0f}") for name, chance, worth, seen in rows]
    print_table(("video", "chance to fail", "worth", "impressions"), told)
    out.print(f"{len(rows):,} of {found.pool:,} videos that nobody drew.", markup=False)
    if opened_as:
        out.print(f"Opened as {draw}: it can teach, and is never measured.", markup=False)

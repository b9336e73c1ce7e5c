"""``tilik learn errors --study``: doubted judgements of a study, and the re-review of them."""

from __future__ import annotations

from rich.markup import escape

from tilik.cli.console import out, percent, print_json, print_table
from tilik.cli.place import workspace
from tilik.learn.doubt_wire import DoubtsView, RereviewView, show_doubts, show_rereviews
from tilik.learn.doubting import doubts
from tilik.learn.rereviewing import open_rereview
from tilik.store.store import SYSTEM
from tilik.study import find_study

SHOWN = 12


def doubts_of_study(study: str, *, question: str, draw: str, top: int | None, as_json: bool) -> None:
    """The list and the re-reviews of a study; with ``draw`` a re-review of that name is opened first."""
    with workspace() as opened:
        store = opened.store
        with store.read() as connection:
            identity = find_study(connection, study)
            found = show_doubts(connection, store.blobs, identity, question)
            ranked = doubts(connection, store.blobs, identity, question)
        if draw:
            open_rereview(store, opened.scratch, ranked, name=draw, top=top or found.top, actor=SYSTEM)
        with store.read() as connection:
            again = show_rereviews(connection, store.blobs, identity)
    if as_json:
        told = {**found.model_dump(mode="json"), "rereviews": [one.model_dump(mode="json") for one in again]}
        print_json(told)
    else:
        _print(found, again)


def _print(found: DoubtsView, again: list[RereviewView]) -> None:
    out.print(
        f"[bold]{escape(found.name)}[/]  {found.ranked:,} judged videos; [bold]{found.doubtful:,}[/] "
        f"judgements of {found.question} are probably wrong",
        soft_wrap=True,
    )
    for leak in found.leaks:
        out.print(f"[yellow]leaks:[/] {leak.column} ({', '.join(leak.why)}).", soft_wrap=True)
    cells = [(one.video, one.said, round(one.trust, 4), one.doubtful) for one in found.listed[:SHOWN]]
    print_table(["video", "said", "trust", "doubtful"], cells, title="Least trusted")
    for one in again:
        state = f"{one.waiting:,} of {one.drawn:,} wait" if one.waiting else f"all {one.drawn:,} judged"
        out.print(f"\nRe-review [bold]{escape(one.name)}[/] ({one.question}): {state}", soft_wrap=True)
        for figure in (one.top, one.control, one.gain):
            if figure is not None:
                ends = f"{percent(figure.low)} – {percent(figure.high)}"
                told = f"{figure.of}: [bold]{percent(figure.value)}[/] ({ends}, n {figure.n:,})"
                out.print(told, soft_wrap=True)

"""``tilik learn blindspots --study``: blind spots of a study's judged draws, and the sample that confirms."""

from __future__ import annotations

from rich.markup import escape

from tilik.cli.console import out, percent, print_json
from tilik.cli.place import workspace
from tilik.kernel import Estimate, Invalid
from tilik.learn.confirming import open_second
from tilik.learn.hunting import Asked, as_asked, hunt
from tilik.learn.showing import show_blind_spots, show_seconds
from tilik.learn.wire import BlindSpotsView, ConditionView, SecondView, SpotView
from tilik.store import Workspace
from tilik.store.store import SYSTEM
from tilik.study import find_study


def of_study(
    study: str,
    *,
    score: str,
    threshold: float | None,
    columns: tuple[str, ...],
    draw: str,
    budget: int | None,
    as_json: bool,
) -> None:
    """What a study makes suspect; with ``draw`` the second study of that name is drawn as well."""
    with workspace() as opened:
        store = opened.store
        with store.read() as connection:
            identity = find_study(connection, study)
            stated = as_asked(connection, store.blobs, identity, score, threshold)
            asked = Asked(stated.score, stated.threshold, columns)
            found = show_blind_spots(connection, store.blobs, identity, asked)
        if draw:
            _draw(opened, identity, asked, draw, budget or found.budget)
        with store.read() as connection:
            again = show_seconds(connection, store.blobs, identity)
    if as_json:
        print_json(
            {**found.model_dump(mode="json"), "seconds": [one.model_dump(mode="json") for one in again]}
        )
    else:
        _print(found, again)


def refuse_both(file: object, study: str, draw: str) -> None:
    """Raise ``Invalid`` unless exactly one of a table and a study was named."""
    if (file is None) == (not study):
        raise Invalid("file-or-study", "name a table or a study, one of them", mend="Give FILE or --study.")
    if draw and not study:
        raise Invalid("draw-needs-study", "only a study can be drawn from again", where="--draw")


def _draw(opened: Workspace, study: str, asked: Asked, name: str, budget: int) -> None:
    with opened.store.read() as connection:
        found = hunt(connection, opened.store.blobs, study, asked)
    open_second(opened.store, opened.scratch, found, study, name=name, budget=budget, actor=SYSTEM)


def _print(found: BlindSpotsView, again: list[SecondView]) -> None:
    what = f"scored below {found.threshold:g} by {found.score}" if found.score else "fails"
    out.print(
        f"[bold]{escape(found.name)}[/]  {found.units:,} judged videos; looked in "
        f"{', '.join(found.columns)}, slices of up to {found.deepest} conditions",
        soft_wrap=True,
    )
    if not found.spots:
        out.print(f"No slice {what} beyond chance ({found.deals} deals, level {found.level:g}).")
    for spot in found.spots:
        _print_spot(spot)
    if found.spots and not again:
        out.print(
            f"Suspected only. Draw a second sample: --draw NAME (--budget {found.budget} is enough for the "
            "first with chance 0.8).",
            soft_wrap=True,
        )
    for one in again:
        _print_second(one)


def _print_spot(spot: SpotView) -> None:
    out.print(f"[bold]{escape(told(spot.conditions))}[/]: suspected", soft_wrap=True)
    out.print(
        f"  fails {_share(spot.share)}, shrunk {percent(spot.shrunk.value, 1)}; "
        f"the rest {_share(spot.rest)}; {spot.units:,} units, p {spot.p:.3f}; "
        f"failing impressions: at least {spot.burden.low:,.0f}",
        soft_wrap=True,
    )


def _print_second(one: SecondView) -> None:
    state = f"{one.waiting:,} of {one.drawn:,} wait" if one.waiting else f"all {one.drawn:,} judged"
    out.print(f"\nSecond study [bold]{escape(one.name)}[/]: {state}", soft_wrap=True)
    for spot in one.spots:
        gap = "" if spot.gap is None else f": gap {_share(spot.gap)} at level {spot.gap.level:.3f}"
        out.print(f"  {escape(told(spot.conditions))}: [bold]{spot.state}[/]{gap}", soft_wrap=True)


def told(conditions: list[ConditionView]) -> str:
    """``lang = jv and age = 7-9``."""
    return " and ".join(f"{one.column} = {one.value}" for one in conditions)


def _share(one: Estimate) -> str:
    return f"{percent(one.value, 1)} ({percent(one.low, 1)} – {percent(one.high, 1)}, n {one.n:,})"

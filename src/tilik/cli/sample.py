"""``tilik sample``: planning a sample, and drawing it."""

from __future__ import annotations

import secrets
from typing import Annotated, Literal

import typer

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.designs import Asked, Kind, refuse_absent_scores, takes_design
from tilik.cli.place import workspace
from tilik.cli.sample_plan import plan_
from tilik.cli.thin import RaiseThin, raised
from tilik.frame.registration import find_frame
from tilik.review import open_study
from tilik.sampling import AnyDesign, DrawSummary, DrawTable
from tilik.study import Purpose

app = typer.Typer(help="The sample: plan it, draw it.", no_args_is_help=True)

Frame = Annotated[str, typer.Option(help="The frame's name; may be left out where there is one.")]
Budget = Annotated[int, typer.Option(help="How many videos to draw.", min=1)]
Design = Annotated[
    Kind, typer.Option("--design", help="How to draw: by impressions, simply at random, in bands, and so on.")
]


app.command("plan")(plan_)


@app.command("draw")
@takes_design
def draw_(
    budget: Budget,
    name: Annotated[str, typer.Option(help="What to call the study.")],
    *,
    frame: Frame = "",
    design: Design = "pps",
    asked: Asked,
    raise_thin: RaiseThin = "",
    seed: Annotated[
        int | None, typer.Option(help="Fixes the draw; left out, a fresh one is made and kept.", min=0)
    ] = None,
    purpose: Annotated[
        Literal["high-impression", "random"], typer.Option(help="Why these videos are drawn.")
    ] = "random",
    wants: Annotated[int, typer.Option(help="Independent judgements per video.", min=1, max=9)] = 1,
    overlap: Annotated[
        float | None,
        typer.Option(
            help="Second looks: at each positive, and at this part of the others, 0 to 1; left out, at none.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draw a sample and open its tasks; every draw keeps its inclusion probability.

    Several purposes in one draw, each with its own probability and the joint one: `--design purposes --part
    high-impression=2 --part high-impact=1:harm*3,ai --part synthetic-suspect=1:ai@0.5 --part random=1`.

    More of what an earlier study could tell too little about: `--raise-thin march --column language --domain
    topic`.

    Example: `tilik sample draw --name march --budget 600`
    """
    fixed = secrets.randbelow(2**31) if seed is None else seed
    identity, drawn = _open(frame, asked, design, raise_thin, name, budget, fixed, purpose, wants, overlap)
    if as_json:
        print_json({"study": identity, **drawn.summary.model_dump(mode="json")})
    else:
        _print_draw(name, drawn.summary)


def _open(
    frame: str,
    asked: Asked,
    kind: Kind,
    raise_thin: str,
    name: str,
    budget: int,
    seed: int,
    purpose: Purpose,
    wants: int,
    overlap: float | None,
) -> tuple[str, DrawTable]:
    with workspace() as opened:
        with opened.store.read() as connection:
            found = find_frame(connection, frame)
        if raise_thin:
            chosen: AnyDesign = raised(opened.store, asked, kind, raise_thin, found, budget)
        else:
            chosen = asked.design(kind)
        refuse_absent_scores(chosen, found.summary.scores, found.name)
        return open_study(
            opened.store,
            opened.scratch,
            name=name,
            frame=found.name,
            design=chosen,
            budget=budget,
            seed=seed,
            purpose=purpose,
            wants=wants,
            overlap=overlap,
        )


def _print_draw(name: str, summary: DrawSummary) -> None:
    print_table(
        ("stratum", "videos", "drawn", "certain"),
        [(s.name, s.units, s.drawn, s.certain) for s in summary.strata],
    )
    families = summary.design.kind == "families"
    units, more = ("families", f", {summary.videos:,} videos") if families else ("videos", "")
    out.print(
        f"Study {name}: {summary.drawn:,} of {summary.units:,} {units} drawn{more}, seed {summary.seed}.",
        markup=False,
    )
    out.print("Next: tilik media add FILES, tilik media prepare, tilik serve")


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="sample")

"""``tilik sample plan``: one design in detail, or several designs and budgets beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, get_args

import typer
from sqlalchemy import Connection

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.designs import Asked, Kind, refuse_absent_scores, takes_design
from tilik.cli.files import read_numbers
from tilik.cli.place import workspace
from tilik.cli.thin import RaiseThin, raised
from tilik.frame.registration import RegisteredFrame, find_frame
from tilik.kernel import Invalid
from tilik.sampling import (
    AnyDesign,
    Expected,
    Forecast,
    Plan,
    Target,
    calibration_points,
    forecast,
    plan,
)
from tilik.sampling.designs import Allocation

Budgets = Annotated[
    list[int], typer.Option("--budget", help="How many to draw; again for several budgets.", min=1)
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Frame = Annotated[str, typer.Option(help="The frame's name; may be left out where there is one.")]
Designs = Annotated[
    list[str] | None,
    typer.Option(
        "--design",
        metavar="|".join(get_args(Kind)),
        help="How to draw; again for several. With a threshold: all that fit, if none.",
    ),
]
Prevalence = Annotated[
    float | None,
    typer.Option(help="The share of impressions expected positive; else as scored.", min=0, max=1),
]
Earlier = Annotated[
    Path | None,
    typer.Option(help="Earlier outcomes, to say what the score is worth: score, label, pi, impressions."),
]


@takes_design
def plan_(
    budget: Budgets,
    *,
    frame: Frame = "",
    design: Designs = None,
    asked: Asked,
    prevalence: Prevalence = None,
    earlier: Earlier = None,
    raise_thin: RaiseThin = "",
    as_json: AsJson = False,
) -> None:
    """Show what a sample would give before anything is drawn.

    One design without a threshold: its strata, effective n and half-widths. With `--score` and `--threshold`,
    or several designs or budgets: the half-widths to expect for prevalence, precision and recall, overall and
    in each domain, the design to take, and the cells too thin to print.

    Example: `tilik sample plan --budget 600 --budget 1200 --score harm --threshold 0.8 --domain language`
    """
    kinds = [_kind(name) for name in design or ()]
    if raise_thin:
        _plan_raised(asked, kinds, raise_thin, frame, budget[0], as_json=as_json)
        return
    beside = bool(asked.thresholds) or len(design or ()) > 1 or len(budget) > 1
    designs = _designs(asked, kinds, beside=beside)
    with workspace() as opened:
        with opened.store.read() as connection:
            found = _found(connection, frame, designs)
        snapshot = opened.store.blobs.path(found.snapshot)
        if not beside:
            _show_plan(plan(snapshot, designs[0], budget[0]), as_json=as_json)
            return
        targets = _targets(asked, earlier)
        told = forecast(snapshot, designs, budget, targets, domains=asked.domains, prevalence=prevalence)
    _show_forecast(told, as_json=as_json)


def _plan_raised(
    asked: Asked, kinds: Sequence[Kind], study: str, frame: str, budget: int, *, as_json: bool
) -> None:
    with workspace() as opened:
        with opened.store.read() as connection:
            found = find_frame(connection, frame)
        design = raised(opened.store, asked, (*kinds, "pps")[0], study, found, budget)
        _show_plan(plan(opened.store.blobs.path(found.snapshot), design, budget), as_json=as_json)


def _kind(name: str) -> Kind:
    for kind in KINDS:
        if kind == name:
            return kind
    raise Invalid("design", f"choose from {', '.join(KINDS)}", where=f"--design {name}")


def _designs(asked: Asked, kinds: Sequence[Kind], *, beside: bool) -> list[AnyDesign]:
    if not beside:
        return [asked.design((kinds or ["pps"])[0])]
    fitting: list[Kind] = ["pps", "multi-target"]
    fitting += ["stratified"] if len(asked.scores) == 1 else []
    fitting += ["column"] if asked.column else []
    fitting += ["purposes"] if asked.parts else []
    return [design for kind in kinds or fitting for design in _allocated(asked, kind)]


def _allocated(asked: Asked, kind: Kind) -> list[AnyDesign]:
    """The design with each allocation that it can have, where none was asked for."""
    if kind not in ("stratified", "column") or asked.allocation is not None:
        return [asked.design(kind)]
    names = [name for name in get_args(Allocation) if name != "neyman" or asked.scores]
    return [replace(asked, allocation=name).design(kind) for name in names]


def _found(connection: Connection, frame: str, designs: Sequence[AnyDesign]) -> RegisteredFrame:
    found = find_frame(connection, frame)
    for one in designs:
        refuse_absent_scores(one, found.summary.scores, found.name)
    return found


def _targets(asked: Asked, earlier: Path | None) -> list[Target]:
    targets = [Target.model_validate(fields) for fields in asked.targets()]
    if earlier is None:
        return targets
    if len(targets) != 1:
        raise Invalid("design", "earlier outcomes are of one score", where="--earlier")
    names = [asked.scores[0], "label", "pi", "impressions"]
    held = read_numbers(earlier, names)
    points = calibration_points(held[names[0]], held["label"], held["impressions"] / held["pi"])
    return [targets[0].model_copy(update={"calibration": points})]


def _show_plan(planned: Plan, *, as_json: bool) -> None:
    if as_json:
        print_json(planned.model_dump(mode="json"))
        return
    print_table(
        ("stratum", "videos", "impressions", "to draw", "certain", "mean score"), planned.stratum_rows()
    )
    rows = [
        (
            o.source,
            percent(o.prevalence, 1),
            round(o.n_eff),
            percent(o.half_width),
            f"{percent(o.low)} to {percent(o.high)}",
        )
        for o in planned.outlooks
    ]
    print_table(("prevalence is", "at", "n eff", "half-width", "expected 95 % interval"), rows)
    if planned.without_size:
        out.print(f"{planned.without_size:,} videos have no impressions and can never be drawn.")


def _show_forecast(told: Forecast, *, as_json: bool) -> None:
    if as_json:
        thin = [one.model_dump(mode="json") for one in told.thin]
        print_json({**told.model_dump(mode="json"), "thin": thin})
        return
    names = list(told.designs)
    budgets = [best.budget for best in told.best]
    for budget in budgets:
        out.print(f"{budget:,} drawn: 95 % half-widths to expect", markup=False, style="bold")
        print_table(("figure", "at", *names), [*_rows(told, budget, names)])
    for best in told.best:
        gain = f"on average {best.narrower:.1f} times narrower than the widest"
        out.print(f"Take {best.design} for {best.budget:,}: {gain}.", markup=False)
    if any(one.thin for one in told.expected):
        out.print("* too few positives to be expected: no point would be printed, only bounds.")


def _rows(told: Forecast, budget: int, names: Sequence[str]) -> list[tuple[str, ...]]:
    held: dict[tuple[str, str, str, str], dict[str, Expected]] = {}
    for one in told.expected:
        if one.budget == budget:
            held.setdefault((one.score, one.column, one.level, one.of), {})[one.design] = one
    return [
        (
            f"{score} {of}" + (f", {column} {level}" if column else ""),
            percent(next(iter(by.values())).value, 1),
            *(_cell(by[name]) if name in by else "–" for name in names),
        )
        for (score, column, level, of), by in held.items()
    ]


def _cell(one: Expected) -> str:
    return f"± {percent(one.half_width)}" + ("*" if one.thin else "")

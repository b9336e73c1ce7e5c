"""``tilik stats``: the statistical core over plain tables, without a workspace."""

from __future__ import annotations

import typer

from tilik.cli.stats_agree import agree
from tilik.cli.stats_curve import curve
from tilik.cli.stats_draw import draw_table
from tilik.cli.stats_drift import drift
from tilik.cli.stats_estimate import estimate
from tilik.cli.stats_infer import infer
from tilik.cli.stats_people import people

app = typer.Typer(help="Statistics over plain tables; no workspace needed.", no_args_is_help=True)
app.command("draw")(draw_table)
app.command("estimate")(estimate)
app.command("curve")(curve)
app.command("drift")(drift)
app.command("agree")(agree)
app.command("infer")(infer)
app.command("people")(people)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="stats")

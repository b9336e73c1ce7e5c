"""``tilik learn``: what judgements and other tables teach."""

from __future__ import annotations

import typer

from tilik.cli.learn_baseline import baseline
from tilik.cli.learn_blindspots import blindspots
from tilik.cli.learn_dataset import dataset
from tilik.cli.learn_errors import errors
from tilik.cli.learn_next import next_
from tilik.cli.learn_train import predict, train

app = typer.Typer(
    help="Label errors, a baseline classifier, blind spots, training sets.", no_args_is_help=True
)
app.command("errors")(errors)
app.command("train")(train)
app.command("baseline")(baseline)
app.command("predict")(predict)
app.command("next")(next_)
app.command("blindspots")(blindspots)
app.command("dataset")(dataset)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="learn")

"""``tilik quality``: what a study's judgements come to, task by task."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.place import workspace
from tilik.cli.quality_people import add_to as add_people
from tilik.quality.adjudication import StudyOutcomes, outcomes
from tilik.quality.adjudication.outcomes import FAILS, SURE, TaskOutcome
from tilik.study import find_study

app = typer.Typer(
    help="Outcomes, how right and how alike people are, when a study is done.", no_args_is_help=True
)
STATES = ("waiting", "single", "agreed", "contested", "ruled")


@app.callback()
def quality() -> None:
    """Outcomes, how right and how alike people are, when a study is done."""


@app.command("outcomes")
def outcomes_(
    study: Annotated[str, typer.Argument(help="The study; may be left out where there is one.")] = "",
    sure: Annotated[
        float, typer.Option(help="The posterior from which a question counts as settled.")
    ] = SURE,
    as_json: AsJson = False,
) -> None:
    """Say of each task what was decided: by one person, by agreement, by a ruling, or not yet.

    Beside it stands how sure everybody's judgements together make each question, with rulings taken as known.

    Example: `tilik quality outcomes march --json`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = outcomes(connection, opened.store.blobs, find_study(connection, study), sure=sure)
    if as_json:
        print_json(_as_json(found))
    else:
        _print(found)


def _print(found: StudyOutcomes) -> None:
    print_table(("outcome", "tasks"), [(state, found.counts.get(state, 0)) for state in STATES])
    unsure = [one for one in found.tasks if one.posterior and not one.sure]
    contested = [one for one in found.tasks if one.outcome.state == "contested"]
    if contested:
        out.print(f"Contested: {', '.join(one.video for one in contested[:20])}", markup=False)
    out.print(f"{len(unsure)} judged tasks are not settled by their posterior.", markup=False)
    for question, cautions in found.cautions.items():
        for caution in cautions:
            out.print(f"{question}: {caution.message}", markup=False)


def _as_json(found: StudyOutcomes) -> dict[str, Any]:
    return {
        "study": found.study,
        "counts": {state: found.counts.get(state, 0) for state in STATES},
        "cautions": {name: [one.code for one in said] for name, said in found.cautions.items()},
        "tasks": [_task(one) for one in found.tasks],
    }


def _task(one: TaskOutcome) -> dict[str, Any]:
    settled = one.outcome.settled
    return {
        "task": one.task,
        "video": one.video,
        "judgements": one.judgements,
        "outcome": one.outcome.state,
        "assessable": settled.assessable if settled else None,
        FAILS: settled.fails if settled else None,
        "families": sorted(settled.families) if settled else None,
        "posterior": dict(one.posterior),
        "sure": one.sure,
    }


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    add_people(app)
    parent.add_typer(app, name="quality")

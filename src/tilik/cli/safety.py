"""``tilik safety``: escalations from stop-work, for those who answer for child safety."""

from __future__ import annotations

from typing import Annotated

import typer

from tilik.cli import safety_files
from tilik.cli.answerable import BySafety, officer
from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.place import workspace
from tilik.kernel import to_text
from tilik.safety import Raised, acknowledge, escalations, find_escalation

app = typer.Typer(help="Escalations from stop-work: what waits, and taking it on.", no_args_is_help=True)


@app.command("list")
def list_(
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that nobody has taken on.")] = False,
    as_json: AsJson = False,
) -> None:
    """List every escalation, those that wait first, with the time until which each must be taken on.

    It names no video and shows nothing of one.

    Example: `tilik safety list --waiting`
    """
    with workspace() as opened, opened.store.read() as connection:
        now = to_text(opened.store.clock())
        every = escalations(connection, opened.store.blobs)
    found = [one for one in every if not waiting or one.state == "waiting"]
    if as_json:
        print_json([_told(one, now) for one in found])
        return
    columns = ("id", "code", "state", "raised", "due", "late", "hold")
    print_table(columns, [tuple(_told(one, now)[name] for name in columns) for one in found])


@app.command("acknowledge")
def acknowledge_(
    escalation: Annotated[str, typer.Argument(help="The escalation, by id.")],
    by: BySafety = "",
    as_json: AsJson = False,
) -> None:
    """Take an escalation on: its timer stops.

    Example: `tilik safety acknowledge 0197… --by R07`
    """
    with workspace() as opened:
        with opened.store.write(officer(opened, by, "child-safety")) as writing:
            acknowledge(writing, escalation)
        with opened.store.read() as connection:
            found = find_escalation(connection, opened.store.blobs, escalation)
        now = to_text(opened.store.clock())
    if as_json:
        print_json(_told(found, now))
    else:
        out.print(f"{found.code} is {found.state} since {found.acknowledged_at}.", markup=False)


def _told(one: Raised, now: str) -> dict[str, str | bool | None]:
    return {
        "id": one.id,
        "code": one.code,
        "about": one.about,
        "state": one.state,
        "raised": one.raised_at,
        "due": one.due,
        "acknowledged": one.acknowledged_at,
        "late": one.late(now),
        "hold": one.hold,
    }


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    safety_files.add_to(app)
    parent.add_typer(app, name="safety")

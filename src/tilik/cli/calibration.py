"""``tilik calibration``: sessions in which a team votes on what split it most."""

from __future__ import annotations

from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.place import workspace
from tilik.kernel import Estimate
from tilik.quality.calibration import close, find_session, open_session, session_of, sessions
from tilik.quality.calibration.act import USUAL
from tilik.quality.calibration.wire import CalibrationLine, CalibrationSession, ItemView, RoundView
from tilik.store.store import SYSTEM
from tilik.study import guideline_of

app = typer.Typer(help="Sessions in which a team votes on what split it most.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The session's id or the end of it; the newest without.")]


@app.command("open")
def open_(
    study: Annotated[str, typer.Argument(help="The study; may be left out where there is one.")] = "",
    most: Annotated[int, typer.Option(help="At most so many items.")] = USUAL,
    as_json: AsJson = False,
) -> None:
    """Open a session on what split a study's judges most, weighed by how often the video is seen.

    People then vote on the page Calibration; a lead reveals, rules, and closes.

    Example: `tilik calibration open march --most 10`
    """
    with workspace() as opened, opened.store.write() as writing:
        identity = open_session(writing, study, most)
    _tell(identity, as_json)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the sessions, the newest first.

    Example: `tilik calibration list`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = [CalibrationLine.of(one) for one in sessions(connection)]
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    rows = [
        (
            one.id[-8:],
            one.name,
            one.opened_at[:10],
            "closed" if one.closed_at else "open",
            one.ruled,
            one.items,
        )
        for one in found
    ]
    print_table(("session", "study", "opened", "state", "ruled", "items"), rows)


@app.command("show")
def show(session: Name = "", as_json: AsJson = False) -> None:
    """Show a session: what is revealed of it, the rulings, and agreement before and after.

    Example: `tilik calibration show`
    """
    _tell(session, as_json)


@app.command("close")
def close_(session: Name = "", as_json: AsJson = False) -> None:
    """End a session; what was voted stays.

    Example: `tilik calibration close`
    """
    with workspace() as opened, opened.store.write() as writing:
        close(writing, identity := find_session(writing.connection, session))
    _tell(identity, as_json)


def _tell(name: str, as_json: bool) -> None:
    with workspace() as opened, opened.store.read() as connection:
        found = session_of(connection, find_session(connection, name), SYSTEM)
        told = CalibrationSession.of(found, guideline_of(connection, opened.store.blobs, found.guideline))
    if as_json:
        print_json(told.model_dump(mode="json"))
        return
    out.print(f"{told.name}, {'closed' if told.closed_at else 'open'}: {told.id}", markup=False)
    print_table(
        ("question", "state", "votes", "yes", "ruling", "votes again"), [_row(one) for one in told.items]
    )
    for title, one in (("Before", told.before), ("After", told.after)):
        if one is not None:
            out.print(_agreed(title, one), markup=False)


def _row(one: ItemView) -> tuple[object, ...]:
    yes = sum(said.says for said in one.before) if one.before else "–"
    ruling = "–" if one.says is None else "yes" if one.says else "no"
    return one.asks.en, one.state, one.voted, yes, ruling, one.voted_again


def _agreed(title: str, one: RoundView) -> str:
    return (
        f"{title}: {one.people} people on {one.items} items; alike {_share(one.raw)}, "
        f"alpha {_plain(one.alpha)}, AC1 {_plain(one.gwet)}."
    )


def _share(found: Estimate) -> str:
    return f"{percent(found.value, 0)} ({percent(found.low, 0)} to {percent(found.high, 0)})"


def _plain(found: Estimate) -> str:
    value = "–" if found.value is None else f"{found.value:.2f}"
    return f"{value} ({found.low:.2f} to {found.high:.2f})"


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="calibration")

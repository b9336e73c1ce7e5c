"""``tilik log``: proving the chain, and rebuilding the tables from it."""

from __future__ import annotations

import re
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from sqlalchemy import Connection, select

from tilik.cli.console import AsJson, out, print_json, print_table, steps
from tilik.cli.place import workspace
from tilik.kernel import Conflict, Invalid, Json
from tilik.log import log_entry, log_head, read, verify
from tilik.store import TableMatch, Workspace, database_url, open_engine, rebuild

ROOMS = (
    "access",
    "answers",
    "answers.gold",
    "casebook",
    "exchange",
    "exchange.webhooks",
    "frame.registration",
    "learn",
    "library",
    "media.registration",
    "privacy",
    "quality.adjudication",
    "quality.calibration",
    "quality.certification",
    "quality.gold",
    "quality.people",
    "retention",
    "review",
    "safety",
    "study",
    "talk",
)
"""Where events and their appliers are declared; folding needs them all, verifying none."""


def load_rooms() -> None:
    """Declare every event and its applier, so that the log can be folded."""
    for room in ROOMS:
        import_module(f"tilik.{room}")


app = typer.Typer(help="The chain of everything that was decided.", no_args_is_help=True)


@app.command("verify")
def verify_log(
    expect: Annotated[
        str, typer.Option(help="A head noted earlier, as SEQ:HASH: prove that the chain still holds it.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Walk the whole chain: find anything altered, dropped or put in another order.

    Note the head that it prints somewhere else; with `--expect` a later run proves that even somebody with
    full access to the database has rewritten nothing up to there.

    Example: `tilik log verify --expect "$(cat noted-head.txt)"`
    """
    with workspace() as opened, opened.store.read() as connection:
        seq, seal = _head(connection) or (0, "")
        breaks = list(verify(read(connection), _head(connection)))
        held = _holds(connection, _noted(expect)) if expect else True
    if as_json:
        listed: list[Json] = [{"seq": b.seq, "what": b.what} for b in breaks]
        print_json({"entries": seq, "head": seal, "breaks": listed, "expected_held": held})
    else:
        for found in breaks:
            out.print(f"entry {found.seq}: {found.what}", markup=False)
        out.print(f"{seq:,} entries, {len(breaks)} breaks. Head: {seq}:{seal}", soft_wrap=True)
    if breaks or not held:
        what = f"{len(breaks)} breaks" if breaks else "the noted head is not in it"
        raise Conflict("chain-broken", f"the chain does not hold: {what}")


def _head(connection: Connection) -> tuple[int, str] | None:
    row = connection.execute(select(log_head.c.seq, log_head.c.hash)).first()
    return None if row is None else (row.seq, row.hash)


def _noted(expect: str) -> tuple[int, str]:
    seq, _, seal = expect.partition(":")
    if not (re.fullmatch("[0-9]{1,9}", seq) and re.fullmatch("[0-9a-f]{64}", seal)):
        raise Invalid(
            "expect",
            "a noted head is a number, a colon and 64 hex digits",
            where="--expect",
            mend="Copy it whole from what `tilik log verify` printed.",
        )
    return int(seq), seal


def _holds(connection: Connection, noted: tuple[int, str]) -> bool:
    seq, seal = noted
    return connection.execute(select(log_entry.c.hash).where(log_entry.c.seq == seq)).scalar() == seal


@app.command("rebuild")
def rebuild_tables(
    into: Annotated[
        str, typer.Option(help="Database URL to keep the fresh tables in; without it they are discarded.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Fold the log into fresh tables and compare them with the live ones, row for row.

    Example: `tilik log rebuild --into sqlite:///rebuilt.db`
    """
    with workspace() as opened, tempfile.TemporaryDirectory() as scratch, steps(quiet=as_json) as progress:
        url = into or f"sqlite:///{Path(scratch) / 'fresh.db'}"
        matches = _rebuild(opened, url, progress)
    if as_json:
        print_json(
            [{"table": m.table, "live": m.live, "rebuilt": m.rebuilt, "equal": m.equal} for m in matches]
        )
    else:
        print_table(
            ("table", "live", "rebuilt", "equal"), [(m.table, m.live, m.rebuilt, m.equal) for m in matches]
        )
    unequal = [m.table for m in matches if not m.equal]
    if unequal:
        raise Conflict("rebuild-differs", f"the live tables differ from the log's fold: {', '.join(unequal)}")


def _rebuild(opened: Workspace, url: str, progress: Progress) -> list[TableMatch]:
    bar = progress.add_task("Folding the log", total=None)
    load_rooms()
    engine = open_engine(database_url(url))
    try:
        return rebuild(
            opened.store,
            engine,
            progress=lambda done, total: progress.update(bar, completed=done, total=total),
        )
    finally:
        engine.dispose()


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="log")

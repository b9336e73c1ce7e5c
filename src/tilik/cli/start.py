"""``tilik init`` and ``tilik link``: a workspace, and a way into it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tilik.access import add_person, issue_link, list_people
from tilik.cli.console import AsJson, out, print_json
from tilik.cli.files import read_text
from tilik.cli.people import find_by_name
from tilik.cli.place import folder, new_workspace, workspace
from tilik.kernel import Conflict
from tilik.log import last
from tilik.store import Writing, guideline_text
from tilik.study import add_guideline

URL = "http://127.0.0.1:8765"


def init(
    admin: Annotated[str, typer.Option(help="Name of the first administrator.")] = "Administrator",
    database: Annotated[
        str, typer.Option(help="A PostgreSQL URL; without it, SQLite inside the workspace.")
    ] = "",
    blobs: Annotated[
        str, typer.Option(help="A folder or fsspec URL for files, such as s3://bucket/tilik.")
    ] = "",
    guideline: Annotated[
        Path | None, typer.Option(help="A guideline of your own instead of the one that ships.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a workspace with a guideline and a first administrator, who also reviews.

    Example: `tilik --workspace ./tilik-data init --admin "Sari"`
    """
    text = guideline_text("keluarga-id") if guideline is None else read_text(guideline)
    with new_workspace(database=database, blobs=blobs) as opened, opened.store.write() as writing:
        _refuse_other_log(writing)
        identity = add_guideline(writing, text, name=str(guideline or "keluarga-id.yaml"))
        person = add_person(writing, name=admin, roles=("admin", "lead", "reviewer"))
        token = issue_link(writing, person.id)
    link = f"{URL}/sign-in#{token}"
    if as_json:
        print_json({"workspace": str(folder()), "guideline": identity, "admin": person.id, "link": link})
        return
    out.print(f"Workspace made in {folder()}.", markup=False)
    out.print(f"After `tilik serve`, {admin} signs in once with:\n  {link}", markup=False, soft_wrap=True)


def _refuse_other_log(writing: Writing) -> None:
    if last(writing.connection)[0] > 0:
        raise Conflict(
            "database-taken",
            "this database holds the work of another workspace",
            where="--database",
            mend="Name a fresh database, or open that workspace.",
        )


def link(
    name: Annotated[str, typer.Argument(help="Name or pseudonym of the person.")],
    url: Annotated[str, typer.Option(help="Where the server answers.")] = URL,
    as_json: AsJson = False,
) -> None:
    """Print a new one-time sign-in link for a person.

    Example: `tilik link Sari`
    """
    with workspace() as opened, opened.store.write() as writing:
        person = find_by_name(list_people(writing.connection), name)
        made = f"{url.rstrip('/')}/sign-in#{issue_link(writing, person.id)}"
    if as_json:
        print_json({"person": person.id, "link": made})
    else:
        out.print(made, soft_wrap=True)


def add_to(app: typer.Typer) -> None:
    """Mount these commands."""
    app.command()(init)
    app.command()(link)

"""``tilik guideline list|add|trial|activate|retire|export``: the versions of a workspace and their life."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.files import read_text
from tilik.cli.place import workspace
from tilik.kernel import Conflict, Invalid
from tilik.study import State, add_guideline, find_version, move, source_of, versions

Name = Annotated[
    str, typer.Argument(help="A version: its number, name and number, or the beginning of its hash.")
]


def list_versions(as_json: AsJson = False) -> None:
    """List the guideline versions of the workspace, where each stands, and how many studies use it.

    Example: `tilik guideline list`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = versions(connection)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [
        (one.name, one.version, one.state, one.studies, one.hash[:12], one.added_at[:10]) for one in found
    ]
    print_table(("guideline", "version", "state", "studies", "hash", "added"), rows)


def add_version(
    file: Annotated[Path, typer.Argument(help="A guideline's YAML file.")], as_json: AsJson = False
) -> None:
    """Bring a guideline version into the workspace.

    It begins in the state that its file says; a second active one begins as a draft.

    Example: `tilik guideline add guidelines/keluarga-id.yaml`
    """
    with workspace() as opened:
        with opened.store.write() as writing:
            identity = add_guideline(writing, read_text(file), name=str(file))
        with opened.store.read() as connection:
            found = find_version(connection, identity)
    if as_json:
        print_json(asdict(found))
    else:
        out.print(f"{found} is here as {found.state}; hash {found.hash[:12]}.", markup=False)


def trial(name: Name, as_json: AsJson = False) -> None:
    """Take a draft into trial: its text is settled, and it may be judged by where it is named.

    Example: `tilik guideline trial 0.1.0`
    """
    _move(name, "trial", as_json=as_json)


def activate(name: Name, as_json: AsJson = False) -> None:
    """Make a version the active one, which new studies take; the one before is retired.

    See first what it would change: `tilik guideline impact`.

    Example: `tilik guideline activate 0.1.0`
    """
    _move(name, "active", as_json=as_json)


def retire(name: Name, as_json: AsJson = False) -> None:
    """Retire a draft or a trial version. The active one is retired by activating another.

    Example: `tilik guideline retire 0.2.0`
    """
    _move(name, "retired", as_json=as_json)


def export(
    name: Name,
    into: Annotated[Path, typer.Argument(help="The YAML file to write.")],
    as_json: AsJson = False,
) -> None:
    """Write a version's file as it was brought in, byte for byte.

    Example: `tilik guideline export 0.1.0 guideline.yaml`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = find_version(connection, name)
        content = source_of(connection, opened.store.blobs, found.hash)
    write_new(into, content)
    if as_json:
        print_json({"file": str(into), "hash": found.hash, "version": found.version})
    else:
        out.print(f"{found} written to {into}.", markup=False)


def _move(name: str, state: State, *, as_json: bool) -> None:
    with workspace() as opened:
        with opened.store.write() as writing:
            move(writing, find_version(writing.connection, name).hash, state)
        with opened.store.read() as connection:
            found = find_version(connection, name)
    if as_json:
        print_json(asdict(found))
    else:
        out.print(f"{found} is {found.state}.", markup=False)


def write_new(into: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises ``Invalid``, or ``Conflict`` where it is."""
    if not into.parent.is_dir():
        raise Invalid("export-file", "there is no such folder", where=str(into.parent), mend="Make it first.")
    try:
        with into.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Conflict(
            "export-file", "this file is there already", where=str(into), mend="Name another file."
        ) from None


def add_to(app: typer.Typer) -> None:
    """Mount these commands in the group ``guideline``."""
    app.command("list")(list_versions)
    app.command("add")(add_version)
    app.command("trial")(trial)
    app.command("activate")(activate)
    app.command("retire")(retire)
    app.command("export")(export)

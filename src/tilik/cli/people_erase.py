"""``tilik people``: erasing who a person is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tilik.access import list_people
from tilik.cli.answerable import By, officer
from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.people import find_by_name
from tilik.cli.place import workspace
from tilik.retention import PersonDue, erase_person, person_due

app = typer.Typer(
    help="Erasing who a person is; judgements stay under their pseudonym.", no_args_is_help=True
)
Whom = Annotated[str, typer.Argument(metavar="PSEUDONYM", help="The person, by pseudonym.")]


@app.command("erase")
def erase(
    name: Whom,
    ground: Annotated[str, typer.Option(help="Why, in a sentence that does not name them.")] = "",
    texts: Annotated[bool, typer.Option("--texts", help="Erase what they wrote, too.")] = False,
    naming: Annotated[bool, typer.Option("--naming", help="Erase every text that names them, too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Erase who a person is, for good: name, address, identities, ways in. Figures do not change.

    The pseudonym and the judgements stay. A legal hold on an escalation that they raised or answered keeps
    who they are until it is lifted.

    Example: `tilik people erase R07 --ground "Permintaan tertulis." --texts --naming`
    """
    with workspace() as opened:
        with opened.store.read() as connection:
            found = find_by_name(list_people(connection), name)
            due = person_due(connection, opened.store.blobs, found.id)
        erasure, overwritten = None, True
        if not dry_run:
            with opened.store.write(officer(opened, by)) as writing:
                erasure = erase_person(writing, found.id, ground, texts=texts, naming=naming)
            overwritten = opened.store.overwrite_deleted()
    if as_json:
        told = {**asdict(due), "held_by": list(due.held_by)}
        print_json({"erasure": erasure, "overwritten": overwritten, "before": told})
        return
    _show(due)
    if erasure is not None:
        out.print(f"Nobody knows any more who {due.pseudonym} is.", markup=False)
    if not overwritten:
        out.print("Somebody was reading: run `tilik retention run` to overwrite the database's file.")


def _show(due: PersonDue) -> None:
    rows = [
        ("e-mail addresses", int(due.email)),
        ("identities at a provider", due.identities),
        ("sessions", due.sessions),
        ("texts they wrote", due.texts),
        ("texts that name them", due.naming),
        ("of these texts, held", due.held_texts),
    ]
    print_table(("known of " + due.pseudonym, ""), rows)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="people")

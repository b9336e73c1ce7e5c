"""``tilik privacy``: the record of processing activities, and who was shown what."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tilik.access import list_people
from tilik.access.settings import access_settings
from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.people import find_by_name
from tilik.cli.place import workspace
from tilik.guideline import Language
from tilik.kernel import Invalid
from tilik.retention.record import record_of
from tilik.retention.record_page import to_html
from tilik.retention.views import shown

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
app = typer.Typer(help="What is done with personal data, for whoever must show it.", no_args_is_help=True)


@app.command("record")
def record(
    into: Annotated[Path | None, typer.Option("--out", help="The .html or .json file to write.")] = None,
    language: Annotated[Language, typer.Option("--lang", help="The page's language.")] = "id",
    controller: Annotated[str, typer.Option(help="Who answers for the processing.")] = "",
    contact: Annotated[str, typer.Option(help="Whom to ask about data protection.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write the record of processing activities (UU 27/2022 article 31, GDPR article 30) from what is there.

    Purposes, persons and data, recipients as they are set up, rules of retention with their counts, security
    measures. What only the organisation can state (controller, legal basis) has a place left for it.

    Example: `tilik privacy record --lang id --out catatan.html --controller "PT Contoh"`
    """
    kind = "" if into is None else into.suffix.lower()
    if into is None and not as_json:
        raise Invalid("record-file", "no file to write", where="--out", mend="Name one: --out record.html")
    if into is not None and kind not in (".html", ".json"):
        raise Invalid("record-file", "the file is neither .html nor .json", where=str(into))
    with workspace() as opened:
        found = record_of(opened, access_settings(opened), controller=controller, contact=contact)
    if into is not None:
        text = to_html(found, language) if kind == ".html" else found.model_dump_json(indent=2) + "\n"
        part = into.with_name(f"{into.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(into)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        out.print(f"{into}: as of log position {found.seq}.", markup=False)


@app.command("views")
def views(
    person: Annotated[str, typer.Option(help="Only what this person was shown, by pseudonym.")] = "",
    since: Annotated[str, typer.Option(help="From this day on, UTC, as 2026-03-01.")] = "",
    until: Annotated[str, typer.Option(help="Up to and without this day, UTC.")] = "",
    as_json: AsJson = False,
) -> None:
    """List who was shown what and when: videos, contested videos, machine answers, escalation records.

    A video opened on its page, in a case or in a calibration session is listed once in ten minutes.

    Example: `tilik privacy views --person R07 --since 2026-03-01`
    """
    for name, day in (("--since", since), ("--until", until)):
        if day and not DAY.fullmatch(day):
            raise Invalid("views-day", f"{day!r} is no day", where=name, mend="Write it as 2026-03-01.")
    with workspace() as opened, opened.store.read() as connection:
        if person:
            find_by_name(list_people(connection), person.upper())
        found = shown(connection, pseudonym=person.upper(), since=since, until=until or "9")
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        print_table(
            ("at", "person", "what", "subject"),
            [(one.at[:19], one.person, one.what, one.subject) for one in found],
        )


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="privacy")

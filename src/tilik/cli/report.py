"""``tilik report``: the weekly page, and the tables that the DSA and PP TUNAS ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json
from tilik.cli.log import load_rooms
from tilik.cli.place import workspace
from tilik.cli.report_shown import print_ages, print_transparency, print_tunas
from tilik.guideline import Language
from tilik.kernel import Invalid
from tilik.report.dsa import UPLOADED, Asked, batches, statements
from tilik.report.pdf import print_pdf
from tilik.report.tables import ages, transparency, tunas
from tilik.report.week import to_html, week_page, write_html
from tilik.store import as_of
from tilik.study import find_study

app = typer.Typer(help="Reports: the weekly page, DSA, PP TUNAS, minimum ages.", no_args_is_help=True)
Study = Annotated[str, typer.Option(help="The study's name; the newest period's if not given.")]
AsOf = Annotated[str, typer.Option("--as-of", help="A log position, a time or a day: the page of then.")]
Lang = Annotated[Language, typer.Option("--lang", help="The page's language.")]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write: .html or .pdf.")]


@app.command("week")
def week(
    into: Out = None,
    study: Study = "",
    language: Lang = "id",
    site: Annotated[
        str, typer.Option(help="Where this workspace is served; leads the link of each number.")
    ] = "http://127.0.0.1:8765",
    at: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Write the weekly page: twelve points on one sheet, every number with its interval, n and query.

    What the workspace does not hold is named as a gap, with what it would take; nothing is made up. A
    PDF is printed by Chromium.

    Example: `tilik report week --lang id --out pekan.pdf`
    """
    kind = "" if into is None else into.suffix.lower()
    if into is None and not as_json:
        raise Invalid("report-file", "no file to write", where="--out", mend="Name one: --out week.html")
    if into is not None:
        _check(into, kind, (".html", ".pdf"))
    load_rooms()
    with workspace() as opened, as_of(opened, at) as store, store.read() as connection:
        page = week_page(connection, store.blobs, study)
    if into is not None:
        text = to_html(page, language, site)
        if kind == ".pdf":
            print_pdf(text, into)
        else:
            write_html(text, into)
    if as_json:
        print_json(page.model_dump(mode="json"))
    else:
        out.print(f"{into}: {page.first} to {page.last}, log position {page.log_seq}.", markup=False)


@app.command("dsa")
def dsa(
    into: Annotated[
        Path | None, typer.Option("--out", help="The JSON file of statements to write; the table is printed.")
    ] = None,
    study: Study = "",
    territory: Annotated[
        list[str] | None, typer.Option(help="An EU or EEA country that the decisions apply in, as DE.")
    ] = None,
    uploaded: Annotated[str, typer.Option(help="The frame's column of upload days.")] = UPLOADED,
    language: Lang = "id",
    at: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Print what a DSA transparency report asks for; with `--out`, write statements of reasons.

    The table holds the accuracy and error rates of automated means and the people who judged by language.
    The statements, one for each failing video, are checked by the database's rules and batched as it takes
    them. No personal data enters; videos stand under a digest.

    Example: `tilik report dsa --out statements.json --territory DE --territory FR`
    """
    if into is not None:
        _check(into, into.suffix.lower(), (".json",))
    if into is not None and not territory:
        raise Invalid("dsa-territory", "in which countries?", where="--territory", mend="Name one: DE")
    if at:
        load_rooms()
    with workspace() as opened, as_of(opened, at) as store, store.read() as connection:
        identity = find_study(connection, study)
        found = transparency(connection, store.blobs, identity)
        if into is not None:
            asked = Asked(tuple(dict.fromkeys(territory or ())), uploaded)
            said = statements(connection, store.blobs, identity, asked)
            write_html(json.dumps(list(batches(said)), ensure_ascii=False, indent=1) + "\n", into)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    print_transparency(found, language)
    if into is not None:
        out.print(f"{len(said):,} statements of reasons written to {into}.", markup=False)


@app.command("tunas")
def tunas_(study: Study = "", language: Lang = "id", at: AsOf = "", as_json: AsJson = False) -> None:
    """Print PP TUNAS's seven aspects: the share of views with a clear label that bears on each.

    Example: `tilik report tunas --lang en`
    """
    if at:
        load_rooms()
    with workspace() as opened, as_of(opened, at) as store, store.read() as connection:
        found = tunas(connection, store.blobs, find_study(connection, study))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print_tunas(found, language)


@app.command("ages")
def ages_(study: Study = "", language: Lang = "id", at: AsOf = "", as_json: AsJson = False) -> None:
    """Print how the judged minimum ages read in others' schemes: P3SPS, LSF, PP TUNAS.

    Example: `tilik report ages`
    """
    if at:
        load_rooms()
    with workspace() as opened, as_of(opened, at) as store, store.read() as connection:
        found = ages(connection, store.blobs, find_study(connection, study))
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
    else:
        print_ages(found, language)


def _check(into: Path, kind: str, kinds: tuple[str, ...]) -> None:
    if kind not in kinds:
        raise Invalid(
            "report-file",
            f"{kind or 'no ending'!r} is no kind of page",
            where=str(into),
            mend="Use .html or .pdf.",
        )
    if into.is_dir() or not into.absolute().parent.is_dir():
        raise Invalid("report-file", "there is no such folder", where=str(into), mend="Make it first.")


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="report")

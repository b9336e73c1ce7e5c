"""``tilik guideline``: checking a guideline file, and reading one; beside it what versions do and become."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from tilik.cli import guideline_change, guideline_life
from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.files import read_text
from tilik.guideline import Guideline, Language, Summary, content_hash, load, review, summary
from tilik.kernel import Json
from tilik.store import guideline_text

app = typer.Typer(
    help="The guideline: check it, compare versions, and lead one through its life.", no_args_is_help=True
)

File = Annotated[
    Path | None, typer.Argument(help="A guideline's YAML file; without it, the one that ships with Tilik.")
]
InLanguage = Annotated[Language, typer.Option("--lang", help="Language of the texts.")]


@app.command("check")
def check_guideline(file: File = None, language: InLanguage = "en", as_json: AsJson = False) -> None:
    """Check a guideline: faults with their lines (exit 2), then what its author probably did not mean.

    Example: `tilik guideline check guidelines/keluarga-id.yaml`
    """
    document = _load(file)
    findings = review(document)
    if as_json:
        listed: list[Json] = [
            {"code": f.code, "where": f.where, "text": f.text.model_dump()} for f in findings
        ]
        print_json({"hash": content_hash(document), "version": document.version, "findings": listed})
        return
    for finding in findings:
        out.print(f"{finding.where}: {getattr(finding.text, language)}", markup=False)
    out.print(f"{document.id} {document.version} is sound; {len(findings)} remarks.")


@app.command("show")
def show_guideline(file: File = None, language: InLanguage = "en", as_json: AsJson = False) -> None:
    """Show a guideline at a glance: its steps, families, labels and verdict rules.

    Example: `tilik guideline show --lang id`
    """
    document = _load(file)
    if as_json:
        print_json(document.model_dump(mode="json"))
        return
    _print_head(document, summary(document), language)
    names = {label.code: getattr(label.name, language) for label in document.labels}
    rows = [(f.code, getattr(f.name, language), getattr(f.quick, language)) for f in document.families]
    print_table(("family", "name", "question"), rows)
    out.print()
    print_table(("label", "name"), list(names.items()))


def _print_head(document: Guideline, found: Summary, language: Language) -> None:
    out.print(
        f"[bold]{escape(getattr(document.name, language))}[/]  {found.id} {found.version} ({found.status})"
    )
    out.print(getattr(document.summary, language), markup=False)
    out.print(f"hash {found.hash}\nsteps {' → '.join(found.flow)}")
    out.print(f"questions for a video that can be judged: {found.fewest} to {found.most}\n")


def _load(file: Path | None) -> Guideline:
    if file is None:
        return load(guideline_text("keluarga-id"), name="keluarga-id.yaml")
    return load(read_text(file), name=str(file))


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    guideline_change.add_to(app)
    guideline_life.add_to(app)
    parent.add_typer(app, name="guideline")

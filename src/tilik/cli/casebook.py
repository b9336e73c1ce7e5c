"""``tilik casebook list|show|rule|propose|gaps``: edge cases, content gaps, rulings."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from tilik.access import list_people
from tilik.casebook import Case, Said, cases, find_case, near_cases, remarks_of, rule, rulings
from tilik.casebook.codes import SETTLED
from tilik.casebook.drafting import draft_of
from tilik.cli.casebook_gaps import gaps
from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.guideline_life import write_new
from tilik.cli.place import workspace
from tilik.kernel import Conflict
from tilik.store import SYSTEM

app = typer.Typer(help="Edge cases, content gaps, rulings.", no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="A case: its number, as in K-12 or 12.")]


@app.command("list")
def list_cases(
    settled: Annotated[bool, typer.Option("--all", help="Those that are settled, too.")] = False,
    near: Annotated[bool, typer.Option("--near", help="Which open cases may ask the same.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the cases that wait for somebody, the latest change first.

    Example: `tilik casebook list --near`
    """
    with workspace() as opened, opened.store.read() as connection:
        every = cases(connection)
        names = {one.id: one.pseudonym for one in list_people(connection)}
        found = near_cases(connection, opened.store.blobs) if near else []
    numbers = {one.id: one.number for one in every}
    if near:
        groups = [
            {"cases": [numbers[one] for one in group.cases], **_likeness(group.likeness, group.shared)}
            for group in found
        ]
        _show_near(groups, as_json=as_json)
        return
    shown = [one for one in every if settled or one.state not in SETTLED]
    if as_json:
        print_json([_told(one, names) for one in shown])
        return
    rows = [
        (
            *(f"K-{one.number}", one.type, one.question or "–", one.state),
            *(names.get(one.owner or "", "–"), one.due or "–", _short(one)),
        )
        for one in shown
    ]
    print_table(("case", "type", "question", "state", "owner", "due", "said"), rows)


@app.command("show")
def show(case: CaseName, as_json: AsJson = False) -> None:
    """Show one case: its videos, what was said, and what settled it.

    Example: `tilik casebook show K-12`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = find_case(connection, case)
        names = {one.id: one.pseudonym for one in list_people(connection)}
        remarks = remarks_of(connection, found)
        ruled = rulings(connection, [found.ruling]) if found.ruling and not found.hidden else []
        group = sorted(one.number for one in cases(connection) if one.head == found.head)
    if as_json:
        told = _told(found, names) | {"group": group, "remarks": [asdict(one) for one in remarks]}
        print_json(told | {"rulings": [asdict(one) for one in ruled]})
        return
    out.print(f"K-{found.number} {found.type}, {found.state}", markup=False, style="bold")
    print_table(("", ""), [(name, str(value)) for name, value in _told(found, names).items() if value])
    for one in remarks:
        out.print(f"{one.said_at[:16]} {one.by}: {one.text}", markup=False)
    for ruling in ruled:
        out.print(f"Ruling {ruling.id} ({ruling.stands}): {ruling.text['en']}", markup=False)


@app.command("rule")
def rule_(
    case: CaseName,
    indonesian: Annotated[str, typer.Option("--id", help="The ruling in Indonesian.")],
    english: Annotated[str, typer.Option("--en", help="The same in English.")],
    question: Annotated[str, typer.Option(help="What it concerns, such as label.COM-PROMO.")] = "",
    stands: Annotated[
        Literal["counts", "does-not-count", "note"], typer.Option(help="What it says of what was seen.")
    ] = "note",
    precedent: Annotated[bool, typer.Option(help="Whether the bench shows it.")] = True,
    by: Annotated[str, typer.Option(help="Who rules: a pseudonym.")] = "",
    as_json: AsJson = False,
) -> None:
    """Rule a case and every near one that was confirmed with it.

    Example: `tilik casebook rule K-12 --stands counts --id "Termasuk bila …" --en "It counts when …"`
    """
    said = Said(question=question or None, stands=stands, id=indonesian, en=english, precedent=precedent)
    with workspace() as opened:
        with opened.store.read() as connection:
            person = _who(list_people(connection), by)
        with opened.store.write(person or SYSTEM) as writing:
            identity = rule(writing, person, case, said)
        with opened.store.read() as connection:
            (found,) = rulings(connection, [identity])
            numbers = sorted(one.number for one in cases(connection) if one.id in found.cases)
    if as_json:
        print_json({"ruling": identity, "cases": numbers})
    else:
        named = ", ".join(f"K-{number}" for number in numbers)
        out.print(f"Ruling {identity} settles {named}.", markup=False)


@app.command("propose")
def propose(
    ruling: Annotated[str, typer.Argument(help="A ruling, by id.")],
    base: Annotated[str, typer.Option(help="The version to change; the active one if not said.")] = "",
    into: Annotated[Path | None, typer.Option(help="Write the whole draft to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the change of the guideline that says a ruling and names its cases.

    Example: `tilik casebook propose 0197… --into draft.yaml`
    """
    with workspace() as opened, opened.store.read() as connection:
        draft = draft_of(connection, opened.store.blobs, ruling, base)
    if into is not None:
        write_new(into, draft.text.encode())
    if as_json:
        print_json({"version": draft.version, "base": draft.base, "patch": draft.patch})
    else:
        out.print(draft.patch, markup=False, end="", soft_wrap=True)


app.command("gaps")(gaps)


def _who(people: list[Any], name: str) -> str:
    """The id of whoever rules: the one person named, or the only one who keeps policy."""
    able = [one for one in people if one.active and {"policy", "lead", "admin"} & set(one.roles)]
    fitting = [one for one in able if not name or one.pseudonym == name.upper()]
    if len(fitting) != 1:
        there = ", ".join(one.pseudonym for one in able) or "none"
        raise Conflict("case-ruler", "say who rules", where="--by", mend=f"There are: {there}.")
    return str(fitting[0].id)


def _told(one: Case, names: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(asdict(one), default=_plain))
    kept = ("number", "kind", "type", "question", "state", "said", "next_step", "due", "filed_by")
    more = ("filed_at", "changed_at", "ruling", "cell", "hidden", "seen", "id")
    return {name: told[name] for name in (*kept, *more)} | {"owner": names.get(one.owner or "")}


def _plain(value: Any) -> Any:
    return value.model_dump() if hasattr(value, "model_dump") else sorted(value)


def _short(one: Case) -> str:
    text = "(locked)" if one.hidden else one.said
    return text if len(text) <= 60 else text[:59] + "…"


def _likeness(likeness: float, shared: tuple[str, ...]) -> dict[str, Any]:
    return {"likeness": likeness, "shared": list(shared)}


def _show_near(groups: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json(groups)
        return
    rows = [
        (", ".join(f"K-{number}" for number in one["cases"]), one["likeness"], " ".join(one["shared"]))
        for one in groups
    ]
    print_table(("cases", "likeness", "words in common"), rows)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="casebook")

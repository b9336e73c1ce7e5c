"""``tilik answers gold``: machine answers of which is known what to say, planted among the live."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tilik.answers.gold import (
    Accuracy,
    AnswerGold,
    add_from_set,
    add_from_task,
    bring_in,
    change_state,
    list_gold,
    team,
)
from tilik.answers.view import find_set
from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.files import read_text
from tilik.cli.place import workspace
from tilik.kernel import Estimate, Invalid
from tilik.study import active_guideline, find_version
from tilik.study.gold_rate import planting_rate
from tilik.study.known import GoldState
from tilik.study.period import period_of

app = typer.Typer(help="Answers of which is known what to say: planted among the live.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(help="The item: its id, the beginning or end of it, or its task.")]
WHY = {
    "gold-one-judgement": "one person alone judged them (--vouch takes them)",
    "gold-differs": "their judgements differ",
    "answer-known": "they are known already",
}


@app.command("add")
def add(
    task: Annotated[str, typer.Option(help="A settled task to make known.")] = "",
    from_set: Annotated[str, typer.Option(help="Take the settled tasks of this set.")] = "",
    file: Annotated[
        Path | None, typer.Option(help="JSON Lines: a (and b) as for import, said, state, voices.")
    ] = None,
    most: Annotated[int, typer.Option(help="At most so many of a set.", min=1)] = 200,
    vouch: Annotated[
        bool, typer.Option("--vouch", help="One judgement alone is enough: you answer for it.")
    ] = False,
    guideline: Annotated[str, typer.Option(help="Guideline version of the file; the active one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make answers known: a settled task, those of a set, or a file's.

    A task becomes known by what two people or more agree on: the critical fails, or the preference.

    Example: `tilik answers gold add --from-set pilot --most 40`
    """
    if sum([bool(task), bool(from_set), file is not None]) != 1:
        raise Invalid(
            "gold-way", "say what to add: one of --task, --from-set, --file", where="tilik answers gold add"
        )
    over: dict[str, int] = {}
    with workspace() as opened, opened.store.write() as writing:
        connection = writing.connection
        if task:
            made = [add_from_task(writing, task, vouch=vouch)]
        elif file is not None:
            by = find_version(connection, guideline).hash if guideline else active_guideline(connection)
            made = bring_in(writing, read_text(file), guideline=by, name=str(file))
        else:
            identity = find_set(connection, from_set)
            made, over = add_from_set(writing, identity, most=most, vouch=vouch)
    if as_json:
        print_json({"added": made, "passed_over": over})
        return
    out.print(f"{len(made):,} items are known now.", markup=False)
    for code, count in sorted(over.items()):
        out.print(f"{count:,} tasks were passed over: {WHY.get(code, code)}.", markup=False)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the known answers, and the rate at which gold is planted.

    Example: `tilik answers gold list`
    """
    with workspace() as opened, opened.store.read() as connection:
        items, rate = list_gold(connection), planting_rate(connection)
    if as_json:
        print_json({"rate": rate, "items": [_told(one) for one in items]})
        return
    rows = [
        (
            *(one.id[-8:], one.kind, "stopped" if one.stopped else one.state, _known(one)),
            *(one.judged, one.source.partition(":")[0]),
        )
        for one in items
    ]
    print_table(("item", "kind", "state", "known", "judged", "from"), rows)
    told = f"{len(items):,} answers are known" if items else "No answer is known yet"
    out.print(f"{told}. Gold is planted at {percent(rate, 1)} (`tilik gold rate`).", markup=False)


@app.command("retire")
def retire(item: Which, as_json: AsJson = False) -> None:
    """Serve an item no more, and leave it out of accuracy.

    Example: `tilik answers gold retire 3f2a91bc`
    """
    _move(item, "retired", as_json)


@app.command("contest")
def contest(item: Which, as_json: AsJson = False) -> None:
    """Keep an item as what people answered: out of accuracy, as a distribution.

    Example: `tilik answers gold contest 3f2a91bc`
    """
    _move(item, "contested", as_json)


@app.command("restore")
def restore(item: Which, as_json: AsJson = False) -> None:
    """Count an item as known again.

    Example: `tilik answers gold restore 3f2a91bc`
    """
    _move(item, "known", as_json)


@app.command("accuracy")
def accuracy(
    of: Annotated[
        str, typer.Option(help="`verdict`, `preference`, `kind`, or the code of a fail or a dimension.")
    ] = "verdict",
    since: Annotated[str, typer.Option(help="A day, 2026-03-01; eight weeks ago without.")] = "",
    until: Annotated[str, typer.Option(help="A day; today without.")] = "",
    as_json: AsJson = False,
) -> None:
    """Each person's share right on known answers, with interval; nobody is ranked.

    Rates borrow strength from the others' (beta-binomial); contested items are left out.

    Example: `tilik answers gold accuracy --of SAF`
    """
    with workspace() as opened, opened.store.read() as connection:
        period = period_of(opened.store.clock(), since, until)
        found = team(connection, opened.store.blobs, period, of)
    if as_json:
        print_json([_person(one) for one in found.people])
        return
    sides = ("right", "sensitivity", "specificity")
    rows = [
        (one.pseudonym, *(cell for side in sides for cell in _cells(getattr(one, side))))
        for one in found.people
    ]
    head = ("right", "95 %", "n", "fails found", "95 % ", "n ", "left alone", " 95 %", " n")
    print_table(("person", *head), rows, title=f"{of}, {period.first} to {period.last}")


def _cells(found: Estimate | None) -> tuple[str, str, int]:
    if found is None:
        return "–", "–", 0
    return percent(found.value, 1), f"{percent(found.low, 1)} to {percent(found.high, 1)}", found.n


def _known(one: AnswerGold) -> str:
    return str(one.answers["choice"]) if one.kind == "pair" else "fails" if one.fails else "no fail"


def _move(name: str, state: GoldState, as_json: bool) -> None:
    with workspace() as opened, opened.store.write() as writing:
        item = change_state(writing, name, state)
    if as_json:
        print_json(_told(item))
    else:
        out.print(f"{item.id[-8:]} ({item.kind}) is {item.state}.", markup=False)


def _told(item: AnswerGold) -> dict[str, Any]:
    return {**asdict(item), "voices": [voice.model_dump() for voice in item.voices]}


def _person(one: Accuracy) -> dict[str, Any]:
    sides = ("right", "sensitivity", "specificity")
    rates = {side: rate.model_dump() if (rate := getattr(one, side)) else None for side in sides}
    return {"person": one.pseudonym, "simulated": one.simulated, **rates}


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="gold")

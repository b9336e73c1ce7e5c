"""``tilik gold``: items whose outcome is known, planted among the live or practised on."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tilik.access.people import list_people
from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.files import read_text
from tilik.cli.place import workspace
from tilik.kernel import Estimate, Invalid
from tilik.quality.gold import (
    GoldItem,
    Pool,
    add_from_task,
    bring_in,
    change_state,
    list_gold,
    scored,
    set_rate,
    team,
)
from tilik.quality.gold.promoting import add_from_study
from tilik.study import active_guideline, find_study, find_version
from tilik.study.gold_rate import planting_rate
from tilik.study.known import GoldState

app = typer.Typer(
    help="Items whose outcome is known: planted among the live, or for practice.", no_args_is_help=True
)

Item = Annotated[str, typer.Argument(help="The item: its id, the end of it, its task or its video.")]
Practice = Annotated[bool, typer.Option("--practice", help="For practice with feedback, never planted.")]


@app.command("add")
def add(
    task: Annotated[str, typer.Option(help="A settled task to make known.")] = "",
    from_study: Annotated[str, typer.Option(help="Take the settled tasks of this study.")] = "",
    file: Annotated[
        Path | None, typer.Option(help="JSON Lines: video, answers, marks, notes, state.")
    ] = None,
    practice: Practice = False,
    most: Annotated[int, typer.Option(help="At most so many of a study.", min=1)] = 200,
    vouch: Annotated[
        bool, typer.Option("--vouch", help="One judgement alone is enough: you answer for it.")
    ] = False,
    guideline: Annotated[str, typer.Option(help="Guideline version of the file; the active one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make items known: a settled task, those of a study, or a file's.

    A task becomes known by the ruling that stands, or by what two people or more agree on.

    Example: `tilik gold add --from-study demo --vouch --most 40`
    """
    if sum([bool(task), bool(from_study), file is not None]) != 1:
        raise Invalid(
            "gold-way", "say what to add: one of --task, --from-study, --file", where="tilik gold add"
        )
    pool: Pool = "practice" if practice else "gold"
    over: dict[str, int] = {}
    with workspace() as opened, opened.store.write() as writing:
        if task:
            made = [add_from_task(writing, task, pool, vouch=vouch)]
        elif file is not None:
            connection = writing.connection
            judged_by = (
                find_version(connection, guideline).hash if guideline else active_guideline(connection)
            )
            made = bring_in(writing, read_text(file), guideline=judged_by, pool=pool, name=str(file))
        else:
            study = find_study(writing.connection, from_study)
            promoted = add_from_study(writing, study, pool, most=most, vouch=vouch)
            made, over = list(promoted.items), promoted.passed_over
    if as_json:
        print_json({"added": made, "passed_over": over})
        return
    out.print(f"{len(made):,} items are known now ({pool}).", markup=False)
    for code, count in sorted(over.items()):
        out.print(f"{count:,} tasks were passed over: {WHY.get(code, code)}.", markup=False)


WHY = {
    "gold-one-judgement": "one person alone judged them (--vouch takes them)",
    "gold-differs": "their judgements differ",
    "gold-exists": "their answers are known already",
    "gold-not-settled": "nobody could judge them",
    "video-locked": "work on the video was stopped",
}


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the known items, and the rate at which gold is planted.

    Example: `tilik gold list`
    """
    with workspace() as opened, opened.store.read() as connection:
        items, rate = list_gold(connection), planting_rate(connection)
    if as_json:
        print_json({"rate": rate, "items": [_told(one) for one in items]})
        return
    rows = [
        (
            *(one.id[-8:], one.pool, "stopped" if one.stopped else one.state),
            *("fails" if one.fails else "passes", one.judged, one.video, one.source.partition(":")[0]),
        )
        for one in items
    ]
    print_table(("item", "pool", "state", "known", "judged", "video", "from"), rows)
    pools = Counter((one.pool, one.state) for one in items)
    told = ", ".join(f"{count} {pool} {state}" for (pool, state), count in sorted(pools.items()))
    out.print(f"{told or 'No item is known yet'}. Gold is planted at {percent(rate, 1)}.", markup=False)


@app.command("retire")
def retire(item: Item, as_json: AsJson = False) -> None:
    """Serve an item no more, and leave it out of accuracy.

    Example: `tilik gold retire 3f2a91bc`
    """
    _move(item, "retired", as_json)


@app.command("contest")
def contest(item: Item, as_json: AsJson = False) -> None:
    """Keep an item as what people answered: out of accuracy, as a distribution.

    Example: `tilik gold contest 3f2a91bc`
    """
    _move(item, "contested", as_json)


@app.command("restore")
def restore(item: Item, as_json: AsJson = False) -> None:
    """Count an item as known again.

    Example: `tilik gold restore 3f2a91bc`
    """
    _move(item, "known", as_json)


@app.command("rate")
def rate(
    share: Annotated[float | None, typer.Argument(help="The new rate, 0 to 0.5.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set the share of tasks that are gold.

    Example: `tilik gold rate 0.05`
    """
    with workspace() as opened:
        if share is not None:
            with opened.store.write() as writing:
                set_rate(writing, share)
        with opened.store.read() as connection:
            now = planting_rate(connection)
    if as_json:
        print_json({"rate": now})
    else:
        out.print(f"Gold is planted at {percent(now, 1)}.", markup=False)


@app.command("accuracy")
def accuracy(
    of: Annotated[str, typer.Option(help="`verdict`, or the code of a family of labels.")] = "verdict",
    as_json: AsJson = False,
) -> None:
    """Each person's sensitivity and specificity on known items, with intervals; nobody is ranked.

    Rates borrow strength from the others' (beta-binomial); contested items are left out. Practice is
    nobody's business but one's own, so it is not in it.

    Example: `tilik gold accuracy --of SYN`
    """
    with workspace() as opened, opened.store.read() as connection:
        names = {one.id: one.pseudonym for one in list_people(connection)}
        found = team(scored(connection, opened.store.blobs, "gold"), of)
    sensitivity, specificity = (
        side.rates if side is not None else (None,) * len(found.people)
        for side in (found.sensitivity, found.specificity)
    )
    named = [names.get(one, one) for one in found.people]
    rows = sorted(zip(named, sensitivity, specificity, strict=True), key=lambda row: row[0])
    if as_json:
        told = [
            {
                "person": name,
                "sensitivity": first.model_dump() if first else None,
                "specificity": second.model_dump() if second else None,
            }
            for name, first, second in rows
        ]
        print_json(told)
        return
    table = [(name, *_cells(first), *_cells(second)) for name, first, second in rows]
    print_table(("person", "sensitivity", "95 %", "n", "specificity", "95 % ", "n "), table)


def _cells(found: Estimate | None) -> tuple[str, str, int]:
    if found is None:
        return "–", "–", 0
    return percent(found.value, 1), f"{percent(found.low, 1)} to {percent(found.high, 1)}", found.n


def _move(name: str, state: GoldState, as_json: bool) -> None:
    with workspace() as opened, opened.store.write() as writing:
        item = change_state(writing, name, state)
    if as_json:
        print_json(_told(item))
    else:
        out.print(f"{item.id[-8:]} ({item.video}) is {item.state}.", markup=False)


def _told(item: GoldItem) -> dict[str, Any]:
    told = asdict(item)
    told["marks"] = [{"question": one, "start": span.start, "end": span.end} for one, span in item.marks]
    told["voices"] = [voice.model_dump() for voice in item.voices]
    return told


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="gold")

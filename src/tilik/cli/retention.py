"""``tilik retention``: how long data is kept, what is due, erasing it, and the proof."""

from __future__ import annotations

from typing import Annotated

import typer

from tilik.access import list_people
from tilik.cli.answerable import By, officer
from tilik.cli.console import AsJson, out, print_json, print_table, steps
from tilik.cli.log import load_rooms
from tilik.cli.place import workspace
from tilik.guideline.words import Text
from tilik.kernel import Conflict, Invalid, Json
from tilik.retention import Due, Planned, Proof, Ran, Rule, plan, prove, rules, run, runs, set_rule
from tilik.store import SYSTEM, Store

app = typer.Typer(
    help="How long data is kept: rules, what is due, erasing it, the proof.", no_args_is_help=True
)


@app.command("rules")
def rules_(as_json: AsJson = False) -> None:
    """List the rules: each class of data, the days it is kept, since when they count, and the ground.

    Example: `tilik retention rules --json`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = rules(connection)
    if as_json:
        print_json([_rule(one) for one in found])
        return
    print_table(
        ("class", "days", "since", "ground"),
        [(one.kind.name, one.days, one.kind.since.en, one.ground.en) for one in found],
    )


@app.command("set")
def set_(
    kind: Annotated[str, typer.Argument(metavar="CLASS", help="The class, as `retention rules` names it.")],
    days: Annotated[int, typer.Option(help="For how many days it is kept from now on.")],
    ground_id: Annotated[str, typer.Option(help="Why, in Indonesian.")],
    ground_en: Annotated[str, typer.Option(help="Why, in English.")],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Change how long a class of data is kept; the next run goes by it.

    Example: `tilik retention set sessions --days 30 --ground-id "Cukup 30 hari." --ground-en "30 days do."`
    """
    if not (ground_id.strip() and ground_en.strip()):
        raise Invalid("retention-ground", "a rule needs its ground in both languages", where="--ground-id")
    with workspace() as opened:
        who = officer(opened, by)
        with opened.store.write(who) as writing:
            set_rule(writing, kind, days, Text(id=ground_id, en=ground_en))
        with opened.store.read() as connection:
            found = next(one for one in rules(connection) if one.kind.name == kind)
    if as_json:
        print_json(_rule(found))
    else:
        out.print(f"{found.kind.title.en}: kept {found.days:,} days from now on.", markup=False)


@app.command("plan")
def plan_(as_json: AsJson = False) -> None:
    """Show what a run would erase now and what it would leave, and why. Nothing is changed.

    Example: `tilik retention plan`
    """
    with workspace() as opened:
        planned = _planned(opened.store)
    if as_json:
        print_json(_plan(planned))
    else:
        _show(planned)


@app.command("run")
def run_(
    by: Annotated[str, typer.Option(help="A pseudonym with the role privacy; without it, the system.")] = "",
    as_json: AsJson = False,
) -> None:
    """Erase what is due and not held. Once a day from cron is enough; it can be stopped and run again.

    The log keeps how many items of each class went, sealed by a digest of their keys, and never what they
    were. What a legal hold, an open escalation or work in progress keeps stays.

    Example: `tilik retention run`
    """
    with workspace() as opened, steps(quiet=as_json) as progress:
        progress.add_task("Erasing", total=None)
        load_rooms()
        ran = run(opened.store, officer(opened, by) if by else SYSTEM)
    if as_json:
        print_json(_ran(ran, by.upper() or SYSTEM))
        return
    print_table(("class", "erased", "held"), _counted(ran), title="")
    out.print(f"{sum(ran.erased.values()):,} items erased, {ran.files:,} files taken away.")
    if not ran.overwritten:
        out.print("Somebody was reading: run it again to overwrite what was erased in the database's file.")


@app.command("report")
def report(as_json: AsJson = False) -> None:
    """Prove what was erased: what is due, erased and held; every run; that the chain holds and a rebuild
    brings nothing back. Ends with code 2 where one of them does not hold.

    Example: `tilik retention report --json`
    """
    with workspace() as opened, steps(quiet=as_json) as progress:
        progress.add_task("Walking the chain and rebuilding the tables", total=None)
        load_rooms()
        proof, planned = prove(opened.store), _planned(opened.store)
        with opened.store.read() as connection:
            every = runs(connection)
            names = {one.id: one.pseudonym for one in list_people(connection)}
    if as_json:
        told: list[Json] = [_ran(one, names.get(one.person, one.person)) for one in every]
        print_json({"proof": _proof(proof), "runs": told, **_plan(planned)})
    else:
        _show(planned)
        _show_runs(every, names)
        _show_proof(proof)
    if not proof.holds:
        raise Conflict(
            "retention-proof",
            "what was erased is not proven gone",
            mend="See the report; where files wait, run `tilik retention run` again.",
        )


def _planned(store: Store) -> Planned:
    with store.read() as connection:
        return plan(connection, store.blobs, store.clock)


def _show(planned: Planned) -> None:
    print_table(
        ("class", "days", "kept", "due", "held", "oldest"),
        [
            (
                one.rule.kind.name,
                one.rule.days,
                one.kept,
                len(one.items),
                ", ".join(f"{each.count} {each.why}" for each in one.held) or "–",
                (one.oldest or "–")[:10],
            )
            for one in planned.classes
        ],
    )


def _show_runs(every: list[Ran], names: dict[str, str]) -> None:
    rows = [
        (
            one.begun_at[:19],
            names.get(one.person, one.person),
            sum(one.erased.values()),
            one.ended_at or "interrupted",
        )
        for one in every[:20]
    ]
    print_table(("run", "by", "erased", "ended"), rows)


def _show_proof(proof: Proof) -> None:
    broken = [*proof.breaks, *(f"table {name} differs" for name in proof.differing)]
    broken += [f"{more} of {name} came back" for name, more in proof.back.items()]
    if proof.files_left or proof.waiting:
        broken.append(f"{proof.files_left} files of erased videos are left, {proof.waiting} wait")
    for line in broken:
        out.print(line, markup=False)
    if proof.holds:
        out.print(f"The chain holds up to {proof.entries}:{proof.head}", soft_wrap=True)
        out.print("Rebuilt from the log, the tables are the same; nothing erased came back, no file is left.")


def _rule(one: Rule) -> dict[str, Json]:
    return {
        "class": one.kind.name,
        "title": one.kind.title.model_dump(),
        "since": one.kind.since.model_dump(),
        "days": one.days,
        "ground": one.ground.model_dump(),
        "tables": list(one.kind.tables),
        "set_at": one.set_at,
    }


def _plan(planned: Planned) -> dict[str, Json]:
    return {"at": planned.at, "classes": [_due(one) for one in planned.classes]}


def _due(one: Due) -> dict[str, Json]:
    held: list[Json] = [
        {"why": each.why, "count": each.count, "escalations": list(each.escalations)} for each in one.held
    ]
    return {**_rule(one.rule), "kept": one.kept, "due": len(one.items), "held": held, "oldest": one.oldest}


def _ran(one: Ran, by: str) -> dict[str, Json]:
    return {
        "run": one.id,
        "by": by,
        "begun_at": one.begun_at,
        "ended_at": one.ended_at,
        "erased": {**one.erased},
        "held": {**one.held},
        "files": one.files,
        "overwritten": one.overwritten,
    }


def _counted(ran: Ran) -> list[tuple[str, int, int]]:
    names = sorted({*ran.erased, *ran.held})
    return [(name, ran.erased.get(name, 0), ran.held.get(name, 0)) for name in names]


def _proof(proof: Proof) -> dict[str, Json]:
    return {
        "holds": proof.holds,
        "at": proof.at,
        "entries": proof.entries,
        "head": proof.head,
        "breaks": list(proof.breaks),
        "differing_tables": list(proof.differing),
        "came_back": {**proof.back},
        "files_left": proof.files_left,
        "files_waiting": proof.waiting,
        "erased": {**proof.erased},
    }


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="retention")

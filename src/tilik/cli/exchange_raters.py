"""``tilik exchange judge`` and ``raters``: machine judges in, and all raters of a study side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.log import load_rooms
from tilik.cli.place import workspace
from tilik.exchange.raters import Rater, Raters, compare_raters, keep_verdicts
from tilik.exchange.raters.truth import VERDICT
from tilik.guideline import Language
from tilik.kernel import Estimate, Invalid, Missing
from tilik.store import as_of
from tilik.study import find_study

Study = Annotated[str, typer.Argument(help="The study's name or id.")]
NAMES = {"people": "all people", "person": "person", "classifier": "classifier", "machine": "machine judge"}
AGAINST = {"outcomes": "outcomes", "others": "what others settled", "gold": "hidden gold"}


def judge(
    study: Study,
    file: Annotated[Path, typer.Argument(help="The verdicts, one JSON object a line.")],
    name: Annotated[str, typer.Option(help="What the machine is called: model and prompt, say.")],
    as_json: AsJson = False,
) -> None:
    """Bring in a machine's verdicts on a study's videos, to compare it with people and classifiers.

    A line is `{"video": id, "fails": true, false or null, "families": [code, …], "score": 0.9}`; families and
    score may be left out, a `reason` is read over. The verdicts enter no outcome, no figure and no training
    set. All or nothing.

    Example: `tilik exchange judge march verdicts.jsonl --name gpt-judge`
    """
    with workspace() as opened:
        with opened.store.read() as connection:
            identity = find_study(connection, study)
        with opened.store.write() as writing, _lines(file) as lines:
            kept = keep_verdicts(writing, identity, name, lines, str(file))
    if as_json:
        print_json(asdict(kept))
    else:
        out.print(f"{kept.name}: {kept.count:,} verdicts. See: tilik exchange raters {study}", markup=False)


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[str]]:
    try:
        with file.open(encoding="utf-8") as lines:
            yield lines
    except FileNotFoundError:
        raise Missing("file-unreadable", "there is no such file", where=str(file)) from None
    except (OSError, UnicodeDecodeError):
        raise Invalid(
            "file-unreadable", "this cannot be read as text", where=str(file), mend="Name a UTF-8 JSONL file."
        ) from None


def raters(
    study: Study,
    of: Annotated[str, typer.Option(help="`verdict`, or the code of a family of labels.")] = VERDICT,
    at: Annotated[str, typer.Option("--as-of", help="A log position, a time, or a day.")] = "",
    language: Annotated[Language, typer.Option("--lang", help="Language of the explanations.")] = "en",
    as_json: AsJson = False,
) -> None:
    """People, classifiers and machine judges side by side: sensitivity and specificity beside outcomes.

    People are never held against their own vote. Each rate has its interval, n and effective n.

    Example: `tilik exchange raters march --of COM`
    """
    if at:
        load_rooms()
    with workspace() as opened, as_of(opened, at) as store, store.read() as connection:
        identity = find_study(connection, study)
        found = compare_raters(connection, store.blobs, identity, of, by_person=True)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    _print(found, language)


def _print(found: Raters, language: Language) -> None:
    counts = found.outcomes
    out.print(
        f"Outcomes: {counts.ruled:,} ruled, {counts.agreed:,} agreed, {counts.single:,} by one person; "
        f"{counts.contested:,} contested, {counts.waiting:,} waiting."
    )
    columns = ("rater", "beside", "sensitivity", "n", "n eff", "specificity", "n", "n eff", "silent")
    print_table(columns, [_row(one) for one in found.raters])
    for one in found.raters:
        if one.why is not None:
            why = one.why.id if language == "id" else one.why.en
            out.print(f"{escape(_name(one))} beside {AGAINST[one.against]}: {escape(why)}.", soft_wrap=True)
    for line in found.how.lines:
        out.print(line.id if language == "id" else line.en, soft_wrap=True, markup=False)
    methods = sorted({side.method for one in found.raters for side in (one.sensitivity, one.specificity)})
    out.print(f"Method: {', '.join(methods)}. Every input: --json", soft_wrap=True)


def _row(one: Rater) -> tuple[object, ...]:
    left, right = one.sensitivity, one.specificity
    return (
        _name(one),
        AGAINST[one.against],
        _told(left),
        left.n,
        round(left.n_eff),
        _told(right),
        right.n,
        round(right.n_eff),
        one.silent,
    )


def _name(one: Rater) -> str:
    at = "" if one.threshold is None else f" ≥ {one.threshold:g}"
    return f"{NAMES[one.kind]} {one.name}".strip() + at


def _told(estimate: Estimate) -> str:
    ends = f"{percent(estimate.low)} – {percent(estimate.high)}"
    return ends if estimate.value is None else f"{percent(estimate.value)} ({ends})"


def add_raters(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.command("judge")(judge)
    parent.command("raters")(raters)

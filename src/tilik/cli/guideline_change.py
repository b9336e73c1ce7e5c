"""``tilik guideline diff|impact|rereview``: what a version changes, and judging again what it touches."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.files import read_text
from tilik.cli.guideline_life import Name
from tilik.cli.place import workspace
from tilik.guideline import EFFECTS, Change, Guideline, Language, diff, load
from tilik.kernel import Estimate, Json
from tilik.policy import (
    HALF_WIDTH,
    Impact,
    Rereview,
    StudyMove,
    impact,
    open_rereview,
    replay_studies,
    smallest,
)
from tilik.review import open_tasks
from tilik.study import find_study, find_version, guideline_of

Version = Annotated[str, typer.Argument(help="A YAML file, or a version of the workspace.")]
Study = Annotated[str, typer.Option(help="Only this study; without it, every study.")]
HalfWidth = Annotated[
    float, typer.Option(help="How closely the failing share is to be known: 0.02 is ± 2 points.")
]
InLanguage = Annotated[Language, typer.Option("--lang", help="Language of the texts.")]
SHOWN, LONGEST = 20, 60


def diff_(before: Version, after: Version, language: InLanguage = "en", as_json: AsJson = False) -> None:
    """Compare two versions: what decides otherwise, apart from what only reads otherwise.

    Example: `tilik guideline diff 0.1.0 guidelines/keluarga-id.yaml`
    """
    found = diff(_document(before), _document(after))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for effect, title in EFFECTS.items():
        rows = [
            (one.what, one.where, _short(one.before), _short(one.after))
            for one in found
            if one.effect == effect
        ]
        if rows:
            print_table(("", "where", "before", "after"), rows, title=getattr(title, language))
            out.print()
    out.print(_counted(found))


def impact_(
    draft: Name,
    study: Study = "",
    half_width: HalfWidth = HALF_WIDTH,
    language: InLanguage = "en",
    as_json: AsJson = False,
) -> None:
    """Replay every stored judgement through a version: what flips, what was never asked, how estimates move.

    Nothing is changed by it. With `--json` every flip is listed with its task.

    Example: `tilik guideline impact 0.1.0`
    """
    with workspace() as opened, opened.store.read() as connection:
        named = find_study(connection, study) if study else ""
        found = impact(
            connection,
            opened.store.blobs,
            find_version(connection, draft),
            study=named,
            half_width=half_width,
            listed=None if as_json else SHOWN,
        )
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print_impact(found, language)


def rereview(
    draft: Name,
    name: Annotated[str, typer.Option(help="What to call the study of what is judged again.")],
    study: Annotated[str, typer.Option(help="The study; may be left out where there is one.")] = "",
    half_width: HalfWidth = HALF_WIDTH,
    budget: Annotated[
        int | None, typer.Option(help="How many to draw; left out, the fewest for the half-width.", min=1)
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Fixes the draw; left out, a fresh one is made and kept.", min=0)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Open a queue of judged videos that a version touches, drawn by probability, judged by that version.

    Example: `tilik guideline rereview 0.2.0 --name again`
    """
    with workspace() as opened:
        with opened.store.read() as connection:
            version = find_version(connection, draft)
            new = guideline_of(connection, opened.store.blobs, version.hash)
            identities = [find_study(connection, study)]
            found = next(replay_studies(connection, opened.store.blobs, new, identities))
        planned = smallest(found, half_width)
        identity, drawn = open_rereview(
            opened.store,
            opened.scratch,
            found,
            version.hash,
            name=name,
            budget=planned.needed if budget is None else budget,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            then=open_tasks,
        )
    if as_json:
        print_json({"study": identity, "drawn": drawn, "plan": planned.model_dump(mode="json")})
    else:
        out.print(f"Study {name}: {drawn:,} of {planned.touched:,} touched videos wait to be judged again.",
                  markup=False)  # fmt: skip


def _document(name: str) -> Guideline:
    if Path(name).is_file():
        return load(read_text(Path(name)), name=name)
    with workspace() as opened, opened.store.read() as connection:
        return guideline_of(connection, opened.store.blobs, _hash(connection, name))


def _hash(connection: Connection, name: str) -> str:
    return find_version(connection, name).hash


def _short(value: Json) -> str:
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _counted(found: tuple[Change, ...]) -> str:
    counts = [(sum(one.effect == effect for one in found), effect) for effect in EFFECTS]
    said = ", ".join(f"{count} {effect}" for count, effect in counts if count)
    return f"{len(found)} differences: {said}." if found else "The two are the same."


def _print_impact(found: Impact, language: Language) -> None:
    draft = found.draft
    out.print(f"[bold]{draft.name} {draft.version}[/] ({draft.state}) over {found.judgements:,} judgements")
    out.print(
        f"{found.flips:,} come to something else ({found.verdict_flips:,} in the verdict), "
        f"{found.open:,} are left open by a question never asked; "
        f"{found.tasks:,} tasks with {found.impressions:,.0f} impressions."
    )
    pairs = [
        (m.before or "–", m.after or "open", m.judgements, m.tasks, m.impressions) for m in found.verdicts
    ]
    _table(("verdict", "becomes", "judgements", "tasks", "impressions"), pairs)
    labels = [(m.code, m.raised, m.lowered, m.tasks, m.impressions) for m in found.labels]
    _table(("label", "raised", "lowered", "tasks", "impressions"), labels)
    _table(
        ("never asked", "judgements", "tasks"), [(u.question, u.judgements, u.tasks) for u in found.unasked]
    )
    for move, plan in zip(found.studies, found.rereview, strict=True):
        _print_study(move, plan, language)
    rows = [(f.task, f.verdict_before or "–", f.verdict_after or "open", f.impressions) for f in found.listed]
    _table(("task", "verdict", "becomes", "impressions"), rows)


def _print_study(move: StudyMove, plan: Rereview, language: Language) -> None:
    out.print(f"\n[bold]{move.name}[/]  {move.judged:,} judged; verdicts that flip: {_point(move.flipping)}",
              soft_wrap=True)  # fmt: skip
    rows = [
        (f.code, getattr(f.name, language), _point(f.before), _point(f.after), _point(f.difference))
        for f in move.figures
    ]
    _table(("code", "impression share of", "before", "after", "difference"), rows)
    out.print(f"{move.still} figures stay as they are.")
    if plan.touched and not plan.enough:
        out.print(f"Even with all {plan.touched:,} judged again the failing share is known to "
                  f"± {percent(plan.floor)}: the first sample is too small.")  # fmt: skip
    elif plan.touched:
        out.print(
            f"For ± {percent(plan.half_width)} judge {plan.needed:,} of {plan.touched:,} touched videos."
        )


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if rows:
        out.print()
        print_table(columns, rows)


def _point(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    ends = f"{percent(estimate.low)} to {percent(estimate.high)}"
    return ends if estimate.value is None else f"{percent(estimate.value)} ({ends})"


def add_to(app: typer.Typer) -> None:
    """Mount these commands in the group ``guideline``."""
    app.command("diff")(diff_)
    app.command("impact")(impact_)
    app.command("rereview")(rereview)

"""``tilik learn baseline``: a study's own baseline, kept in the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.place import workspace
from tilik.kernel import Estimate, Invalid
from tilik.learn.keeping import keep_baseline
from tilik.study import find_study

Study = Annotated[str, typer.Argument(help="The study's name or id.")]
Against = Annotated[str, typer.Option(help="A score of the frame to compare with, on the same blind draws.")]
Into = Annotated[Path | None, typer.Option("--out", help="Also write model.json and card.md in this folder.")]


def baseline(study: Study, against: Against = "", into: Into = None, as_json: AsJson = False) -> None:
    """Train the baseline of a study on its own judgements, and keep it with its card in the workspace.

    It learns from the frame's columns and from evidence and texts of the files; it is judged out of fold
    by channel and family, weighted by impressions over the probability of the draw.

    Example: `tilik learn baseline march --against score_harm`
    """
    if into is not None and into.exists() and not into.is_dir():
        raise Invalid("not-a-folder", "this is a file", where=str(into), mend="Name a folder with --out.")
    with workspace() as opened:
        with opened.store.read() as connection:
            identity = find_study(connection, study)
        kept, made = keep_baseline(opened.store, identity, against=against)
    if into is not None:
        into.mkdir(parents=True, exist_ok=True)
        (into / "model.json").write_bytes(made.model)
        (into / "card.md").write_text(made.card, encoding="utf-8")
    if as_json:
        print_json({**kept.body, "made_at": kept.made_at})
        return
    figures = made.trained.figures | made.trained.against
    out.print(f"{kept.body['rows']:,} videos in {kept.body['groups']:,} groups.", markup=False)
    print_table(
        ["figure", "value", "95 % interval", "n", "n eff"], [_row(name, one) for name, one in figures.items()]
    )
    out.print(f"Kept as {kept.body['model']}.", markup=False, soft_wrap=True)


def _row(name: str, one: Estimate) -> tuple[object, ...]:
    value = "–" if one.value is None else f"{one.value:.3f}"
    return name, value, f"{one.low:.3f} – {one.high:.3f}", one.n, round(one.n_eff)

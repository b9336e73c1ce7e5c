"""``tilik learn train`` and ``tilik learn predict``: the baseline classifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.learn_errors import (
    Features,
    File,
    Folds,
    Group,
    Label,
    LeaveOut,
    Seed,
    Texts,
    Weight,
    leaks_told,
    names,
    print_leaks,
    write,
)
from tilik.kernel import Estimate, Invalid, Json, digest, digest_bytes
from tilik.learn.baseline import Trained
from tilik.learn.baseline import train as train_baseline
from tilik.learn.calibration import How
from tilik.learn.card import model_card
from tilik.learn.choosing import Asked, labelled, pose
from tilik.learn.embedding import open_embedder
from tilik.learn.model import read_model, write_model
from tilik.learn.tables import read_plain
from tilik.learn.tempering import Teaching

Positive = Annotated[
    str, typer.Option(help="The class to tell from all others; left out, the last of two by name.")
]
Incumbent = Annotated[
    str, typer.Option("--against", help="A column with another classifier's score to compare with.")
]
Curve = Annotated[How, typer.Option("--calibration", help="How scores become probabilities.")]
Strength = Annotated[float, typer.Option(help="Larger follows the rows more closely.", min=1e-6)]
Teach = Annotated[
    Teaching,
    typer.Option(
        "--learning-weights",
        help="How far the weights count in learning: chosen by the weighted loss out of fold, as they are, "
        "or not at all. In judging they always count.",
    ),
]
JudgeOn = Annotated[
    str,
    typer.Option(help="A column of true and false: judge the rows where it is true; the others only teach."),
]
TextModel = Annotated[
    Path | None,
    typer.Option(
        "--embeddings",
        help="A folder with a text model that also reads the texts: model.onnx and tokenizer.json, or a "
        "transformers folder.",
    ),
]
Draws = Annotated[int, typer.Option(min=100, help="Resamples behind each interval.")]
Into = Annotated[Path | None, typer.Option("--out", help="A folder for model.json and card.md.")]


def train(
    file: File,
    label: Label,
    positive: Positive = "",
    texts: Texts = "",
    features: Features = "",
    group: Group = "",
    weight: Weight = "",
    leave_out: LeaveOut = "",
    against: Incumbent = "",
    calibration: Curve = "sigmoid",
    strength: Strength = 1.0,
    teaching: Teach = "chosen",
    judge_on: JudgeOn = "",
    embeddings: TextModel = None,
    folds: Folds = 5,
    draws: Draws = 500,
    seed: Seed = 0,
    into: Into = None,
    as_json: AsJson = False,
) -> None:
    """Train the baseline classifier on a table, judge it out of fold, and write it with its card.

    Columns that give the label away are named and left out, and so are
    rows without a label. The model is a JSON file of words and numbers.

    Example: `tilik learn train channels.csv --label category --positive disturbing --out baseline`
    """
    left = (*names(leave_out), *([against] if against else []))
    asked = Asked(label, names(features), names(texts), group, weight, left, folds, seed, judge_on)
    table = read_plain(file)
    problem = pose(labelled(table, label), asked, positive)
    trained = train_baseline(
        problem,
        label=label,
        incumbent=against,
        how=calibration,
        strength=strength,
        teaching=teaching,
        embedder=open_embedder(embeddings) if embeddings else None,
        draws=draws,
        seed=seed,
    )
    told = _told(file, trained) | {"without_label": table.rows - problem.table.rows}
    if into is not None:
        told["model"] = _write(into, file, trained)
    if as_json:
        print_json(told)
    else:
        _print(file, trained, into, table.rows - problem.table.rows)


def predict(
    model: Annotated[Path, typer.Argument(help="The file model.json that training wrote.")],
    file: Annotated[Path, typer.Argument(help="A CSV or Parquet file with the model's columns.")],
    into: Annotated[Path, typer.Option("--out", help="Write row and probability here: .csv or .parquet.")],
    embeddings: Annotated[
        Path | None, typer.Option(help="The folder of the text model, where training was given one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Give each row of a table the model's probability.

    Example: `tilik learn predict baseline/model.json new.csv --out scored.csv`
    """
    read = read_model(model, open_embedder(embeddings) if embeddings else None)
    probabilities = read.predict(read_plain(file))
    rows = list(range(1, probabilities.size + 1))
    write(into, pa.table({"row": rows, f"p_{read.classes[1]}": probabilities}))
    if as_json:
        print_json({"file": str(into), "rows": len(rows), "class": read.classes[1]})
    else:
        out.print(f"{len(rows):,} probabilities of {read.classes[1]} written to {into}.", markup=False)


def digest_of(file: Path) -> str:
    """Of a file its SHA-256; of a folder that of its Parquet files' hashes, in order of name."""
    if file.is_file():
        return digest_bytes(file.read_bytes())
    return digest({one.name: digest_bytes(one.read_bytes()) for one in sorted(file.glob("*.parquet"))})


def _write(into: Path, file: Path, trained: Trained) -> str:
    if into.exists() and not into.is_dir():
        raise Invalid("not-a-folder", "this is a file", where=str(into), mend="Name a folder with --out.")
    into.mkdir(parents=True, exist_ok=True)
    hashed = write_model(trained.model, into / "model.json")
    card = model_card(trained, source=file.name, source_digest=digest_of(file), model_digest=hashed)
    (into / "card.md").write_text(card, encoding="utf-8")
    return hashed


def _told(file: Path, trained: Trained) -> dict[str, Json]:
    problem = trained.problem
    return {
        "file": str(file),
        "rows": problem.table.rows,
        "groups": int(problem.groups.max()) + 1,
        "classes": list(problem.classes),
        "features": list(problem.features),
        "texts": list(problem.texts),
        "embeddings": trained.model.embeddings,
        "judged": int(problem.judged.sum()),
        "learning_weights": {
            "power": trained.tempering.power,
            "why": trained.tempering.why,
            "losses": {f"{power:g}": loss for power, loss in trained.tempering.losses.items()},
            "n_eff_design": trained.tempering.design_size,
            "n_eff_learned": trained.tempering.learned_size,
        },
        "leaks": leaks_told(problem.leaks),
        "figures": {name: one.model_dump(mode="json") for name, one in trained.figures.items()},
        "against": {name: one.model_dump(mode="json") for name, one in trained.against.items()},
        "reliability": [
            {"said": one.said, "found": one.found.model_dump(mode="json")} for one in trained.reliability
        ],
    }


def _print(file: Path, trained: Trained, into: Path | None, without: int) -> None:
    problem = trained.problem
    out.print(f"\n[bold]{file.name}[/]  {problem.classes[1]} against {problem.classes[0]}", soft_wrap=True)
    size = f"{problem.table.rows:,} rows in {int(problem.groups.max()) + 1:,} groups"
    out.print(f"{size}; {len(problem.features)} features, {len(problem.texts)} texts")
    learned = trained.tempering
    if learned.why != "equal-weights":
        out.print(
            f"In learning a weight counts to the power {learned.power:g} ({learned.why}): "
            f"{learned.learned_size:,.0f} effective rows, not {learned.design_size:,.0f}."
        )
    if without:
        out.print(f"{without:,} rows have no label and are left out.")
    print_leaks(problem.leaks)
    print_table(
        ["figure", "value", "95 % interval", "n", "n eff"],
        [_row(name, one) for name, one in (trained.figures | trained.against).items()],
    )
    if into is not None:
        out.print(f"Model and card are in {into}.", markup=False)


def _row(name: str, one: Estimate) -> tuple[object, ...]:
    value = "–" if one.value is None else f"{one.value:.3f}"
    return name, value, f"{one.low:.3f} – {one.high:.3f}", one.n, round(one.n_eff)
